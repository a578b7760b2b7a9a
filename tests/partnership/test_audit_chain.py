"""The chain by itself: what it says of entries that were changed, removed, added, moved or sealed with another key."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.partnership.domain import audit_chain
from sightline.partnership.domain.audit_chain import Broken, Head, Link, Walk

KEY, OTHER_KEY = b"one key", b"another key"
KEYS = {audit_chain.key_name(key): key for key in (KEY, OTHER_KEY)}

Facts = dict[str, str]


def chain(facts: list[Facts], keys: list[bytes | None] | None = None) -> list[Link]:
    """The facts as a chain; ``keys`` gives the key of each entry."""
    links: list[Link] = []
    digest = audit_chain.START
    for number, (one, key) in enumerate(zip(facts, keys or [None] * len(facts), strict=True), 1):
        content = audit_chain.written(one, number, key)
        digest = audit_chain.seal(digest, content, key)
        columns = {column: one.get(column, "").encode() for column in audit_chain.COLUMNS}
        links.append(Link(number, content, digest.encode(), columns))
    return links


def checked(links: list[Link], *, noted: Head | None = None, head: Head | None = None) -> Broken | None:
    walk = Walk(KEYS, noted)
    for link in links:
        if broken := walk.take(link):
            return broken
    return walk.end(head)


def head_of(links: list[Link]) -> Head:
    return Head(links[-1].number, links[-1].digest.decode()) if links else audit_chain.EMPTY


some_facts = st.lists(
    st.fixed_dictionaries({"at": st.text(max_size=5), "what": st.text(max_size=12), "actor": st.text(max_size=5)}),
    min_size=1,
    max_size=8,
)


@given(some_facts)
def test_a_chain_as_it_was_written_holds(facts: list[Facts]) -> None:
    links = chain(facts)
    assert checked(links, noted=head_of(links), head=head_of(links)) is None


@given(some_facts, st.data())
def test_a_byte_that_changed_is_found_in_its_own_entry(facts: list[Facts], data: st.DataObject) -> None:
    links = chain(facts)
    place = data.draw(st.integers(0, len(links) - 1))
    link = links[place]
    part = data.draw(st.sampled_from(["content", "digest"]))
    stored = bytearray(getattr(link, part))
    at = data.draw(st.integers(0, len(stored) - 1))
    stored[at] ^= data.draw(st.integers(1, 255))
    links[place] = Link(
        link.number,
        bytes(stored) if part == "content" else link.content,
        bytes(stored) if part == "digest" else link.digest,
        link.columns,
    )
    found = checked(links, head=head_of(chain(facts)))
    assert found is not None
    assert found.number == link.number


@given(some_facts, st.data())
def test_an_entry_that_was_removed_is_found(facts: list[Facts], data: st.DataObject) -> None:
    links = chain(facts)
    head = head_of(links)
    place = data.draw(st.integers(0, len(links) - 1))
    del links[place]
    found = checked(links, head=head)
    assert found is not None
    assert found.number == place + 1


def test_a_column_that_says_something_else_is_found() -> None:
    links = chain([{"at": "1", "actor": "account:1"}])
    links[0] = Link(1, links[0].content, links[0].digest, {**links[0].columns, "actor": b"account:2"})
    assert checked(links) == Broken(1, "its column “actor” differs from its content")


def test_whoever_renews_every_digest_is_betrayed_by_a_head_noted_elsewhere() -> None:
    noted = head_of(chain([{"what": "a"}, {"what": "b"}]))
    forged = chain([{"what": "a"}, {"what": "x"}, {"what": "c"}])
    assert checked(forged, head=head_of(forged)) is None
    found = checked(forged, noted=noted, head=head_of(forged))
    assert found is not None
    assert found.number == 2
    assert noted.digest in found.why


def test_newest_entries_that_were_removed_with_their_head_are_missed_by_a_head_noted_elsewhere() -> None:
    links = chain([{"what": "a"}, {"what": "b"}, {"what": "c"}])
    noted = head_of(links)
    short = links[:2]
    assert checked(short, head=head_of(short)) is None
    assert checked(short, noted=noted, head=head_of(short)) == Broken(
        3, "the chain ends before it, though entry 3 was noted"
    )


def test_nobody_renews_a_digest_without_the_key() -> None:
    facts = [{"what": "a"}, {"what": "b"}, {"what": "c"}]
    links = chain(facts, [None, KEY, OTHER_KEY])
    assert checked(links, head=head_of(links)) is None
    without = chain([{"what": "a"}, {"what": "x"}, {"what": "c"}], [None, KEY, None])
    found = checked(without)
    assert found == Broken(3, "it is sealed without a key, though entries before it are sealed with one")
    walk = Walk({audit_chain.key_name(OTHER_KEY): OTHER_KEY})
    assert walk.take(links[0]) is None
    missing = walk.take(links[1])
    assert missing is not None
    assert "is not among the keys given" in missing.why
    assert KEY.decode() not in missing.why


def test_the_name_of_a_key_does_not_give_it_away() -> None:
    assert audit_chain.key_name(KEY) != audit_chain.key_name(OTHER_KEY)
    assert len(audit_chain.key_name(KEY)) == 12


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"\xff{", "its content can no longer be read"), (b"[1]", "its content is not that of an entry")],
)
def test_what_is_no_entry_is_said_to_be_none(content: bytes, why: str) -> None:
    digest = audit_chain.seal(audit_chain.START, content).encode()
    assert checked([Link(1, content, digest)]) == Broken(1, why)


def test_the_content_says_its_own_number() -> None:
    content = audit_chain.written({"what": "a"}, 2)
    found = checked([Link(1, content, audit_chain.seal(audit_chain.START, content).encode())])
    assert found == Broken(1, "its content says that it is number 2")


def test_a_head_that_was_changed_is_found() -> None:
    links = chain([{"what": "a"}])
    assert checked(links, head=Head(1, "f" * 64)) is not None
    assert checked(links, head=Head(0, audit_chain.START)) is not None
    found = checked([], head=Head(4, "f" * 64))
    assert found == Broken(1, "the chain ends before it, though there were 4 entries")


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.integers(), max_size=6))
def test_the_same_facts_are_written_the_same(facts: dict[str, str | int]) -> None:
    written = audit_chain.canonical(facts)
    assert audit_chain.canonical(dict(reversed(facts.items()))) == written
    assert json.loads(written) == facts


def test_facts_that_no_other_program_could_read_are_not_written() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        audit_chain.canonical({"share": float("nan")})


def test_every_kind_has_its_words() -> None:
    assert len({kind.label for kind in audit_chain.Kind}) == len(audit_chain.Kind)

"""Whatever a valid partnership file states comes out of reading as it was written."""

from __future__ import annotations

import datetime
import json
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.partnership.domain.bodies import BodyKind
from sightline.partnership.domain.partnership_file import PartnershipFileError, parse

# Text that means the same with and without spaces at its ends, of every script.
LINES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Zs", "Zl", "Zp", "Cs")), min_size=1, max_size=40
)
SLUGS = st.lists(st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=6), min_size=1, max_size=3).map(
    "-".join
)
COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
DAYS = st.dates(datetime.date(1974, 4, 1), datetime.date(2100, 1, 1))


def toml(value: Any) -> str:
    """A value in TOML: JSON's strings are TOML's, but for the delete character."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(toml(inner) for inner in value)}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def table(name: str, facts: dict[str, Any]) -> str:
    return f"{name}\n" + "".join(f"{key} = {toml(value)}\n" for key, value in facts.items()) + "\n"


@st.composite
def partnerships(draw: st.DrawFn) -> dict[str, Any]:
    """The facts of a real partnership, such as a file may state them."""
    size = draw(st.integers(1, 3))
    names = draw(st.lists(LINES, min_size=size, max_size=size, unique_by=str.casefold))
    slugs = draw(st.lists(SLUGS, min_size=size, max_size=size, unique=True))
    councils = [
        {
            "gss_code": f"E07{place:03}{draw(st.integers(0, 999)):03}",
            "name": name,
            "abbreviation": "".join(string.ascii_uppercase[place] for _ in range(3)),
            "slug": slug,
            "colour": draw(COLOURS),
        }
        for place, (name, slug) in enumerate(zip(names, slugs, strict=True))
    ]
    for place, council in enumerate(councils[:-1]):
        if draw(st.booleans()):
            council["ended_on"] = draw(DAYS)
            council["successor"] = councils[place + 1]["abbreviation"]
    bodies = []
    for council in councils:
        panel = {"slug": f"{council['slug']}-x-panel", "name": draw(LINES), "kind": "scrutiny-panel", "considers": True}
        cabinet = {
            "slug": f"{council['slug']}-x-cabinet",
            "name": f"{panel['name']}!",
            "kind": "cabinet",
            "decides": True,
        }
        bodies += [{**body, "council": council["abbreviation"]} for body in (panel, cabinet)]
    other_kinds = [kind.value for kind in BodyKind if kind is not BodyKind.JOINT_PANEL]
    if draw(st.booleans()):
        bodies.append({"slug": "x-other", "name": draw(LINES), "kind": draw(st.sampled_from(other_kinds))})
    return {
        "name": draw(LINES),
        "short_name": draw(LINES),
        "provider": draw(LINES),
        "councils": councils,
        "bodies": bodies,
    }


def written(facts: dict[str, Any]) -> str:
    head = {"slug": "ours", "name": facts["name"], "short_name": facts["short_name"]}
    return "".join(
        [
            table("[partnership]", head),
            table("[partnership.provider]", {"name": facts["provider"]}),
            *(table("[[councils]]", council) for council in facts["councils"]),
            *(table("[[bodies]]", body) for body in facts["bodies"]),
        ]
    )


@given(partnerships())
def test_what_was_written_is_what_is_read(facts: dict[str, Any]) -> None:
    file = parse(written(facts).encode(), name="ours.toml")
    assert file.partnership.name == facts["name"]
    assert file.partnership.provider.name == facts["provider"]
    read = file.model_dump()
    for kind in ("councils", "bodies"):
        assert len(read[kind]) == len(facts[kind])
        for value, stated in zip(read[kind], facts[kind], strict=True):
            assert {key: value[key] for key in stated} == stated


@given(partnerships())
def test_reading_twice_gives_the_same_values(facts: dict[str, Any]) -> None:
    content = written(facts).encode()
    one, other = parse(content, name="a"), parse(content, name="b")
    assert one == other
    assert one.digest == other.digest


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_one_line(content: bytes) -> None:
    with pytest.raises(PartnershipFileError, match=r"\Aours\.toml: [^\n]+\Z"):
        parse(content, name="ours.toml")


SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), LINES, DAYS)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(LINES, inner, max_size=3), max_leaves=8
)


@given(st.sampled_from(["partnership", "councils", "bodies", "role_titles", "glossary", "people"]), VALUES)
def test_a_table_of_the_wrong_shape_is_refused_in_one_line(key: str, value: Any) -> None:
    if value is None or (isinstance(value, list | dict) and "None" in repr(value)):
        return  # TOML has no null.
    with pytest.raises(PartnershipFileError, match=r"\Aours\.toml: [^\n]+\Z"):
        parse(f"{key} = {inline(value)}".encode(), name="ours.toml")


def inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml(key)} = {inline(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(inline(inner) for inner in value)}]"
    return repr(value) if isinstance(value, float) else toml(value)

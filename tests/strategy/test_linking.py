"""Linking terms on a page: the first use of each, nowhere it would harm, and nothing else changed."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sightline.strategy.domain.glossary import LEFT_ALONE, Linkable, Linker, is_acronym, link_terms, pieces

UPS = Linkable("UPS", "/glossary/ups/", ("uninterruptible power supply",))
DEPTH = Linkable("Defence in depth", "/glossary/defence-in-depth/", ("layers of defence",))
FLAW = Linkable("Vulnerability", "/glossary/vulnerability/")
PATCH = Linkable("Patch", "/glossary/patch/")
AUDIT = Linkable("Software audit", "/glossary/software-audit/")
SOFTWARE = Linkable("Software", "/glossary/software/")
SCRUTINY = Linkable("Overview & scrutiny", "/glossary/overview-and-scrutiny/")
LEADER = Linkable("Leader’s view", "/glossary/leaders-view/")
NET = Linkable(".NET", "/glossary/net/")
TERMS = (UPS, DEPTH, FLAW, PATCH, AUDIT, SOFTWARE, SCRUTINY, LEADER, NET)

ADDED = re.compile(r'<a class="govuk-link glossary-link" href="[^"]*">(.*?)</a>', re.DOTALL)


def linked(text: str, terms: tuple[Linkable, ...] = TERMS) -> list[str]:
    """What is linked in the main part of a page."""
    return ADDED.findall(link_terms(f"<html><main>{text}</main></html>", terms))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>The UPS carries the servers.</p>", ["UPS"]),
        ("<p>The ups and downs.</p>", []),
        ("<p>Both UPSs and UPSes.</p>", ["UPSs"]),
        ("<p>Defence in Depth, then defence in depth.</p>", ["Defence in Depth"]),
        ("<p>defence in\n    depth</p>", ["defence in\n    depth"]),
        ("<p>defence&nbsp;in&#160;depth</p>", ["defence&nbsp;in&#160;depth"]),
        ("<p>Layers of defence</p>", ["Layers of defence"]),
        ("<p>UPS, an uninterruptible power supply</p>", ["UPS"]),
        ("<p>Vulnerabilities and a vulnerability</p>", ["Vulnerabilities"]),
        ("<p>invulnerability, vulnerability-free</p>", []),
        ("<p>patched, patches</p>", ["patches"]),
        ("<p>patch's owner</p>", ["patch"]),
        ("<p>A software audit of software</p>", ["software audit", "software"]),
        ("<p>Overview &amp; Scrutiny</p>", ["Overview &amp; Scrutiny"]),
        ("<p>the leader&#x27;s view</p>", ["leader&#x27;s view"]),
        ("<p>the Leader’s view</p>", ["Leader’s view"]),
        ("<p>in .NET</p>", [".NET"]),
        ("<p>in .net, in ASP.NET</p>", []),
        ("<p>UPS</p><p>UPS</p>", ["UPS"]),
        ("<p>US&Patch; &patch;</p>", []),
        ('<p><mark id="t-1">The UPS <span>patch</span></mark></p>', ["UPS", "patch"]),
    ],
)
def test_terms_are_found_as_people_write_them(text: str, found: list[str]) -> None:
    assert linked(text) == found


@pytest.mark.parametrize("name", sorted(LEFT_ALONE - {"script", "style", "textarea", "title"}))
def test_some_elements_are_left_alone_and_what_follows_is_not(name: str) -> None:
    assert linked(f"<{name} class='x'>UPS <{name}>UPS</{name}> <b>UPS</b> UPS</{name}><p>a UPS</p>") == ["UPS"]
    page = f"<main><{name}>UPS</{name}></main>"
    assert link_terms(page, TERMS) == page


@pytest.mark.parametrize("name", ["script", "style", "textarea", "title"])
def test_what_is_no_markup_inside_is_passed_over_whole(name: str) -> None:
    assert linked(f"<{name}>if (a < b) UPS </p> <b></{name}><p>a patch</p>") == ["patch"]


def test_an_element_can_opt_out() -> None:
    assert linked("<div data-no-glossary><p>UPS</p><div>UPS</div></div><p>patch</p>") == ["patch"]
    assert linked('<div class="x" data-no-glossary=""><p>UPS</p></div>') == []
    assert linked('<div data-no-glossary-here title="data-no-glossary"><p>UPS</p></div>') == ["UPS"]


def test_the_inside_of_tags_and_comments_is_never_touched() -> None:
    text = '<img alt="UPS > patch" src=\'UPS\'><!-- UPS <b> --><p title="UPS">a patch</p>'
    assert linked(text) == ["patch"]


def test_only_the_main_part_is_linked() -> None:
    page = "<title>UPS</title><header>UPS</header><main id='m'><p>UPS</p></main><footer>UPS</footer>"
    assert link_terms(page, [UPS]) == page.replace(
        "<p>UPS</p>", '<p><a class="govuk-link glossary-link" href="/glossary/ups/">UPS</a></p>'
    )


@pytest.mark.parametrize(
    "page",
    [
        "",
        "UPS",
        "<p>UPS</p>",
        "<main>UPS",
        "<main><p UPS</main>",
        '<main><p class="x>UPS</main>',
        "<main>a < UPS</main>",
    ],
)
def test_a_page_that_cannot_be_followed_comes_back_as_it_is(page: str) -> None:
    assert link_terms(page, TERMS) == page


def test_a_term_is_not_linked_on_its_own_page() -> None:
    page = "<main><p>UPS and patch, uninterruptible power supply</p></main>"
    assert ADDED.findall(Linker(TERMS).link(page, own_address="/glossary/ups/")) == ["patch"]


def test_an_address_cannot_break_out_of_its_link() -> None:
    wicked = Linkable("UPS", '/"><script>alert(1)</script>')
    assert "<script>" not in link_terms("<main>UPS</main>", [wicked])


def test_no_terms_leave_a_page_as_it_is() -> None:
    page = "<main>UPS</main>"
    assert Linker(()).link(page) is page
    assert link_terms(page, [Linkable("—", "/")]) == page


@pytest.mark.parametrize(
    ("name", "is_one"), [("UPS", True), ("2FA", True), ("A", False), ("Ups", False), ("24/7", False)]
)
def test_acronyms_are_what_is_written_in_capitals(name: str, is_one: bool) -> None:
    assert is_acronym(name) is is_one


NAMES = st.sampled_from([name for term in TERMS for name in term.names])
PLAIN = st.text(st.characters(exclude_categories=("Cs",)), max_size=20).map(html.escape)
TEXT = st.one_of(NAMES.map(html.escape), NAMES.map(str.upper).map(html.escape), PLAIN, st.just(" "), st.just("&amp;"))
ELEMENTS = st.sampled_from(
    ["p", "b", "a", "h2", "code", "mark", "div data-no-glossary", "li", "label", "span id='t-1'"]
)


def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    element = st.tuples(ELEMENTS, st.lists(inner, max_size=4)).map(
        lambda pair: f"<{pair[0]}>{' '.join(pair[1])}</{pair[0].split()[0]}>"
    )
    return element | st.just("<br>") | st.just("<!-- UPS -->") | st.just('<img alt="UPS">')


PAGES = st.lists(st.recursive(TEXT, wrapped, max_leaves=12), max_size=6).map(
    lambda parts: f"<body>UPS<main class='m'>{''.join(parts)}</main>UPS</body>"
)


@given(PAGES)
@example("<main>UPS<br/>patch</main>")
def test_taking_the_links_out_again_gives_the_very_same_page(page: str) -> None:
    result = link_terms(page, TERMS)
    assert ADDED.sub(r"\1", result) == page


@given(PAGES)
def test_each_term_is_linked_once_at_most_and_never_within_another_link(page: str) -> None:
    result = link_terms(page, TERMS)
    addresses = re.findall(r'glossary-link" href="([^"]*)"', result)
    assert len(addresses) == len(set(addresses))
    depth = 0
    for tag in re.findall(r"</?a\b", result):
        depth += 1 if tag == "<a" else -1
        assert depth in (0, 1) or page.count("<a>") > 1, "links that the page itself put into one another"
    assert re.search(r"<a>[^<]*<a class", result) is None


@given(st.lists(st.sampled_from(TERMS), unique=True))
def test_every_term_on_a_page_is_linked(terms: list[Linkable]) -> None:
    # Not "Software" beside "Software audit": there the longer name counts, as it must.
    text = " – ".join(html.escape(term.term) for term in terms)
    result = link_terms(f"<main><p>{text}</p></main>", TERMS)
    assert re.findall(r'glossary-link" href="([^"]*)"', result) == [term.address for term in terms]


@given(st.text(max_size=200))
def test_any_text_at_all_keeps_everything_but_the_links(text: str) -> None:
    page = f"<main>{text}</main>"
    assert ADDED.sub(r"\1", link_terms(page, TERMS)) == page


@given(PAGES)
def test_the_pieces_of_a_page_are_the_page(page: str) -> None:
    assert "".join(piece for _, piece in pieces(page)) == page

"""What stands around the words of a web page: scripts, menus, banners, footers, forms.

A page saved from a council's site is mostly menus. What is certainly not the page's own words is taken out of the tree;
whatever is in doubt stays, since a lost sentence of a minute is worse than a menu too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from lxml import html
from lxml.etree import iterwalk

Element: TypeAlias = html.HtmlElement

_NEVER_TEXT = frozenset(
    (
        "script",
        "style",
        "template",
        "noscript",
        "iframe",
        "object",
        "embed",
        "applet",
        "svg",
        "canvas",
        "audio",
        "video",
        "map",
        "select",
        "button",
        "input",
        "textarea",
        "datalist",
        "meter",
        "progress",
        "head",
        "title",
        "meta",
        "link",
        "base",
        "del",
    )
)
_ROLES = frozenset(
    (
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "complementary",
        "menu",
        "menubar",
        "toolbar",
        "dialog",
        "alertdialog",
    )
)
_AROUND = frozenset(("header", "footer", "aside"))
_SECTIONS = frozenset(("article", "main", "section"))
_MEASURED = frozenset(
    (
        "body",
        "main",
        "article",
        "section",
        "div",
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "ul",
        "ol",
        "dl",
        "table",
        "td",
        "p",
    )
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MENU_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|breadcrumbs?|crumbs?|sidebar|skip|skip-?links?|social|share|sharing"
    r"|pagination|masthead|site-?header|site-?footer|colophon|topbar|toolbar|a-?to-?z)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CRUMB_NAME = re.compile(r"bread-?crumb|(?:^|[\s_-])crumbs?(?:$|[\s_-])|you-are-here", re.IGNORECASE)
_COOKIE_NAME = re.compile(r"cookie", re.IGNORECASE)
_JUMP = re.compile(r"(?:skip|jump) to\b.*|(?:back|return|go) to (?:the )?top|top(?: of (?:the )?page)?", re.IGNORECASE)
_LONGEST_FORM = 300
_LONGEST_CRUMB = 300
_LONGEST_COOKIE_BANNER = 2000
_MENU_LINKS = 5
_MENU_LINK_LENGTH = 40
_PARAGRAPH = 80
"""Characters outside links from which a paragraph counts as the page's own words."""


@dataclass(slots=True)
class _Measure:
    """How much text stands in an element, and how much of that in links. Counts in characters other than spaces."""

    all: int = 0
    linked: int = 0
    links: int = 0
    order: int = 0

    @property
    def own(self) -> int:
        return self.all - self.linked


def take_out_what_is_never_text(root: Element) -> None:
    """Remove scripts, styles, controls, hidden and deleted parts from the tree, keeping the text after each."""
    for element in list(root.iter()):
        if element is root or not isinstance(element.tag, str):
            continue
        style = element.get("style")
        if element.tag in _NEVER_TEXT or element.get("hidden") is not None or (style and _HIDDEN.search(style)):
            _take_out(element)


def take_out_menus(body: Element) -> Element:
    """Remove what is certainly around the page's words, and return the element that holds them.

    body: a page's ``<body>``; it is changed.
    """
    measures = _measure(body)
    total = measures[body].all
    for element in list(_around(body)):
        if measures[element].all * 2 <= total or _is_menu(measures[element]):
            _take_out(element)
    for link in list(body.iter("a")):
        words = " ".join(link.text_content().split())
        if (link.get("href") or "#").startswith("#") and _JUMP.fullmatch(words):
            _take_out(link)
    _take_out_named(body)
    main = _main(body)
    _take_out_link_lists(main)
    return main


def _take_out(element: Element) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _measure(root: Element) -> dict[Element, _Measure]:
    """The measures of all elements that may be left out or chosen. One walk over the tree."""
    measures: dict[Element, _Measure] = {}
    stack: list[_Measure] = []
    in_link = 0
    for order, (event, element) in enumerate(iterwalk(root, events=("start", "end"))):
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            measure = _Measure(order=order)
            stack.append(measure)
            if element.tag in _MEASURED:
                measures[element] = measure
            in_link += element.tag == "a"
            _count(measure, element.text, in_link)
            measure.links += element.tag == "a"
            continue
        in_link -= element.tag == "a"
        measure = stack.pop()
        if stack:
            outer = stack[-1]
            outer.all += measure.all
            outer.linked += measure.linked
            outer.links += measure.links
            _count(outer, element.tail, in_link)
    return measures


def _count(measure: _Measure, text: str | None, in_link: int) -> None:
    if text:
        length = sum(map(len, text.split()))
        measure.all += length
        if in_link:
            measure.linked += length


def _around(body: Element) -> Iterator[Element]:
    """Elements that say of themselves that they are not the page's words."""
    for element in body.iter(*_MEASURED):
        if element is body:
            continue
        if element.tag == "nav" or (element.get("role") or "").lower() in _ROLES:
            yield element
        elif element.tag in _AROUND:
            within = next((outer.tag for outer in element.iterancestors() if outer.tag in _SECTIONS), None)
            if within is None or element.tag == "aside":
                yield element


def _is_menu(measure: _Measure) -> bool:
    return measure.links >= 3 and measure.linked * 10 > measure.all * 6


def _take_out_named(body: Element) -> None:
    """Forms for searching, trails of crumbs, cookie banners, and what is named a menu and is mostly links."""
    measures = _measure(body)
    total = measures[body].all
    for element in list(body.iter(*_MEASURED)):
        measure = measures[element]
        if element is body or measure.all * 2 > total:
            continue
        name = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('aria-label') or ''}"
        if (
            (element.tag == "form" and measure.all <= _LONGEST_FORM)
            or (_CRUMB_NAME.search(name) and measure.all <= _LONGEST_CRUMB)
            or (_COOKIE_NAME.search(name) and measure.all <= _LONGEST_COOKIE_BANNER)
            or (_MENU_NAME.search(name) and _is_menu(measure))
        ):
            _take_out(element)


def _main(body: Element) -> Element:
    """The page's main element where it says which that is and most of the unlinked words stand in it; else the body."""
    measures = _measure(body)
    own = measures[body].own
    for candidates in (
        [element for element in body.iter(*_MEASURED) if element.tag == "main" or element.get("role") == "main"],
        [
            element
            for element in body.iter("article")
            if not any(outer.tag == "article" for outer in element.iterancestors())
        ],
    ):
        if len(candidates) == 1 and measures[candidates[0]].own * 2 > own:
            return candidates[0]
    return body


def _take_out_link_lists(main: Element) -> None:
    """Remove menus that carry no name: lists of short links before the first or after the last paragraph."""
    measures = _measure(main)
    paragraphs = [measure.order for element, measure in measures.items() if _is_paragraph(element, measure)]
    if not paragraphs:
        return
    first, last = min(paragraphs), max(paragraphs)
    for element, measure in measures.items():
        if (
            element.tag in ("ul", "ol")
            and not first <= measure.order <= last
            and measure.links >= _MENU_LINKS
            and measure.linked * 10 >= measure.all * 9
            and measure.linked <= measure.links * _MENU_LINK_LENGTH
        ):
            _take_out(element)


def _is_paragraph(element: Element, measure: _Measure) -> bool:
    return element.tag in ("p", "td", "div") and measure.own >= _PARAGRAPH and not _has_blocks(element)


def _has_blocks(element: Element) -> bool:
    return any(child.tag in _MEASURED for child in _children(element))


def _children(element: Element) -> Iterable[Element]:
    return (child for child in element if isinstance(child.tag, str))

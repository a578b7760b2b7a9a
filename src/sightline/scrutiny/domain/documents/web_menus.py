"""What stands around the words of a web page: scripts, menus, banners, footers, forms.

A page saved from a council's site is mostly menus. What is certainly not the page's own words is taken out of the tree;
whatever is in doubt stays, since a lost sentence of a minute is worse than a menu too many.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from lxml import html
from lxml.etree import iterwalk

Element: TypeAlias = html.HtmlElement

_NEVER_TEXT_NAMES = (
    "script style template noscript iframe object embed applet svg canvas audio video map select button "
    "input textarea datalist meter progress head title meta link base del"
)
_NEVER_TEXT = frozenset(_NEVER_TEXT_NAMES.split())
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
_MEASURED = frozenset(("body", "main", "article", "nav", "header", "footer", "aside", "form", "ul", "ol"))
_HOLDS_WORDS = frozenset(("p", "td", "div"))
_BLOCKS = _MEASURED | frozenset(("section", "div", "table", "td", "p", "dl"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MENU_NAME = re.compile(
    r"(?:^|[\s_-])(?:(?:top|left|right|main|sub|side|foot|local|global|primary|site)?-?(?:nav|navigation|menu)(?:bar|list)?"
    r"|header|footer|breadcrumbs?|crumbs?|sidebar|skip|skip-?links?|social|share|sharing"
    r"|pagination|masthead|site-?header|site-?footer|colophon|topbar|toolbar|a-?to-?z)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CRUMB_NAME = re.compile(r"bread-?crumb|(?:^|[\s_-])crumbs?(?:$|[\s_-])|you-are-here", re.IGNORECASE)
_FOOTER_NAME = re.compile(r"(?:^|[\s_-])footer(?:$|[\s_-])", re.IGNORECASE)
_COPYRIGHT = re.compile(r"©|\bcopyright\b|\ball rights reserved\b", re.IGNORECASE)
_UNSEEN_NAME = re.compile(
    r"(?:^|[\s_-])(?:visually-?hidden|sr-only|screen-reader(?:-text)?|mgHide)(?:$|\s)", re.IGNORECASE
)
_UNSEEN = "//*[@hidden or @style or contains(@class, 'idden') or contains(@class, 'sr-only')"
_UNSEEN += " or contains(@class, 'screen-reader') or contains(@class, 'mgHide')]"
_LONGEST_UNSEEN = 200
_LONGEST_FOOTER = 400
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
    """How much text stands in an element, and how much of that in links. Counts in characters other than spaces.

    order, end: the element's first and last place in the walk over the tree.
    """

    all: int = 0
    linked: int = 0
    links: int = 0
    order: int = 0
    end: int = 0
    has_blocks: bool = False

    @property
    def own(self) -> int:
        return self.all - self.linked

    @property
    def is_menu(self) -> bool:
        return self.links >= 3 and self.linked * 10 > self.all * 6

    def add(self, inner: _Measure, sign: int = 1) -> None:
        self.all += sign * inner.all
        self.linked += sign * inner.linked
        self.links += sign * inner.links


def take_out_what_is_never_text(root: Element) -> None:
    """Remove scripts, styles, controls, hidden and deleted parts from the tree, keeping the text after each."""
    for element in list(root.iter(*_NEVER_TEXT)):
        _empty(element)
    for element in root.xpath(_UNSEEN):
        if (
            element.get("hidden") is not None
            or _HIDDEN.search(element.get("style") or "")
            or (_UNSEEN_NAME.search(element.get("class") or "") and len(element.text_content()) <= _LONGEST_UNSEEN)
        ):
            _empty(element)


def take_out_menus(body: Element) -> Element:
    """Remove what is certainly around the page's words, and return the element that holds them.

    body: a page's ``<body>``; it is changed.
    """
    survey = _Survey(body)
    survey.take_out_around()
    survey.take_out_named()
    main = survey.main()
    survey.take_out_link_lists(main)
    for link in list(main.iter("a")):
        if (link.get("href") or "#").startswith("#") and _JUMP.fullmatch(" ".join(link.text_content().split())):
            _empty(link)
    return main


def _empty(element: Element) -> None:
    """Leave nothing of an element but the break of line that it makes, and the text after it.

    Taking it out of the tree would join the texts around it, again and again: that is not linear.
    """
    block = element.tag in _BLOCKS
    element.clear(keep_tail=True)
    element.tag = "div" if block else "span"


class _Survey:
    """What stands where on a page, kept true while parts of it are taken out."""

    def __init__(self, body: Element) -> None:
        self._body = body
        self._measures: dict[Element, _Measure] = {}
        self._paragraphs: list[int] = []
        self._taken: list[tuple[int, int]] = []
        self._walk()

    def take_out_around(self) -> None:
        """Elements that say of themselves that they are not the page's words."""
        for element, measure in list(self._measures.items()):
            if element is self._body or not _is_around(element):
                continue
            if measure.all * 2 <= self._total.all or measure.is_menu:
                self._take_out(element)

    def take_out_named(self) -> None:
        """Forms for searching, trails of crumbs, cookie banners, and what is named a menu and is mostly links."""
        for element, measure in list(self._measures.items()):
            if element is self._body or measure.all * 2 > self._total.all:
                continue
            name = _name(element)
            if (
                (element.tag == "form" and measure.all <= _LONGEST_FORM)
                or (_CRUMB_NAME.search(name) and measure.all <= _LONGEST_CRUMB)
                or (_COOKIE_NAME.search(name) and measure.all <= _LONGEST_COOKIE_BANNER)
                or (_MENU_NAME.search(name) and measure.is_menu)
                or (_FOOTER_NAME.search(name) and measure.all <= _LONGEST_FOOTER and _says_copyright(element))
            ):
                self._take_out(element)

    def main(self) -> Element:
        """The page's main element where it says which that is and most unlinked words stand in it; else the body."""
        mains = [element for element in self._measures if element.tag == "main" or element.get("role") == "main"]
        articles = [
            element
            for element in self._measures
            if element.tag == "article" and not any(outer.tag == "article" for outer in element.iterancestors())
        ]
        for candidates in (mains, articles):
            if len(candidates) == 1 and self._measures[candidates[0]].own * 2 > self._total.own:
                return candidates[0]
        return self._body

    def take_out_link_lists(self, main: Element) -> None:
        """Menus that carry no name: lists of short links before the first or after the last paragraph of ``main``."""
        within = self._measures[main]
        paragraphs = [order for order in self._left_paragraphs() if within.order <= order <= within.end]
        if not paragraphs:
            return
        first, last = min(paragraphs), max(paragraphs)
        for element, measure in list(self._measures.items()):
            if (
                element.tag in ("ul", "ol")
                and not first <= measure.order <= last
                and measure.links >= _MENU_LINKS
                and measure.linked * 10 >= measure.all * 9
                and measure.linked <= measure.links * _MENU_LINK_LENGTH
            ):
                self._take_out(element)

    def _left_paragraphs(self) -> Iterator[int]:
        """Where the paragraphs stand that were not taken out."""
        taken = iter(sorted(self._taken))
        start, end = next(taken, (math.inf, math.inf))
        for order in sorted(self._paragraphs):
            while end < order:
                start, end = next(taken, (math.inf, math.inf))
            if order < start:
                yield order

    @property
    def _total(self) -> _Measure:
        return self._measures[self._body]

    def _take_out(self, element: Element) -> None:
        taken = self._measures.get(element)
        if taken is None:
            return  # It went with what was around it.
        for outer in element.iterancestors():
            if outer in self._measures:
                self._measures[outer].add(taken, -1)
        for inner in element.iter():
            self._measures.pop(inner, None)
        self._taken.append((taken.order, taken.end))
        _empty(element)

    def _walk(self) -> None:
        stack: list[_Measure] = []
        in_link = 0
        for order, (event, element) in enumerate(iterwalk(self._body, events=("start", "end"))):
            tag: object = element.tag
            if not isinstance(tag, str):
                continue
            if event == "start":
                measure = _Measure(links=tag == "a", order=order)
                if tag in _BLOCKS and stack:
                    stack[-1].has_blocks = True
                stack.append(measure)
                if (
                    element is self._body
                    or tag in _MEASURED
                    or element.get("role")
                    or (element.attrib and _is_named(element))
                ):
                    self._measures[element] = measure
                in_link += tag == "a"
                _count(measure, element.text, in_link)
                continue
            in_link -= tag == "a"
            measure = stack.pop()
            measure.end = order
            if tag in _HOLDS_WORDS and measure.own >= _PARAGRAPH and not measure.has_blocks:
                self._paragraphs.append(measure.order)
            if stack:
                stack[-1].add(measure)
                _count(stack[-1], element.tail, in_link)


def _count(measure: _Measure, text: str | None, in_link: int) -> None:
    if text:
        length = sum(map(len, text.split()))
        measure.all += length
        if in_link:
            measure.linked += length


def _is_around(element: Element) -> bool:
    if element.tag == "nav" or (element.get("role") or "").lower() in _ROLES:
        return True
    if element.tag == "aside":
        return True
    return element.tag in _AROUND and not any(outer.tag in _SECTIONS for outer in element.iterancestors())


def _says_copyright(element: Element) -> bool:
    return _COPYRIGHT.search(element.text_content()) is not None


def _name(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('aria-label') or ''}"


def _is_named(element: Element) -> bool:
    name = _name(element)
    return any(pattern.search(name) for pattern in (_CRUMB_NAME, _COOKIE_NAME, _MENU_NAME))

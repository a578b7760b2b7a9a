"""Web pages: HTML files, pages saved from a site, and pieces of HTML within other files.

Nothing is fetched and nothing is run. Scripts, styles and what is hidden go first, then menus and their like; what
is left becomes lines by the rules by which a browser would set it: blocks, lists with their numbers, tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import html
from lxml.etree import LxmlError, iterwalk

from sightline.scrutiny.domain.documents.builder import DocumentBuilder, Draft
from sightline.scrutiny.domain.documents.encoding import decode
from sightline.scrutiny.domain.documents.furniture import find_counted_pages
from sightline.scrutiny.domain.documents.model import Document, LineKind
from sightline.scrutiny.domain.documents.numbering import BULLET_SIGNS, bullet, letters, roman
from sightline.scrutiny.domain.documents.refusal import UnreadableDocument
from sightline.scrutiny.domain.documents.tables import row_drafts
from sightline.scrutiny.domain.documents.tidy import tidy
from sightline.scrutiny.domain.documents.web_menus import Element, take_out_menus, take_out_what_is_never_text

MEDIA_TYPE = "text/html"

_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s{0,8}=\s{0,8}[\"']?\s{0,8}([\w.:-]{1,40})", re.IGNORECASE)
_CHARSET_WITHIN_BYTES = 4096
_GAVE_UP = frozenset(("ERR_RESOURCE_LIMIT", "ERR_NO_MEMORY"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "caption",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    )
) | frozenset(_HEADINGS)
_APART = frozenset(("p", "blockquote", "pre", "hr", "dl", "table", "figure", "address")) | frozenset(_HEADINGS)
"""Blocks that a browser sets with space around them."""
_LISTS = frozenset(("ul", "ol", "menu"))
_CELLS = frozenset(("td", "th"))
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(bold|bolder|[6-9]00|normal|lighter|[1-5]00)", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)\b", re.IGNORECASE)
_PRE_STYLE = re.compile(r"white-space\s*:\s*(?:pre|pre-wrap|pre-line|break-spaces)\b", re.IGNORECASE)
_INTEGER = re.compile(r"-?\d{1,9}")
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_STYLES: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimal-leading-zero": lambda number: f"{number:02d}",
    "lower-alpha": letters,
    "lower-latin": letters,
    "upper-alpha": lambda number: letters(number).upper(),
    "upper-latin": lambda number: letters(number).upper(),
    "lower-roman": roman,
    "upper-roman": lambda number: roman(number).upper(),
}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*(?:[^;]*\s)?([\w-]+)", re.IGNORECASE)
_NUMBERED_ITSELF = re.compile(r"(?:[•·▪◦○●\-–—]|\(?(?:\d{1,4}|[a-zA-Z]|[ivxIVX]{1,5})[.)])\s")
# The committee system that most English councils publish with marks the titles of items by class alone.
_TITLE_CLASS = re.compile(r"(?:^|\s)mg(?:Ai|SubItem|Item)Title\w*(?:$|\s)")
_TITLE_LEVEL = 3
_FILE_SIZE = re.compile(r"\s*(?:pdf icon\s*)?PDF\s+[\d.,]+\s*[KM]B\s*", re.IGNORECASE)


def read_web(content: bytes, source: str) -> Document:
    """A web page as a document. Raises UnreadableDocument for bytes that are no text and for pages without text."""
    declared = _CHARSET.search(content[:_CHARSET_WITHIN_BYTES])
    text = decode(content, source, declared=declared[1].decode("ascii", "replace") if declared else "")
    root = _parse(text, source)
    if root is None:
        raise UnreadableDocument(source, "there is no text in this page; save the page again, whole.")
    found = root.find(".//title")
    title = tidy(found.text_content()) if found is not None else ""
    take_out_what_is_never_text(root)
    body = root.find(".//body")
    drafts = draft_lines(take_out_menus(body if body is not None else root))
    counted = find_counted_pages([draft.words for draft in drafts])
    builder = DocumentBuilder()
    builder.lines(draft for index, draft in enumerate(drafts) if index not in counted)
    return builder.build(source, MEDIA_TYPE, title)


def read_fragment(text: str, source: str) -> list[Draft]:
    """The lines of a piece of HTML that stands within another file. Nothing is taken for a menu."""
    root = _parse(text, source)
    if root is None:
        return []
    take_out_what_is_never_text(root)
    return draft_lines(root)


def _parse(text: str, source: str) -> Element | None:
    """The tree of a page, or ``None`` where there is nothing in it.

    Raises UnreadableDocument where the parser gave up half way, since what it has by then is not the whole page.
    """
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError):
        return None
    if any(entry.type_name in _GAVE_UP for entry in parser.error_log):
        raise UnreadableDocument(
            source, "its tags stand within one another too deeply; open it in a browser and save it as text or PDF."
        )
    return root if isinstance(root, html.HtmlElement) else None


def draft_lines(root: Element) -> list[Draft]:
    """The lines of what stands in ``root``, in the order of the page. Time linear in the number of elements."""
    setter = _Setter()
    for event, element in iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            setter.start(element)
            setter.text(element.text)
        else:
            setter.end(element)
            if element is not root:
                setter.text(element.tail)
    setter.end_line()
    return setter.drafts


@dataclass(slots=True)
class _List:
    """A list that is open: how its items are marked, the number of the next, and by how much numbers grow."""

    style: str
    number: int = 1
    step: int = 1


@dataclass(slots=True)
class _Block:
    """What lines are drafted into: the page, or one cell of a table, which knows nothing of what is around it."""

    drafts: list[Draft] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    items: list[int] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)
    marker: str = ""
    gap: bool = False


@dataclass(slots=True)
class _Row:
    """A table row that is open. ``implied``: the page has the cell without its row."""

    cells: list[list[Draft]] = field(default_factory=list)
    implied: bool = False


class _Setter:
    """Sets lines as a browser would, one element after the other."""

    def __init__(self) -> None:
        self._block = _Block()
        self._outer: list[_Block] = []
        self._words: list[str] = []
        self._plain = 0
        self._strong = 0
        self._weights: list[tuple[Element, bool]] = []
        self._kept: list[Element] = []
        self._after_link = False

    @property
    def drafts(self) -> list[Draft]:
        return self._block.drafts

    def start(self, element: Element) -> None:
        tag = element.tag
        style = element.get("style") or ""
        self._set_weight(element, tag, style)
        if tag == "pre" or (style and _PRE_STYLE.search(style)):
            self._kept.append(element)
        if tag == "br":
            if not self._words:
                self._block.gap = True
            self.end_line()
        elif tag in _CELLS:
            self._start_cell()
        elif tag in _BLOCKS or (style and _BLOCK_STYLE.search(style)):
            self.end_line()
            self._start_block(element, tag, style)

    def _start_block(self, element: Element, tag: str, style: str) -> None:
        block = self._block
        if tag in _APART or (tag in _LISTS and not block.lists):
            block.gap = True
        if tag in _LISTS:
            block.lists.append(_open_list(element, tag, style))
        elif tag == "li":
            self._start_item(element)
        elif tag == "tr":
            block.rows.append(_Row())
        level = _heading_level(element, tag)
        if level:
            block.headings.append(level)

    def end(self, element: Element) -> None:
        tag = element.tag
        if self._weights and self._weights[-1][0] is element:
            self._weights.pop()
        if tag in _CELLS:
            self._end_cell()
        elif tag in _BLOCKS or _BLOCK_STYLE.search(element.get("style") or ""):
            self.end_line()
            self._end_block(element, tag)
        if self._kept and self._kept[-1] is element:
            self._kept.pop()
        self._after_link = tag == "a"

    def _end_block(self, element: Element, tag: str) -> None:
        block = self._block
        if block.headings and _heading_level(element, tag):
            block.headings.pop()
        if tag in _APART:
            block.gap = True
        if tag in _LISTS and block.lists:
            block.lists.pop()
            block.gap = block.gap or not block.lists
        elif tag == "li" and block.items:
            block.items.pop()
            block.marker = ""
            # Paragraphs within items do not part the items.
            block.gap = False
        elif tag == "tr" and block.rows:
            self._end_row()

    def text(self, text: str | None) -> None:
        if not text:
            return
        if self._block.headings and self._after_link and _FILE_SIZE.fullmatch(text):
            return
        self._after_link = self._after_link and text.isspace()
        if self._kept and ("\n" in text or "\r" in text):
            for number, line in enumerate(tidy(text).replace("\f", "\n").split("\n")):
                if number:
                    self.end_line()
                self._add(line)
            return
        self._add(text)

    def _add(self, text: str) -> None:
        self._words.append(text)
        heavy = bool(self._weights and self._weights[-1][1])
        if heavy or not self._plain:
            count = sum(map(str.isalnum, text))
            if heavy:
                self._strong += count
            else:
                self._plain += count

    def end_line(self) -> None:
        """Draft the line that is open, if there are words in it."""
        if not self._words:
            return
        raw = tidy("".join(self._words))
        words = raw.replace("\n", " ").rstrip() if self._kept else " ".join(raw.split())
        bold = self._strong > 0 and not self._plain
        self._words.clear()
        self._plain = self._strong = 0
        if not words.strip():
            return
        block = self._block
        marker, block.marker = block.marker, ""
        if marker.strip() in BULLET_SIGNS and _NUMBERED_ITSELF.match(words):
            marker = ""
        if marker:
            words = words.lstrip()
        kind, level = LineKind.TEXT, 0
        if block.headings:
            kind, level = LineKind.HEADING, block.headings[-1]
        elif block.items:
            kind, level = LineKind.LIST_ITEM, block.items[-1]
        block.drafts.append(Draft(words, kind, level, marker, bold, gap=block.gap))
        block.gap = False

    def _set_weight(self, element: Element, tag: str, style: str) -> None:
        found = _BOLD_STYLE.search(style) if style else None
        if found:
            self._weights.append((element, found[1].lower() not in ("normal", "lighter") and found[1] >= "6"))
        elif tag in ("b", "strong"):
            self._weights.append((element, True))

    def _start_item(self, element: Element) -> None:
        block = self._block
        open_list = block.lists[-1] if block.lists else _List("disc")
        value = element.get("value") or ""
        if _INTEGER.fullmatch(value):
            open_list.number = int(value)
        level = max(len(block.lists), 1)
        block.items.append(level)
        block.marker = _marker(open_list, level)
        open_list.number += open_list.step

    def _start_cell(self) -> None:
        self.end_line()
        if not self._block.rows:
            self._block.rows.append(_Row(implied=True))
        self._outer.append(self._block)
        self._block = _Block()

    def _end_cell(self) -> None:
        self.end_line()
        drafts = self._block.drafts
        self._block = self._outer.pop()
        row = self._block.rows[-1]
        row.cells.append(drafts)
        if row.implied:
            self._end_row()

    def _end_row(self) -> None:
        lines = row_drafts(self._block.rows.pop().cells)
        if lines:
            lines[0].gap = lines[0].gap or self._block.gap
            self._block.gap = False
            self._block.drafts.extend(lines)


def _heading_level(element: Element, tag: str) -> int:
    """1 to 6 for a heading, 0 for anything else."""
    level = _HEADINGS.get(tag, 0)
    if not level and tag in ("p", "div"):
        level = _TITLE_LEVEL if _TITLE_CLASS.search(element.get("class") or "") else 0
    return level


def _open_list(element: Element, tag: str, style: str) -> _List:
    found = _LIST_STYLE.search(style) if style else None
    if tag != "ol":
        return _List("disc")
    kind = _TYPES.get(element.get("type") or "1", "decimal")
    if found and found[1].lower() in _STYLES:
        kind = found[1].lower()
    step = -1 if element.get("reversed") is not None else 1
    start = element.get("start") or ""
    if _INTEGER.fullmatch(start):
        return _List(kind, int(start), step)
    return _List(kind, 1 if step > 0 else sum(child.tag == "li" for child in element), step)


def _marker(open_list: _List, level: int) -> str:
    number = open_list.number
    if open_list.style in _STYLES:
        return f"{_STYLES[open_list.style](number)}. "
    return bullet(level)

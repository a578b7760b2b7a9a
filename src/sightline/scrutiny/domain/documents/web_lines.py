"""A tree of HTML set as lines, as a browser would set it: blocks, bold, lists, tables, kept line ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.etree import iterwalk

from sightline.scrutiny.domain.documents.builder import Draft
from sightline.scrutiny.domain.documents.model import LineKind
from sightline.scrutiny.domain.documents.tables import row_drafts
from sightline.scrutiny.domain.documents.tidy import tidy
from sightline.scrutiny.domain.documents.web_lists import BULLETED, OpenList, gives_way, open_list
from sightline.scrutiny.domain.documents.web_menus import Element

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form header hgroup hr html legend li main menu nav ol p pre section summary table tbody tfoot thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split()) | frozenset(_HEADINGS)
_APART = frozenset(("p", "blockquote", "pre", "hr", "dl", "table", "figure", "address")) | frozenset(_HEADINGS)
"""Blocks that a browser sets with space around them."""
_LISTS = frozenset(("ul", "ol", "menu"))
_CELLS = frozenset(("td", "th"))
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(bold|bolder|[6-9]00|normal|lighter|[1-5]00)", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)\b", re.IGNORECASE)
_SYMBOL_STYLE = re.compile(r"font-family\s*:\s*[\"']?(?:Symbol|W[ei][bn]gdings)", re.IGNORECASE)
_PRE_STYLE = re.compile(r"white-space\s*:\s*(?:pre|pre-wrap|pre-line|break-spaces)\b", re.IGNORECASE)
# The committee system that most English councils publish with marks the titles of items by class alone.
_TITLE_CLASS = re.compile(r"(?:^|\s)mg(?:Ai|Item)Title\w*(?:$|\s)")
_TITLE_LEVEL = 3
_FILE_SIZE = re.compile(r"(?<=\S)\s*(?:pdf icon\s*)?\bPDF\s+[\d.,]+\s*[KM]B$", re.IGNORECASE)


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
class _Block:
    """What lines are drafted into: the page, or one cell of a table, which knows nothing of what is around it."""

    drafts: list[Draft] = field(default_factory=list)
    lists: list[OpenList] = field(default_factory=list)
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
        self._symbols: list[Element] = []

    @property
    def drafts(self) -> list[Draft]:
        return self._block.drafts

    def start(self, element: Element) -> None:
        tag = element.tag
        style = element.get("style") or ""
        self._set_weight(element, tag, style)
        if tag == "pre" or (style and _PRE_STYLE.search(style)):
            self._kept.append(element)
        if style and _SYMBOL_STYLE.search(style):
            self._symbols.append(element)
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
            block.lists.append(open_list(element))
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
        if self._symbols and self._symbols[-1] is element:
            self._symbols.pop()

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
        if self._kept and ("\n" in text or "\r" in text):
            for number, line in enumerate(tidy(text).replace("\f", "\n").split("\n")):
                if number:
                    self.end_line()
                self._add(line)
            return
        self._add(text)

    def _add(self, text: str) -> None:
        if self._symbols and len(text.strip()) == 1 and text.strip() not in "·•":
            text = "•"  # "§", "Ø" and their like are bullets in the fonts of symbols
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
        if gives_way(marker, words):
            marker = ""
        if marker:
            words = words.lstrip()
        kind, level = LineKind.TEXT, 0
        if block.headings:
            words = _FILE_SIZE.sub("", words)
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
        level = max(len(block.lists), 1)
        block.items.append(level)
        block.marker = (block.lists[-1] if block.lists else OpenList(BULLETED)).item(element, level)

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

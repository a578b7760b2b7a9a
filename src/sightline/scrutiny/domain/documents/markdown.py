"""Markdown files, line by line.

Front matter gives the title; headings, list items and tables become hints; ``---`` parts pages where what stands
around it says so. HTML within Markdown is read as HTML.
"""

from __future__ import annotations

import re

from sightline.scrutiny.domain.documents.builder import DocumentBuilder, Draft
from sightline.scrutiny.domain.documents.encoding import decode
from sightline.scrutiny.domain.documents.furniture import NO_FURNITURE, find_counted_pages, find_furniture, runs_on
from sightline.scrutiny.domain.documents.markdown_inline import read_inline
from sightline.scrutiny.domain.documents.model import Document, LineKind
from sightline.scrutiny.domain.documents.numbering import bullet
from sightline.scrutiny.domain.documents.tidy import tidy
from sightline.scrutiny.domain.documents.web import read_fragment

MEDIA_TYPE = "text/markdown"

_LONGEST_FRONT_MATTER_LINES = 200
_FIELD = re.compile(r"(?P<key>[A-Za-z][\w-]*)\s*:(?:\s+(?P<value>.*))?$")
_BREAK = re.compile(r" {0,3}(?P<sign>[-*_])(?:[ \t]*(?P=sign)){2,}[ \t]*$")
_HEADING = re.compile(r" {0,3}(?P<signs>#{1,6})(?:[ \t]+(?P<words>.*))?$")
_CLOSING_SIGNS = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:(?P<bullet>[-*+])|(?P<number>\d{1,3})(?P<stop>[.)]))[ \t]+(?P<words>\S.*)$")
_QUOTE = re.compile(r"^ {0,3}(?:>[ ]?)+")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")
_DEFINITION = re.compile(r" {0,3}\[[^\[\]]{1,200}\]:\s+\S+(?:\s+[\"'(].*)?$")
_HTML_BLOCK = re.compile(
    r" {0,3}</?(?:address|article|aside|blockquote|body|center|dd|details|div|dl|dt|figure|footer|form|h[1-6]|head"
    r"|header|hr|html|li|main|nav|ol|p|pre|script|section|style|summary|table|tbody|td|tfoot|th|thead|title|tr|ul)(?:[\s/>]|$)",
    re.IGNORECASE,
)
_NESTING = re.compile(r"<(?P<close>/)?(?:table|ul|ol|pre|script|style)\b", re.IGNORECASE)
_LONGEST_HTML_LINES = 100_000
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")


def read_markdown(content: bytes, source: str) -> Document:
    """A Markdown file as a document. Raises UnreadableDocument for bytes that are no text."""
    lines = _without_comments(tidy(decode(content, source)).replace("\f", "\n\n---\n\n")).split("\n")
    title, start = _front_matter(lines)
    reader = _Reader(source)
    reader.read(lines, start)
    del lines
    builder = DocumentBuilder()
    pages = [[draft.words for draft in page] for page in reader.pages]
    furniture = find_furniture(pages) if len(pages) > 1 else NO_FURNITURE
    last = ""
    for number, drafts in enumerate(reader.pages):
        fresh = True
        counted = find_counted_pages(pages[number])
        for index, draft in enumerate(drafts):
            if draft.gap and not fresh:
                builder.gap()
            if index not in counted and (number, index) not in furniture.places:
                draft.gap = fresh and not (furniture.places and runs_on(last, draft.words))
                fresh, last = False, draft.words
                # Rules may part pages or merely adorn: without furniture there is no telling.
                draft.page = max(number + furniture.shift, 1) if furniture.places else 0
                builder.lines((draft,))
        drafts.clear()
    return builder.build(source, MEDIA_TYPE, title)


def _without_comments(text: str) -> str:
    """``text`` without HTML comments; an unclosed one stays, since it may be text after all."""
    if "<!--" not in text:
        return text
    kept: list[str] = []
    end = 0
    while (start := text.find("<!--", end)) >= 0 and (close := text.find("-->", start + 4)) >= 0:
        kept.append(text[end:start])
        end = close + 3
    kept.append(text[end:])
    return "".join(kept)


def _front_matter(lines: list[str]) -> tuple[str, int]:
    """The title that the front matter gives, and the index of the first line after it."""
    if not lines or lines[0].rstrip() != "---":
        return "", 0
    title = ""
    for index in range(1, min(len(lines), _LONGEST_FRONT_MATTER_LINES)):
        line = lines[index].rstrip()
        if line in ("---", "..."):
            return title, index + 1
        field = _FIELD.match(line)
        if field and field["key"].lower() == "title" and not title:
            title = _unquoted((field["value"] or "").strip())
        elif not field and line and not line.startswith((" ", "\t", "-", "#")):
            break
    return "", 0


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        inner = value[1:-1]
        return inner.replace("''", "'") if value[0] == "'" else re.sub(r"\\([\"\\])", r"\1", inner)
    return value


class _Reader:
    """Reads blocks; keeps the paragraph it stands in until that ends, since emphasis may run over its lines."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.pages: list[list[Draft]] = [[]]
        self._paragraph: list[Draft] = []
        self._gap = False
        self._indents: list[int] = []

    def read(self, lines: list[str], start: int) -> None:
        index = start
        fence = ""
        while index < len(lines):
            line = lines[index]
            index += 1
            opened = _FENCE.match(line)
            if fence:
                if opened and opened["fence"].startswith(fence):
                    fence = ""
                else:
                    self._emit(Draft(line.rstrip()))
            elif opened:
                self._end()
                fence = opened["fence"]
            elif "<" in line and _HTML_BLOCK.match(line):
                index = self._html(lines, index - 1)
            elif "|" in line and index < len(lines) and "|" in lines[index] and _TABLE_RULE.match(lines[index]):
                index = self._table(lines, index)
            else:
                self._line(_QUOTE.sub("", line))
        self._end()

    def _line(self, line: str) -> None:
        stripped = line.strip()
        if not stripped:
            self._end()
            self._gap = True
        elif stripped.startswith("==") and not stripped.strip("=") and self._underlines():
            self._to_heading(1)
        elif (rule := _BREAK.match(line)) is not None:
            self._rule(rule["sign"], stripped)
        elif (heading := _HEADING.match(line)) is not None:
            self._end()
            words = _CLOSING_SIGNS.sub("", heading["words"] or "")
            self._paragraph.append(Draft(words, LineKind.HEADING, len(heading["signs"])))
            self._end()
        elif _DEFINITION.match(line) and not self._paragraph:
            return
        else:
            self._words(line, stripped)

    def _words(self, line: str, stripped: str) -> None:
        item = _ITEM.match(line)
        within = bool(self._paragraph) and self._paragraph[-1].kind is LineKind.TEXT
        if item and not (within and item["number"] not in (None, "1")):
            level = self._level(len(item["indent"].expandtabs(4)))
            marker = f"{item['number']}{item['stop']} " if item["number"] else bullet(level)
            self._paragraph.append(Draft(item["words"], LineKind.LIST_ITEM, level, marker))
            return
        indent = len(line) - len(line.lstrip(" "))
        if self._indents and not self._paragraph and indent <= self._indents[0] + 1:
            self._indents.clear()
        while not self._paragraph and len(self._indents) > 1 and indent <= self._indents[-1]:
            self._indents.pop()
        if self._indents:
            self._paragraph.append(Draft(stripped, LineKind.LIST_ITEM, len(self._indents)))
        else:
            self._paragraph.append(Draft(stripped))

    def _level(self, indent: int) -> int:
        while self._indents and indent < self._indents[-1]:
            self._indents.pop()
        if not self._indents or indent > self._indents[-1] + 1:
            self._indents.append(indent)
        return len(self._indents)

    def _underlines(self) -> bool:
        return len(self._paragraph) == 1 and self._paragraph[0].kind is LineKind.TEXT

    def _to_heading(self, level: int) -> None:
        self._paragraph[0].kind = LineKind.HEADING
        self._paragraph[0].level = level
        self._end()

    def _rule(self, sign: str, stripped: str) -> None:
        # ``---`` under a line makes it a heading by the book, but parts pages in what was scanned: only a
        # rule about as long as the line is an underline.
        if sign == "-" and self._underlines() and " " not in stripped:
            length = len(self._paragraph[0].words)
            if len(stripped) >= max(4, length * 6 // 10):
                self._to_heading(2)
                return
        self._end()
        self._indents.clear()
        self._gap = True
        if sign != "_":
            self.pages.append([])

    def _table(self, lines: list[str], index: int) -> int:
        self._end()
        self._gap = True
        self._row(lines[index - 1])
        index += 1
        while index < len(lines) and "|" in lines[index]:
            self._row(lines[index])
            index += 1
        self._gap = True
        return index

    def _row(self, line: str) -> None:
        cells = re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))
        read = [part for cell in cells for part in read_inline([cell.strip().replace("\\|", "|")])[0] if part[0]]
        if read:
            self._emit(
                Draft("\t".join(words for words, _ in read), LineKind.TABLE_CELL, bold=all(bold for _, bold in read))
            )

    def _end(self) -> None:
        """End the paragraph: read its lines together and draft them."""
        if not self._paragraph:
            return
        for draft, parts in zip(self._paragraph, read_inline([draft.words for draft in self._paragraph]), strict=True):
            marker = draft.marker
            for words, bold in parts:
                if words:
                    self._emit(Draft(words, draft.kind, draft.level, marker, bold))
                    marker = ""
        self._paragraph.clear()

    def _emit(self, draft: Draft) -> None:
        draft.gap = self._gap
        self._gap = False
        self.pages[-1].append(draft)

    def _html(self, lines: list[str], index: int) -> int:
        """Read the block of HTML that starts at ``index``; return the index of the line after it."""
        self._end()
        self._indents.clear()
        end = _end_of_html(lines, index)
        self._gap = True
        for draft in read_fragment("\n".join(lines[index:end]), self._source):
            self._gap = self._gap or draft.gap
            self._emit(draft)
        self._gap = True
        return end


def _end_of_html(lines: list[str], index: int) -> int:
    """Where a block of HTML ends: at an empty line, or where the lists and tables that it opens are closed."""
    depth = 0
    end = index
    while end < len(lines) and end - index < _LONGEST_HTML_LINES:
        line = lines[end]
        if not line.strip() and depth <= 0:
            break
        for match in _NESTING.finditer(line):
            depth += -1 if match["close"] else 1
        end += 1
    return end

"""Plain text files.

Lines, indentation and tabs are kept as they stand, since in plain text they are all that shows nesting and
columns. A form feed starts a page. Text that was saved out of a web page may still hold a few
tags: they become hints and leave the text.
"""

from __future__ import annotations

import html
import re

from sightline.scrutiny.domain.documents.builder import DocumentBuilder
from sightline.scrutiny.domain.documents.encoding import decode
from sightline.scrutiny.domain.documents.furniture import NO_FURNITURE, find_counted_pages, find_furniture, runs_on
from sightline.scrutiny.domain.documents.model import Document, LineKind
from sightline.scrutiny.domain.documents.sweeping import no_sweeps
from sightline.scrutiny.domain.documents.tidy import tidy

MEDIA_TYPE = "text/plain"

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>h[1-6]|p|br|hr|div|span|b|strong|i|em|u|a|ul|ol|li|small|sup|sub|font|center|blockquote)"
    r"(?:\s{1,8}[a-z][\w:-]{0,40}(?:\s{0,8}=\s{0,8}(?:\"[^\"<>]{0,500}\"|'[^'<>]{0,500}'|[^\s\"'<>]{1,500}))?){0,20}\s{0,8}/?>",
    re.I,
)


def read_plain(content: bytes, source: str) -> Document:
    """A plain text file as a document. Raises UnreadableDocument for bytes that are no text."""
    with no_sweeps():
        return _read(tidy(decode(content, source)), source)


def _read(text: str, source: str) -> Document:
    builder = DocumentBuilder()
    pages = [sheet.split("\n") for sheet in text.split("\f")]
    del text
    paged = len(pages) > 1
    last = ""
    furniture = find_furniture(pages) if paged else NO_FURNITURE
    for number, lines in enumerate(pages):
        counted = find_counted_pages(lines)
        page = max(number + furniture.shift, 1) if paged else 0
        fresh, gap = True, False
        for index, line in enumerate(lines):
            if not line or line.isspace():
                gap = True
            elif index not in counted and not (paged and (number, index) in furniture.places):
                if not runs_on(last, line) if fresh else gap:
                    builder.gap()
                _add(builder, line, page)
                fresh, gap, last = False, False, line
        lines.clear()
    return builder.build(source, MEDIA_TYPE)


def _add(builder: DocumentBuilder, line: str, page: int) -> None:
    if "<" in line and _TAG.search(line):
        _add_tagged(builder, line, page)
        return
    if line[0] in " \t":
        words = line.lstrip(" \t")
        line = line[: len(line) - len(words)].expandtabs(8) + words
    builder.line(line, page=page)


def _add_tagged(builder: DocumentBuilder, line: str, page: int) -> None:
    names = {match["name"].lower() for match in _TAG.finditer(line)}
    heading = next((name for name in sorted(names) if name[0] == "h" and name != "hr"), "")
    for part in re.split(r"<br\s{0,8}/?>", line, flags=re.I):
        bold = bool(re.fullmatch(r"\s*<(?:b|strong)>.*</(?:b|strong)>\s*", part, re.I))
        words = tidy(html.unescape(_TAG.sub("", part))).replace("\n", " ").replace("\f", " ")
        if heading:
            builder.line(words.strip(), kind=LineKind.HEADING, level=int(heading[1]), bold=bold, page=page)
        elif "li" in names:
            builder.line(words.strip(), kind=LineKind.LIST_ITEM, level=1, marker="• ", bold=bold, page=page)
        else:
            builder.line(words, bold=bold, page=page)

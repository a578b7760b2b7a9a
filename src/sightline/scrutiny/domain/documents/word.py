"""Word files (.docx), read from their own XML.

Automatic numbers become markers in the text, text boxes stand after the paragraph that anchors them, what a
tracked change deleted stays out and what it added stays in. The first page's header opens the text, since it
may be all that names the council; footers and later headers are page furniture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sightline.scrutiny.domain.documents.builder import DocumentBuilder, Draft
from sightline.scrutiny.domain.documents.furniture import find_counted_pages, is_page_number
from sightline.scrutiny.domain.documents.model import Document, LineKind
from sightline.scrutiny.domain.documents.tables import row_drafts
from sightline.scrutiny.domain.documents.tidy import tidy
from sightline.scrutiny.domain.documents.word_numbering import Numbering, left_indent, local, value, whole
from sightline.scrutiny.domain.documents.word_package import Element, Package
from sightline.scrutiny.domain.documents.word_styles import Style, Styles, child, outline_level, switched_on

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_LEFT_OUT = frozenset(
    ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText", "sectPr", "tblPr", "Fallback")
)
_SAME_INDENT_TWIPS = 100
_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "br": "\n", "noBreakHyphen": "-"}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


def read_word(content: bytes, source: str) -> Document:
    """A Word file as a document. Raises UnreadableDocument for archives that are damaged, protected, or bombs."""
    package = Package(content, source)
    root = package.part(package.main)
    styles = Styles(package.by_kind(package.main, "styles"))
    reader = _Reader(styles, Numbering(package.by_kind(package.main, "numbering"), styles.lists()))
    body = child(root, "body")
    if body is not None:
        reader.blocks(body)
    drafts = reader.drafts
    header = _first_header(package, body, styles)
    first_words = {draft.words for draft in drafts[:10]}
    builder = DocumentBuilder()
    builder.lines(draft for draft in header if draft.words not in first_words)
    furniture = find_counted_pages([draft.words for draft in drafts])
    builder.gap()
    for index, draft in enumerate(drafts):
        if index not in furniture:
            builder.lines((draft,))
    builder.lines(_notes(package, styles, reader.notes))
    core = package.part("docProps/core.xml")
    title = child(core, "title")
    return builder.build(source, MEDIA_TYPE, tidy(title.text or "") if title is not None else "")


def _first_header(package: Package, body: Element | None, styles: Styles) -> list[Draft]:
    """The lines of the header that stands on the first page, without its page number."""
    section = next(body.iter("{*}sectPr"), None) if body is not None else None
    if section is None:
        return []
    references = {value(found, "type"): value(found, "id") for found in section if local(found) == "headerReference"}
    wanted = references.get("first" if switched_on(child(section, "titlePg")) else "default")
    for relation in package.related(package.main):
        if wanted is not None and relation.identifier == wanted:
            root = package.part(relation.target)
            if root is not None:
                reader = _Reader(styles, Numbering(None))
                reader.blocks(root)
                return [draft for draft in reader.drafts if is_page_number(draft.words) is None]
    return []


def _notes(package: Package, styles: Styles, notes: Sequence[tuple[str, str]]) -> Iterator[Draft]:
    """The lines of the foot- and endnotes, in the order in which the text refers to them."""
    found: dict[tuple[str, str | None], Element] = {}
    for kind in {kind for kind, _ in notes}:
        root = package.by_kind(package.main, kind)
        found.update({(kind, value(element, "id")): element for element in (() if root is None else root)})
    for number, note in enumerate(notes, start=1):
        if note in found:
            reader = _Reader(styles, Numbering(None))
            reader.blocks(found[note])
            for place, draft in enumerate(reader.drafts):
                if place == 0:
                    draft.words = f"[{number}] {draft.words}"
                yield draft


class _Reader:
    """Reads blocks (paragraphs, tables, text boxes) one after the other into drafted lines."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.drafts: list[Draft] = []
        self.notes: list[tuple[str, str]] = []
        self._styles = styles
        self._numbering = numbering
        self._pieces: list[tuple[str, bool]] = []
        self._boxes: list[Element] = []
        self._indents: list[int] = []

    def blocks(self, container: Element) -> None:
        """Read what stands in the body, a cell, a text box, a header or a note."""
        for element in container:
            name = local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._table(element)
            elif name == "AlternateContent":
                self.blocks(_chosen(element))
            elif name and name not in _LEFT_OUT:
                self.blocks(element)

    def _table(self, table: Element) -> None:
        first = True
        for row in _inner(table, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                continue
            cells: list[list[Draft]] = []
            outer = self.drafts
            for cell in _inner(row, "tc"):
                self.drafts = []
                self._indents = []
                merged = child(child(cell, "tcPr"), "vMerge")
                if merged is None or value(merged) == "restart":
                    self.blocks(cell)
                cells.append(self.drafts)
            self.drafts = outer
            lines = row_drafts(cells)
            if lines and lines[0].kind is LineKind.TABLE_CELL:
                lines[0].gap = first
            first = first and not lines
            self.drafts.extend(lines)

    def _paragraph(self, element: Element) -> None:
        properties = child(element, "pPr")
        style = self._styles.paragraph(value(child(properties, "pStyle")))
        self._inline(element, style)
        mark = child(properties, "rPr")
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            return  # The end of this paragraph was deleted: its words run on into the next.
        marker, level = self._marker(properties, style)
        own_outline = child(properties, "outlineLvl")
        heading = outline_level(value(own_outline)) if own_outline is not None else style.heading
        kind = LineKind.HEADING if heading else LineKind.LIST_ITEM if marker else LineKind.TEXT
        lines = self._lines()
        if not lines and any(map(str.isalnum, marker)):
            # An empty paragraph that is numbered: Word prints the number, and a table may number its rows so.
            lines, marker = [(marker.strip(), False)], ""
        for number, (words, bold) in enumerate(lines):
            draft = Draft(words, kind, heading or (level if kind is LineKind.LIST_ITEM else 0), marker, bold)
            within_list = kind is LineKind.LIST_ITEM and self.drafts and self.drafts[-1].kind is LineKind.LIST_ITEM
            draft.gap = number == 0 and not within_list
            self.drafts.append(draft)
            marker = ""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box)

    def _marker(self, properties: Element | None, style: Style) -> tuple[str, int]:
        """The marker of a numbered paragraph and its level (1 = outermost); counts it."""
        numbered = child(properties, "numPr")
        own_list, own_level = value(child(numbered, "numId")), value(child(numbered, "ilvl"))
        list_id = style.list_id if own_list is None else own_list
        level = style.list_level if own_level is None else whole(own_level)
        marker = "" if list_id in ("", "0") else self._numbering.marker(list_id, level)
        if not marker:
            self._indents = []
            return "", 0
        # Lists within lists are often lists of their own that only stand further in.
        stands = (left_indent(properties), self._numbering.indent(list_id, level), style.indent)
        if own_list is None:
            stands = (stands[0], stands[2], stands[1])
        depth = self._depth(next((found for found in stands if found is not None), 0))
        return marker, max(level + 1, depth)

    def _depth(self, indent: int) -> int:
        """How many lists an item stands in, told by how far in it stands. Counts it in."""
        while self._indents and indent < self._indents[-1] - _SAME_INDENT_TWIPS:
            self._indents.pop()
        if not self._indents or indent > self._indents[-1] + _SAME_INDENT_TWIPS:
            self._indents.append(indent)
        return len(self._indents)

    def _lines(self) -> list[tuple[str, bool]]:
        """What was collected of a paragraph, as its lines: (words, whole line is bold)."""
        lines: list[tuple[str, bool]] = []
        words: list[str] = []
        plain = strong = 0
        for text, bold in [*self._pieces, ("\n", False)]:
            for number, stretch in enumerate(text.split("\n")):
                if number:
                    line = "".join(words).strip()
                    if line:
                        lines.append((line, strong > 0 and plain == 0))
                    words.clear()
                    plain = strong = 0
                words.append(stretch)
                count = sum(map(str.isalnum, stretch))
                plain, strong = (plain, strong + count) if bold else (plain + count, strong)
        self._pieces.clear()
        return lines

    def _inline(self, container: Element, paragraph: Style) -> None:
        for element in container:
            name = local(element)
            if name == "r":
                self._run(element, paragraph)
            elif name == "AlternateContent":
                self._inline(_chosen(element), paragraph)
            elif name and name not in _LEFT_OUT:
                self._inline(element, paragraph)

    def _run(self, run: Element, paragraph: Style) -> None:
        properties = child(run, "rPr")
        named = self._styles.named(value(child(properties, "rStyle")))
        own = switched_on(child(properties, "b"))
        bold = next((found for found in (own, named.bold, paragraph.bold) if found is not None), False)
        hidden = switched_on(child(properties, "vanish"))
        if named.hidden if hidden is None else hidden:
            return
        self._content(run, bold)

    def _content(self, container: Element, bold: bool) -> None:
        for element in container:
            name = local(element)
            if name == "t":
                self._pieces.append((tidy(element.text or "").replace("\n", " ").replace("\f", " "), bold))
            elif name in _CHARACTERS:
                self._pieces.append((_CHARACTERS[name], bold))
            elif name == "sym":
                code = value(element, "char") or ""
                self._pieces.append((_symbol(code), bold))
            elif name in _NOTES:
                self.notes.append((_NOTES[name], value(element, "id") or ""))
                self._pieces.append((f"[{len(self.notes)}]", bold))
            elif name == "txbxContent":
                self._boxes.append(element)
            elif name == "AlternateContent":
                self._content(_chosen(element), bold)
            elif name and name not in _LEFT_OUT:
                self._content(element, bold)


def _inner(container: Element, name: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also where content controls or tracked changes wrap them."""
    for element in container:
        found = local(element)
        if found == name:
            yield element
        elif found in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _inner(element, name)


def _chosen(alternatives: Element) -> Element:
    """One of several ways in which a file says the same thing, so that it is read once."""
    chosen = child(alternatives, "Choice")
    if chosen is None:
        chosen = child(alternatives, "Fallback")
    return alternatives if chosen is None else chosen


def _symbol(code: str) -> str:
    """A character of a symbol font by its hexadecimal code."""
    try:
        sign = tidy(chr(int(code, 16)))
    except (ValueError, OverflowError):
        return ""
    return "" if "\ue000" <= sign <= "\uf8ff" else sign

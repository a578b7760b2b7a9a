"""What Word's styles say of a paragraph: heading or not, bold or not, numbered by which list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sightline.scrutiny.domain.documents.word_numbering import left_indent, local, value, whole
from sightline.scrutiny.domain.documents.word_package import Element

_HEADING_NAME = re.compile(r"heading ([1-9])", re.IGNORECASE)
_TITLES = {"title": 1, "subtitle": 2}
_DEEPEST_CHAIN = 12
_BODY_OUTLINE = 9


@dataclass(frozen=True, slots=True)
class Style:
    """One style with all that it inherits.

    heading: heading level, 0 for none. bold: ``None`` where the style does not say.
    list_id, list_level: the list that numbers its paragraphs; empty for none.
    indent: from the left, in twips; ``None`` where the style does not say.
    """

    heading: int = 0
    bold: bool | None = None
    hidden: bool = False
    list_id: str = ""
    list_level: int = 0
    indent: int | None = None


def switched_on(element: Element | None) -> bool | None:
    """A property such as ``<w:b/>``: on, off (``w:val="0"``), or ``None`` where it is not there."""
    if element is None:
        return None
    return value(element) not in ("0", "false", "off")


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that name, in any namespace."""
    return None if element is None else next((found for found in element if local(found) == name), None)


class Styles:
    """The styles of one document."""

    def __init__(self, root: Element | None) -> None:
        """root: the styles part, or ``None`` where the document has none."""
        self._elements: dict[str, Element] = {}
        self._known: dict[str, Style] = {"": Style()}
        self._default = ""
        for element in () if root is None else root.iterchildren("{*}style"):
            identifier = value(element, "styleId") or ""
            self._elements[identifier] = element
            if value(element, "type") == "paragraph" and value(element, "default") in ("1", "true", "on"):
                self._default = identifier

    def paragraph(self, identifier: str | None) -> Style:
        """A paragraph's style; the document's default where it names none."""
        return self.named(self._default if identifier is None else identifier)

    def named(self, identifier: str | None) -> Style:
        """A style by its id; a plain one where the document does not define it."""
        if identifier is None or identifier not in self._elements:
            return Style()
        if identifier not in self._known:
            self._known[identifier] = self._read(identifier)
        return self._known[identifier]

    def lists(self) -> dict[str, str]:
        """For each numbering style, the id of its list."""
        found: dict[str, str] = {}
        for identifier, element in self._elements.items():
            if value(element, "type") == "numbering":
                list_id = value(child(child(child(element, "pPr"), "numPr"), "numId"))
                if list_id:
                    found[identifier] = list_id
        return found

    def _read(self, identifier: str) -> Style:
        chain: list[Element] = []
        seen: set[str] = set()
        while identifier in self._elements and identifier not in seen and len(chain) < _DEEPEST_CHAIN:
            seen.add(identifier)
            chain.append(self._elements[identifier])
            identifier = value(child(chain[-1], "basedOn")) or ""
        heading: int | None = None
        bold: bool | None = None
        hidden: bool | None = None
        list_id: str | None = None
        list_level: int | None = None
        indent: int | None = None
        for element in chain:
            paragraph, run = child(element, "pPr"), child(element, "rPr")
            numbered = child(paragraph, "numPr")
            heading = _heading(element, paragraph) if heading is None else heading
            bold = switched_on(child(run, "b")) if bold is None else bold
            hidden = switched_on(child(run, "vanish")) if hidden is None else hidden
            indent = left_indent(paragraph) if indent is None else indent
            list_id = value(child(numbered, "numId")) if list_id is None else list_id
            level = value(child(numbered, "ilvl"))
            list_level = whole(level) if list_level is None and level is not None else list_level
        return Style(heading or 0, bold, bool(hidden), list_id or "", list_level or 0, indent)


def _heading(element: Element, paragraph: Element | None) -> int | None:
    name = (value(child(element, "name")) or "").strip()
    match = _HEADING_NAME.fullmatch(name)
    if match:
        return int(match[1])
    if name.lower() in _TITLES:
        return _TITLES[name.lower()]
    outline = value(child(paragraph, "outlineLvl"))
    return None if outline is None else outline_level(outline)


def outline_level(outline: str | None) -> int:
    """Word's outline level (0 = most important, 9 = body text) as a heading level (0 = none)."""
    level = whole(outline, _BODY_OUTLINE)
    return level + 1 if 0 <= level < _BODY_OUTLINE else 0

"""Lists of web pages: how each is marked, and how far it has been counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sightline.scrutiny.domain.documents.numbering import BULLET_SIGNS, bullet, letters, roman
from sightline.scrutiny.domain.documents.web_menus import Element

BULLETED = "disc"

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


@dataclass(slots=True)
class OpenList:
    """A list that is open: how its items are marked, the number of the next, and by how much numbers grow."""

    style: str
    number: int = 1
    step: int = 1

    def item(self, element: Element, level: int) -> str:
        """Count the next item and return its marker with the space after it. level: 1 = outermost list."""
        value = element.get("value") or ""
        if _INTEGER.fullmatch(value):
            self.number = int(value)
        number = self.number
        self.number += self.step
        return f"{_STYLES[self.style](number)}. " if self.style in _STYLES else bullet(level)


def open_list(element: Element) -> OpenList:
    """The list that a ``<ul>``, ``<ol>`` or ``<menu>`` opens."""
    found = _LIST_STYLE.search(element.get("style") or "")
    if element.tag != "ol":
        return OpenList(BULLETED)
    style = _TYPES.get(element.get("type") or "1", "decimal")
    if found and found[1].lower() in _STYLES:
        style = found[1].lower()
    step = -1 if element.get("reversed") is not None else 1
    start = element.get("start") or ""
    if _INTEGER.fullmatch(start):
        return OpenList(style, int(start), step)
    return OpenList(style, 1 if step > 0 else sum(child.tag == "li" for child in element), step)


def gives_way(marker: str, words: str) -> bool:
    """Whether a generated bullet would stand before a number or bullet that the words have themselves."""
    return marker.strip() in BULLET_SIGNS and _NUMBERED_ITSELF.match(words) is not None

"""Word's automatic numbers, which stand nowhere in a document's text and have to be counted.

Source: ECMA-376 part 1, section 17.9 (numbering). Lists that share an abstract numbering count on from one another; a
level starts anew after any level above it; an override of the start restarts its list once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sightline.scrutiny.domain.documents.numbering import repeated_letters, roman
from sightline.scrutiny.domain.documents.tidy import tidy
from sightline.scrutiny.domain.documents.word_package import Element

_PLACE = re.compile(r"%([1-9])")
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}
_MOST_LEVELS = 9


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else _ORDINALS.get(number % 10, "th")
    return f"{number}{ending}"


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": repeated_letters,
    "upperLetter": lambda number: repeated_letters(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "ordinal": _ordinal,
    "none": lambda number: "",
}


def local(element: Element) -> str:
    """An element's name without its namespace; empty for comments and the like."""
    tag: object = element.tag  # a function, for comments
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute by its name without namespace: strict and transitional files differ in theirs."""
    if element is None:
        return None
    return next((str(found) for key, found in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def whole(text: str | None, default: int = 0) -> int:
    """An attribute as a whole number; ``default`` where it is missing or none."""
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,9}", text) else default


def left_indent(properties: Element | None) -> int | None:
    """How far paragraph properties set a paragraph from the left, in twips; ``None`` where they do not say."""
    for element in () if properties is None else properties:
        if local(element) == "ind":
            found = value(element, "left") or value(element, "start")
            return whole(found) if found else None
    return None


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered.

    restart: after which level (1 = outermost) it starts anew; 0 = never, -1 = after any above it.
    indent: how far its items stand from the left, in twips (1/20 point); ``None`` where it does not say.
    """

    start: int = 1
    style: str = "decimal"
    text: str = ""
    restart: int = -1
    legal: bool = False
    indent: int | None = None


class Numbering:
    """The lists of one document and how far each has been counted."""

    def __init__(self, root: Element | None, linked: Mapping[str, str] | None = None) -> None:
        """
        root: the numbering part, or ``None`` where the document has no lists.
        linked: for each numbering style the id of its list, for lists that only point at a style.
        """
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._own: dict[str, dict[int, _Level]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is not None:
            self._read(root, linked or {})

    def marker(self, list_id: str, level: int) -> str:
        """Count the next item of a list and return its marker with the space after it.

        list_id: Word's ``numId``. level: 0 = outermost. Empty for a list that the document does not define.
        """
        abstract = self._abstract.get(list_id)
        if abstract is None or not 0 <= level < _MOST_LEVELS:
            return ""
        counts = self._counts.setdefault(abstract, {})
        for restarted, start in self._restarts.pop(list_id, {}).items():
            counts[restarted] = start - 1
        found = self._level(list_id, abstract, level)
        if found.style != "bullet":
            for above in range(level):
                if above not in counts:
                    counts[above] = self._level(list_id, abstract, above).start
        counts[level] = counts.get(level, found.start - 1) + 1
        for below in range(level + 1, _MOST_LEVELS):
            restart = self._level(list_id, abstract, below).restart
            if below in counts and restart != 0 and (restart < 0 or level < restart):
                del counts[below]
        return self._print(list_id, abstract, level, found, counts)

    def indent(self, list_id: str, level: int) -> int | None:
        """How far the items of a level stand from the left, in twips; ``None`` where the list does not say."""
        return self._level(list_id, self._abstract.get(list_id, ""), level).indent

    def _print(self, list_id: str, abstract: str, level: int, found: _Level, counts: Mapping[int, int]) -> str:
        if found.style == "bullet":
            sign = tidy(found.text).strip()
            sign = {"": "•", "o": "◦", "§": "▪"}.get(sign, sign)
            return "• " if len(sign) == 1 and "\ue000" <= sign <= "\uf8ff" else f"{sign} "

        def number(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            style = "decimal" if found.legal else self._level(list_id, abstract, place).style
            return _FORMATS.get(style, str)(counts.get(place, self._level(list_id, abstract, place).start))

        text = " ".join(tidy(_PLACE.sub(number, found.text)).split())
        return f"{text} " if text else ""

    def _level(self, list_id: str, abstract: str, level: int) -> _Level:
        own = self._own.get(list_id, {}).get(level)
        return own or self._levels.get(abstract, {}).get(level) or _Level(text=f"%{level + 1}.")

    def _read(self, root: Element, linked: Mapping[str, str]) -> None:
        points_at: dict[str, str] = {}
        for element in root.iterchildren("{*}abstractNum"):
            abstract = value(element, "abstractNumId") or ""
            self._levels[abstract] = {
                whole(value(level, "ilvl")): _read_level(level) for level in element.iterchildren("{*}lvl")
            }
            link = value(next(element.iterchildren("{*}numStyleLink"), None))
            if link is not None:
                points_at[abstract] = link
        for element in root.iterchildren("{*}num"):
            list_id = value(element, "numId") or ""
            self._abstract[list_id] = value(next(element.iterchildren("{*}abstractNumId"), None)) or ""
            for override in element.iterchildren("{*}lvlOverride"):
                level = whole(value(override, "ilvl"))
                whole_level = next(override.iterchildren("{*}lvl"), None)
                if whole_level is not None:
                    self._own.setdefault(list_id, {})[level] = _read_level(whole_level)
                start = value(next(override.iterchildren("{*}startOverride"), None))
                if start is not None:
                    self._restarts.setdefault(list_id, {})[level] = whole(start, 1)
        for list_id, abstract in list(self._abstract.items()):
            style_list = linked.get(points_at.get(abstract, ""), "")
            if style_list in self._abstract and not self._levels.get(abstract):
                self._abstract[list_id] = self._abstract[style_list]


def _read_level(element: Element) -> _Level:
    level = _Level()
    for child in element:
        name = local(child)
        found = value(child)
        if name == "start":
            level = replace(level, start=whole(found, 1))
        elif name == "numFmt":
            level = replace(level, style=found or "decimal")
        elif name == "lvlText":
            level = replace(level, text=found or "")
        elif name == "lvlRestart":
            level = replace(level, restart=whole(found, -1))
        elif name == "pPr":
            level = replace(level, indent=left_indent(child))
        elif name == "isLgl":
            level = replace(level, legal=found not in ("0", "false", "off"))
    return level

"""Pass 1, lines: what each line is before anybody knows what it means.

A ``Row`` is a line of the document without its outer white space, with its list marker recognised and its page
furniture (page numbers, signatures' dotted lines, notices of the scanner) told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sightline.scrutiny.domain.documents.model import Document, Line, LineKind

FLAT = dict.fromkeys((9, 10, 11, 12, 13, 133, 160, 8232, 8233, *range(8192, 8203)), " ")
"""Every white space becomes one space: the length stays, so offsets stay true."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A list or item marker at the start of a line.

    family: how it is written; markers of one list share it. label: what it says ("2762", "b", "19.09.04"), empty for
    a bullet. value: its place in the count, 0 where it has none. length: characters up to the words.
    """

    family: str
    label: str
    value: int
    length: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line. start, end: without outer white space; text: those characters, white space flat."""

    start: int
    end: int
    text: str
    indent: int
    gap: bool
    kind: LineKind
    level: int
    bold: bool
    marker: Marker | None
    furniture: bool

    @property
    def words(self) -> str:
        """The text after the marker."""
        return self.text[self.marker.length :] if self.marker else self.text


_MARKER = re.compile(
    r"""(?:
      (?P<item>(?:agenda\ +)?(?:item|minute|min\.?)(?:\ +no\.?)?\ +(?P<item_n>\d{1,4})[a-z]?\ *(?:[:.)–—-]|(?=\ *$)))
    | (?P<code>(?:[Rr]es(?:olution|\.)?\ +(?:[Nn]o\.?\ *|\#\ *)?\#?)?[A-Z]{1,3}-?\d{2,4}[-–/]\d{1,5}(?=[\ :.]|$)|(?:[Rr]esolution|RESOLUTION)\ +(?:(?:[Nn]o|NO|\#)\.?\ *)?\#?\d{1,4}(?:[-–/]\d{1,4}){0,2}(?=[\ :.]|$)|\d{4}[-–]\d{1,4}(?=[\ :.]|$))
    | (?P<dotted>\d{1,4}(?:\.\d{1,4}){1,3}\.?(?=\ |$))
    | (?P<slash>\d{1,4}/\d{1,4}(?:/\d{1,4})?[.:]?(?=\ |$))
    | (?P<bullet>[·•●○▪■◦‣⁃∙*¢»➢❖✓§\-–—→>](?=\ ))
    | (?P<odd>o(?=\ +[\"'“‘(]?[A-Z0-9]))
    | (?P<paren>\((?:(?P<paren_n>\d{1,3})|(?P<paren_r>[ivx]{1,5})|(?P<paren_a>[a-zA-Z]))\)(?=\ |$|[A-Z]))
    | (?P<num>(?P<num_n>\d{1,4})(?P<num_s>[.):]-?)(?!\d)(?=\ |$|[A-Z]))
    | (?P<roman>(?P<roman_r>[ivx]{1,5})(?P<roman_s>[.)])(?=\ |$))
    | (?P<alpha>(?P<alpha_a>[a-zA-Z])(?P<alpha_s>[.)])(?=\ {1,}[^\ .]{2}|\ +[aA]\ |$))
    | (?P<bare>(?P<bare_n>\d{1,4})(?=\ {2,}[\"'“‘(]?[A-Z]))
    )\ *""",
    re.X,
)
_ITEM_CASE = re.compile(r"(?:agenda +)?(?:item|minute|min\.?)(?: +no\.?)? +\d", re.I)
_EMPHASIS = re.compile(r"[*_]{1,3}(?=\S)")

_FURNITURE = re.compile(
    r"\W*page \d{1,4}(?: ?(?:of|/) ?\d{1,4})?\W*"
    r"|\W{0,3}\d{1,4} ?(?:of|/) ?\d{1,3} pages?\W*"
    r"|[-=_*~·.…  ]{3,}"
    r"|\W{0,4}scanned page\b.*"
    r"|\W*\[?original file\]?.*"
    r"|(?:\W*(?:signed|dated?|chair(?:man|person)?|signature|clerk)\b[^a-z]{0,6}[_.…\W]{4,}.{0,60})"
    r"|.{0,60}[–—|-] *page \d{1,4}(?: of \d{1,4})?\W*"
    r"|(?:minutes?)? ?page \d{1,4} .{0,40}"
    r"|\W{0,3}p ?a ?g ?e ?\W{1,3}\d{1,4}\W*"
    r"|[_.…]{6,}.{0,40}"
    r"|signed:?|dated?:?|print(?:ed)?|additional documents:?|supporting documents:?"
    r"|.{0,120}\bpdf \d{1,6}(?:\.\d+)? ?[km]b.{0,40}"
    r"|view the (?:background|decision|full|reasons).{0,80}",
    re.I,
)
_LONE_NUMBER = re.compile(r"\W{0,2}\d{1,4}\W{0,2}")


def read_rows(document: Document, lines: Sequence[Line]) -> list[Row]:
    """The rows of those lines, in order. Time linear in their text."""
    return list(_rows(document.text, lines))


def _rows(text: str, lines: Sequence[Line]) -> Iterator[Row]:
    previous_end = lines[0].start if lines else 0
    for line in lines:
        raw = text[line.start : line.end].translate(FLAT)
        stripped = raw.strip()
        if not stripped:
            continue
        indent = len(raw) - len(raw.lstrip())
        start = line.start + indent
        gap = text.count("\n", previous_end, start) > 1
        previous_end = line.end
        emphasis = _EMPHASIS.match(stripped)
        bold = line.bold
        if emphasis and stripped.endswith(emphasis[0]) and len(stripped) > 2 * len(emphasis[0]):
            bold = True
            start += len(emphasis[0])
            stripped = stripped[len(emphasis[0]) : -len(emphasis[0])].rstrip()
        marker = find_marker(stripped)
        if marker is None and line.kind is LineKind.TABLE_CELL and stripped.isdecimal() and len(stripped) <= 4:
            marker = Marker("bare", stripped, int(stripped), len(stripped))
        yield Row(
            start, start + len(stripped), stripped, indent, gap, line.kind, line.level, bold, marker,
            is_furniture(stripped, line.kind),
        )  # fmt: skip


def is_furniture(text: str, kind: LineKind) -> bool:
    """Whether a line belongs to the page and not to the minutes."""
    if len(text) <= 160 and _FURNITURE.fullmatch(text):
        return True
    if not any(character.isalnum() for character in text):
        return True
    # A number alone in a table's cell, or with its full stop ("5."), numbers an item; bare, it numbers the page.
    return kind is not LineKind.TABLE_CELL and len(text) <= 8 and bool(_LONE_NUMBER.fullmatch(text)) and text[-1] not in ".):"


_ROMAN = {"i": 1, "v": 5, "x": 10}


def find_marker(text: str) -> Marker | None:
    """The marker at the start of a line, None where there is none."""
    match = _MARKER.match(text)
    if match is None:
        if text[:1] in "aAiImM" and _ITEM_CASE.match(text):
            match = _MARKER.match(text.lower())
        if match is None:
            return None
    kind = match.lastgroup or ""
    for name in ("item", "code", "dotted", "slash", "bullet", "odd", "paren", "num", "roman", "alpha", "bare"):
        if match[name] is not None:
            kind = name
            break
    length = match.end()
    token = match[kind].strip()
    if kind in ("bullet", "odd"):
        return Marker("bullet " + ("-" if token in "-–—" else token), "", 0, length)
    if kind == "item":
        return Marker("item", match["item_n"], int(match["item_n"]), length)
    if kind == "code":
        return Marker("code", token, int(re.findall(r"\d+", token)[-1]), length)
    if kind == "dotted":
        label = token.rstrip(".")
        return Marker(f"dotted {label.count('.')}", label, int(label.rsplit(".", 1)[1]), length)
    if kind == "slash":
        label = token.rstrip(".:")
        return Marker("slash", label, int(label.split("/")[0]), length)
    if kind == "bare":
        return Marker("bare", match["bare_n"], int(match["bare_n"]), length)
    number = match[f"{kind}_n"] if kind in ("paren", "num") else None
    shape = "()" if kind == "paren" else match[f"{kind}_s"]
    if number is not None:
        return Marker(f"num {shape}", number, int(number), length)
    roman = match[f"{kind}_r"] if kind in ("paren", "roman") else None
    if roman is not None:
        return Marker(f"roman {shape}", roman, _roman_value(roman), length)
    letter = match[f"{kind}_a"]
    return Marker(f"alpha {shape}", letter, ord(letter.lower()) - 96, length)


def _roman_value(roman: str) -> int:
    values = [_ROMAN[character] for character in roman]
    return sum(-value if value < max(values[index:]) else value for index, value in enumerate(values))

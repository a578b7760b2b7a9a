"""Pass 1, lines: what each line is before anybody knows what it means.

A ``Row`` is a line of the document without its outer white space, with its list marker recognised and its page
furniture (page numbers, signatures' dotted lines, notices of the scanner) told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sightline.scrutiny.domain.documents.model import Document, Line, LineKind

_SPACE = re.compile(r"[^\S ]")


def flat(text: str) -> str:
    """``text`` with each character of white space as one space: the length stays, so offsets stay true."""
    return text if text.isprintable() else _SPACE.sub(" ", text)


class Marker(NamedTuple):
    """A list or item marker at the start of a line.

    family: how it is written; markers of one list share it. label: what it says ("2762", "b", "19.09.04"), empty for
    a bullet. value: its place in the count, 0 where it has none. length: characters up to the words.
    """

    family: str
    label: str
    value: int
    length: int


class Row(NamedTuple):
    """One line. start, end: without outer white space; text: those characters, white space flat.

    cells: spans of its cells, for the row of a table. margin: the span of a note in the right-hand margin, which
    clerks use for who is to act; it is no part of the text. ends: a cell of a table ends with it, and no later line
    goes on from there.
    """

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
    cells: tuple[tuple[int, int], ...] = ()
    margin: tuple[int, int] | None = None
    ends: bool = False

    @property
    def words(self) -> str:
        """The text after the marker."""
        return self.text[self.marker.length :] if self.marker else self.text


_MARKER = re.compile(
    r"""(?:
      (?P<item>(?:agenda\ +)?(?:item|minute|min\.?)(?:\ +no\.?)?\ +(?P<item_n>\d{1,4})[a-z]?
        \ *(?:[:.)–—-]|(?=\ *$)|(?=[a-z]{2})))
    | (?P<code>(?:[Rr]es(?:olution|\.)?\ +(?:[Nn](?:o|umber)\.?\ *|\#\ *)?\#?)?
            [A-Z]{1,3}-?\d{2,4}[-–/]\d{1,5}(?=[\ :.]|$)(?:\ +\d{1,3}\.(?=\ +[A-Z]))?
        |(?:[Rr]esolution|RESOLUTION|[Mm]otion|MOTION)\ +(?:(?:[Nn](?:o|umber)|N[O0]|\#)\.?:?\ *)?\#?
            (?:[A-Z]{1,4}[-/ ]?)?\d{1,8}(?:\ ?[-–/]\d{1,4}){0,2}(?=[\ :.]|$)
        |\#\d{1,4}(?:[-–/]\d{1,4}){1,2}(?=[\ :.]|$)
        |\d{4}[-–]\d{1,4}(?=[\ :.]|$))
    | (?P<ref>(?:(?:[A-Z]{1,5}[/.]?|[A-Z][a-z]{1,4}/)\d{1,4}[:/.-]\d{2,4}(?:[/-]\d{2,4})?|[A-Z]{2,5}/\d{1,4})
        [.:]?(?=\ |$)(?:\ *[-–—:](?=\ )|\ +\d{1,3}\.(?=\ +[A-Z]))?)
    | (?P<asked>R(?P<asked_n>\d{1,2})[.:)]?(?=\ +(?:That|To|[A-Z][a-z]+)\b))
    | (?P<dotted>\d{1,4}(?:\.\d{1,4}){1,3}\.?(?=\ |$))
    | (?P<slash>\d{1,4}/\d{1,4}(?:/\d{1,4})?[.:]?(?=\ |$)(?:\ *[-–—:](?=\ ))?)
    | (?P<bullet>[·•●○▪■◦‣⁃∙*¢»➢❖✓§Øè\-–—→>](?=\ |$))
    | (?P<odd>o(?=\ +\S))
    | (?P<paren>\((?:(?P<paren_n>\d{1,3})|(?P<paren_r>[ivx]{1,5})|(?P<paren_a>[a-zA-Z]))\)(?=\ |$|[A-Z]))
    | (?P<num>(?P<num_n>\d{1,4})(?P<num_s>[.):]-?)(?!\d)(?=\ |$|[A-Z]))
    | (?P<roman>(?P<roman_r>[ivx]{1,5})(?P<roman_s>[.)])(?=\ |$))
    | (?P<alpha>(?P<alpha_a>[a-zA-Z])(?P<alpha_s>[.)])(?=\ {1,}[^\ .]{2}|\ +[aA]\ |$))
    | (?P<bare>(?P<bare_n>\d{1,4})(?:\ {1,3}\(\d{1,2}(?:,\ ?\d{1,2}){0,8}\)(?=\ {1,3}[A-Z]{2}))?
        (?!\ +(?i:jan|feb|mar(?:ch)?\b|apr|may\b|jun|jul|aug|sep|oct|nov|dec))
        (?=\ {2,}[\"'“‘(]?[A-Z]|\ [A-Z][^.;,?!]{2,80}$|\ [A-Z][A-Z\ ,'’()/&-]{4,200}\ [–—-]\ ))
    )\ *""",
    re.X,
)
# "P. Baxter objected" starts with a name and not with the letter of a list.
_INITIAL = re.compile(
    r"[A-Z]\. (?:[A-Z]\. )*[A-Z][\w'’-]+ (?:also |then |further )?(?:[a-z]+ed|said|told|felt|"
    r"thought|gave|spoke|put|took)\b"
)
_ITEM_CASE = re.compile(r"(?:agenda +)?(?:item|minute|min\.?)(?: +no\.?)? +\d", re.I)
_EMPHASIS = re.compile(r"[*_]{1,3}(?=\S)")

_FURNITURE = re.compile(
    r"\W*page \d{1,4}(?: ?(?:of|/) ?\d{1,4})?\W*"
    r"|\W{0,3}\d{1,4} ?(?:of|/) ?\d{1,3} pages?\W*"
    r"|[-=_*~·.… ]{3,}"
    r"|\W{0,4}scanned page\b.*"
    r"|\W*\[?original file\]?.*"
    r"|(?:\W*(?:signed|dated?|chair(?:man|person)?|signature|clerk)\b[^a-z]{0,6}[_.…\W]{4,}.{0,60})"
    r"|.{0,60}[–—|-] *page \d{1,4}(?: of \d{1,4})?\W*"
    r"|(?:minutes?)? ?page \d{1,4} .{0,40}"
    r"|\W{0,3}p ?a ?g ?e ?\W{1,3}\d{1,4}\W*"
    r"|[_.…]{6,}.{0,40}"
    r"|signed:?|dated?:?|print(?:ed)?|additional documents:?|supporting documents:?"
    r"|.{0,120}\bitem \d{1,4}[a-z]?\W{1,3}(?:pdf icon )?pdf \d{1,6}(?:\.\d+)? ?[km]b.{0,40}"
    r"|(?:appendi(?:x|ces)|annex|report|enclosure|agenda)\b.{0,120}\bpdf \d{1,6}(?:\.\d+)? ?[km]b.{0,40}"
    r"|(?:pdf icon )?pdf \d{1,6}(?:\.\d+)? ?[km]b"
    r"|(?:decision status|is key decision\??|is subject to call[- ]in\??|report author|publication date|effective from|"
    r"lead officer|wards? affected|decision type|decision due)\W*:.{0,80}"
    r"|\W{0,3}view the (?:background|decision|full|reasons).{0,80}",
    re.I,
)
# What a line of furniture holds at least, for a quick look: most lines hold none of it.
_FURNITURE_WORDS = (
    "page",
    "p a g e",
    "sign",
    "date",
    "print",
    "pdf",
    "documents",
    "original",
    "view the",
    "p ag",
    "decision",
    "call",
    "author",
    "effective",
    "officer",
    "ward",
    "pa g",
)
_FILLING = ("..", "__", "…", "   ", "--", "**", "==")
_WRITTEN = re.compile(r"[^\W_]")
_LONE_NUMBER = re.compile(r"\W{0,2}\d{1,4}\W{0,2}")


def read_rows(document: Document, lines: Sequence[Line]) -> list[Row]:
    """The rows of those lines, in order. Time linear in their text."""
    rows = list(_rows(document.text, lines))
    for index in range(1, len(rows)):
        # A line that is underlined is set off as a bold one is.
        if rows[index].furniture and not rows[index].gap and _UNDERLINE.fullmatch(rows[index].text):
            rows[index - 1] = rows[index - 1]._replace(bold=True)
    for index, letter in _lettered(rows):
        rows[index] = rows[index]._replace(marker=Marker("alpha", letter, ord(letter) - 64, 2))
    for index in _running_lines(rows):
        rows[index] = rows[index]._replace(furniture=True)
    return rows


def _rows(text: str, lines: Sequence[Line]) -> Iterator[Row]:
    previous_end = lines[0].start if lines else 0
    for line in lines:
        raw = flat(text[line.start : line.end])
        stripped = raw.strip()
        if not stripped:
            continue
        indent = len(raw) - len(raw.lstrip()) if raw[0] == " " else 0
        start = line.start + indent
        gap = text.count("\n", previous_end, start) > 1
        previous_end = line.end
        emphasis = _EMPHASIS.match(stripped) if stripped[0] in "*_" else None
        bold = line.bold
        if emphasis and stripped.endswith(emphasis[0]) and len(stripped) > 2 * len(emphasis[0]):
            bold = True
            start += len(emphasis[0])
            stripped = stripped[len(emphasis[0]) : -len(emphasis[0])].rstrip()
        attached = _ATTACHED.search(stripped) if stripped[-1] in "Bb" else None
        if attached and attached.start() > 2 and not _FURNITURE.fullmatch(stripped[:160]):
            stripped = stripped[: attached.start()]
        cells: tuple[tuple[int, int], ...] = ()
        margin = None
        marker = find_marker(stripped)
        if line.kind is LineKind.TABLE_CELL:
            cells = _cells(text, line)
            numbered = re.match(r"\d{1,4}(?=[ .)]|$)", stripped)
            if marker is None and numbered and len(cells) < 3 and cells[0][1] - cells[0][0] <= 4:
                marker = Marker("bare", numbered[0], int(numbered[0]), numbered.end() + 1)
        elif indent + len(stripped) > 60 and "    " in stripped:
            note = _MARGIN.search(stripped)
            if note and indent + note.start("note") >= 60:
                margin = (start + note.start("note"), start + note.end("note"))
                stripped = stripped[: note.start()]
        yield Row(
            start, start + len(stripped), stripped, indent, gap, line.kind, line.level, bold, marker,
            is_furniture(stripped, line.kind), cells, margin,
        )  # fmt: skip


_ATTACHED = re.compile(r" *(?:\bpdf icon )?\bPDF \d{1,6}(?:\.\d+)? ?[KMkm][Bb]$")
_UNDERLINE = re.compile(r"[-=_~]{3,}")
_MARGIN = re.compile(r" {4,}(?P<note>(?:[A-Z][A-Za-z'’.]{0,14}[/& ]{0,3}){1,3})$")


def _cells(text: str, line: Line) -> tuple[tuple[int, int], ...]:
    spans = []
    start = line.start
    for cell in text[line.start : line.end].split("\t"):
        left = start + len(cell) - len(cell.lstrip())
        spans.append((left, left + len(cell.strip())))
        start += len(cell) + 1
    return tuple(spans)


_NEXT_LETTER_WITHIN = 12


def _lettered(rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
    """Entries of a list lettered with bare capitals ("A The fees be set", "B The Clerk be asked"), after a colon."""
    for index, row in enumerate(rows):
        if row.text[-1] not in ":-–" or index + 1 >= len(rows) or not _is_letter(rows[index + 1], "A"):
            continue
        found = [(index + 1, "A")]
        while len(found) < 26:
            last, letter = found[-1]
            wanted = chr(ord(letter) + 1)
            near = range(last + 1, min(last + 1 + _NEXT_LETTER_WITHIN, len(rows)))
            place = next((later for later in near if _is_letter(rows[later], wanted)), None)
            if place is None:
                break
            found.append((place, wanted))
        if len(found) > 1:
            yield from found


def _is_letter(row: Row, letter: str) -> bool:
    return row.marker is None and row.text[:2] == f"{letter} " and row.text[2:3].isupper()


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", " ".join(text.split()).casefold())


def _running_lines(rows: list[Row]) -> set[int]:
    """Running headers: lines that stand beside a page number more than once."""
    places: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        if row.furniture and len(row.text) <= 24 and any(character.isdigit() for character in row.text):
            for beside in (index - 1, index + 1):
                if 0 <= beside < len(rows) and not rows[beside].furniture and len(rows[beside].text) <= 120:
                    places.setdefault(_shape(rows[beside].text), []).append(beside)
    return {place for found in places.values() if len(found) > 1 for place in found}


def _may_be_furniture(text: str) -> bool:
    low = text.lower()
    for word in _FURNITURE_WORDS:  # a plain loop, since every line comes by: twice as fast as any()
        if word in low:
            return True
    for filling in _FILLING:
        if filling in text:
            return True
    return low == text and text.upper() == text


def is_furniture(text: str, kind: LineKind) -> bool:
    """Whether a line belongs to the page and not to the minutes."""
    length = len(text)
    if length < 5 and text.isalpha():
        return False
    if length <= 160 and _may_be_furniture(text) and _FURNITURE.fullmatch(text):
        return True
    if not text[:1].isalnum() and not _WRITTEN.search(text):
        return find_marker(text) is None
    # A number alone in a table's cell, or with its full stop ("5."), numbers an item; bare, it numbers the page.
    return (
        length <= 8 and kind is not LineKind.TABLE_CELL and bool(_LONE_NUMBER.fullmatch(text)) and text[-1] not in ".):"
    )


# "C048/23  4. PLANNING": the number on the agenda stands behind the reference.
_AGENDA_NUMBER = re.compile(r"(?<=\d) +\d{1,3}\.$")
_ROMAN = {"i": 1, "v": 5, "x": 10}


def find_marker(text: str) -> Marker | None:
    """The marker at the start of a line, None where there is none."""
    first = text[:1]
    if len(text) < 5 and text.isalpha():
        return None  # a word alone
    if text[:2].isalpha() and text[1:2].islower() and first not in "aAiImMoRrvx" and "/" not in text[:7]:
        return None  # a word opens the line
    if text[1:2] == "." and _INITIAL.match(text):
        return None
    match = _MARKER.match(text)
    if match is None:
        if first in "aAiImM" and _ITEM_CASE.match(text):
            match = _MARKER.match(text.lower())
        if match is None or (text[match.end() - 1] in "0123456789 " and text[match.end() : match.end() + 1].islower()):
            return None
    kind = match.lastgroup or ""  # the outer group of each shape, which closes last
    length = match.end()
    written = match[kind].strip()
    if kind in ("bullet", "odd"):
        return Marker("bullet " + ("-" if written in "-–—" else written), "", 0, length)
    if kind == "item":
        return Marker("item", match["item_n"], int(match["item_n"]), length)
    if kind == "code":
        written = _AGENDA_NUMBER.sub("", written)
        return Marker("code", written, int(re.findall(r"\d+", written)[-1]), length)
    if kind == "ref":
        label = written.split()[0].rstrip(".: -–—")
        return Marker("ref", label, int(re.findall(r"\d+", label)[0]), length)
    if kind == "dotted":
        label = written.rstrip(".")
        return Marker(f"dotted {label.count('.')}", label, int(label.rsplit(".", 1)[1]), length)
    if kind == "slash":
        label = written.rstrip(".: -–—")
        return Marker("slash", label, int(label.split("/")[0]), length)
    if kind == "asked":
        return Marker("asked", written.rstrip(".:)"), int(match["asked_n"]), length)
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

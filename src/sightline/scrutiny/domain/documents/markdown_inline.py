"""Markdown within lines: emphasis, links, code and escapes come off; the words stay, line by line.

A whole CommonMark parser would re-flow paragraphs and lose the lines, which matter where Markdown was made of scanned
pages. It would also leave the stars of badly nested emphasis in the text. So lines are read here by its rules for
flanking, with one difference: two or more stars that touch a word are always emphasis.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sightline.scrutiny.domain.documents.tidy import tidy

_SPECIAL = re.compile(r"[\\`*_\[\]<&~]")
_TOKEN = re.compile(
    r"""
      \\(?P<escaped>[!-/:-@\[-`{-~])
    | \\(?P<hard>)(?=\n|\Z)
    | (?P<ticks>`{1,3})(?P<code>[^`\n]{1,500})(?P=ticks)(?!`)
    | <(?P<auto>(?:https?://|mailto:)[^\s<>]{1,1000}|[\w.+-]{1,64}@[\w.-]{1,255})>
    | (?P<br><br\s{0,8}/?>)
    | (?P<tag></?(?:a|abbr|b|big|center|cite|code|del|div|em|font|h[1-6]|i|img|ins|kbd|li|mark|ol|p|q|s|small|span
        |strike|strong|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul)(?:\s[^<>]{0,1000})?/?>)
    | (?P<entity>&(?:\#\d{1,7}|\#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});)
    | (?P<open>!?\[)
    | (?P<close>\]\(\s{0,4}(?:<[^<>\n]{0,1000}>|[^\s()<>]{0,1000}(?:\([^\s()]{0,300}\)[^\s()<>]{0,1000}){0,5})
        (?:\s{1,4}(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'))?\s{0,4}\))
    | (?P<shut>\])
    | (?P<run>\*+|_+|~~)
    """,
    re.X | re.I,
)


@dataclass(slots=True)
class _Piece:
    """A stretch of the output: its text and whether it is bold. Delimiters start as pieces and may be emptied."""

    text: str
    bold: bool = False


def read_inline(lines: Sequence[str]) -> list[list[tuple[str, bool]]]:
    """The words of the lines of one paragraph.

    lines: raw Markdown, tidied, without line breaks.

    For each line a list of (words, whole line is bold); more than one where ``<br>`` breaks it. Words are stripped
    and runs of spaces are one space. Time linear in the length.
    """
    if not any(_SPECIAL.search(line) for line in lines):
        return [[(" ".join(line.split()), False)] for line in lines]
    pieces = _pieces("\n".join(lines))
    return _lines(pieces)


def _pieces(text: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    brackets: list[int] = []
    waiting: dict[str, int] = {}  # an opened ``*``, ``_`` or the like, by its run → its piece
    bold = ""
    end = 0
    for match in _TOKEN.finditer(text):
        if match.start() > end:
            pieces.append(_Piece(text[end : match.start()], bool(bold)))
        end = match.end()
        token = match[0]
        if match["escaped"] is not None:
            pieces.append(_Piece(match["escaped"], bool(bold)))
        elif match["hard"] is not None or match["tag"] is not None:
            name = token.lower()
            bold = "<" if name in ("<b>", "<strong>") else "" if name in ("</b>", "</strong>") else bold
        elif match["br"] is not None:
            pieces.append(_Piece("\v"))
        elif match["code"] is not None:
            pieces.append(_Piece(match["code"], bool(bold)))
        elif match["auto"] is not None:
            pieces.append(_Piece(match["auto"].removeprefix("mailto:"), bool(bold)))
        elif match["entity"] is not None:
            pieces.append(_Piece(" ".join(tidy(html.unescape(token)).splitlines()), bool(bold)))
        elif match["open"] is not None:
            brackets.append(len(pieces))
            pieces.append(_Piece(token, bool(bold)))
        elif match["shut"] is not None:
            if brackets:
                brackets.pop()
            pieces.append(_Piece(token, bool(bold)))
        elif match["close"] is not None:
            if brackets:
                _close_link(pieces, brackets.pop())
            else:
                pieces.append(_Piece(token, bool(bold)))
        else:
            opens, closes = _flanks(text, match.start(), match.end(), token)
            piece = _Piece(token, bool(bold))
            pieces.append(piece)
            strong = len(token) in (2, 3) and token[0] in "*_"
            if token[0] == "*" and len(token) > 1:
                if opens or closes:
                    piece.text = _space_lost(text, match.start(), match.end())
                    bold = "*" if opens and not bold else "" if closes and bold == "*" else bold
            elif closes and token in waiting:
                pieces[waiting.pop(token)].text = ""
                piece.text = ""
                if strong:
                    bold = ""
            elif opens and len(token) <= 3:
                waiting[token] = len(pieces) - 1
                if strong:
                    bold = token
    pieces.append(_Piece(text[end:], bool(bold)))
    return pieces


def _space_lost(text: str, start: int, end: int) -> str:
    """Converters lose the space where one run of emphasis meets the next: "the next**Meeting". It is given back."""
    torn = start > 0 and end < len(text) and text[start - 1].islower() and text[end].isupper()
    return " " if torn else ""


def _close_link(pieces: list[_Piece], opening: int) -> None:
    """A link is its words; a picture is nothing."""
    if pieces[opening].text == "![":
        del pieces[opening + 1 :]
    pieces[opening].text = ""


def _flanks(text: str, start: int, end: int, run: str) -> tuple[bool, bool]:
    """Whether a run of stars or underscores may open and may close emphasis (CommonMark 0.31, section 6.2)."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    before_word = not before.isspace() and (before.isalnum() or not after.isalnum() or run[0] == "*")
    after_word = not after.isspace()
    opens = after_word and (after.isalnum() or before.isspace() or not before.isalnum())
    closes = not before.isspace() and (before.isalnum() or after.isspace() or not after.isalnum())
    if run[0] == "_":
        return opens and not before.isalnum(), closes and not after.isalnum()
    return opens or (len(run) > 1 and after_word), closes or (len(run) > 1 and before_word)


def _lines(pieces: Sequence[_Piece]) -> list[list[tuple[str, bool]]]:
    lines: list[list[tuple[str, bool]]] = []
    parts: list[tuple[str, bool]] = []
    words: list[str] = []
    plain = 0
    strong = 0

    def end_part() -> None:
        nonlocal plain, strong
        parts.append((" ".join("".join(words).split()), strong > 0 and plain == 0))
        words.clear()
        plain = strong = 0

    for piece in pieces:
        for number, stretch in enumerate(re.split(r"([\n\v])", piece.text)):
            if number % 2:
                end_part()
                if stretch == "\n":
                    lines.append(parts)
                    parts = []
                continue
            words.append(stretch)
            letters = sum(map(str.isalnum, stretch))
            if piece.bold:
                strong += letters
            else:
                plain += letters
    end_part()
    lines.append(parts)
    return lines

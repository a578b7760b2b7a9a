"""Puts a ``Document`` together line by line, so that every format keeps the same promises.

The promises: every non-empty line of the text stands in ``lines`` once, in order; no line ends in
white space; at most one empty line stands between two lines, none at either end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sightline.scrutiny.domain.documents.model import Document, Line, LineKind
from sightline.scrutiny.domain.documents.refusal import UnreadableDocument


@dataclass(slots=True)
class Draft:
    """A line on its way into a document: its words, and what ``Line`` will say of it.

    words: without the marker, without a line break.
    gap: an empty line stands before it.
    """

    words: str
    kind: LineKind = LineKind.TEXT
    level: int = 0
    marker: str = ""
    bold: bool = False
    page: int = 0
    gap: bool = False


class DocumentBuilder:
    """Collects the lines of one document in text order."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._lines: list[Line] = []
        self._length = 0
        self._gap = False

    def gap(self) -> None:
        """Ask for an empty line before the next line. Asking twice is asking once."""
        self._gap = bool(self._lines)

    def line(
        self,
        words: str,
        *,
        kind: LineKind = LineKind.TEXT,
        level: int = 0,
        marker: str = "",
        bold: bool = False,
        page: int = 0,
    ) -> None:
        """Add one line. Words of white space alone are a gap (a marker without words is dropped).

        words: tidied, without a line break; their indentation is kept.
        """
        words = words.rstrip()
        if not words:
            self.gap()
            return
        if self._gap:
            self._texts.append("")
            self._length += 1
            self._gap = False
        text = marker + words if marker else words
        end = self._length + len(text)
        self._texts.append(text)
        self._lines.append(Line(self._length, end, kind, level, marker, bold, page))
        self._length = end + 1

    def lines(self, drafts: Iterable[Draft]) -> None:
        """Add lines that another reader drafted."""
        for draft in drafts:
            if draft.gap:
                self.gap()
            self.line(
                draft.words,
                kind=draft.kind,
                level=draft.level,
                marker=draft.marker,
                bold=draft.bold,
                page=draft.page,
            )

    def build(self, source: str, media_type: str, title: str = "") -> Document:
        """The document. Raises UnreadableDocument when no line was added."""
        if not self._lines:
            raise UnreadableDocument(source, "there is no text in it; check that it is the right file.")
        text = "\n".join(self._texts)
        self._texts.clear()
        return Document(source, media_type, text, tuple(self._lines), " ".join(title.split()))

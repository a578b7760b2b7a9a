"""What the tests of documents share: lines in a form that is easy to compare, and the promises every document keeps."""

from __future__ import annotations

from itertools import pairwise

from sightline.scrutiny.domain.documents import Document, Line, read_document_bytes


def read(content: str | bytes, name: str) -> Document:
    document = read_document_bytes(content.encode() if isinstance(content, str) else content, name)
    assert_promises(document)
    return document


def shown(document: Document) -> list[str]:
    """The lines as a person sees them."""
    return [document.line_text(line) for line in document.lines]


def hinted(document: Document) -> list[tuple[str, int, str, str]]:
    """The lines as (kind, level, marker, words)."""
    return [(line.kind.name, line.level, line.marker, words(document, line)) for line in document.lines]


def words(document: Document, line: Line) -> str:
    return document.text[line.start + len(line.marker) : line.end]


def bold(document: Document) -> list[str]:
    return [document.line_text(line) for line in document.lines if line.bold]


def assert_promises(document: Document) -> None:
    """Every non-empty line once and in order, spans valid, nothing at line ends, no two empty lines together."""
    filled: list[tuple[int, int]] = []
    start = 0
    for text in document.text.split("\n"):
        if text:
            filled.append((start, start + len(text)))
        start += len(text) + 1
    assert [(line.start, line.end) for line in document.lines] == filled
    assert filled, "a document has at least one line"
    for line in document.lines:
        text = document.line_text(line)
        assert text == text.rstrip()
        assert text.startswith(line.marker)
        assert words(document, line).strip(), "a marker has words"
        assert line.level >= 0
        assert line.page >= 0
    assert "\n\n\n" not in document.text
    assert document.text[0] != "\n"
    assert document.text[-1] != "\n"
    assert all(before.end < after.start for before, after in pairwise(document.lines))
    assert not set(document.text) & set("\r\f\v\0\u00a0\u200b\u202e\ufeff")

"""Files in, documents out: plain text, Markdown, web pages, Word and PDF become one ``Document``.

    document = read_document(Path("minutes.docx"))
    document.text[line.start : line.end]

Whatever is wrong with a file, the one error is ``UnreadableDocument``, whose message can be shown as it stands.
Nothing is fetched, nothing in a file is run, and the same bytes always give the same document.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

from sightline.scrutiny.domain.documents.detect import Format, detect
from sightline.scrutiny.domain.documents.markdown import read_markdown
from sightline.scrutiny.domain.documents.model import Document, Line, LineKind
from sightline.scrutiny.domain.documents.plain import read_plain
from sightline.scrutiny.domain.documents.portable import read_portable
from sightline.scrutiny.domain.documents.refusal import UnreadableDocument, size_words
from sightline.scrutiny.domain.documents.web import read_web
from sightline.scrutiny.domain.documents.word import read_word

__all__ = [
    "LIMIT_BYTES",
    "Document",
    "Line",
    "LineKind",
    "UnreadableDocument",
    "read_bytes",
    "read_document",
    "read_document_bytes",
]

LIMIT_BYTES = 50 * 1024 * 1024
"""The largest file that is read unless a caller says otherwise."""

_READERS: dict[Format, Callable[[bytes, str], Document]] = {
    Format.PLAIN: read_plain,
    Format.MARKDOWN: read_markdown,
    Format.WEB: read_web,
    Format.WORD: read_word,
    Format.PORTABLE: read_portable,
}


def read_document(path: Path, *, limit_bytes: int = LIMIT_BYTES) -> Document:
    """The document in the file at ``path``.

    limit_bytes: the largest size that is read.

    Raises UnreadableDocument where the file is missing, no file, too large or not readable as any of the formats.
    """
    return read_document_bytes(
        read_bytes(path, limit_bytes=limit_bytes), path.name or str(path), limit_bytes=limit_bytes
    )


def read_bytes(path: Path, *, limit_bytes: int = LIMIT_BYTES) -> bytes:
    """What the file at ``path`` holds, for a caller who keeps the file as well as its document.

    Raises UnreadableDocument where the file is missing, no file, or larger than ``limit_bytes``.
    """
    name = path.name or str(path)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UnreadableDocument(name, "it is a folder; name the file in it.")
        if not stat.S_ISREG(mode):
            raise UnreadableDocument(name, "it is no ordinary file; name a document.")
        with path.open("rb") as file:
            size_bytes = file.seek(0, 2)
            _refuse_size(size_bytes, name, limit_bytes)
            file.seek(0)
            return file.read(limit_bytes + 1)
    except FileNotFoundError as error:
        raise UnreadableDocument(name, "there is no such file; check its name and folder.") from error
    except PermissionError as error:
        raise UnreadableDocument(name, "you may not read it; ask for the right to, or copy it.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableDocument(
            name, f"it cannot be read ({reason}); check the disk or copy the file again."
        ) from error


def read_document_bytes(content: bytes, name: str, *, limit_bytes: int = LIMIT_BYTES) -> Document:
    """The document whose file holds ``content``.

    name: the file's name; it is shown in messages and its extension is a hint of the format, no more.

    Raises UnreadableDocument as ``read_document`` does.
    """
    _refuse_unfit(content, name, limit_bytes)
    return _READERS[detect(content, name)](content, name)


def _refuse_unfit(content: bytes, name: str, limit_bytes: int) -> None:
    _refuse_size(len(content), name, limit_bytes)
    if not content.strip():
        what = "it is empty" if not content else "it holds nothing but white space"
        raise UnreadableDocument(name, f"{what}; check that the whole file was copied.")


def _refuse_size(size_bytes: int, name: str, limit_bytes: int) -> None:
    if size_bytes > limit_bytes:
        raise UnreadableDocument(
            name,
            f"it is {size_words(size_bytes)} and the limit is {size_words(limit_bytes)}; "
            "split it, or take the pictures out, and try again.",
        )

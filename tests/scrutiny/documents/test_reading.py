"""Reading a file: what it really is, and what is refused before any reader sees it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from sightline.kernel.errors import SightlineError
from sightline.scrutiny.domain.documents import LIMIT_BYTES, UnreadableDocument, read_document, read_document_bytes
from sightline.scrutiny.domain.documents.refusal import printable, size_words


def refused(path: Path, **settings: int) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read_document(path, **settings)
    assert isinstance(caught.value, SightlineError)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def refused_bytes(content: bytes, name: str) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read_document_bytes(content, name)
    return str(caught.value)


def test_a_file_is_read_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "minutes.txt"
    path.write_text("Minutes")
    assert read_document(path) == read_document_bytes(b"Minutes", "minutes.txt")
    assert read_document(path).source == "minutes.txt"


def test_a_missing_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.txt") == "none.txt: there is no such file; check its name and folder."


def test_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert refused(tmp_path / "folder") == "folder: it is a folder; name the file in it."
    assert "it is a folder" in refused(Path("/"))


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe") == "pipe: it is no ordinary file; name a document."


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (FileNotFoundError(errno.ENOENT, "gone"), "there is no such file"),
        (PermissionError(errno.EACCES, "no"), "you may not read it; ask for the right to"),
        (OSError(errno.EIO, "Input/output error"), "it cannot be read (Input/output error); check the disk"),
        (ValueError("embedded null byte"), "it cannot be read (embedded null byte)"),
    ],
)
def test_a_file_that_vanishes_or_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, reason: str
) -> None:
    path = tmp_path / "minutes.txt"
    path.write_text("Minutes")

    def fail(*arguments: object, **settings: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", fail)
    assert refused(path).startswith(f"minutes.txt: {reason}")


def test_a_name_that_no_file_can_have() -> None:
    assert "it cannot be read" in refused(Path("min\0utes.txt"))


def test_a_large_file_is_refused_with_both_sizes(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(60 * 1024 * 1024)
    assert LIMIT_BYTES == 50 * 1024 * 1024
    assert refused(path).startswith("large.txt: it is 60 MB and the limit is 50 MB; split it")
    assert refused_bytes(bytes(LIMIT_BYTES + 1), "large.txt").startswith(
        "large.txt: it is 50.1 MB and the limit is 50 MB"
    )


def test_a_limit_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "minutes.txt"
    path.write_text("x" * 11)
    assert "it is 11 bytes and the limit is 10 bytes" in refused(path, limit_bytes=10)
    assert read_document(path, limit_bytes=11).text == "x" * 11


@pytest.mark.parametrize(
    "name", ["minutes.txt", "minutes.md", "minutes.html", "minutes.docx", "minutes.pdf", "minutes"]
)
def test_empty_files(name: str) -> None:
    assert refused_bytes(b"", name) == f"{name}: it is empty; check that the whole file was copied."
    assert refused_bytes(b" \n\t\r\n ", name).startswith(f"{name}: it holds nothing but white space")


@pytest.mark.parametrize(
    "content", ["\u00a0\u200b\n\ufeff".encode(), b"\xef\xbb\xbf", "\u3000".encode("utf-16"), b"\f\f"]
)
def test_files_of_nothing_that_can_be_seen(content: bytes) -> None:
    message = refused_bytes(content, "minutes.txt")
    assert message.startswith(("minutes.txt: there is no text in it", "minutes.txt: it holds nothing but white space"))


@pytest.mark.parametrize("name", ["minutes.xyz", "minutes.csv", "minutes.json"])
def test_unknown_types_are_refused_and_the_known_ones_listed(name: str) -> None:
    message = refused_bytes(b"Minutes", name)
    assert message.startswith(f"{name}: Sightline does not know the type .{name[-3:] if name[-4] == '.' else 'json'}")
    for taken in (".txt", ".md", ".html", ".docx", ".pdf"):
        assert taken in message


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{\\rtf1 Minutes}", "it is a Rich Text file; open it in a word processor and save it as .docx"),
        (b"\x89PNG\r\n\x1a\n", "it is a picture; run text recognition (OCR) on it"),
        (b"\xff\xd8\xff\xe0", "it is a picture"),
        (b"GIF89a", "it is a picture"),
        (b"II*\0", "it is a picture"),
        (b"MM\0*", "it is a picture"),
        (b"From: <Saved by Blink>\r\n", "it is a web archive (MHTML); save the page again as HTML"),
        (b"MIME-Version: 1.0\r\n", "it is a web archive (MHTML) or an e-mail"),
        (b"\x1f\x8b\x08", "it is compressed with gzip; unpack it first"),
        (b"Rar!\x1a", "it is a RAR archive; unpack it first"),
        (b"7z\xbc\xaf\x27\x1c", "it is a 7-Zip archive; unpack it first"),
    ],
)
def test_other_files_are_named_whatever_they_are_called(content: bytes, reason: str) -> None:
    for name in ("minutes.txt", "minutes.docx", "minutes"):
        assert refused_bytes(content + b"words", name).startswith(f"{name}: {reason}")


def test_content_decides_and_not_the_name() -> None:
    page = b"\xef\xbb\xbf <!-- saved -->\n<!DOCTYPE html><html><body>One</body></html>"
    assert read_document_bytes(page, "minutes.txt").media_type == "text/html"
    assert read_document_bytes(b'<?xml version="1.0"?><html><body>One</body></html>', "minutes.doc").text == "One"
    assert read_document_bytes("<html><body>One</body></html>".encode("utf-16"), "minutes").media_type == "text/html"
    assert read_document_bytes("Minutes of <b>One</b>".encode("utf-16"), "minutes.txt").media_type == "text/plain"
    assert read_document_bytes(b"Saved as %PDF-1.7 by the clerk", "minutes.txt").media_type == "text/plain"


def test_a_piece_of_a_page_saved_as_text_is_a_page() -> None:
    rows = b"<table>\n" + b"<tr><td>Oak</td>\n<td>5</td></tr>\n" * 3 + b"</table>\nEnd"
    assert read_document_bytes(rows, "minutes.txt").text == "Oak\t5\nOak\t5\nOak\t5\n\nEnd"
    few = b"<h1>Minutes</h1>\n<p>One</p>\n" + b"Words\n" * 5
    assert read_document_bytes(few, "minutes.txt").media_type == "text/plain"


def test_names_that_promise_what_the_content_is_not() -> None:
    assert "named .pdf but is no PDF (it does not start with %PDF)" in refused_bytes(b"Minutes", "minutes.pdf")
    assert "named .docx but is no Word file (it is no zip archive)" in refused_bytes(b"Minutes", "minutes.DOCX")


def test_messages_show_names_safely() -> None:
    message = refused_bytes(b"", "min\nutes\x1b[31m\u202e.txt")
    assert message == "min\ufffdutes\ufffd[31m\ufffd.txt: it is empty; check that the whole file was copied."
    assert printable("x" * 500) == "x" * 120 + "…" + "x" * 60


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (999, "999 bytes"),
        (1024, "1 kB"),
        (50 * 1024**2, "50 MB"),
        (50 * 1024**2 + 1, "50.1 MB"),
        (60_000_000, "57.3 MB"),
        (3 * 1024**3, "3 GB"),
    ],
)
def test_sizes_in_words(size: int, words: str) -> None:
    assert size_words(size) == words

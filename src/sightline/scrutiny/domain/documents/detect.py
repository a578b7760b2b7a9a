"""What a file really is.

Its content decides; its extension is only a hint for telling the text formats from one another, because plain text,
Markdown and a piece of HTML have nothing in their bytes that says which they are.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

from sightline.scrutiny.domain.documents.encoding import is_wide
from sightline.scrutiny.domain.documents.refusal import TAKEN, UnreadableDocument


class Format(StrEnum):
    """A format that Sightline reads."""

    PLAIN = "text/plain"
    MARKDOWN = "text/markdown"
    WEB = "text/html"
    WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    PORTABLE = "application/pdf"


_BY_EXTENSION: dict[str, Format] = {
    "": Format.PLAIN,
    ".txt": Format.PLAIN,
    ".text": Format.PLAIN,
    ".asc": Format.PLAIN,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.WEB,
    ".htm": Format.WEB,
    ".xhtml": Format.WEB,
}
_WEB_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*){0,5}<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_TAGGED_LINE = re.compile(
    rb"\s*</?(?:p|div|table|tbody|thead|tr|td|th|ul|ol|li|dl|dt|dd|h[1-6]|section|article|blockquote)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_FEWEST_TAGGED = 5
_SAMPLE_BYTES = 65536
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_WITHIN_BYTES = 1024  # ISO 32000-1, annex H.3.4.1: readers take a header within the first 1024 bytes

# What else a clerk may try, by its first bytes: what it is, and what to do.
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "it is a Rich Text file; open it in a word processor and save it as .docx"),
    (b"\x89PNG", "it is a picture; run text recognition (OCR) on it and save the text"),
    (b"\xff\xd8\xff", "it is a picture; run text recognition (OCR) on it and save the text"),
    (b"GIF8", "it is a picture; run text recognition (OCR) on it and save the text"),
    (b"II*\0", "it is a picture; run text recognition (OCR) on it and save the text"),
    (b"MM\0*", "it is a picture; run text recognition (OCR) on it and save the text"),
    (b"From: <Saved by", "it is a web archive (MHTML); save the page again as HTML"),
    (b"MIME-Version:", "it is a web archive (MHTML) or an e-mail; save the page again as HTML"),
    (b"\x1f\x8b", "it is compressed with gzip; unpack it first"),
    (b"Rar!", "it is a RAR archive; unpack it first"),
    (b"7z\xbc\xaf", "it is a 7-Zip archive; unpack it first"),
)


def detect(content: bytes, source: str) -> Format:
    """The format of ``content``.

    source: the file's name; its extension is a hint.

    Raises UnreadableDocument where it is none that Sightline reads, and says what is.
    """
    extension = PurePath(source).suffix.lower()
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Format.WORD
    if b"%PDF-" in content[:_PDF_WITHIN_BYTES] and not _reads_as_text(content, extension):
        return Format.PORTABLE
    if content.startswith(_OLE):
        raise UnreadableDocument(
            source,
            "it is protected by a password, or it is an old Office file (.doc); "
            "open it in Word, take the password off and save it as .docx.",
        )
    for start, reason in _REFUSED:
        if content.startswith(start):
            raise UnreadableDocument(source, f"{reason}. Sightline reads {TAKEN}.")
    if _WEB_START.match(content[:8192]) or (is_wide(content) and _starts_wide_web(content)):
        return Format.WEB
    if extension in (".docx", ".pdf"):
        kind = "Word file (it is no zip archive)" if extension == ".docx" else "PDF (it does not start with %PDF)"
        raise UnreadableDocument(
            source, f"it is named {extension} but is no {kind}; get the file again from where it came from."
        )
    found = _BY_EXTENSION.get(extension)
    if found is None:
        raise UnreadableDocument(
            source,
            f"Sightline does not know the type {extension}; it reads {TAKEN}. If it is plain text, name it .txt.",
        )
    if found is Format.PLAIN and _is_mostly_tags(content):
        return Format.WEB
    return found


def _is_mostly_tags(content: bytes) -> bool:
    """A piece of a web page, saved as text: half of its first lines start with a tag."""
    lines = [line for line in content[:_SAMPLE_BYTES].splitlines() if line.strip()]
    tagged = sum(_TAGGED_LINE.match(line) is not None for line in lines)
    return tagged >= _FEWEST_TAGGED and tagged * 2 >= len(lines)


def _reads_as_text(content: bytes, extension: str) -> bool:
    """Text that only speaks of ``%PDF-``: it does not start with it, and is named as text."""
    return extension in _BY_EXTENSION and extension != "" and not content.lstrip().startswith(b"%PDF-")


def _starts_wide_web(content: bytes) -> bool:
    start = content[:4096].replace(b"\0", b"").lstrip(b"\xff\xfe")
    return _WEB_START.match(start) is not None

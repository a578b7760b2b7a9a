"""Bytes to text: whatever encoding a council's word processor, web server or clerk left behind.

What the bytes are outranks what the file says of itself. UTF-8 is tried first, because text in another
encoding is almost never valid UTF-8 by chance. Where it is not valid, the valid runs are kept as UTF-8 and the
stray bytes between them are read as Windows-1252, which is also how the whole of a Windows-1252 or Latin-1
file comes out right.
"""

from __future__ import annotations

import codecs
import re

from sightline.scrutiny.domain.documents.refusal import UnreadableDocument
from sightline.scrutiny.domain.documents.tidy import mend_twice_encoded

_BOMS: tuple[tuple[bytes, str, str], ...] = (
    # UTF-32 first: its little-endian mark starts with UTF-16's.
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\v\f\r\x1a\x1b") + b"\x7f"
_CONTROL = re.compile(b"[" + re.escape(_CONTROLS) + b"]")
_MOST_CONTROLS = 0.01
"""More control bytes than this share of a file, and it is not text."""
_UTF8_RUN = re.compile(
    rb"(?:[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})+"
)
_CP1252 = "".join(bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(256))
# Declared encodings that are worth following when the bytes are not UTF-8; the others are Windows-1252 in truth.
_FOLLOWED = re.compile(r"(?:iso-?8859-?(?:[2-9]|1[0-6])|windows-?125[013-8]|cp125[013-8]|koi8-[ru]|macintosh)\Z", re.I)


def decode(content: bytes, source: str, *, declared: str = "") -> str:
    """The text of ``content``, in Unicode, with a byte-order mark taken off.

    content: the whole file.
    source: the file's name, for messages.
    declared: the encoding that the file claims (HTML's ``charset``); used only when the bytes are not UTF-8.

    Raises UnreadableDocument where the bytes are not text (NUL bytes, many control bytes) or break off within a
    UTF-16 or UTF-32 character. Any other bytes are read. Time linear in the length.
    """
    for mark, codec, name in _BOMS:
        if content.startswith(mark):
            return _decode_wide(content, source, codec, name, len(mark))
    content = content.removeprefix(codecs.BOM_UTF8)
    refuse_binary(content, source)
    try:
        return mend_twice_encoded(content.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if _FOLLOWED.match(declared):
        try:
            return content.decode(declared)
        except (UnicodeError, LookupError):
            pass
    return mend_twice_encoded(_decode_mixed(content))


def is_wide(content: bytes) -> bool:
    """Whether ``content`` starts with a byte-order mark of UTF-16 or UTF-32."""
    return any(content.startswith(mark) for mark, _, _ in _BOMS)


def refuse_binary(content: bytes, source: str) -> None:
    """Raise UnreadableDocument if ``content`` holds what no text in a byte encoding holds."""
    nul = content.find(0)
    if nul >= 0:
        wide = content.count(0) * 5 > len(content) * 2
        hint = (
            "it may be UTF-16 without its mark; save it as UTF-8"
            if wide
            else "it is not plain text; open it in the program that made it and save it as text, Word or PDF"
        )
        raise UnreadableDocument(source, f"there is a NUL byte at offset {nul}: {hint}.", offset=nul)
    controls = len(content) - len(content.translate(None, _CONTROLS))
    if controls > 4 and controls > _MOST_CONTROLS * len(content):
        first = _CONTROL.search(content)
        offset = first.start() if first else 0
        raise UnreadableDocument(
            source,
            f"it holds {controls} control bytes, the first at offset {offset}, so it is not plain text; "
            "open it in the program that made it and save it as text, Word or PDF.",
            offset=offset,
        )


def _decode_wide(content: bytes, source: str, codec: str, name: str, start: int) -> str:
    try:
        return content[start:].decode(codec)
    except UnicodeDecodeError as error:
        offset = start + error.start
        raise UnreadableDocument(
            source,
            f"it says that it is {name}, but at offset {offset} it is not; save it again as UTF-8.",
            offset=offset,
        ) from error


def _decode_mixed(content: bytes) -> str:
    pieces: list[str] = []
    end = 0
    for run in _UTF8_RUN.finditer(content):
        pieces.append(_decode_stray(content[end : run.start()]))
        pieces.append(run[0].decode("utf-8"))
        end = run.end()
    pieces.append(_decode_stray(content[end:]))
    return "".join(pieces)


def _decode_stray(content: bytes) -> str:
    """Windows-1252, with the five bytes that it leaves undefined kept as C1 controls."""
    return codecs.charmap_decode(content, "strict", _CP1252)[0]

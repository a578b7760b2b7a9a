"""The one error that reading a document may raise."""

from __future__ import annotations

from sightline.kernel.errors import SightlineError

TAKEN = "plain text (.txt), Markdown (.md), a web page (.html), Word (.docx) and PDF (.pdf)"
"""What Sightline reads, in the words of its messages."""


class UnreadableDocument(SightlineError):
    """A file that cannot be taken, and why.

    source: the file's name, made safe to print.
    reason: what is wrong and what to do, without the name.
    offset: where in the file, in bytes from its start; ``None`` where the whole file is meant.
    """

    def __init__(self, source: str, reason: str, *, offset: int | None = None) -> None:
        self.source = printable(source)
        self.reason = reason
        self.offset = offset
        super().__init__(f"{self.source}: {reason}")


def printable(name: str) -> str:
    """A file's name fit for one line of a message: no control characters, no Unicode tricks, not endless."""
    shown = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in name)
    return shown if len(shown) <= 200 else f"{shown[:120]}…{shown[-60:]}"


def size_words(size_bytes: int) -> str:
    """``62914560`` as ``60 MB``: one decimal where it says more, never rounded onto a limit it exceeds.

    MB are of 1024 * 1024 bytes, as file managers count them.
    """
    for unit, name in ((1024**3, "GB"), (1024**2, "MB"), (1024, "kB")):
        if size_bytes >= unit:
            tenths = -(-size_bytes * 10 // unit)
            return f"{tenths // 10} {name}" if tenths % 10 == 0 else f"{tenths / 10:.1f} {name}"
    return f"{size_bytes} bytes"

"""What somebody typed as a reason or a name, made safe to repeat: one line, nothing invisible, nothing that turns
the direction of what stands around it."""

from __future__ import annotations

import unicodedata

from sightline.scrutiny.domain.documents.tidy import tidy


def one_line(words: str, limit: int) -> str:
    """``words`` on one line of at most ``limit`` code points, without control, invisible or turning characters.

    Letters keep their form (NFC). What is too long is cut at a code point; callers refuse it before where it matters.
    """
    return " ".join(unicodedata.normalize("NFC", tidy(words)).split())[:limit].rstrip()

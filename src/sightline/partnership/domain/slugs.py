"""Names as they stand in the addresses of pages."""

from __future__ import annotations

import re
import unicodedata

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def slug_of(text: str) -> str:
    """A name in lower-case letters, digits and single hyphens: "Overview & Scrutiny" gives "overview-and-scrutiny".

    A text without a letter or digit of the Latin alphabet gives "".
    """
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", plain)).strip("-")

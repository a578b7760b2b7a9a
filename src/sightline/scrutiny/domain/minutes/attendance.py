"""Who was there: the names in a meeting's attendance lists, and whether they came as members or as officers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sightline.scrutiny.domain.minutes.blocks import Block
from sightline.scrutiny.domain.minutes.speakers import Kind

_LISTS = (
    (Kind.MEMBER, re.compile(r"\W*(?:(?:committee|panel|board|cabinet|council|other|co-opted|independent) )?members?"
        r"(?: present| in attendance)?\W*:", re.I)),
    (Kind.OFFICER, re.compile(r"\W*(?:(?:council|other) )?(?:officers?|officials?|staff)"
        r"(?: present| in attendance| attending| and advisers)?\W*:", re.I)),
)  # fmt: skip
_NAME = re.compile(r"[A-Z][\w'’-]+(?: +(?:[A-Z]\.? )*[A-Z][\w'’-]+)+")


def known_people(head: Sequence[Block]) -> dict[str, Kind]:
    """Surnames in the lists of members and of officers at the head of a meeting. Names that stand in both are
    left out.
    """
    known: dict[str, Kind] = {}
    doubtful: set[str] = set()
    kind: Kind | None = None
    for block in head:
        heading = next((kind for kind, pattern in _LISTS if pattern.match(block.text)), None)
        if heading:
            kind = heading
        elif kind is None or ":" in block.text or len(block.text) > 80:
            kind = None
            continue
        for match in _NAME.finditer(block.text[:4000]):
            surname = match[0].split()[-1]
            if known.setdefault(surname, kind) is not kind:
                doubtful.add(surname)
    return {surname: kind for surname, kind in known.items() if surname not in doubtful}

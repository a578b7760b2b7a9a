"""Short ways to read invented snippets in tests."""

from __future__ import annotations

from sightline.scrutiny.domain.documents import Document, read_document_bytes
from sightline.scrutiny.domain.minutes import Item, Minute, read_minute
from sightline.scrutiny.domain.minutes.blocks import Block, build_blocks
from sightline.scrutiny.domain.minutes.lines import read_rows

HEAD = (
    "HAZELMERE DISTRICT COUNCIL\n\nMinutes of a meeting of the Scrutiny Committee held on 4 June 2024\n\n"
    "Present: Councillors Ash, Birch and Cedar\n\n"
)


def document(text: str, name: str = "snippet.txt") -> Document:
    return read_document_bytes(text.encode(), name)


def minute(text: str, name: str = "snippet.txt") -> Minute:
    return read_minute(document(text, name))


def item(body: str) -> Item:
    """The one item of a minute whose text under a heading is ``body``."""
    items = minute(f"{HEAD}12.  LIBRARY OPENING HOURS\n\n{body}\n").items
    assert len(items) == 1, [found.title for found in items]
    return items[0]


def blocks(text: str, name: str = "snippet.txt") -> list[Block]:
    found = document(text, name)
    return build_blocks(found, read_rows(found, found.lines))

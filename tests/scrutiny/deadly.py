"""A reader that one file kills, for test_importing.py: its processes import this module and nothing of Django."""

from __future__ import annotations

import os

from sightline.scrutiny.reading_many import Answer


def read_one(name: str, content: bytes) -> Answer:
    if content == b"deadly":
        os._exit(9)
    return name

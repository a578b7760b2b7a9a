"""Reads a file of minutes without keeping anything of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources
from pathlib import PurePosixPath, PureWindowsPath

from sightline.scrutiny.domain import documents, minutes


@dataclass(frozen=True, slots=True)
class Reading:
    """A file of minutes, read: what was sent, its text, and what was found in it."""

    name: str
    content: bytes
    document: documents.Document
    minute: minutes.Minute


def read_minutes_file(*, name: str, content: bytes, progress: Callable[[int, str], None] | None = None) -> Reading:
    """Read a file of minutes without keeping anything.

    Raises:
        UnreadableDocument: the file cannot be read; the message says why and what to do.
    """
    tell = progress or (lambda percent, doing: None)
    name = file_name_only(name)
    tell(10, "Reading the file")
    document = documents.read_document_bytes(content, name)
    tell(50, "Finding what was recommended, said and resolved")
    minute = minutes.read_minute(document)
    tell(90, "Preparing the preview")
    return Reading(name=name, content=content, document=document, minute=minute)


def file_name_only(name: str) -> str:
    """The last part of a file's name: what a browser or a person sends may hold a path of any system."""
    return PureWindowsPath(PurePosixPath(name).name).name[:255] or "minutes"


@cache
def reader_version() -> str:
    """Which reader this is: the release of Sightline and a digest of the reader's own code, such as ``0.1.0+5f0c2a91``.

    So no release of the reader is ever taken for another, whether or not somebody thought of giving it a number.
    """
    seen = hashlib.sha256()
    for package in (documents, minutes):
        for file in sorted(resources.files(package).iterdir(), key=lambda file: file.name):
            if file.name.endswith(".py"):
                seen.update(file.name.encode() + file.read_bytes())
    return f"{metadata.version('sightline')}+{seen.hexdigest()[:8]}"

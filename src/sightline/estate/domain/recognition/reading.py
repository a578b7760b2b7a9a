"""What a name says beside the product's own name: its versions, edition and channel."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sightline.estate.domain.recognition.knowledge import Knowledge, Naming
from sightline.estate.domain.recognition.names import is_version

__all__ = ["Reading", "is_glued", "is_model", "read_rest"]

_GLUED = re.compile(r"(?:sp|cu|u|r|p|ru|su|tl|ltsr|fix|patch|kb|fc|b|build|mr)\d+[a-z]?\+?$")
_MODEL = re.compile(r"[a-z]+\d+[a-z0-9]*\+?$")
_CAPITALS = {"ltsc", "ltsb", "ltsr", "esr", "oss", "iot"}
_SMALL = {"and", "for"}
_PLATFORMS = {"windows", "linux", "macos"}


@dataclass(frozen=True, slots=True)
class Reading:
    """words: everything the name says, in order, without the product's own name. versions: those words that are
    versions. edition: as people write it, or None. service_pack: its number, or None. stray: the first word that is
    no part of the product's name, or None.
    """

    words: tuple[str, ...]
    versions: tuple[str, ...]
    edition: str | None
    service_pack: int | None
    stray: str | None


def read_rest(words: tuple[str, ...], naming: Naming, known: Knowledge, extra: frozenset[str]) -> Reading:
    """Sort the words that stand beside a product's own name.

    extra: words that go without saying, such as the vendor's name.
    """
    versions: list[str] = []
    edition: list[str] = []
    channel: list[str] = []
    pack: int | None = None
    stray: str | None = None
    for position, word in enumerate(words):
        if is_version(word):
            before = words[position - 1] if position else ""
            if before == "pack" and word.isdigit():
                pack = int(word)
            elif before not in ("update", "cu", "patch", "build") or not versions:
                versions.append(word)
        elif position and words[position - 1] == "build" and not word.isalpha():
            # A commit after “build”.
            continue
        elif word == "with" and words[position + 1 : position + 2] in (("service",), ("sp",), ("update",)):
            continue
        elif word in _PLATFORMS and position and words[position - 1] == "for":
            # “for Windows”: what it runs on.
            continue
        elif word in known.editions or (word == "iot" and "windows" in extra):
            edition.append(word)
        elif word in known.channels:
            channel.append(word)
        elif word in known.joiners and edition:
            edition.append(word)
        elif word in known.qualifiers or word in naming.words or word in extra or (naming.models and is_model(word)):
            continue
        elif _GLUED.match(word):
            if word.startswith("sp"):
                pack = int(re.sub(r"\D", "", word))
        elif stray is None:
            stray = word
    while edition and edition[-1] in _SMALL:
        edition.pop()
    said = " ".join(_spelt(word) for word in [*edition, *channel]) or None
    return Reading(words, tuple(versions), said, pack, stray)


def is_model(word: str) -> bool:
    """Whether a word is a model of hardware, letters and a number in one, such as `c9300` or `fas2750`."""
    return _MODEL.match(word) is not None


def is_glued(word: str) -> bool:
    """Whether a word is a kind of update and its number in one, such as `sp2` or `cu23`."""
    return _GLUED.match(word) is not None


def _spelt(word: str) -> str:
    if word in _CAPITALS:
        return "IoT" if word == "iot" else word.upper()
    return word if word in _SMALL else word.capitalize()

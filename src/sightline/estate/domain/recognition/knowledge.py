"""What we know of names: the tables beside this file, read once.

Each table says for products of the catalogue, by slug, how tools name them. The catalogue itself adds its titles,
other names and identifiers; the tables add what it leaves out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from sightline.estate.domain.recognition.names import words_of

__all__ = ["Knowledge", "Naming", "Refusal", "knowledge"]

_TABLES = ("operating_systems", "databases", "languages", "applications", "servers", "components")


@dataclass(frozen=True, slots=True)
class Naming:
    """How tools name one product.

    names: as sequences of words. packages: names of packages, numbers as `#`. words: further words that a name may
    carry and still mean the product. vendors: words of its publishers' names. never: names that do not mean it.
    scheme: how its versions are told apart into release lines, where the longest line that begins the version is not
    the answer. prefixes: words that begin a name, whatever follows (appliances that print their model). models: a model
    may stand anywhere in the name, such as C9300 or FAS2750.
    """

    names: tuple[tuple[str, ...], ...] = ()
    packages: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    vendors: frozenset[str] = frozenset()
    never: frozenset[tuple[str, ...]] = frozenset()
    weak: frozenset[tuple[str, ...]] = frozenset()
    prefixes: tuple[str, ...] = ()
    scheme: str = "plain"
    models: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Names of a form that never is the product itself, and why."""

    pattern: re.Pattern[str]
    why: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All tables together."""

    namings: Mapping[str, Naming]
    qualifiers: frozenset[str]
    editions: frozenset[str]
    channels: frozenset[str]
    joiners: frozenset[str]
    translations: Mapping[str, str]
    neutral_publishers: frozenset[str]
    everyday: frozenset[str]
    too_general: frozenset[str]
    refusals: tuple[Refusal, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Versions and builds that mean a release line, by scheme: `release_lines.toml`."""

    def naming(self, slug: str) -> Naming:
        """How tools name a product; nothing for one that no table mentions."""
        return self.namings.get(slug, _NOTHING)


_NOTHING = Naming()


@cache
def knowledge() -> Knowledge:
    """The tables that ship with Sightline."""
    words = _table("words")
    namings: dict[str, Naming] = {}
    for table in _TABLES:
        for slug, entry in _table(table).items():
            if slug in namings:
                raise ValueError(f"{slug} stands in two tables of names.")
            namings[slug] = _naming(entry)
    return Knowledge(
        namings=namings,
        qualifiers=frozenset(words["qualifiers"].split()),
        editions=frozenset(words["editions"].split()),
        channels=frozenset(words["channels"].split()),
        joiners=frozenset(words["joiners"].split()),
        translations=words["translations"],
        neutral_publishers=frozenset(words["neutral_publishers"].split()),
        everyday=frozenset(words["everyday"].split()),
        too_general=frozenset(words["too_general"].split()),
        refusals=tuple(Refusal(re.compile(entry["pattern"]), entry["why"]) for entry in words["refused"]),
        facts=_table("release_lines"),
    )


def _naming(entry: dict[str, Any]) -> Naming:
    return Naming(
        names=tuple(words_of(name) for name in entry.get("names", ())),
        packages=tuple(entry.get("packages", ())),
        words=frozenset(entry.get("words", "").split()),
        vendors=frozenset(entry.get("vendors", "").split()),
        never=frozenset(words_of(name) for name in entry.get("not", ())),
        weak=frozenset(words_of(name) for name in entry.get("weak", ())),
        prefixes=tuple(entry.get("prefixes", ())),
        scheme=entry.get("scheme", "plain"),
        models=entry.get("models", False),
    )


def _table(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath("knowledge", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)

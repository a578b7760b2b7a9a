"""Profiles: which column of a tool's export holds what. One small TOML file a tool; a guess where none fits.

A profile names, for each fact, the headings under which that tool writes it. It fits where every heading that it says
it is told by stands in the file. Headings are compared without case, spaces and punctuation.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sightline.estate.domain.inventory.rows import UnreadableInventory

__all__ = ["FACTS", "NEEDED", "Columns", "Profile", "columns_of", "guessed", "plain_heading", "profiles"]

FACTS = ("device", "name", "version", "publisher", "installed_on", "person")
NEEDED = ("device", "name")
FOLDER = Path(__file__).parent / "profiles"
GUESSED = "guessed"
_NO_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Profile:
    """How one tool writes its export. told_by: headings that must all be there. month_first: how it writes days."""

    slug: str
    title: str
    told_by: tuple[str, ...]
    headings: Mapping[str, tuple[str, ...]]
    month_first: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each fact stands in a table: fact → place of its column, from 0. certain: a profile or a person says so;
    a guess is not certain until somebody confirms it."""

    profile: str
    places: Mapping[str, int]
    certain: bool
    month_first: bool = False


def plain_heading(heading: str) -> str:
    """A heading without case, spaces and punctuation."""
    return _NO_WORD.sub("", heading.lower())


@cache
def profiles() -> tuple[Profile, ...]:
    """The profiles that ship, in the order of their files."""
    return tuple(_profile(path) for path in sorted(FOLDER.glob("*.toml")) if path.stem != GUESSED)


def _profile(path: Path) -> Profile:
    facts = tomllib.loads(path.read_text(encoding="utf-8"))
    return Profile(
        slug=path.stem,
        title=facts["title"],
        told_by=tuple(plain_heading(one) for one in facts["told_by"]),
        headings={fact: tuple(plain_heading(one) for one in facts["columns"].get(fact, ())) for fact in FACTS},
        month_first=facts.get("month_first", False),
    )


@cache
def _guesses() -> Mapping[str, tuple[str, ...]]:
    facts = tomllib.loads((FOLDER / f"{GUESSED}.toml").read_text(encoding="utf-8"))
    return {fact: tuple(plain_heading(one) for one in facts[fact]) for fact in FACTS}


def guessed(heading: Sequence[str]) -> Columns:
    """The columns by what their headings usually mean, where no profile fits."""
    plain = [plain_heading(one) for one in heading]
    places: dict[str, int] = {}
    for fact, names in _guesses().items():
        for name in names:
            found = [place for place, one in enumerate(plain) if one == name and place not in places.values()]
            if found:
                places[fact] = found[0]
                break
    return Columns(GUESSED, places, certain=False)


def columns_of(heading: Sequence[str], *, profile: str = "", said: Mapping[str, str] | None = None) -> Columns:
    """Where each fact stands: as somebody ``said`` (fact → heading), by the ``profile`` named, by the one that fits, or
    guessed.

    Raises UnreadableInventory (without the file's name) where a column that is named is missing or stands twice, or no
    column for the machine or the name can be told.
    """
    plain = [plain_heading(one) for one in heading]
    if said:
        places = {fact: _place(one, plain) for fact, one in said.items() if fact in FACTS and one}
        return _enough(Columns("said", places, certain=True), heading)
    known = {one.slug: one for one in profiles()}
    if profile and profile not in known:
        raise UnreadableInventory(f"there is no profile “{profile}”. There are: {', '.join(sorted(known))}.")
    fitting = [known[profile]] if profile else [one for one in profiles() if set(one.told_by) <= set(plain)]
    if not fitting:
        return _enough(guessed(heading), heading)
    chosen = max(fitting, key=lambda one: len(one.told_by))
    places = {}
    for fact, names in chosen.headings.items():
        if (name := next((name for name in names if name in plain), None)) is not None:
            places[fact] = _place(name, plain)
    return _enough(Columns(chosen.slug, places, certain=True, month_first=chosen.month_first), heading)


def _place(name: str, plain: Sequence[str]) -> int:
    found = [place for place, one in enumerate(plain) if one == plain_heading(name)]
    if len(found) != 1:
        times = f"stands {len(found)} times; leave one" if found else "is not there"
        raise UnreadableInventory(f"the column “{name}” {times}.")
    return found[0]


def _enough(columns: Columns, heading: Sequence[str]) -> Columns:
    missing = [fact for fact in NEEDED if fact not in columns.places]
    if missing:
        here = ", ".join(f"“{one}”" for one in heading[:15]) or "nothing"
        what = " and ".join({"device": "the machine", "name": "the software's name"}[fact] for fact in missing)
        raise UnreadableInventory(f"no column for {what} can be told; the heading holds {here}. Say which it is.")
    return columns

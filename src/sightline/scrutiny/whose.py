"""Whose minutes a file holds, and of which day: from a map that somebody wrote, or from the minutes' own words.

A map is a TOML file. Its patterns are matched against the path of a file within its folder, in the order in which they
stand; the first that fits counts::

    [files]                                  # which body
    "cabinet/*" = "thornfen-cabinet"
    "*joint panel*" = "thornfen-joint-panel"

    [dates]                                  # which day, where the minutes do not say it, or say it wrongly
    "cabinet/undated.txt" = 2019-05-14
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from sightline.kernel.errors import SightlineError
from sightline.partnership import queries as partnership
from sightline.partnership.domain.bodies import Likeness
from sightline.partnership.models import Body
from sightline.scrutiny.domain import documents
from sightline.scrutiny.reading import Reading

OPENING = 2000
"""In how many characters at the beginning of minutes the council is looked for."""
LIMIT_BYTES = 1024 * 1024


class CannotTell(SightlineError):
    """It is not clear whose minutes a file holds; nothing is guessed."""


class BadMap(SightlineError):
    """A map cannot be used; the message names the file and the key."""


@dataclass(frozen=True, slots=True)
class Map:
    """Patterns of files with the body, or the day, that each stands for; see the head of this module."""

    bodies: tuple[tuple[str, Body], ...] = ()
    dates: tuple[tuple[str, datetime.date], ...] = ()

    def body_of(self, file: str) -> Body | None:
        """The body of the first pattern that fits a path (with forward slashes), if one does."""
        return next((body for pattern, body in self.bodies if fnmatchcase(file, pattern)), None)

    def date_of(self, file: str) -> datetime.date | None:
        """The day of the first pattern that fits a path, if one does."""
        return next((day for pattern, day in self.dates if fnmatchcase(file, pattern)), None)


def read_map(path: Path) -> Map:
    """Read a map.

    Raises:
        BadMap: it is no TOML, has a key that means nothing, names a body that there is not, or a day that is none.
        UnreadableDocument: the file cannot be read.
    """
    content = documents.read_bytes(path, limit_bytes=LIMIT_BYTES)
    try:
        found = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadMap(f"{path.name}: it is no TOML file ({error}).") from error
    if unknown := sorted(set(found) - {"files", "dates"}):
        raise BadMap(f"{path.name}: “{unknown[0]}” means nothing here. A map has [files] and [dates].")
    known = {body.slug: body for body in partnership.bodies()}
    bodies = []
    for pattern, slug in _table(path, found, "files").items():
        if slug not in known:
            raise BadMap(f"{path.name}: files.“{pattern}”: there is no body “{slug}”. There are: {', '.join(known)}.")
        bodies.append((pattern, known[slug]))
    dates = []
    for pattern, day in _table(path, found, "dates").items():
        if not isinstance(day, datetime.date) or isinstance(day, datetime.datetime):
            raise BadMap(f"{path.name}: dates.“{pattern}”: write the day without quotes, as 2019-05-14.")
        dates.append((pattern, day))
    return Map(tuple(bodies), tuple(dates))


def _table(path: Path, found: dict[str, Any], name: str) -> dict[str, Any]:
    table = found.get(name, {})
    if not isinstance(table, dict):
        raise BadMap(f"{path.name}: “{name}” must be a table: write [{name}] on a line of its own.")
    return table


def whose(reading: Reading, bodies: Sequence[Body]) -> Body:
    """The body among ``bodies`` whose minutes these are, by their own words.

    What the minutes call their body counts, the more the better it fits; where it fits several, the council that
    the beginning of the minutes names tells them apart.

    Raises:
        CannotTell: no body fits, or more than one does.
    """
    said = reading.minute.body
    if not said:
        raise CannotTell(f"{reading.name}: the minutes do not name their body. Say whose they are, by --body or a map.")
    fits = {body: partnership.likeness(body, said) for body in bodies}
    best = max(fits.values(), default=Likeness.NONE)
    found = [body for body, likeness in fits.items() if likeness is best and best is not Likeness.NONE]
    opening = " ".join(reading.document.text[:OPENING].split()).casefold()
    named = [body for body in found if body.council is not None and body.council.name.casefold() in opening]
    # A name that says less than the body's own may be another body's: it counts where the council is named too.
    chosen = named if len(found) > 1 or best is Likeness.SAYS_LESS else found
    if len(chosen) == 1:
        return chosen[0]
    if not found:
        raise CannotTell(
            f"{reading.name}: the minutes call their body “{said}”, and no body of this partnership is called so."
            " Say whose they are, by --body or a map."
        )
    names = "; ".join(f"{body} ({body.slug})" for body in (chosen or found))
    raise CannotTell(
        f"{reading.name}: the minutes call their body “{said}”, which may be {names}. Say which, by --body or a map."
    )

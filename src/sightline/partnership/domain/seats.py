"""Nobody scrutinises themselves: a member of a council's executive holds no seat on a body that scrutinises it.

Source: Local Government Act 2000, section 9FA (England, executive arrangements): an overview and scrutiny committee, or
a sub-committee of one, may not include any member of the authority's executive.
https://www.legislation.gov.uk/ukpga/2000/22/section/9FA, checked on 24 November 2026.

The executive is a council's cabinet or executive board, and whoever decides for a portfolio. The full council, on which
every councillor sits, is not the executive. A task group of the partnership scrutinises every council's executive, so
the rule holds for it at the council whose member somebody is. One person may wear both hats one after the other: each
is a role with its own dates.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from sightline.kernel.errors import SightlineError
from sightline.partnership.domain.bodies import BodyKind
from sightline.partnership.domain.rights import MEMBERS, RoleKind


class CannotSit(SightlineError):
    """One person would sit in a council's executive and scrutinise it at the same time; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A role as far as this rule looks at it.

    council: any name for the council it is held for, the same in all seats compared; None for the partnership.
    body, body_name: the kind and name of the body on which it is a seat; None and "" where it names none.
    ended_on: the last day; None while it is held.
    """

    kind: RoleKind
    council: str | None
    body: BodyKind | None
    started_on: datetime.date
    ended_on: datetime.date | None = None
    body_name: str = ""

    @property
    def is_executive(self) -> bool:
        """Whether it makes somebody a member of a council's executive. A clerk of the cabinet is none."""
        if self.kind is RoleKind.PORTFOLIO_HOLDER:
            return True
        return self.kind is RoleKind.MEMBER and self.body is not None and self.body.is_executive

    @property
    def scrutinises(self) -> bool:
        """Whether it is a member's seat on a body that asks and recommends."""
        return self.kind in MEMBERS and self.body is not None and self.body.scrutinises

    def overlaps(self, other: Seat) -> bool:
        """Whether there is a day on which both are held; last days count."""
        last = datetime.date.max
        return max(self.started_on, other.started_on) <= min(self.ended_on or last, other.ended_on or last)

    def __str__(self) -> str:
        return f"seat on {self.body_name or self.body.label}" if self.body else f"role of {self.kind.label.lower()}"


def clash(one: Seat, other: Seat) -> bool:
    """Whether one person may not hold both: in either order, one in the executive and one scrutinising it."""
    if not one.overlaps(other):
        return False
    same = one.council == other.council or one.council is None or other.council is None
    return same and ((one.is_executive and other.scrutinises) or (other.is_executive and one.scrutinises))


def clashes(seats: Iterable[Seat]) -> list[tuple[Seat, Seat]]:
    """Every pair of one person's seats that may not be held at once; a seat that breaks the rule by itself (a portfolio
    holder on a scrutiny panel) is paired with itself."""
    every = list(seats)
    alone = [(seat, seat) for seat in every if clash(seat, seat)]
    return alone + [(one, other) for one, other in combinations(every, 2) if clash(one, other)]


def refusal(name: str, one: Seat, other: Seat) -> str:
    """The sentence that refuses a pair of ``clashes`` to the person called ``name``."""
    executive, scrutiny = (one, other) if one.is_executive and other.scrutinises else (other, one)
    if executive == scrutiny:
        return (
            f"A portfolio holder cannot hold a {scrutiny}: it scrutinises the executive (Local Government Act 2000,"
            " section 9FA). Leave the body out, or give the role of member."
        )
    since = _day(max(executive.started_on, scrutiny.started_on))
    return (
        f"{name} cannot hold the {scrutiny} and the {executive} at once, as from {since}: a member of the executive"
        " does not scrutinise it (Local Government Act 2000, section 9FA). End one on the day before the other starts."
    )


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"

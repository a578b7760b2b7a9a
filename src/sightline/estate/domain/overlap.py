"""The overlap map: one function, several products; what coming together would save, and when the door opens.

The saving is an upper bound that anybody can check: all users on the product that costs least for each of its users.
Nothing is said where a cost or a number of users is not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

__all__ = ["Overlap", "Runs", "overlaps"]


@dataclass(frozen=True, slots=True)
class Runs:
    """One system that serves a function. councils: abbreviations. product: what it is, by name. cost_pence: a year.
    ends, notice: of its contract. key: the caller's own."""

    key: str
    function: str
    product: str
    councils: tuple[str, ...]
    users: int | None
    cost_pence: int | None
    ends: date | None
    notice: date | None


@dataclass(frozen=True, slots=True)
class Overlap:
    """One function that several products serve. runs: by the end of their contracts, unknown ends last."""

    function: str
    runs: tuple[Runs, ...]

    @property
    def products(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(run.product for run in self.runs))

    @property
    def cost_pence(self) -> int | None:
        """What they cost together a year; None where one cost is not known."""
        costs = [run.cost_pence for run in self.runs]
        return None if None in costs else sum(cost for cost in costs if cost is not None)

    @property
    def cheapest(self) -> Runs | None:
        """The one that costs least for each of its users; None where a cost or a number of users is not known."""
        if any(run.cost_pence is None or not run.users for run in self.runs):
            return None
        return min(self.runs, key=lambda run: (run.cost_pence or 0) / (run.users or 1))

    @property
    def saving_pence(self) -> int | None:
        """What all users on the cheapest one would save a year, rounded down to whole pence; None where unknown."""
        cheapest, cost = self.cheapest, self.cost_pence
        if cheapest is None or cost is None:
            return None
        users = sum(run.users or 0 for run in self.runs)
        return max(0, cost - -(-users * (cheapest.cost_pence or 0) // (cheapest.users or 1)))

    @property
    def door_opens(self) -> date | None:
        """The day from which none of the contracts binds any more; None where one end is not known."""
        ends = [run.ends for run in self.runs]
        return None if None in ends else max(end for end in ends if end is not None)

    def next_notice(self, on: date) -> date | None:
        """The next day by which notice has to be given to keep the door open."""
        return min((run.notice for run in self.runs if run.notice is not None and run.notice >= on), default=None)


def overlaps(runs: Iterable[Runs]) -> list[Overlap]:
    """Every function that more than one product serves, the costliest first; functions are compared without case."""
    by_function: dict[str, list[Runs]] = {}
    for run in runs:
        by_function.setdefault(" ".join(run.function.casefold().split()), []).append(run)
    found = [
        Overlap(those[0].function, tuple(sorted(those, key=lambda run: (run.ends or date.max, run.key))))
        for those in by_function.values()
        if len({run.product.casefold() for run in those}) > 1
    ]
    return sorted(found, key=lambda one: (-(one.cost_pence or 0), one.function))

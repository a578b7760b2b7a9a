"""How what a council may use compares with what it does use.

An entitlement covers one product or several, a use may be covered by several entitlements, and release lines matter:
without the right to upgrade or downgrade, a licence is for its own line alone. Which licence is counted for which use
is worked out so that as few uses as possible are left over: those that cover several products on one device first, by
the devices they help most; the rest as a flow through a network, which is exact (Ford and Fulkerson, 1956). Every
number that comes out can be added up again from what is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from sightline.estate.domain.allocation import Given, allocated
from sightline.estate.domain.entitlement_values import Entitlement, Line, Metric, Need

__all__ = ["Entitlement", "Held", "Line", "Metric", "Need", "Position", "Standing", "positions"]


class Standing(StrEnum):
    """How a position stands."""

    SHORT = "short"
    RIGHT = "right"
    OVER = "over"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return {
            Standing.SHORT: "Short of licences",
            Standing.RIGHT: "Right",
            Standing.OVER: "More than is used",
            Standing.UNKNOWN: "Not known",
        }[self]


@dataclass(frozen=True, slots=True)
class Held:
    """One entitlement within a position: how many it holds, and how many of them are counted here and elsewhere."""

    reference: str
    quantity: int | None
    here: int
    elsewhere: int = 0

    @property
    def spare(self) -> int:
        """How many of it are counted nowhere."""
        return 0 if self.quantity is None else self.quantity - self.here - self.elsewhere


@dataclass(frozen=True, slots=True)
class Position:
    """How one product stands at one council, by one metric.

    used: None where nobody knows. covered: how many uses a licence is counted for. undecided: uses that are covered or
    not by their release line, which is not known. ended: entitlements that are over. otherwise: entitlements in force
    that are counted by another metric: what is missing by this one may be covered by that, which no sum can tell.
    """

    product: str
    council: str
    metric: Metric
    used: int | None
    covered: int
    undecided: int
    held: tuple[Held, ...]
    ended: tuple[str, ...] = ()
    unknown_quantity: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()
    slack_percent: int = 10
    lines: tuple[tuple[str, int], ...] = field(default=())

    @property
    def missing(self) -> int:
        """How many uses no licence is counted for, for certain."""
        return 0 if self.used is None else self.used - self.covered - self.undecided

    @property
    def spare(self) -> int:
        """How many licences are counted for nothing."""
        return sum(one.spare for one in self.held)

    @property
    def standing(self) -> Standing:
        """Short, right, over or unknown. A tenth to spare (as set) is right: people come and go."""
        unlimited = any(one.quantity is None and one.reference not in self.unknown_quantity for one in self.held)
        if unlimited and not self.missing:
            return Standing.RIGHT
        if self.used is None:
            return Standing.UNKNOWN
        if self.missing and not self.unknown_quantity and not self.otherwise:
            return Standing.SHORT
        if self.undecided or self.missing:
            return Standing.UNKNOWN
        if self.unknown_quantity:
            return Standing.UNKNOWN
        quantity = sum(one.quantity or 0 for one in self.held)
        return Standing.OVER if self.spare * 100 > quantity * self.slack_percent else Standing.RIGHT

    @property
    def arithmetic(self) -> str:
        """The sum, in words that can be added up again."""
        said = []
        if self.used is None:
            said.append("How much is used is not known.")
        else:
            said.append(f"{self.metric.counted(self.used)} in use.")
        if not self.held:
            said.append("No licence in force.")
        for one in self.held:
            if one.quantity is None:
                known = "has no known quantity" if one.reference in self.unknown_quantity else "covers any number"
                said.append(f"{one.reference} {known}{f': {one.here:,} counted here' if one.here else ''}.")
                continue
            elsewhere = f", {one.elsewhere:,} elsewhere" if one.elsewhere else ""
            said.append(f"{one.reference} covers {one.quantity:,}: {one.here:,} here{elsewhere}, {one.spare:,} spare.")
        if self.used is not None and not (self.held and all(one.quantity is None for one in self.held)):
            undecided = f" − {self.undecided:,} of a release line not known" if self.undecided else ""
            said.append(f"{self.used:,} − {self.covered:,} covered{undecided} = {self.missing:,} without a licence.")
        if self.otherwise:
            said.append(f"Also licensed by another metric, which is not added in: {', '.join(self.otherwise)}.")
        if self.ended:
            said.append(f"Ended and no longer counted: {', '.join(self.ended)}.")
        return " ".join(said)


def positions(
    entitlements: Iterable[Entitlement], needs: Iterable[tuple[Metric, Need]], *, on: date, slack_percent: int = 10
) -> tuple[Position, ...]:
    """The position of every product at every council for which there is an entitlement, in force or over, by metric.

    needs: what is used, by the metric it is counted in. A metric by which an entitlement is held, and for which nothing
    was counted, has a use that is not known. Shared entitlements stand at every council that uses the product; where
    none does, at "".
    """
    licences, uses = sorted(entitlements, key=lambda one: one.reference), defaultdict[Metric, list[Need]](list)
    for metric, need in needs:
        uses[metric].append(need)
    found: list[Position] = []
    by_metric = {
        one.reference: one.metric for one in licences if one.in_force(on) and one.metric is not Metric.UNLIMITED
    }
    finite = [metric for metric in Metric if metric is not Metric.UNLIMITED]
    for metric in finite:
        mine = [one for one in licences if one.metric is metric]
        free = [one for one in licences if one.metric is Metric.UNLIMITED]
        if mine:
            for one in _of_metric(metric, mine + free, uses[metric], on, slack_percent):
                others = [
                    other.reference
                    for other in licences
                    if by_metric.get(other.reference, metric) is not metric
                    and any(line.product == one.product for line in other.covers)
                    and other.council in ("", one.council)
                ]
                found.append(replace(one, otherwise=tuple(others)))
    placed = {(one.product, one.council) for one in found}
    free = [one for one in licences if one.metric is Metric.UNLIMITED]
    for one in _of_metric(Metric.UNLIMITED, free, [need for all_of in uses.values() for need in all_of], on, 100):
        if (one.product, one.council) not in placed and (one.council != "" or not _elsewhere(placed, one.product)):
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.product, one.council, one.metric)))


def _elsewhere(placed: set[tuple[str, str]], product: str) -> bool:
    return any(known == product for known, _ in placed)


def _of_metric(
    metric: Metric, licences: Sequence[Entitlement], needs: Sequence[Need], on: date, slack_percent: int
) -> list[Position]:
    products = {line.product for one in licences if one.metric is metric for line in one.covers}
    needs = [need for need in needs if need.line.product in products]
    live = [one for one in licences if one.in_force(on) and one.covers]
    given = allocated(live, needs)
    places = {(need.line.product, need.council) for need in needs}
    for one in licences:
        if one.metric is not metric:
            continue
        for product in {line.product for line in one.covers}:
            if one.council or not any(known == product for known, _ in places):
                places.add((product, one.council))
    return [
        _position(product, council, metric, licences, needs, given, on, slack_percent)
        for product, council in sorted(places)
    ]


def _position(
    product: str,
    council: str,
    metric: Metric,
    licences: Sequence[Entitlement],
    needs: Sequence[Need],
    given: Given,
    on: date,
    slack_percent: int,
) -> Position:
    here = [
        (number, need) for number, need in enumerate(needs) if (need.line.product, need.council) == (product, council)
    ]
    numbers = {number for number, _ in here}
    concerned = [
        one
        for one in licences
        if any(line.product == product for line in one.covers) and (not one.council or one.council == council)
    ]
    held = []
    for one in concerned:
        if not one.in_force(on):
            continue
        used_here = given.units(one.reference, numbers)
        held.append(Held(one.reference, one.quantity, used_here, given.total(one.reference) - used_here))
    covered = undecided = 0
    for number, need in here:
        covered += given.covered[number]
        left = need.amount - given.covered[number]
        if left and any(one.in_force(on) and one.allows(need) is None for one in concerned):
            undecided += left
    lines: dict[str, int] = defaultdict(int)
    for _, need in here:
        lines[need.line.cycle] += need.amount
    return Position(
        product=product,
        council=council,
        metric=metric,
        used=sum(need.amount for _, need in here) if here else None,
        covered=covered,
        undecided=undecided,
        held=tuple(held),
        ended=tuple(one.reference for one in concerned if one.ends is not None and one.ends < on),
        unknown_quantity=tuple(
            one.reference
            for one in concerned
            if one.in_force(on) and one.quantity is None and one.metric is not Metric.UNLIMITED
        ),
        slack_percent=slack_percent,
        lines=tuple(sorted(lines.items())),
    )

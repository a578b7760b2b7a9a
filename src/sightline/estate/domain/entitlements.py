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

__all__ = ["Entitlement", "Held", "Line", "Metric", "Need", "Position", "Standing", "positions"]


class Metric(StrEnum):
    """What a licence is counted in."""

    DEVICE = "device"
    NAMED_USER = "named-user"
    CONCURRENT = "concurrent"
    CORE = "core"
    SITE = "site"
    SUBSCRIPTION = "subscription"
    UNLIMITED = "unlimited"

    @property
    def label(self) -> str:
        return _LABELS[self][0]

    def counted(self, number: int) -> str:
        """A number of what is counted, in words: "1 device", "12 devices"."""
        _, one, many = _LABELS[self]
        return f"{number:,} {one if number == 1 else many}"


_LABELS = {
    Metric.DEVICE: ("Device", "device", "devices"),
    Metric.NAMED_USER: ("Named user", "named user", "named users"),
    Metric.CONCURRENT: ("Concurrent user", "concurrent user", "concurrent users"),
    Metric.CORE: ("Core", "core", "cores"),
    Metric.SITE: ("Site", "site", "sites"),
    Metric.SUBSCRIPTION: ("Subscription", "subscription", "subscriptions"),
    Metric.UNLIMITED: ("Unlimited", "use", "uses"),
}


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
class Line:
    """A release line of a product. place: among the product's lines, newest first from 0; None where not known."""

    product: str
    cycle: str = ""
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What may be used.

    covers: the lines; one without a cycle covers every line of its product. Empty: a product nobody recognised.
    quantity: of the metric; None where nobody knows, and for an unlimited one.
    council: whose it is; "" where the councils share it. upgrade, downgrade: whether newer and older lines are covered.
    together: whether one licence covers all its products on one device. starts, ends: first and last day, None: open.
    Raises ValueError for a negative quantity and for one that ends before it starts.
    """

    reference: str
    metric: Metric
    quantity: int | None
    covers: tuple[Line, ...]
    council: str = ""
    upgrade: bool = False
    downgrade: bool = False
    together: bool = False
    starts: date | None = None
    ends: date | None = None

    def __post_init__(self) -> None:
        if self.quantity is not None and self.quantity < 0:
            raise ValueError(f"{self.reference} has a quantity of {self.quantity}: it must be 0 or more.")
        if self.starts is not None and self.ends is not None and self.ends < self.starts:
            raise ValueError(f"{self.reference} ends before it starts.")

    def in_force(self, day: date) -> bool:
        """Whether it may be used on a day."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)

    def allows(self, need: Need) -> bool | None:
        """Whether it covers a use; None where the line that is used is not known and would decide."""
        if self.council and self.council != need.council:
            return False
        found: bool | None = False
        for line in self.covers:
            if line.product != need.line.product:
                continue
            if not line.cycle or line.cycle == need.line.cycle or (self.upgrade and self.downgrade):
                return True
            if line.place is None or need.line.place is None:
                found = None
            elif (self.downgrade and need.line.place > line.place) or (self.upgrade and need.line.place < line.place):
                return True
        return found


@dataclass(frozen=True, slots=True)
class Need:
    """What is used of one line at one council. holder: the device or person; "" for a number that was counted."""

    council: str
    line: Line
    amount: int = 1
    holder: str = ""

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError(f"{self.amount} uses of {self.line.product} cannot be: it must be 0 or more.")


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
    given = _allocated(live, needs)
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
    given: _Given,
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


@dataclass(slots=True)
class _Given:
    """Which entitlement is counted for which use. covered: by the use's number. spent: units of each entitlement, with
    the uses that each set of units serves."""

    covered: list[int]
    spent: dict[str, list[tuple[int, frozenset[int]]]]

    def total(self, reference: str) -> int:
        return sum(units for units, _ in self.spent.get(reference, ()))

    def units(self, reference: str, numbers: set[int]) -> int:
        return sum(units for units, served in self.spent.get(reference, ()) if served & numbers)

    def spend(self, reference: str, units: int, served: Iterable[int]) -> None:
        self.spent.setdefault(reference, []).append((units, frozenset(served)))


def _allocated(live: Sequence[Entitlement], needs: Sequence[Need]) -> _Given:
    given = _Given([0] * len(needs), {})
    for one in live:
        # Whatever is unlimited costs nothing, so it goes first and leaves the rest for others.
        if one.metric is Metric.UNLIMITED:
            _unlimited(one, needs, given)
    for one in sorted(live, key=lambda one: (-len(one.covers), one.reference)):
        if one.together and one.quantity:
            _by_holder(one, needs, given)
    singles = [one for one in live if one.quantity and not one.together]
    _flow(singles, needs, given)
    return given


def _unlimited(one: Entitlement, needs: Sequence[Need], given: _Given) -> None:
    for number, need in enumerate(needs):
        left = need.amount - given.covered[number]
        if left and one.allows(need):
            given.covered[number] = need.amount
            given.spend(one.reference, left, [number])


def _by_holder(one: Entitlement, needs: Sequence[Need], given: _Given) -> None:
    """Give the licences that cover several products at once to the devices on which they cover most."""
    devices: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, need in enumerate(needs):
        if need.holder and given.covered[number] < need.amount and one.allows(need):
            devices[need.council, need.holder].append(number)
    left = one.quantity or 0
    for _, numbers in sorted(devices.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        wanted = max(needs[number].amount for number in numbers)
        if wanted > left:
            continue
        left -= wanted
        for number in numbers:
            given.covered[number] = needs[number].amount
        given.spend(one.reference, wanted, numbers)


def _flow(licences: Sequence[Entitlement], needs: Sequence[Need], given: _Given) -> None:
    """Give the other licences out so that as many uses as possible are covered."""
    groups: dict[tuple[str, Line], list[int]] = defaultdict(list)
    for number, need in enumerate(needs):
        if given.covered[number] < need.amount:
            groups[need.council, need.line].append(number)
    wanted = [sum(needs[number].amount - given.covered[number] for number in numbers) for numbers in groups.values()]
    sample = [replace(needs[numbers[0]], holder="") for numbers in groups.values()]
    narrow = sorted(licences, key=lambda one: (not one.council, len(one.covers), one.reference))
    spare = [one.quantity or 0 for one in narrow]
    edges = [[number for number, need in enumerate(sample) if one.allows(need)] for one in narrow]
    flow: dict[tuple[int, int], int] = defaultdict(int)
    for licence in range(len(narrow)):
        while spare[licence]:
            path = _path(licence, edges, wanted, flow)
            if path is None:
                break
            amount = min([spare[licence], wanted[path[-1][1]], *(flow[back] for back in path[1::2])])
            for step, edge in enumerate(path):
                flow[edge] += amount if step % 2 == 0 else -amount
            spare[licence] -= amount
            wanted[path[-1][1]] -= amount
    for position, numbers in enumerate(groups.values()):
        shares = [[licence, units] for (licence, to), units in sorted(flow.items()) if to == position and units]
        for number in numbers:
            while shares and given.covered[number] < needs[number].amount:
                licence, units = shares[0]
                taken = min(units, needs[number].amount - given.covered[number])
                given.covered[number] += taken
                given.spend(narrow[licence].reference, taken, [number])
                shares[0][1] -= taken
                if not shares[0][1]:
                    shares.pop(0)


def _path(
    start: int, edges: Sequence[Sequence[int]], wanted: Sequence[int], flow: dict[tuple[int, int], int]
) -> list[tuple[int, int]] | None:
    """A way from a licence to a use that still wants one: given (licence, use), taken back, given, …; the shortest."""
    came: dict[int, list[tuple[int, int]]] = {start: []}
    seen: set[int] = set()
    waiting = [start]
    for licence in waiting:
        for use in edges[licence]:
            if use in seen:
                continue
            seen.add(use)
            way = [*came[licence], (licence, use)]
            if wanted[use]:
                return way
            for (other, to), units in list(flow.items()):
                if to == use and units and other not in came:
                    came[other] = [*way, (other, use)]
                    waiting.append(other)
    return None

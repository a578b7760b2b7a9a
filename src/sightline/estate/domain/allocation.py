"""Which entitlement is counted for which use, so that as few uses as possible are left over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sightline.estate.domain.entitlement_values import Entitlement, Line, Metric, Need

__all__ = ["Given", "allocated"]


@dataclass(slots=True)
class Given:
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


def allocated(live: Sequence[Entitlement], needs: Sequence[Need]) -> Given:
    """Give the entitlements that are in force out to the uses, in the order of their references."""
    given = Given([0] * len(needs), {})
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


def _unlimited(one: Entitlement, needs: Sequence[Need], given: Given) -> None:
    for number, need in enumerate(needs):
        left = need.amount - given.covered[number]
        if left and one.allows(need):
            given.covered[number] = need.amount
            given.spend(one.reference, left, [number])


def _by_holder(one: Entitlement, needs: Sequence[Need], given: Given) -> None:
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


def _flow(licences: Sequence[Entitlement], needs: Sequence[Need], given: Given) -> None:
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

"""What may be used, and what is used: the values that positions are reckoned from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

__all__ = ["Entitlement", "Line", "Metric", "Need"]


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

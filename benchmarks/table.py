"""The shape of a headline figure, and the one table that all are printed in.

Each file here is one headline figure or a few that belong together. It has a docstring that says what is measured and
how, and a function ``run() -> list[Figure]``; scripts/bench.py runs each file in a process of its own, so that none
warms a cache or fills a memory for another.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure beside what it is measured against.

    what: what was measured, as a reader of the table would say it.
    ours: how we did, in ``unit``.
    beside: what stands beside it: a peer's name with its version, "known answer" or "at most" and "at least" for a bound.
    other: the same figure of that peer, answer or bound; None where there is nothing to stand beside, and why is said.
    unit: of both, such as "MB/s" or "s".
    bound: None, or how ``ours`` must stand to ``other`` for the figure to hold: "at most", "at least" or "equal".
    """

    what: str
    ours: float
    unit: str
    beside: str
    other: float | None = None
    bound: str | None = None

    @property
    def ratio(self) -> float | None:
        """Ours to the other; None where there is no other, or it is zero."""
        return self.ours / self.other if self.other else None

    @property
    def holds(self) -> bool:
        """Whether the figure keeps its bound; one without a bound always does."""
        if self.bound is None or self.other is None:
            return True
        return {
            "at most": self.ours <= self.other,
            "at least": self.ours >= self.other,
            "equal": math.isclose(self.ours, self.other, rel_tol=1e-9),
        }[self.bound]


def number(value: float | None) -> str:
    """Three digits that count, or whole thousands: 0.00123, 4.56, 78.9, 12,345."""
    if value is None:
        return "–"
    if value == 0:
        return "0"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:,.{digits}f}"


def print_table(figures: Sequence[Figure], console: Console) -> None:
    """The one table: figure, ours, peer or known answer, ratio."""
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("figure", max_width=70)
    table.add_column("ours", justify="right", no_wrap=True)
    table.add_column("peer or known answer", justify="right")
    table.add_column("ratio", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for figure in figures:
        other = figure.beside if figure.other is None else f"{figure.beside}: {number(figure.other)} {figure.unit}"
        table.add_row(
            figure.what,
            f"{number(figure.ours)} {figure.unit}",
            other,
            number(figure.ratio),
            "" if figure.bound is None else "holds" if figure.holds else "[bold]does not hold[/bold]",
        )
    console.print(table)

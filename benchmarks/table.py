"""What a benchmark reports, and the one table that `make bench` prints.

Each file beside this one has ``run() -> list[Figure]``: headline figures, each beside a peer or a known answer that was
measured in the same run. Machines differ and are noisy, so what counts is the ratio.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One headline figure.

    name: what is measured, with its unit.
    ours, beside: the two values, in that unit. peer: what the second one is of.
    at_least, at_most: the bounds that ours was promised to keep; exactly: ours must equal the known answer.
    note: what a reader should know, such as the worst cases.
    """

    name: str
    ours: float
    beside: float
    peer: str
    at_least: float | None = None
    at_most: float | None = None
    exactly: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.ours / self.beside if self.beside else None

    @property
    def kept(self) -> bool | None:
        """Whether what was promised was kept; None where nothing was."""
        if self.exactly:
            return self.ours == self.beside
        if self.at_least is None and self.at_most is None:
            return None
        return (self.at_least is None or self.ours >= self.at_least) and (
            self.at_most is None or self.ours <= self.at_most
        )

    @property
    def promise(self) -> str:
        if self.exactly:
            return "equal"
        bounds = [f"≥ {number(self.at_least)}"] if self.at_least is not None else []
        if self.at_most is not None:
            bounds.append(f"≤ {number(self.at_most)}")
        return ", ".join(bounds)


def number(value: float | None) -> str:
    """A value with three figures that mean something; whole numbers whole."""
    if value is None:
        return "–"
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def printed(figures: list[Figure]) -> str:
    """The table as it is printed: figure, ours, peer or known answer, ratio, what was promised, whether it was kept."""
    rows = [("figure", "ours", "beside", "of", "ratio", "promised", "kept")]
    for figure in figures:
        kept = {True: "yes", False: "NO", None: ""}[figure.kept]
        rows.append(
            (
                figure.name,
                number(figure.ours),
                number(figure.beside),
                figure.peer,
                number(figure.ratio),
                figure.promise,
                kept,
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for place, row in enumerate(rows):
        cells = [
            cell.ljust(width) if column in (0, 3, 5, 6) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
        if place == 0:
            lines.append("  ".join("-" * width for width in widths))
    notes = [f"\n{figure.name}:\n{figure.note}" for figure in figures if figure.note]
    return "\n".join([*lines, *notes])

"""The table of headline figures says how each stands to what it is measured against."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks.table import Figure, number, print_table

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.mark.parametrize(
    ("ours", "other", "bound", "holds"),
    [
        (3.0, 5.0, "at most", True),
        (5.1, 5.0, "at most", False),
        (5.0, 5.0, "at least", True),
        (4.9, 5.0, "at least", False),
        (0.1 + 0.2, 0.3, "equal", True),
        (0.31, 0.3, "equal", False),
        (9.9, 5.0, None, True),
        (9.9, None, "at most", True),
    ],
)
def test_a_figure_keeps_its_bound_or_does_not(ours: float, other: float | None, bound: str | None, holds: bool) -> None:
    assert Figure("speed", ours, "MB/s", "a peer", other, bound).holds is holds


def test_a_ratio_needs_something_to_stand_beside() -> None:
    assert Figure("speed", 3.0, "MB/s", "a peer", 2.0).ratio == 1.5
    assert Figure("speed", 3.0, "MB/s", "no peer").ratio is None
    assert Figure("errors", 3.0, "", "known answer", 0.0).ratio is None


@pytest.mark.parametrize(
    ("value", "printed"),
    [(None, "–"), (0.0, "0"), (0.0012345, "0.00123"), (4.5678, "4.57"), (78.94, "78.9"), (12345.6, "12,346")],
)
def test_numbers_are_printed_with_the_digits_that_count(value: float | None, printed: str) -> None:
    assert number(value) == printed


def test_the_table_names_figure_ours_other_and_ratio() -> None:
    output = io.StringIO()
    figures = [Figure("start", 6.0, "s", "at most", 5.0, "at most"), Figure("pages", 2.0, "", "no peer is known")]
    print_table(figures, Console(file=output, width=120))
    text = output.getvalue()
    assert "6.00 s" in text
    assert "at most: 5.00 s" in text
    assert "1.20" in text
    assert "does not hold" in text
    assert "no peer is known" in text


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.py")), ids=lambda file: file.stem)
def test_every_benchmark_says_what_it_measures(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.startswith('"""')
    assert file.stem == "table" or "\ndef run() -> list[Figure]:" in text

"""The table of headline figures says how each stands to what it is measured against, and whether promises were kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.table import Figure, number, printed

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks"
MEASURING = sorted(file for file in FOLDER.glob("*.py") if "\ndef run(" in file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("figure", "kept"),
    [
        (Figure("speed", 3.0, 2.0, "a peer", at_least=3.0), True),
        (Figure("speed", 2.9, 2.0, "a peer", at_least=3.0), False),
        (Figure("time", 5.0, 2.0, "a peer", at_most=5.0), True),
        (Figure("time", 5.1, 2.0, "a peer", at_most=5.0), False),
        (Figure("count", 4.0, 4.0, "known answer", exactly=True), True),
        (Figure("count", 4.0, 5.0, "known answer", exactly=True), False),
        (Figure("speed", 3.0, 2.0, "a peer"), None),
    ],
)
def test_a_promise_is_kept_or_not(figure: Figure, kept: bool | None) -> None:
    assert figure.kept is kept


def test_a_ratio_needs_something_to_stand_beside() -> None:
    assert Figure("speed", 3.0, 2.0, "a peer").ratio == 1.5
    assert Figure("errors", 3.0, 0.0, "known answer").ratio is None


@pytest.mark.parametrize(
    ("value", "shown"), [(None, "–"), (0.0012345, "0.00123"), (78.94, "78.9"), (12345.6, "12,346")]
)
def test_numbers_are_printed_with_the_digits_that_count(value: float | None, shown: str) -> None:
    assert number(value) == shown


def test_the_table_names_figure_ours_other_and_ratio() -> None:
    table = printed([Figure("start, s", 6.0, 4.0, "a peer", at_most=5.0), Figure("pages", 4.0, 4.0, "known answer")])
    heading, _, first, second = table.splitlines()
    assert heading.split() == ["figure", "ours", "beside", "of", "ratio", "promised", "kept"]
    assert first.split() == ["start,", "s", "6", "4", "a", "peer", "1.5", "≤", "5", "NO"]
    assert second.split() == ["pages", "4", "4", "known", "answer", "1"]


def test_something_is_measured() -> None:
    assert len(MEASURING) >= 3


@pytest.mark.parametrize("file", MEASURING, ids=lambda file: file.stem)
def test_every_benchmark_says_what_it_measures(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.startswith('"""')
    assert "\ndef run() -> list[Figure]:" in text

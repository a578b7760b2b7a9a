"""Gives out the numbers under which recommendations and commitments are cited: R2023-001, C2023-014."""

from __future__ import annotations

from collections.abc import Mapping

from sightline.scrutiny.models import ReferenceSeries


def next_references(year: int, how_many: Mapping[str, int]) -> dict[str, list[str]]:
    """The next references of a year's series, in order: under each letter as many as are wanted of it.

    The rows of the series stay locked until the caller's transaction ends, so that no number is given twice; one that
    is rolled back gives its numbers back. All take them in the order of their letters, so that nobody waits for ever.
    """
    wanted = sorted(letter for letter, many in how_many.items() if many)
    held = ReferenceSeries.objects.select_for_update().filter(year=year, letter__in=wanted).order_by("letter")
    there = {series.letter: series for series in held} if wanted else {}
    if there.keys() != set(wanted):
        for letter in wanted:
            ReferenceSeries.objects.get_or_create(letter=letter, year=year)
        there = {series.letter: series for series in held.all()}
    given: dict[str, list[str]] = {letter: [] for letter in how_many}
    for letter, series in there.items():
        first = series.last + 1
        series.last += how_many[letter]
        given[letter] = [f"{letter}{year}-{number:03d}" for number in range(first, series.last + 1)]
    ReferenceSeries.objects.bulk_update(there.values(), ["last"])
    return given

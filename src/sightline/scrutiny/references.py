"""Gives out the numbers under which recommendations and commitments are cited: R2023-001, C2023-014."""

from __future__ import annotations

from sightline.scrutiny.models import ReferenceSeries


def next_references(letter: str, year: int, how_many: int) -> list[str]:
    """The next ``how_many`` references of a year's series, in order.

    The series' row stays locked until the caller's transaction ends, so that no number is given twice; one that is
    rolled back gives its numbers back.
    """
    if how_many == 0:
        return []
    ReferenceSeries.objects.get_or_create(letter=letter, year=year)
    series = ReferenceSeries.objects.select_for_update().get(letter=letter, year=year)
    first = series.last + 1
    series.last += how_many
    series.save(update_fields=["last"])
    return [f"{letter}{year}-{number:03d}" for number in range(first, first + how_many)]

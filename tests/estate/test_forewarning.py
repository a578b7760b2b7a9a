"""When a day that ends something is told of ahead."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sightline.estate.domain.forewarning import DAYS_AHEAD, is_told

END = date(2027, 3, 31)
GAPS = st.lists(st.integers(1, 20), min_size=1, max_size=120)


def test_a_day_is_told_of_sixty_thirty_and_seven_days_ahead() -> None:
    told = [n for n in range(90, -3, -1) if is_told(END, on=END - timedelta(n), after=END - timedelta(n + 1))]
    assert told == [60, 30, 7]
    # Where there were no letters yet, whatever is near; what was agreed since is known.
    assert is_told(END, on=END - timedelta(20), after=None)
    assert not is_told(END, on=END - timedelta(20), after=None, known_on=END - timedelta(25))
    assert is_told(END, on=END, after=END - timedelta(8), known_on=END - timedelta(25))


@given(GAPS)
def test_runs_that_were_missed_are_caught_up_with_and_nothing_is_told_twice(gaps: list[int]) -> None:
    on = END - timedelta(100)
    after, told = on - timedelta(1), []
    for gap in gaps:
        if is_told(END, on=on, after=after):
            told.append(on)
        after, on = on, on + timedelta(gap)
    come = [END - timedelta(days) for days in DAYS_AHEAD if END - timedelta(days) <= after]
    assert len(told) <= len(come)
    assert all(one <= END for one in told)
    # Whatever has come is told of by the first run after it, unless that lies after the end itself.
    assert all(any(day <= one for one in told) or after > END for day in come)

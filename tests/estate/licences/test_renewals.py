"""What ends when, as a list and as a calendar, and what the months ahead cost."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.estate.domain.renewals import Kind, Term, ahead, as_calendar, cost_curve, months_after

pytestmark = pytest.mark.measured

DAY = datetime.date(2026, 11, 24)
PLANNING = Term(
    "L2026-001",
    "Planning; maps, and more",
    "Aldersby",
    1_200_001,
    starts=datetime.date(2024, 2, 1),
    ends=datetime.date(2027, 1, 31),
    notice=datetime.date(2026, 12, 31),
    address="https://example.invalid/licences/L2026-001/",
)


def test_what_comes_nearest_first_within_the_months() -> None:
    past = Term("L2026-002", "Over", ends=datetime.date(2026, 11, 23))
    today = Term("L2026-003", "Today", ends=DAY)
    far = Term("L2026-004", "Far", ends=datetime.date(2027, 2, 25))
    found = ahead([far, PLANNING, past, today], on=DAY, months=3)
    assert [(one.term.reference, one.kind, one.days) for one in found] == [
        ("L2026-003", Kind.END, 0),
        ("L2026-001", Kind.NOTICE, 37),
        ("L2026-001", Kind.END, 68),
    ]
    assert months_after(datetime.date(2027, 1, 31), 1) == datetime.date(2027, 2, 28)
    assert months_after(datetime.date(2026, 11, 30), 1) == datetime.date(2026, 12, 30)


def test_the_cost_of_a_year_adds_up_and_says_what_is_open() -> None:
    curve = cost_curve([PLANNING, Term("S1", "No cost known")], on=DAY, months=12)
    assert sum(month.all_pence for month in curve) == 1_200_001
    assert [month.open_pence == 0 for month in curve[:4]] == [True, True, True, False]
    assert curve[3].month == datetime.date(2027, 2, 1)
    assert curve[3].committed_pence == 0


def test_a_calendar_that_calendars_read() -> None:
    made = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=datetime.UTC)
    read = as_calendar(ahead([PLANNING], on=DAY, months=3), name="Renewals", host="example.invalid", made_at=made)
    lines = read.decode().split("\r\n")
    assert read.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert read.endswith(b"END:VCALENDAR\r\n")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert "UID:L2026-001-end@example.invalid" in lines
    assert "DTSTART;VALUE=DATE:20270131" in lines
    assert r"SUMMARY:Ends: Planning\; maps\, and more" in lines


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_no_line_is_longer_than_75_octets_and_none_is_lost(title: str) -> None:
    term = Term("L1", title, ends=DAY)
    made = datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)
    read = as_calendar(ahead([term], on=DAY, months=1), name="R", host="h", made_at=made)
    assert max(len(line) for line in read.split(b"\r\n")) <= 75
    unfolded = read.replace(b"\r\n ", b"").decode()
    escaped = title.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert f"SUMMARY:Ends: {escaped}".split("\u2028")[0].split("\u2029")[0] in unfolded

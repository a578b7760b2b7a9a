"""Meetings: several in a file, the body and the date in the ways that files name them."""

from __future__ import annotations

from datetime import date

import pytest

from sightline.scrutiny.domain.minutes import read_minutes
from sightline.scrutiny.domain.minutes.meetings import find_date, split_meetings
from tests.scrutiny.minutes.reading import document, minute

ITEM = "\n\nPresent: Councillors Ash and Birch\n\n1. PARKS\n\nRESOLVED that the gates be painted.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Monday, 6 March, 2023", date(2023, 3, 6)),
        ('held 26" February 2018', date(2018, 2, 26)),
        ("22ND JUNE, 2023", date(2023, 6, 22)),
        ("the 3rd day of May 2021", date(2021, 5, 3)),
        ("February 19, 2019", date(2019, 2, 19)),
        ("14/05/2024", date(2024, 5, 14)),
        ("2024-05-14", date(2024, 5, 14)),
        ("31 February 2024, then 1 March 2024", date(2024, 3, 1)),
        ("Tuesday at 7", None),
    ],
)
def test_dates_are_read_in_every_form(text: str, expected: date | None) -> None:
    assert find_date(text) == expected


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Minutes of a meeting of the Parks Committee held on 4 June 2024", "Parks Committee"),
        ("Minute from the Joint Parks Panel/Paths Panel on 4 June 2024", "Joint Parks Panel/Paths Panel"),
        (
            "HAZELMERE COUNCIL\n\nPARKS COMMITTEE\n\nMinutes of the meeting held in the Hall on 4 June 2024",
            "Parks Committee",
        ),
        ("Overview and Scrutiny Board - Tuesday, 4th June, 2024 6.30 p.m.", "Overview and Scrutiny Board"),
        ("Hazelmere Parish Council - 4th June 2024", "Hazelmere Parish Council"),
        (
            "A regular meeting of the Township of Hazelmere Council was held on June 4, 2024.",
            "Township of Hazelmere Council",
        ),
        (
            "MINUTES\n\nOF\n\nMEETING\n\nOF\n\nTHE\n\nMUNICIPAL DISTRICT OF\n\nHAZELMERE HELD ON 4TH JUNE, 2024",
            "Municipal District of Hazelmere",
        ),
        ("Minutes of the Hazelmere Licensing Sub-Committee\n4 June 2024", "Hazelmere Licensing Sub-Committee"),
    ],
)
def test_body_and_date_are_found_in_the_head(head: str, body: str) -> None:
    found = minute(head + ITEM)
    assert (found.body, found.date) == (body, date(2024, 6, 4))


def test_body_and_date_may_stand_in_the_front_matter_alone() -> None:
    text = (
        "---\ntitle: Parks and Paths minutes from 4th June 2024\n---\n\n**Present:** A. Ash\n\n**1. "
        "Parks**\n\nThe Chair spoke.\n\n**2. Paths**\n\nThe Chair spoke again.\n"
    )
    found = minute(text, "file.md")
    assert (found.body, found.date) == ("Parks and Paths", date(2024, 6, 4))


def test_what_a_file_does_not_say_stays_unknown() -> None:
    found = minute("Gates\n\nIt was agreed to paint the gates.\n")
    assert (found.body, found.date) == (None, None)


def test_a_minute_book_is_parted_by_its_meetings() -> None:
    book = "".join(
        f"HAZELMERE COUNCIL\n\nMinutes of the Parks Committee held on {day} June 2024{ITEM}\n" for day in (4, 11, 18)
    )
    minutes = read_minutes(document(book))
    assert [found.date for found in minutes] == [date(2024, 6, 4), date(2024, 6, 11), date(2024, 6, 18)]
    assert [len(found.items) for found in minutes] == [1, 1, 1]
    together = minute(book)
    assert together.date == date(2024, 6, 4)
    assert [found.start for found in together.items] == sorted(found.start for found in together.items)
    assert len(together.items) == 3


def test_approving_the_last_minutes_starts_no_meeting() -> None:
    text = (
        f"Minutes of the Parks Committee held on 4 June 2024{ITEM}\n2. MINUTES\n\nMinutes of the meeting held "
        f"on 7 May 2024 were approved.\n\nPresent were two visitors.\n"
    )
    found = document(text)
    assert len(split_meetings(found)) == 1

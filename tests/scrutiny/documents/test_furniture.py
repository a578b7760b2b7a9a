"""Page furniture goes only where it is certain."""

from __future__ import annotations

import pytest

from sightline.scrutiny.domain.documents.furniture import find_counted_pages, find_furniture, is_page_number, runs_on

BODIES = ["The Chair opened the meeting.", "Trees were discussed at length.", "It was agreed to paint the hall."]


def page(top: str, bottom: str, number: int) -> list[str]:
    words = [BODIES[number % 3], f"{BODIES[(number + 1) % 3]} Again."]
    return [line for line in [top, *words, bottom] if line]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        (" - 12 - ", 12),
        ("[4]", 4),
        ("Page 3", 3),
        ("PAGE 3 OF 9", 3),
        ("P a g e 7", 7),
        ("2 of 10", 2),
        ("5 | Page", 5),
        ("Page 2/4", 2),
    ],
)
def test_page_numbers(text: str, number: int) -> None:
    assert is_page_number(text) == number


@pytest.mark.parametrize(
    "text", ["3.", "(3)", "3)", "1/24", "12 votes", "Page", "£3", "2762.", "a", "P3", "Page 3 was noted"]
)
def test_numbers_of_items_are_no_page_numbers(text: str) -> None:
    assert is_page_number(text) is None


def test_numbers_that_count_with_the_pages_go_and_tell_the_first_page() -> None:
    pages = [page("", str(number), number) for number in (7, 8, 9)]
    found = find_furniture(pages)
    assert found.places == {(0, 2), (1, 2), (2, 2)}
    assert found.shift == 7


def test_a_number_that_does_not_count_with_the_pages_stays() -> None:
    pages = [page("", "41", 1), page("", "7", 2), page("", "12", 3)]
    assert find_furniture(pages).places == frozenset()


def test_a_number_further_in_stays() -> None:
    pages = [
        ["Total", "1", "of the votes", "were cast", "for it"],
        ["Total", "2", "of the votes", "were cast", "for it"],
    ]
    assert find_furniture(pages).places == frozenset()


def test_a_running_header_stays_once_and_a_running_footer_goes() -> None:
    pages = [page("Hollin Town Council", "Signed by the Chair", number) for number in (1, 2, 3)]
    assert find_furniture(pages).places == {(1, 0), (2, 0), (0, 3), (1, 3), (2, 3)}


def test_left_and_right_pages_may_have_their_own_headers() -> None:
    pages = [page("Hollin" if number % 2 else "3 May 2022", "", number) for number in range(1, 7)]
    assert find_furniture(pages).places == {(number, 0) for number in range(1, 6)}


def test_two_pages_are_not_enough_without_heights() -> None:
    pages = [page("Hollin Town Council", "", number) for number in (1, 2)]
    assert find_furniture(pages).places == frozenset()


def test_two_pages_are_enough_at_the_same_height() -> None:
    pages = [page("Hollin Town Council", "", number) for number in (1, 2)]
    level = [[800.0, 780.0, 760.0], [800.5, 780.0, 760.0]]
    assert find_furniture(pages, level).places == {(1, 0)}
    apart = [[800.0, 780.0, 760.0], [700.0, 680.0, 660.0]]
    assert find_furniture(pages, apart).places == frozenset()


def test_a_running_line_may_count_its_pages() -> None:
    pages = [page("", f"Hollin Town Council, 3 May 2022 {number}", number) for number in (4, 5, 6)]
    assert find_furniture(pages).places == {(0, 2), (1, 2), (2, 2)}


def test_items_that_head_their_pages_stay() -> None:
    pages = [page(f"Item {number}", "", number) for number in (1, 2, 3)]
    assert find_furniture(pages).places == frozenset()
    pages = [page(f"{number}.", "", number) for number in (1, 2, 3)]
    assert find_furniture(pages).places == frozenset()


def test_lines_that_differ_in_numbers_that_do_not_count_stay() -> None:
    pages = [page("", f"Total of the votes {votes}", number) for number, votes in ((1, 9), (2, 4), (3, 17))]
    assert find_furniture(pages).places == frozenset()


def test_a_line_at_the_edge_that_ends_in_its_page_goes() -> None:
    pages = [
        ["Minutes of the Council", "The Chair opened the meeting."],
        ["3 May 2022 – Minutes – Page 2", "Trees were discussed."],
        ["Page 3 | Minutes", "The meeting closed."],
    ]
    assert find_furniture(pages).places == {(1, 0), (2, 0)}


def test_a_sentence_that_ends_in_another_page_stays() -> None:
    pages = [["The plan was as shown on page 2"], ["as had been said – Page 9", "Item 2"]]
    assert find_furniture(pages).places == frozenset()


def test_sentences_run_on_over_the_page() -> None:
    assert runs_on("The Chair said that", "the oak be kept.")
    assert not runs_on("The Chair said:", "the oak be kept.")
    assert not runs_on("The Chair said that", "The oak be kept.")
    assert not runs_on("", "the oak be kept.")


def test_counted_pages_in_a_text_without_pages() -> None:
    lines = ["Item 1", "Page 1 of 2", "Item 2", "Page 2 of 2"]
    assert find_counted_pages(lines) == {1, 3}


@pytest.mark.parametrize(
    "lines",
    [
        ["Page 1 of 2", "Item 1"],
        ["Page 2 of 2", "Item 1", "Page 1 of 2"],
        ["Page 3 of 2", "Item 1", "Page 4 of 2"],
        ["1/24", "Item", "2/24", "Item"],
    ],
)
def test_pages_that_do_not_count_up_stay(lines: list[str]) -> None:
    assert find_counted_pages(lines) == frozenset()

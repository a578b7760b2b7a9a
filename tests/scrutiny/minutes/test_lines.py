"""Lines: markers of every sort, page furniture, margins, underlines."""

from __future__ import annotations

import pytest

from sightline.scrutiny.domain.documents import LineKind
from sightline.scrutiny.domain.minutes.lines import find_marker, flat, is_furniture, read_rows
from tests.scrutiny.minutes.reading import document


@pytest.mark.parametrize(
    ("text", "family", "label", "value", "words"),
    [
        ("• Members asked", "bullet •", "", 0, "Members asked"),
        ("– Members asked", "bullet -", "", 0, "Members asked"),
        ("¢ Level of funding", "bullet ¢", "", 0, "Level of funding"),
        ("o The Head of Housing replied", "bullet o", "", 0, "The Head of Housing replied"),
        ("1) That the report", "num )", "1", 1, "That the report"),
        ("(2)   That the report", "num ()", "2", 2, "That the report"),
        ("12.  Parks", "num .", "12", 12, "Parks"),
        ("5.", "num .", "5", 5, ""),
        ("a) new benches", "alpha )", "a", 1, "new benches"),
        ("(c) new benches", "alpha ()", "c", 3, "new benches"),
        ("iv) the gates", "roman )", "iv", 4, "the gates"),
        ("(ix) the gates", "roman ()", "ix", 9, "the gates"),
        ("2762.\tPolice", "num .", "2762", 2762, "Police"),
        ("70/17 Parks", "slash", "70/17", 70, "Parks"),
        ("70/17 - Parks", "slash", "70/17", 70, "Parks"),
        ("47.3   Councillor Ash asked", "dotted 1", "47.3", 3, "Councillor Ash asked"),
        ("19.09.04  Parks", "dotted 2", "19.09.04", 4, "Parks"),
        ("Item 3: Parks", "item", "3", 3, "Parks"),
        ("AGENDA ITEM 3 - Parks", "item", "3", 3, "Parks"),
        ("R2019-30 A. Elm, B. Oak: That", "code", "R2019-30", 30, "A. Elm, B. Oak: That"),
        ("Resolution No. 14: That", "code", "Resolution No. 14", 14, ": That"),
        ("PC/23/045 Parks", "ref", "PC/23/045", 23, "Parks"),
        ("2    MATTERS ARISING", "bare", "2", 2, "MATTERS ARISING"),
        ("12 Update on the parks", "bare", "12", 12, "Update on the parks"),
    ],
)
def test_a_marker_is_told_from_the_words(text: str, family: str, label: str, value: int, words: str) -> None:
    marker = find_marker(flat(text))
    assert marker is not None
    assert (marker.family, marker.label, marker.value) == (family, label, value)
    assert text[marker.length :] == words


@pytest.mark.parametrize("text", ["Members asked", "9 April 2024", "on 3", "the end", "2024", "once a week", "Mr. Ash"])
def test_words_that_only_look_like_a_marker_stay(text: str) -> None:
    assert find_marker(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Page 3 of 9",
        "- 4 -",
        "12",
        "______________",
        "Signed ............ Date ........",
        "Minutes – 4 June 2024 – Page 2",
        "Appendix A PDF 214 KB",
        "***",
        "Signed:",
        "......................",
    ],
)
def test_page_furniture_is_known(text: str) -> None:
    assert is_furniture(text, LineKind.TEXT)


@pytest.mark.parametrize("text", ["5.", "•", "AGREED:", "Page layout was discussed", "12. Parks"])
def test_what_only_looks_like_furniture_stays(text: str) -> None:
    assert not is_furniture(text, LineKind.TEXT)


def test_a_number_alone_in_a_cell_numbers_an_item() -> None:
    assert not is_furniture("12", LineKind.TABLE_CELL)


def test_a_running_header_beside_page_numbers_is_furniture() -> None:
    text = "The Panel met.\n\n4\nParks Panel    4.6.24\n\nIt went on.\n\n5\nParks Panel    4.6.24\n\nIt ended."
    found = document(text)
    kept = [row.text for row in read_rows(found, found.lines) if not row.furniture]
    assert kept == ["The Panel met.", "It went on.", "It ended."]


def test_a_note_in_the_margin_is_no_part_of_the_line() -> None:
    found = document("The gate by the old mill has been broken since Easter. Clerk to report.        Clerk\n")
    row = read_rows(found, found.lines)[0]
    assert row.text.endswith("Clerk to report.")
    assert row.margin is not None
    assert found.text[slice(*row.margin)] == "Clerk"


def test_an_underlined_line_is_set_off_as_bold() -> None:
    found = document("Parks\n-----\nThe gate was broken.\n")
    assert [row.bold for row in read_rows(found, found.lines)] == [True, False, False]


def test_a_file_size_is_cut_from_a_title() -> None:
    found = document("Parks Strategy Update PDF 214 KB\n")
    assert read_rows(found, found.lines)[0].text == "Parks Strategy Update"


def test_the_length_stays_when_white_space_is_made_flat() -> None:
    assert flat("a\tb\u00a0c\nd") == "a b c d"


def test_emphasis_around_a_line_is_dropped_and_remembered() -> None:
    found = document("*_*\n**Parks**\n")
    rows = [row for row in read_rows(found, found.lines) if not row.furniture]
    assert [(row.text, row.bold) for row in rows] == [("Parks", True)]
    assert found.text[rows[0].start : rows[0].end] == "Parks"

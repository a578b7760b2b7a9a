"""Plain text."""

from __future__ import annotations

import pytest

from sightline.scrutiny.domain.documents import LineKind, UnreadableDocument
from tests.scrutiny.documents.helpers import bold, hinted, read, shown


def test_lines_indentation_and_columns_are_kept() -> None:
    document = read("12.\tTrees\n       (1)    That the oak be kept;   \n\tand the elm\n", "minutes.txt")
    assert document.text == "12.\tTrees\n       (1)    That the oak be kept;\n        and the elm"
    assert document.media_type == "text/plain"
    assert {line.page for line in document.lines} == {0}
    assert {line.kind for line in document.lines} == {LineKind.TEXT}


def test_at_most_one_empty_line_stands_between_lines() -> None:
    assert read("\n\n  \nOne\n\n \t \n\nTwo\n\n\n", "minutes.txt").text == "One\n\nTwo"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028", "\v"])
def test_every_line_end_is_one(end: str) -> None:
    assert read(f"One{end}Two", "minutes.txt").text == "One\nTwo"


def test_a_form_feed_starts_a_page_and_page_numbers_by_it_go() -> None:
    document = read("Item 1\nwas opened\n1\n\fand closed\n\n2\n\fItem 2\n3\n", "minutes.txt")
    assert document.text == "Item 1\nwas opened\nand closed\n\nItem 2"
    assert [line.page for line in document.lines] == [1, 1, 2, 3]


def test_pages_are_counted_as_they_are_printed() -> None:
    document = read("One\n14\n\fTwo\n15\n\fThree\n16", "minutes.txt")
    assert [(line.page, document.line_text(line)) for line in document.lines] == [
        (14, "One"),
        (15, "Two"),
        (16, "Three"),
    ]


def test_a_lone_number_without_pages_stays() -> None:
    assert shown(read("Votes for\n\n3\n\nVotes against\n\n4", "minutes.txt")) == [
        "Votes for",
        "3",
        "Votes against",
        "4",
    ]


def test_counted_pages_go_even_without_form_feeds() -> None:
    assert shown(read("One\nPage 1 of 2\nTwo\nPage 2 of 2", "minutes.txt")) == ["One", "Two"]


def test_a_heading_of_html_becomes_a_hint() -> None:
    document = read('<h1 class="top">Minutes &amp; actions</h1>\n\n<h3>1. Trees</h3>\nWords', "minutes.txt")
    assert hinted(document) == [
        ("HEADING", 1, "", "Minutes & actions"),
        ("HEADING", 3, "", "1. Trees"),
        ("TEXT", 0, "", "Words"),
    ]


def test_other_tags_leave_the_text() -> None:
    document = read("<b>Present</b>\n<p>One<br>Two</p>\n<li>an oak\n<br>\nThe <i>end</i>", "minutes.txt")
    assert document.text == "Present\nOne\nTwo\n• an oak\n\nThe end"
    assert bold(document) == ["Present"]
    assert hinted(document)[3] == ("LIST_ITEM", 1, "• ", "an oak")


def test_what_only_looks_like_a_tag_stays() -> None:
    text = "Write to <clerk@hollin.example> if a < b and c > d, or <see below>."
    assert read(text, "minutes.txt").text == text


@pytest.mark.parametrize("name", ["minutes.txt", "minutes", "MINUTES.TXT", "minutes.text"])
def test_names_of_plain_text(name: str) -> None:
    assert read("Words", name).media_type == "text/plain"


def test_binary_under_a_txt_name_is_refused_with_its_offset() -> None:
    with pytest.raises(UnreadableDocument, match=r"^minutes\.txt: there is a NUL byte at offset 5") as caught:
        read(b"Words\0\x01\x02more words here", "minutes.txt")
    assert caught.value.offset == 5

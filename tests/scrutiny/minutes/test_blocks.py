"""Blocks: wrapped lines joined, list items apart, nesting by marker and indentation."""

from __future__ import annotations

from tests.scrutiny.minutes.reading import blocks

WRAPPED = """The Committee considered the report of the Head of Parks on the state of the gates
and the paths in each of the four parks, which had been asked for in March and
was now before it.

Councillor Ash said that the gates were
a disgrace.
"""


def words(text: str, name: str = "snippet.txt") -> list[str]:
    return [" ".join(block.text.split()) for block in blocks(text, name)]


def test_hard_wrapped_lines_become_one_paragraph() -> None:
    assert words(WRAPPED) == [
        "The Committee considered the report of the Head of Parks on the state of the gates and the paths in each of "
        "the four parks, which had been asked for in March and was now before it.",
        "Councillor Ash said that the gates were a disgrace.",
    ]


def test_double_spaced_lines_become_one_paragraph() -> None:
    assert len(words(WRAPPED.replace("\n", "\n\n"))) == 2


def test_a_page_break_within_a_sentence_is_blanked_out() -> None:
    text = WRAPPED.replace("in March and\n", "in March and\n\nPage 3 of 9\n\n")
    assert len(words(text)) == 2
    assert "Page" not in words(text)[0]
    first = blocks(text)[0]
    assert len(first.text) == first.end - first.body


def test_a_short_title_is_not_joined_with_the_text_beneath() -> None:
    text = "12. Parks\n" + WRAPPED
    assert words(text)[0] == "Parks"


def test_a_number_alone_joins_its_title_and_takes_its_look() -> None:
    found = blocks("<p>12.</p><h3>Parks</h3><p>The gate was broken.</p>", "page.html")
    assert found[0].text == "Parks"
    assert found[0].kind.value == "heading"
    assert found[0].marker is not None
    assert found[0].marker.label == "12"


def test_a_number_that_a_wrapped_sentence_starts_a_line_with_is_no_marker() -> None:
    text = WRAPPED.replace("which had been asked for in March and\n", "which had been asked for on the day of\n18. ")
    assert len(blocks(text)) == 2


def test_bullets_nest_by_their_kind_where_indentation_is_lost() -> None:
    text = "· Who mends the gates?\no The Head of Parks said that she did.\n· Who pays?\n"
    assert [block.depth for block in blocks(text)] == [1, 2, 1]


def test_bullets_nest_by_indentation() -> None:
    text = "- gates\n    - the north gate\n    - the south gate\n- paths\n"
    assert [block.depth for block in blocks(text)] == [1, 2, 2, 1]


def test_two_sorts_of_bullet_at_one_indentation_are_one_list() -> None:
    text = "  • gates\n  ▪ paths\n"
    assert [block.depth for block in blocks(text)] == [1, 1]


def test_an_indented_paragraph_leaves_the_list_open() -> None:
    text = "1) the gates\n      which are green\n\n      They were painted.\n\n2) the paths\n"
    assert [block.depth for block in blocks(text)] == [1, 0, 1]


def test_a_paragraph_a_line_is_never_joined_with_the_next() -> None:
    long = "The gates of the park were painted green in the spring of that year, as the Committee had asked. " * 4
    assert len(blocks(f"{long}\n{long}\n{long}\n{long}\n")) == 4


def test_a_line_of_few_rows_has_no_width() -> None:
    assert words("Parks\nGates\n") == ["Parks", "Gates"]

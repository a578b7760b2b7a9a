"""Items: numbered, set as headings, bold, capitals, underlined, run into the paragraph, plain, or none at all."""

from __future__ import annotations

import pytest

from sightline.scrutiny.domain.minutes.items import UNTITLED
from sightline.scrutiny.domain.minutes.numbering import Candidate, best_chain
from sightline.scrutiny.domain.minutes.titles import title_like
from tests.scrutiny.minutes.reading import HEAD, minute

ASKED = "Councillor Ash asked why. The Head of Parks replied that it was late."


def titles(text: str, name: str = "snippet.txt") -> list[str]:
    return [found.title for found in minute(text, name).items]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("12.  PARKS", "13.  PATHS"),
        ("Item 3: Parks", "Item 4: Paths"),
        ("70/17 Parks", "71/17 Paths"),
        ("24/070 Parks", "24/071 Paths"),
        ("19.09.04  Parks", "19.09.05  Paths"),
        ("PC23/045 Parks", "PC23/046 Paths"),
        ("12.\n\nParks", "13.\n\nPaths"),
        ("12    Parks", "13    Paths"),
        ("PARKS", "PATHS"),
        ("Parks\n-----", "Paths\n-----"),
        ("Parks for people", "Paths for people"),
    ],
)
def test_headings_of_every_shape_are_items(first: str, second: str) -> None:
    text = f"{HEAD}{first}\n\n{ASKED}\n\n{second}\n\n{ASKED}\n"
    assert [title.lower().split()[0] for title in titles(text)] == ["parks", "paths"]


def test_three_lettered_headings_are_items() -> None:
    text = HEAD + "".join(
        f"{letter}. {title}\n\n{ASKED}\n\n" for letter, title in zip("ABC", ("Parks", "Paths", "Ponds"), strict=True)
    )
    assert titles(text) == ["Parks", "Paths", "Ponds"]


def test_headings_of_a_web_page_are_items_and_its_labels_are_not() -> None:
    page = (
        f"<h1>Minutes</h1><h2>Parks Panel - 4 June 2024</h2><h3>Parks</h3><h4>Decision:</h4><p>That it be "
        f"so.</p><h4>Minutes:</h4><p>{ASKED}</p><h3>Paths</h3><p>{ASKED}</p>"
    )
    assert titles(page, "page.html") == ["Parks", "Paths"]


def test_a_heading_without_a_number_among_numbered_ones_is_an_item() -> None:
    text = (
        f"# Council\n\n## 1. Parks\n\n{ASKED}\n\n## 2. Paths\n\n{ASKED}\n\n## Summary of actions\n\n- Clerk to write.\n"
    )
    assert titles(text, "file.md") == ["Parks", "Paths", "Summary of actions"]


def test_titles_run_into_their_paragraphs() -> None:
    text = (
        HEAD + "101. Parks: Attached. Councillor Ash asked why the gate was shut.\n\n102. Paths - no change was "
        "made to the paths at all.\n\n103. Ponds The Clerk reported that the pond was dry.\n"
    )
    assert titles(text) == ["Parks", "Paths", "Ponds"]


def test_titles_without_numbers_run_into_their_paragraphs() -> None:
    text = HEAD + "".join(f"{title} – {ASKED}\n\n" for title in ("Parks", "Paths", "Ponds"))
    assert titles(text) == ["Parks", "Paths", "Ponds"]


def test_a_title_of_two_lines_is_one_title() -> None:
    text = f"{HEAD}Item 3: Parks Plan 2024\nThe main issues\n\n{ASKED}\n\nItem 4: Paths\n\n{ASKED}\n"
    assert titles(text) == ["Parks Plan 2024 The main issues", "Paths"]


def test_titles_beneath_an_empty_heading_are_items() -> None:
    text = f"{HEAD}7  REPORTS\n\n7.1  Parks\n\n{ASKED}\n\n7.2  Paths\n\n{ASKED}\n\n8  PONDS\n\n{ASKED}\n"
    assert titles(text) == ["Parks", "Paths", "PONDS"]


def test_a_numbered_list_inside_an_item_makes_no_items() -> None:
    text = (
        f"{HEAD}1. Parks\n\nMembers asked for the following:\n\n1. Green gates\n2. Wider paths\n3. A pond\n4. "
        f"A bench\n\n2. Paths\n\n{ASKED}\n\n3. Ponds\n\n{ASKED}\n"
    )
    assert titles(text) == ["Parks", "Paths", "Ponds"]


def test_minutes_without_headings_are_one_item_that_says_so() -> None:
    found = minute(
        f"{HEAD}R2024-30 A. Elm, B. Oak: That the gates be painted. Carried.\nR2024-31 B. Oak, A. Elm: That "
        f"the pond be dug. Carried.\n"
    ).items
    assert [each.title for each in found] == [UNTITLED]
    assert found[0].title_start == found[0].title_end == found[0].start
    assert [each.verb for each in found[0].resolutions] == ["CARRIED", "CARRIED"]


def test_nothing_but_a_head_holds_no_item() -> None:
    assert minute(HEAD).items == ()
    assert minute(f"{HEAD}No business was done.\n").items == ()


@pytest.mark.parametrize(
    "title",
    [
        "Apologies for Absence",
        "Declarations of Interest",
        "Minutes",
        "To approve the minutes of the last meeting",
        "Date of Next Meeting",
        "Exclusion of the Press and Public",
        "Public Participation",
        "Matters Arising",
    ],
)
def test_formal_items_are_left_out(title: str) -> None:
    text = f"{HEAD}1. {title}\n\nNone.\n\n2. Parks\n\n{ASKED}\n\n3. Paths\n\n{ASKED}\n"
    assert titles(text) == ["Parks", "Paths"]


def test_a_public_session_in_which_somebody_spoke_is_kept() -> None:
    text = (
        f"{HEAD}1. Public Participation\n\nA resident asked why the gate was shut. The Chairman replied that "
        f"it was late.\n\n2. Parks\n\n{ASKED}\n"
    )
    assert titles(text) == ["Public Participation", "Parks"]


def test_matters_arising_that_only_mend_the_minutes_are_left_out() -> None:
    text = (
        f"{HEAD}1. Matters arising\n\nMr. Elm requested that the minutes be amended to record that he was "
        f"there.\n\n2. Parks\n\n{ASKED}\n\n3. Paths\n\n{ASKED}\n"
    )
    assert titles(text) == ["Parks", "Paths"]


def test_a_chain_prefers_headings_and_bridges_a_gap() -> None:
    chain = best_chain(
        [Candidate(0, 1, 1.5, 5), Candidate(1, 2, 1.5, 5), Candidate(2, 1, 1.0, 5), Candidate(3, 4, 1.5, 5)]
    )
    assert [found.value for found in chain] == [1, 2, 4]
    assert best_chain([]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Parks and paths", True),
        ("To approve the plan", True),
        ("the parks", False),
        ("Parks were discussed.", False),
        ("RESOLVED: that", False),
        ("12", False),
        ("", False),
        ("Why is it shut?", False),
        ("x" * 300, False),
    ],
)
def test_titles_look_like_titles(text: str, expected: bool) -> None:
    assert title_like(text) is expected

"""Titles that mean one role are known as one, and no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.partnership import queries
from sightline.partnership.domain.partnership_facts import PartnershipFile
from sightline.partnership.domain.partnership_file import read
from sightline.partnership.domain.titles import HONORIFICS, Titles, fold_title

WORDS = st.lists(st.sampled_from("head of ict director corporate services holder for and digital".split()), min_size=1)
TITLES = WORDS.map(" ".join)
ANY_TEXT = st.text(max_size=60)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Head of ICT", "HEAD OF ICT"),
        ("Head of ICT", "the Head of ICT"),
        ("Head of ICT", "Head of ICT (PSPS)"),
        ("Head of ICT", "Head of ICT (PSPS Ltd) [Shared]"),
        ("Assistant Director – Corporate", "Assistant Director - Corporate"),
        ("Assistant Director – Corporate", "Assistant Director—Corporate"),
        ("Portfolio Holder for Corporate & Communications", "Portfolio Holder for Corporate and Communications"),
        ("Leader's Assistant", "Leader’s Assistant"),
        ("Chairman", "Councillor Chairman"),
        ("Chairman", "Cllr. Chairman"),
        ("Officer, Democratic Services", "Officer Democratic  Services"),
    ],
)
def test_what_never_tells_posts_apart_is_folded_away(one: str, other: str) -> None:
    assert fold_title(one) == fold_title(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Head of ICT", "Deputy Head of ICT"),
        ("Head of ICT", "Head of ICT (Acting)"),
        ("Head of ICT", "Head of HR"),
        ("Assistant Director – Corporate", "Assistant Director – Regulatory"),
    ],
)
def test_what_makes_another_post_stays(one: str, other: str) -> None:
    assert fold_title(one) != fold_title(other)


def test_employers_are_dropped_behind_a_title_without_brackets_too() -> None:
    employers = ["PSPS Ltd", "PSPS"]
    assert fold_title("Head of ICT, PSPS Ltd", employers) == "head of ict"
    assert fold_title("Head of ICT – PSPS", employers) == "head of ict"
    assert fold_title("PSPS", employers) == "psps", "an employer alone keeps its words"


@pytest.mark.parametrize("nothing", ["", "  ", "—", "()", "…"])
def test_a_text_without_a_word_folds_to_nothing(nothing: str) -> None:
    assert fold_title(nothing) == ""


@given(ANY_TEXT)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold_title(fold_title(text)) == fold_title(text)


@given(TITLES, st.sampled_from(["PSPS", "PSPS Ltd", "Trellis, shared"]))
def test_case_spaces_dashes_and_employers_never_matter(title: str, employer: str) -> None:
    folded = fold_title(title)
    assert fold_title(title.upper()) == folded
    assert fold_title(f"  {title.replace(' ', '  ')} ({employer})") == folded
    assert fold_title(title.replace(" ", " – ")) == folded
    assert fold_title(title.replace(" and ", " & ")) == folded


@given(TITLES, st.lists(st.sampled_from(sorted(HONORIFICS)), max_size=3))
def test_honorifics_in_front_never_matter(title: str, honorifics: list[str]) -> None:
    assert fold_title(" ".join([*honorifics, title])) == fold_title(title)


@given(st.dictionaries(TITLES, st.lists(TITLES, max_size=3), max_size=5))
def test_every_title_and_alias_finds_its_own_title_and_no_name_finds_two(table: dict[str, list[str]]) -> None:
    try:
        titles = Titles.of(table.items())
    except ValueError as error:
        if "a title means one role" not in str(error):
            raise
        return
    for title, aliases in table.items():
        for name in (title, *aliases):
            assert titles.find(f"The {name.upper()} (PSPS)") == title


def test_a_title_without_a_word_is_refused() -> None:
    with pytest.raises(ValueError, match="holds no word"):
        Titles.of([("–", [])])


@pytest.mark.parametrize(
    "said",
    [
        "Head of ICT",
        "Head of ICT Services",
        "Head of ICT (PSPS)",
        "the Head of ICT (PSPS Ltd)",
        "Head of ICT, PSPS Ltd",
    ],
)
def test_the_titles_of_the_real_partnerships_head_of_ict_are_one(said: str) -> None:
    file = read("selcp")
    titles = Titles.of([(post.title, post.aliases) for post in file.role_titles], file.employers)
    assert titles.find(said) == "Head of ICT"
    assert titles.find("Head of HR") is None


def test_a_title_leads_to_its_record(demonstration: PartnershipFile) -> None:
    post = queries.role_title_called("the Head of ICT Services (Trellis)")
    assert post is not None
    assert post.title == "Head of ICT"
    assert queries.role_title_called("Head of ICT – Trellis") == post, "the provider's abbreviation is an employer"
    assert queries.role_title_called("Lord High Admiral") is None
    with pytest.raises(
        queries.NotKnown, match=r"No post is called “Admiral”\. The posts of this partnership are: Assis"
    ):
        queries.role_title_or_refuse("Admiral")

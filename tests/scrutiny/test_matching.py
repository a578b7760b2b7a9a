"""One matter followed across bodies: against the gold set, and its promises on anything else."""

from __future__ import annotations

import datetime
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.scrutiny.domain import matching
from sightline.scrutiny.domain.matching import Asked, Heard, Matter, Matters, Proposal, Resolved, Step, propose
from tests.scrutiny.matching_gold import CASES, MATTERS, Case

DAY = datetime.date(2024, 3, 12)


def proposed(case: Case, matters: Matters | None = None) -> list[Proposal]:
    return propose(matters or Matters(MATTERS), case.heard(CASES.index(case)), case.step)


def as_answers(found: list[Proposal]) -> set[tuple[int, int, str]]:
    return {(one.passage, one.asked, one.outcome) for one in found}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.called)
def test_each_case_of_the_gold_set(case: Case) -> None:
    assert as_answers(proposed(case)) == case.right


def test_precision_and_recall_among_thousands_of_other_matters() -> None:
    """The same cases in a crowd of 2,000 matters made of the same kind of words."""
    draw = random.Random(4)
    stock = sorted({word for matter in MATTERS for asked in matter.asked for word in asked.text.split()})
    choose = ["Review of", "Report on", "Scrutiny of"]
    places = [
        f"{first}{second}"
        for first in "Ash Bex Cran Dun Elm Far Gil Hol".split()
        for second in "ford ton ham ley by".split()
    ]
    crowd = [
        Matter(
            key=10_000 + number,
            minute=20_000 + number,
            title=f"{draw.choice(choose)} {draw.choice(places)} {draw.choice(stock)}",
            names=(f"{draw.choice(places)} Scrutiny Committee",),
            asked_on=DAY + datetime.timedelta(days=draw.randrange(-400, 120)),
            asked=tuple(
                Asked(
                    1_000_000 + number * 10 + place,
                    f"{place})",
                    "That " + " ".join(draw.choices([*stock, *places], k=12)),
                )
                for place in range(1, 5)
            ),
        )
        for number in range(2000)
    ]
    matters = Matters([*MATTERS, *crowd])
    right = hit = said = 0
    for case in CASES:
        found = as_answers(proposed(case, matters))
        right, hit, said = right + len(case.right), hit + len(found & case.right), said + len(found)
    precision, recall = hit / said, hit / right
    assert right >= 20
    assert precision >= 0.95, f"precision {precision:.2f}"
    assert recall >= 0.9, f"recall {recall:.2f}"


def test_every_proposal_says_why() -> None:
    for case in CASES:
        for one in proposed(case):
            assert matching.PROPOSE_FROM <= one.confidence <= 1
            assert one.why
            assert all(sentence.endswith(".") for sentence in one.why)
    (first, *_) = proposed(CASES[0])
    assert first.why[0] == "It speaks of recommendations 1, 2, 4 by number."
    assert any("Partnership Scrutiny Task Group" in sentence for sentence in first.why)
    assert any("12 March 2024, 4 weeks before" in sentence for sentence in first.why)


def test_the_order_of_matters_changes_nothing() -> None:
    shuffled = list(MATTERS)
    random.Random(1).shuffle(shuffled)
    for case in CASES:
        assert proposed(case, Matters(shuffled)) == proposed(case)


def test_a_number_that_was_not_asked_makes_less_sure() -> None:
    case = CASES[0]
    heard = case.heard(0)
    strange = Heard(
        heard.key, heard.minute, heard.title, heard.text, heard.held_on,
        (Resolved(1, "That recommendations 2 and 9 of the Task Group be accepted"),),
    )  # fmt: skip
    (found,) = propose(Matters(MATTERS), strange, Step.DECISION)
    (sure,) = [one for one in proposed(case) if one.asked == 102]
    assert found.asked == 102
    assert found.confidence < sure.confidence
    assert found.why[0] == "It speaks of recommendation 2, 9, and 4 were asked."


def test_two_matters_alike_are_both_proposed_with_less_confidence() -> None:
    twin = [
        Matter(
            key, 1000 + key, "Review of libraries", ("Culture Panel",), DAY,
            (Asked(key * 100 + 1, "1", "That libraries open on Sundays."),),
        )
        for key in (1, 2)
    ]  # fmt: skip
    heard = Heard(
        9, 9009, "Review of libraries", "The Culture Panel asked that libraries open on Sundays.",
        DAY + datetime.timedelta(days=20), (Resolved(1, "That the recommendations of the Culture Panel be accepted"),),
    )  # fmt: skip
    both = propose(Matters(twin), heard, Step.DECISION)
    (one,) = propose(Matters(twin[:1]), heard, Step.DECISION)
    assert {found.asked for found in both} == {101, 201}
    assert all(found.confidence < one.confidence for found in both)
    assert all("check which is meant" in found.why[-1] for found in both)


def test_looking_touches_few_of_many_matters(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index brings in what shares a rare word or a name; the rest is not looked at."""
    crowd = [
        Matter(
            key, key, f"Matter {key}", ("Some Panel",), DAY,
            (Asked(key, "1", f"That thing{'x' * (key % 7)} number{key} be done"),),
        )
        for key in range(100, 20_100)
    ]  # fmt: skip
    matters = Matters([*MATTERS, *crowd])
    looked: list[int] = []
    asked = Matters._nearness

    def counting(self: Matters, known: object, *rest: object) -> object:
        looked.append(1)
        return asked(self, known, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Matters, "_nearness", counting)
    assert proposed(CASES[0], matters)
    assert len(looked) < 500


WORDS = st.lists(
    st.sampled_from(
        "recommendations recommendation 1 2 be accepted rejected the report Task Group glossary library noted".split()
    ),
    max_size=12,
).map(" ".join)


@given(WORDS, WORDS, st.lists(WORDS, max_size=4), st.sampled_from(Step), st.integers(-30, 700))
def test_anything_gives_proposals_of_known_passages_and_recommendations(
    title: str, text: str, resolved: list[str], step: Step, days: int
) -> None:
    heard = Heard(
        77, 7777, title, text, DAY + datetime.timedelta(days=days),
        tuple(Resolved(number, words) for number, words in enumerate(resolved)),
    )  # fmt: skip
    found = propose(Matters(MATTERS), heard, step)
    known = {asked.key for matter in MATTERS for asked in matter.asked}
    assert {one.asked for one in found} <= known
    assert {one.passage for one in found} <= set(range(len(resolved)))
    assert len({one.asked for one in found}) == len(found)
    assert all(0 <= one.confidence <= 1 for one in found)


def test_plurals_and_common_words_do_not_tell_matters_apart() -> None:
    assert matching.words_in("The Libraries and the library were noted by Members") == {"library"}
    assert matching.fold_name("The  Scrutiny-Task Group") == "scrutiny task group"

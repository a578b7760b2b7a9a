"""Decisions: headings, sentences, votes; and what only looks like one."""

from __future__ import annotations

import pytest

from sightline.scrutiny.domain.minutes.decisions import find_decision, heading_decision
from sightline.scrutiny.domain.minutes.resolutions import inline_parts, outcome, trimmed
from tests.scrutiny.minutes.reading import item


@pytest.mark.parametrize(
    ("text", "verb", "part"),
    [
        ("RESOLVED that the report be noted.", "RESOLVED", "the report be noted."),
        ("RESOLVED -  That the report be noted.", "RESOLVED", "That the report be noted."),
        ("Resolved: to note the report.", "RESOLVED", "to note the report."),
        ("Agreed to come back to this.", "AGREED", "to come back to this."),
        ("RECOMMENDED TO COUNCIL: That the plan be adopted.", "RECOMMENDED", "That the plan be adopted."),
        ("AGREED (unanimously): That it be so.", "AGREED", "That it be so."),
        ("AGREED:", "AGREED", ""),
        ("And Resolved:", "RESOLVED", ""),
        ("Decision:", "DECIDED", ""),
    ],
)
def test_headings_that_decide(text: str, verb: str, part: str) -> None:
    decided = heading_decision(text)
    assert decided is not None
    assert (decided.verb, text[decided.part : decided.end]) == (verb, part)


@pytest.mark.parametrize(
    "text",
    [
        "Resolution of the boundary dispute",
        "Decision Notice 4",
        "agreed that",
        "The report",
        "Noted with thanks",
        "RESOLVED that at the last",
    ],
)
def test_headings_that_do_not(text: str) -> None:
    decided = heading_decision(text)
    assert decided is None or text.startswith("RESOLVED")


@pytest.mark.parametrize(
    ("sentence", "verb", "part"),
    [
        (
            "It was agreed that a report be brought to the next meeting.",
            "AGREED",
            "that a report be brought to the next meeting.",
        ),
        ("It was also AGREED that we write.", "AGREED", "that we write."),
        (
            "On the proposal of Councillor Ash, seconded by Councillor Oak, it was agreed to allocate £500.",
            "AGREED",
            "to allocate £500.",
        ),
        ("The Councillors resolved to pay all of the above.", "RESOLVED", "to pay all of the above."),
        ("Members noted the report.", "NOTED", "the report."),
        ("The Committee agreed that the report be noted.", "AGREED", "that the report be noted."),
        ("The Council APPROVED the expenditure.", "APPROVED", "the expenditure."),
        ("It was proposed by Cllr Ash and resolved to buy a gate.", "RESOLVED", "to buy a gate."),
        ("Members were in agreement that the gate be bought.", "AGREED", "that the gate be bought."),
        ("The accounts were approved.", "APPROVED", "The accounts were approved."),
        ("Gate - £40, path - £60 – all approved.", "APPROVED", "all approved."),
        ("Deferred until the May meeting.", "DEFERRED", "until the May meeting."),
        ("The gates were welcomed and the Board decided to keep them.", "DECIDED", "to keep them."),
    ],
)
def test_sentences_that_decide(sentence: str, verb: str, part: str) -> None:
    decided = find_decision(sentence)
    assert decided is not None
    assert (decided.verb, sentence[decided.part : decided.end]) == (verb, part)


@pytest.mark.parametrize(
    "sentence",
    [
        "It had been AGREED that councillors should look.",
        "At its meeting in June the Panel had agreed that it be done.",
        "At a recent meeting it was agreed that the County would ask.",
        "Members agreed that it was important.",
        "It was agreed that the drivers were quieter.",
        "Members noted that the gate was green.",
        "The Committee agreed with Councillor Ash.",
        "Was it agreed to paint the gate?",
        "The plan was approved by the Minister.",
        "The report asked whether it was approved.",
        "The gates were green.",
        "The limit was agreed to be a good thing.",
        "The Committee agreed that although the gate was green it was pleasant.",
        "He hoped that the Committee agreed",
    ],
)
def test_sentences_that_do_not(sentence: str) -> None:
    assert find_decision(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "This was AGREED.",
        "The motion was put to the vote and carried by 5 votes to 3.",
        "On being put to the vote this was LOST by 3 votes to 4.",
    ],
)
def test_a_vote_points_back(sentence: str) -> None:
    decided = find_decision(sentence)
    assert decided is not None
    assert decided.back


def test_parts_in_one_run_are_parted() -> None:
    text = "(1) the report be noted; (2) the gate be bought; and (3) the path be left."
    assert [(number, text[start:end].strip()) for start, end, number in inline_parts(text)] == [
        ("1", "the report be noted;"),
        ("2", "the gate be bought; and"),
        ("3", "the path be left."),
    ]
    assert [number for _, _, number in inline_parts("the gate at (2) the Green be bought")] == [None]
    assert [number for _, _, number in inline_parts("that: i) one; ii) two; iii) three")] == ["i", "ii", "iii"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("the report be noted; and", "the report be noted;"),
        ("  - the report be noted.", "the report be noted."),
        ("To buy a gate. Proposed Cllr Ash, seconded Cllr Oak, all agreed.", "To buy a gate."),
        ("To buy a gate. All in favour.", "To buy a gate."),
    ],
)
def test_parts_are_trimmed(text: str, kept: str) -> None:
    start, end = trimmed(text, 0, len(text))
    assert text[start:end] == kept


def test_votes_end_a_text() -> None:
    assert outcome("That it be so.  Carried.") == ("CARRIED", 13)
    assert outcome("That it be so. Defeated") == ("LOST", 13)
    assert outcome("That it be so.") is None


# --- put together ---


def resolutions(body: str) -> list[tuple[str, list[tuple[str | None, str]]]]:
    return [(found.verb, [(part.number, part.text) for part in found.parts]) for found in item(body).resolutions]


def test_a_list_numbered_through_two_verbs() -> None:
    body = (
        "RECOMMENDED that\n\n1)   the plan be adopted;\n\n2)   the gate be bought; and\n\nRESOLVED that\n\n"
        "3)   the Board meet in June."
    )
    assert resolutions(body) == [
        ("RECOMMENDED", [("1", "the plan be adopted;"), ("2", "the gate be bought;")]),
        ("RESOLVED", [("3", "the Board meet in June.")]),
    ]


def test_a_decision_whose_first_part_stands_in_its_own_line() -> None:
    body = "RESOLVED: (1) That the report be noted;\n\n(2) That the gate be bought; and\n\n(3) That the path be left."
    assert resolutions(body) == [
        (
            "RESOLVED",
            [("1", "That the report be noted;"), ("2", "That the gate be bought;"), ("3", "That the path be left.")],
        )
    ]


def test_lettered_paragraphs_after_a_decision_are_no_parts() -> None:
    body = (
        "(a)   Circulated, a report on gates.\n\nProposed by Councillor Ash;\n\nSeconded by Councillor "
        "Oak;\n\nAnd Resolved:\n\n“That the gate be bought.”\n\n(b)   Circulated, a report on paths."
    )
    assert resolutions(body) == [("RESOLVED", [(None, "“That the gate be bought.”")])]


def test_a_vote_on_what_was_proposed() -> None:
    assert resolutions(
        "Councillor Ash proposed that the gate be bought, seconded by Councillor Oak. 4 votes for, 2 against. Carried."
    ) == [("CARRIED", [(None, "that the gate be bought")])]
    assert resolutions("Councillor Ash proposed that the gate be bought, seconded by Councillor Oak. Lost.") == [
        ("LOST", [(None, "that the gate be bought")])
    ]
    assert (
        resolutions("Councillor Ash proposed that the gate be bought, seconded by Councillor Oak, all in favour.")[0][0]
        == "CARRIED"
    )
    assert resolutions("Councillor Ash proposed that the gate be bought, seconded by Councillor Oak. It rained.") == []
    assert resolutions(
        "It was proposed by Councillor Ash and seconded by Councillor Oak that the gate be bought. Upon "
        "being put to the vote this was LOST by 3 votes to 4."
    ) == [("LOST", [(None, "that the gate be bought.")])]
    assert resolutions("Our Secretary proposed a letter to the bank. This was AGREED.") == [
        ("AGREED", [(None, "a letter to the bank.")])
    ]
    assert resolutions("This was AGREED.") == []
    assert resolutions("It rained. This was AGREED.") == []


def test_motions_and_amendments_quoted_and_voted_on() -> None:
    body = (
        "The following motion was moved by Councillor Ash.\n\n'This Council asks that the old gates of the "
        "park be painted green in spring.'\n\n"
        "An amendment was moved by Councillor Oak.\n\n'This Council asks that the old gates of the park be "
        "painted blue in autumn.'\n\n"
        "The amendment was put to the vote and was lost by 9 votes to 12.\n\nThe motion as amended, set out "
        "below, was put to the vote and carried unanimously.\n\n"
        "'This Council asks that all of the old gates of the park be painted.'"
    )
    assert [(verb, parts[0][1][:45]) for verb, parts in resolutions(body)] == [
        ("LOST", "This Council asks that the old gates of the p"),
        ("CARRIED", "This Council asks that all of the old gates o"),
    ]


def test_coded_motions_with_conditions_and_recitals() -> None:
    body = (
        "R2024-30 A. Elm, B. Oak: That we approve the gate, subject to the following conditions of the "
        "Board:\n1. It be green.\n2. It be shut. Carried.\n\n"
        "R2024-31\nMoved by: A. Elm\nSeconded by: B. Oak\nWHEREAS the gate is old;\nNOW THEREFORE BE IT "
        "RESOLVED that the gate be sold;\nAND FURTHER THAT the Clerk sell it.\nCarried.\n\n"
        "Resolution number HC/2024/32 MOVED by A. Elm, seconded by B. Oak:\nThat the Board:\n(a) receive the "
        "report.\n(b) buy a gate.\nDEFEATED\n\n"
        "R2024-33 A. Elm, B. Oak: That nobody votes on this.\n\nCouncillor Ash asked why it was so."
    )
    found = resolutions(body)
    assert [verb for verb, _ in found] == ["CARRIED", "CARRIED", "LOST"]
    assert [number for number, _ in found[0][1]] == [None, "1", "2"]
    assert [text for _, text in found[1][1]] == ["the gate be sold;", "the Clerk sell it."]
    assert [text for _, text in found[2][1]] == ["receive the report.", "buy a gate."]


def test_a_resolution_under_its_own_heading() -> None:
    body = (
        "Resolution\nMoved Member Ash, seconded Member Oak and resolved:\nThat the Hazelmere Board:\n(a) "
        "receives the report.\n(b) agrees to buy a gate."
    )
    assert resolutions(body) == [("RESOLVED", [("a", "receives the report."), ("b", "agrees to buy a gate.")])]


def test_what_a_meeting_did_as_a_list() -> None:
    body = "The Committee:\n\n- noted the report;\n- agreed to meet in June; and\n- sang."
    assert [(verb, parts[0][1]) for verb, parts in resolutions(body)] == [
        ("NOTED", "the report;"),
        ("AGREED", "to meet in June;"),
    ]


def test_a_decision_heading_before_the_minute_says_the_same_once() -> None:
    body = (
        "Decision:\n\nThat the gate be bought.\n\nMinutes:\n\nThe Leader spoke.\n\nRESOLVED: That the gate be bought."
    )
    assert resolutions(body) == [("RESOLVED", [(None, "That the gate be bought.")])]
    assert resolutions("Decision:\n\nThat the gate be bought.") == [("DECIDED", [(None, "That the gate be bought.")])]


def test_a_vote_said_again_as_a_resolution_counts_once() -> None:
    body = "Councillor Ash proposed that the gate be bought. This was carried.\n\nRESOLVED that the gate be bought."
    assert [verb for verb, _ in resolutions(body)] == ["RESOLVED"]


def test_sub_parts_belong_to_their_part() -> None:
    body = (
        "RESOLVED that:\n\n(1) the gates be painted:\n\n    (a) green; or\n    (b) blue; and\n\n(2) the path be left."
    )
    found = resolutions(body)[0][1]
    assert [number for number, _ in found] == ["1", "2"]
    assert found[0][1].startswith("the gates be painted: (a) green")


def test_a_decision_within_a_longer_paragraph() -> None:
    body = (
        "Members discussed the report at some length and thought that the gate was very green indeed, and it "
        "was RESOLVED that the gate be bought. The Clerk will order it."
    )
    found = item(body)
    assert [part.text for part in found.resolutions[0].parts] == ["that the gate be bought."]
    assert [each.by for each in found.commitments] == ["Clerk"]


def test_a_paragraph_after_a_decision_heading_that_somebody_speaks_is_no_part() -> None:
    assert resolutions("AGREED:\n\nCouncillor Ash asked why it was late.") == []
    assert resolutions("RESOLVED:\n\nThe Panel noted the report and thanked the officers.")[0][1][0][1].startswith(
        "The Panel noted"
    )


def test_what_follows_a_run_on_decision_is_read_as_prose() -> None:
    found = item(
        "RESOLVED that the gate be bought. Councillor Ash asked who would shut it. The Head of Parks replied "
        "that she would check."
    )
    assert [part.text for part in found.resolutions[0].parts] == ["the gate be bought."]
    assert len(found.points) == 1
    assert [each.by for each in found.commitments] == ["Head of Parks"]

"""Minutes as committee software prints them, and the house styles that come with it, in invented lines."""

from __future__ import annotations

import pytest

from sightline.scrutiny.domain.minutes import Item
from tests.scrutiny.minutes.reading import item, minute

PAGE = """Agenda and minutes

Scrutiny Panel - Tuesday, 4th June, 2024 6.30 pm

Venue: Moot Hall, Hazelmere

Items
No. Item

Library hours pdf icon PDF 70 KB

Panel Chairs to report on the hours

To consider the report of the Head of Libraries (copy attached).

Decision:

RESOLVED that the opening hours of every library be kept as they are.

Minutes:

The Chair of the Trust introduced the report. Councillor Ash asked who had paid. The response was that a grant had.

RESOLVED that the opening hours of every library be kept as they are.

Recommendations made by inspectors

To receive an update

Minutes:

Una Birch then responded in detail to the following questions raised by the Panel:

- Whether the doors were safe
- What a new door costs
"""


def test_titles_stand_above_the_label_of_their_minute() -> None:
    found = minute(PAGE)
    assert (found.body, str(found.date)) == ("Scrutiny Panel", "2024-06-04")
    assert [one.title for one in found.items] == ["Library hours", "Recommendations made by inspectors"]
    library, inspected = found.items
    assert [(point.text, [answer.text for answer in point.responses]) for point in library.points] == [
        ("Councillor Ash asked who had paid.", ["The response was that a grant had."])
    ]
    assert [[part.text for part in one.parts] for one in library.resolutions] == [
        ["the opening hours of every library be kept as they are."]
    ]
    assert library.commitments == ()
    assert [point.text for point in inspected.points] == ["Whether the doors were safe", "What a new door costs"]


@pytest.mark.parametrize("mark", ["##", "#"])
def test_a_heading_may_be_a_sentence(mark: str) -> None:
    text = f"{mark} The gate at Mill Lane is broken\n\nCouncillor Reed asked when it would be mended.\n"
    assert [one.title for one in minute(text, "gate.md").items] == ["The gate at Mill Lane is broken"]


def test_titles_in_capitals_run_into_their_paragraphs_after_two_numbers() -> None:
    text = (
        "Corporate Panel - 4 June 2024\n\n251 PUBLIC SPEAKING - There were no requests.\n\n"
        "252 (1) TERMS OF REFERENCE - The Director of Parks told members of the terms.\n\n"
        "Resolved - (a) That they be noted, and (b) that they be sent to Council.\n\n"
        "253 (2) GATES - Councillor Ash asked when the gates would be mended.\n"
    )
    found = minute(text).items
    assert [one.title for one in found] == ["TERMS OF REFERENCE", "GATES"]
    assert [part.number for one in found[0].resolutions for part in one.parts] == ["a", "b"]


def recommended(found: Item) -> list[str]:
    return [one.text for one in found.recommendations]


@pytest.mark.parametrize(
    "text",
    [
        "The Task Group had met. Its recommendation was as follows:\n\nThat the charges be frozen.\n",
        "The Task Group had met. Its recommendation was as follows: That the charges be frozen.\n",
        "The report recommended:-\n\nThat the charges be frozen.\n",
    ],
)
def test_a_single_recommendation_is_read(text: str) -> None:
    assert recommended(item(text)) == ["That the charges be frozen."]


@pytest.mark.parametrize(
    ("text", "verb", "part"),
    [
        ("Resolved to RECOMMEND:  (to Council)\n\nThat terms be set.", "RECOMMENDED", "That terms be set."),
        ("Resolved subject to the above that:\n\nThe draft be approved.", "RESOLVED", "The draft be approved."),
        (
            "Members agreed that the scheme, which was deferred in October, be accepted.",
            "AGREED",
            "that the scheme, which was deferred in October, be accepted.",
        ),
        ("RESOLVED: 1. that it remain as the\nBoard had asked;\n2. that it meet.", "RESOLVED", "that it meet."),
    ],
)  # fmt: skip
def test_decisions_in_other_words(text: str, verb: str, part: str) -> None:
    decided = [(one.verb, each.text) for one in item(text).resolutions for each in one.parts]
    assert decided[-1] == (verb, part)


def test_answers_stand_beneath_what_members_asked_without_an_introduction() -> None:
    found = item(
        "The Panel considered its actions.\n\n"
        "- Members referred to action 9 and asked for assurance that all refunds had been paid.\n"
        "    - The Planning Officer had sent an answer to the Chairman.\n"
        "- Members noted that the answer of the hospital was still outstanding.\n\n"
        "AGREED:\n\nThat the answers be noted.\n"
    )
    assert [(point.text[:24], len(point.responses)) for point in found.points] == [
        ("Members referred to acti", 1),
        ("Members noted that the a", 0),
    ]
    assert [one.verb for one in found.resolutions] == ["AGREED"]


def test_members_who_are_asked_ask_nothing() -> None:
    assert item("Members were asked if they would like to join the group.\n\nRESOLVED that it go on.").points == ()


def test_who_thanks_first_may_ask_next_and_who_presents_answers() -> None:
    found = item(
        "Councillor Norman introduced the report.\n\n"
        "Councillor Hale thanked the Head of Parks for the report. He asked whether the ponds were safe. "
        "Councillor Norman stated that they were.\n"
    )
    assert [(point.text, [answer.by for answer in point.responses]) for point in found.points] == [
        ("He asked whether the ponds were safe.", ["Councillor Norman"])
    ]


def test_an_answer_may_follow_what_was_discussed_in_the_same_sentence() -> None:
    found = item("The recent fire was discussed, and the committee was informed that lessons had been learnt.").points
    assert [(len(point.responses), point.responses[0].text[:27]) for point in found] == [
        (1, "the committee was informed ")
    ]


def test_what_is_told_after_a_list_of_actions_is_no_action() -> None:
    found = item(
        "Action:\n\n- A short note would be sent with the papers.\n\n"
        "Councillor Reed made a general point that the hall was cold.\n"
    )
    assert [one.text for one in found.commitments] == ["A short note would be sent with the papers."]
    assert [point.text for point in found.points] == ["Councillor Reed made a general point that the hall was cold."]


@pytest.mark.parametrize(
    "text",
    [
        "The Chair advised that the letter had been received and would forward it to the members.",
        "A report detailing how the gates are locked would be presented to the next meeting.",
    ],
)
def test_promises_that_follow_something_else(text: str) -> None:
    assert [one.text for one in item(text).commitments] == [text]


def test_a_decision_says_who_decided_before_its_list() -> None:
    found = item("DECISION: The Cabinet agreed\n\n1. That the plan be kept.\n2. That the budget be moved.\n")
    assert [[part.text for part in one.parts] for one in found.resolutions] == [
        ["That the plan be kept.", "That the budget be moved."]
    ]


def test_what_reports_are_about_is_not_recommended() -> None:
    found = item("The Cabinet considered the recommendations of two reports on:\n\n- Gates (Parks)\n- Ponds (Water)\n")
    assert found.recommendations == ()


def test_a_role_with_and_answers_whole() -> None:
    found = item("A number of plans were discussed, and the Ponds and Parks Manager advised that they were old.\n")
    assert [answer.by for point in found.points for answer in point.responses] == ["Ponds and Parks Manager"]


def test_a_report_on_a_role_with_a_dash_is_no_task() -> None:
    text = "Consideration was given to the report of the Assistant Director – Corporate to update Panel Members on it."
    assert item(text + "\n\nRESOLVED that it be noted.").commitments == ()


def test_titles_of_any_length_end_where_the_agenda_asks_and_empty_items_go() -> None:
    long = "Gates Action Plan / Cynllun Gweithredu Terfynol ar gyfer Giatiau a Llwybrau Cyhoeddus y Sir"
    text = (
        "Scrutiny Panel - Thursday, 25th April, 2024 10.00 am\n\n4.\n\nAction Sheet\n\nTo receive\n\nMinutes:\n\n"
        "The Panel AGREED that it be noted.\n\n5.\n\nTracking of Recommendations\n\nMinutes:\n\n"
        f"There were no responses of the Cabinet to consider.\n\n6.\n\n{long} pdf icon PDF 128 KB\n\n"
        "To consider the report of the Head of Parks.\n\nMinutes:\n\n"
        "The Panel AGREED that the plan be accepted as it stands, with what was said of the gates and paths.\n"
    )
    assert [one.title for one in minute(text).items] == ["Action Sheet", long]


@pytest.mark.parametrize(
    ("moved", "vote", "verb"),
    [
        ("It was moved by Councillor Moore, and seconded by Councillor Hale:-", "The motion was CARRIED.", "CARRIED"),
        ("Moved by Councillor Moore, seconded by Councillor Hale:", "Following a vote, the motion was LOST.", "LOST"),
    ],
)
def test_a_motion_that_is_a_list_waits_for_its_vote(moved: str, vote: str, verb: str) -> None:
    found = item(f"{moved}\n\n(a) that the gates be painted; and\n\n(b) that the cost be met.\n\n{vote}\n")
    assert [(one.verb, [part.number for part in one.parts]) for one in found.resolutions] == [(verb, ["a", "b"])]

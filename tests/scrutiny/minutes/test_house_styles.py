"""House styles of more councils, each in a few invented lines: lists, tables, references and recalled actions."""

from __future__ import annotations

from sightline.scrutiny.domain.minutes import Item
from tests.scrutiny.minutes.reading import HEAD, item, minute
from tests.scrutiny.minutes.test_kinds import commitments, parts, points


def answers(found: Item) -> list[list[str]]:
    """What was answered to each point."""
    return [[response.text for response in point.responses] for point in found.points]


def test_bullets_beneath_the_name_of_the_committee_alone() -> None:
    found = item(
        "The main points were as follows. The Committee:\n\n"
        "- Expressed its concern over the price of the meals;\n"
        "- Was disappointed that no figures had been shown;\n"
        "- Noted the report of the Head of Parks.\n"
    )
    assert [text.split()[0] for text, _ in points(found)] == ["Expressed", "Was"]
    assert parts(found) == [("NOTED", "the report of the Head of Parks.")]


def test_what_a_body_then_did_with_it() -> None:
    found = item("The Cabinet then:-\n\n(1) Noted the report of the Head of Parks;\n(2) Agreed the lease.\n")
    assert parts(found) == [("NOTED", "the report of the Head of Parks;"), ("AGREED", "the lease.")]


def test_a_second_member_answers_nobody() -> None:
    found = item("One member said that the gates were shut. Another member stated that they had been open all week.")
    assert points(found) == [
        ("One member said that the gates were shut.", []),
        ("Another member stated that they had been open all week.", []),
    ]


def test_what_a_point_is_about_belongs_to_it() -> None:
    found = item("In relation to the gates, Councillor Ash asked when they would be mended.")
    assert points(found)[0][0].startswith("In relation to the gates, Councillor Ash asked")


def test_a_chair_who_notes_and_asks() -> None:
    found = item("The Chairman noted the dates and requested that a list of them be sent out.")
    assert len(found.points) == 1


def test_only_what_was_said_of_the_business_is_a_point() -> None:
    text = "Members discussed the work plan and proposals submitted.\n\nMembers discussed whether the gates should go."
    assert [point for point, _ in points(item(text))] == ["Members discussed whether the gates should go."]


def test_a_report_that_goes_on_without_a_speaker_is_no_point() -> None:
    text = "The Head of Parks presented the report. It was highlighted that two gates had been painted."
    assert not item(f"{text}\n\nRESOLVED that the report be noted.").points


def test_capital_letters_in_brackets_number_what_was_resolved() -> None:
    found = item(
        "RESOLVED (A)    That the strategy be made available for six weeks.\n\n"
        "                (B)    That the Head of Parks be authorised to amend it.\n"
    )
    assert parts(found) == [
        ("RESOLVED", "That the strategy be made available for six weeks."),
        ("RESOLVED", "That the Head of Parks be authorised to amend it."),
    ]


def test_a_decision_that_follows_what_was_noted_is_kept() -> None:
    found = item(
        "NOTED\n\n1. The price of the gates.\n\n2. The plan.\n\nDECISION: The Cabinet agreed\n\n1. The lease.\n"
    )
    assert [text for _, text in parts(found)] == ["The price of the gates.", "The plan.", "The lease."]


def test_approving_earlier_minutes_decides_no_matter() -> None:
    found = item("The minutes of 5 May 2024 were agreed as a correct record.\n\nRESOLVED that the gates be mended.")
    assert parts(found) == [("RESOLVED", "the gates be mended.")]


def test_actions_of_an_earlier_meeting_are_gone_through_and_not_given_again() -> None:
    found = item(
        "Action No. 55 – completed.\n\nAction No. 64 – To ask where the gate stands, page 117 of the agenda refers.\n\n"
        "- A Member asked when it would be mended. In response, the Chairman said that it would be in May.\n\n"
        "ACTION: Clerk to write to the painter.\n"
    )
    assert commitments(found) == [("Clerk", "Clerk to write to the painter.")]
    assert len(found.points) == 1


def test_a_table_of_recommendations_and_one_that_follows_them_up() -> None:
    def table(last: str) -> str:
        return (
            f"# Gates Review\n\nThe response of the Cabinet is set out below.\n\n"
            f"| No. | Recommendation | {last} |\n|---|---|---|\n"
            "| 1 | That the gates be mended. | Accepted |\n| 2 | That a warden be named. | Rejected |\n\n"
            "RESOLVED that the response be noted.\n"
        )

    asked = minute(table("Response"), "page.md").items[0].recommendations
    assert [(one.number, one.text) for one in asked] == [
        ("1", "That the gates be mended."),
        ("2", "That a warden be named."),
    ]
    assert not minute(table("Progress"), "page.md").items[0].recommendations


def test_recommendations_numbered_in_words() -> None:
    found = item("Recommendation One – That the gates be mended.\n\nRecommendation Two – That they be painted.\n")
    assert [one.text for one in found.recommendations] == ["That the gates be mended.", "That they be painted."]


def test_titles_behind_a_reference_and_an_agenda_number() -> None:
    found = minute(
        f"{HEAD}C048/23      1.         APOLOGIES FOR ABSENCE.\n\nThe meeting accepted the reasons given.\n\n"
        "C049/23      2.         GATES OF THE PARK FOR CONSIDERATION.\n\nThe Clerk said that they were shut.\n\n"
        "C050/23      3.         ALLOTMENTS.\n\nResolved that the fees be raised.\n"
    )
    assert [one.title for one in found.items] == ["GATES OF THE PARK FOR CONSIDERATION.", "ALLOTMENTS."]


def test_a_long_title_in_capitals_runs_into_its_paragraph() -> None:
    title = (
        "DISCUSSION WITH JUNE HOLT, CHIEF EXECUTIVE OF THE HOSPITALS OF HAZELMERE AND TARNBRIDGE NHS FOUNDATION TRUST"
    )
    found = minute(
        f"{HEAD}104  (12, 13)  REPORTS ON THE GATES  – The Chairman welcomed June Holt.\n\n"
        f"Resolved – That she be thanked.\n\n105  {title} – The panel saw some slides.\n\n"
        "Resolved – That the panel be kept informed.\n"
    )
    assert [one.title for one in found.items] == ["REPORTS ON THE GATES", title]


def test_numbered_answers_go_to_the_questions_of_their_number() -> None:
    found = item(
        "Councillor Ash put the following questions to the Portfolio Holder:\n\n"
        "1. How many bins were missed in January?\n\n2. Would the rounds be changed in April?\n\n"
        "The Portfolio Holder answered as follows:\n\n"
        "1. There had been 211, fewer than before.\n\n2. They would be changed in May.\n"
    )
    assert answers(found) == [["There had been 211, fewer than before."], ["They would be changed in May."]]
    assert points(found)[0][1] == ["Portfolio Holder"]


def test_answers_that_nobody_by_name_gives() -> None:
    found = item(
        "A Member enquired as to the price of the gates, and it was explained that it was £40.\n\n"
        "In response to a query as to the colour, it was noted that green was usual.\n"
    )
    assert answers(found) == [
        ["it was explained that it was £40."],
        ["it was noted that green was usual."],
    ]


def test_who_thanks_and_answers() -> None:
    found = item(
        "Councillor Ash asked whether the gates would be green.\n\n"
        "Councillor Reed, Executive Member for Parks, thanked her and advised that they would."
    )
    assert points(found)[0][1] == ["Councillor Reed, Executive Member for Parks"]


def test_by_when_is_not_by_whom() -> None:
    found = item("Actions:\n\nAction 1 – Circulate the plan of the gates – Head of Parks – August 2019\n")
    assert [by for by, _ in commitments(found)] == ["Head of Parks"]


def test_the_committee_resolved_in_front_of_a_list() -> None:
    found = item("The Committee RESOLVED:\n\n1. To note the report.\n\n2. To name a warden.\n")
    assert [text for _, text in parts(found)] == ["To note the report.", "To name a warden."]


def test_an_answer_in_a_paragraph_between_the_entries() -> None:
    found = item(
        "Points raised by Members:\n\n- When will flats have food waste bins?\n\nFrom October 2025.\n\n"
        "- Concern about waste at the gates.\n\nOfficers said that they were looked at weekly.\n\n- The price.\n"
    )
    assert answers(found) == [
        ["From October 2025."],
        ["Officers said that they were looked at weekly."],
        [],
    ]


def test_recommendations_beneath_a_label_alone_and_what_the_executive_is_to_do() -> None:
    found = item(
        "The Panel's recommendations were as follows:\n\nRecommendation 1\n\nThat the gates be mended.\n\n"
        "RECOMMENDED: That the Executive\n\n(a) approves the plan; and\n\n(b) names a warden.\n"
    )
    assert [one.text for one in found.recommendations] == ["That the gates be mended."]
    assert parts(found) == [("RECOMMENDED", "approves the plan;"), ("RECOMMENDED", "names a warden.")]


def test_promises_in_a_clause_of_their_own() -> None:
    found = item(
        "Members requested details of the rent, which the Head of Parks promised to supply.\n\n"
        "Councillor Dale felt that the fee was too low; the Head of Streets would review it.\n"
    )
    assert [by for by, _ in commitments(found)] == ["Head of Parks", "Head of Streets"]

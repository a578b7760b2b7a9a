"""Ways of writing minutes, each in a few invented lines: what the reader must find in that kind."""

from __future__ import annotations

import pytest

from sightline.scrutiny.domain.minutes import Item, read_minutes
from tests.scrutiny.minutes.reading import HEAD, document, item, minute


def points(found: Item) -> list[tuple[str, list[str | None]]]:
    return [(point.text, [response.by for response in point.responses]) for point in found.points]


def parts(found: Item) -> list[tuple[str, str]]:
    return [(resolution.verb, part.text) for resolution in found.resolutions for part in resolution.parts]


def commitments(found: Item) -> list[tuple[str | None, str]]:
    return [(commitment.by, commitment.text) for commitment in found.commitments]


# --- the head ---


def test_a_title_line_alone_names_body_and_date() -> None:
    found = minute(
        "Minutes of the Joint Scrutiny Panel held on 4 May 2022\n\nThe Head of Parks presented the report.\n\n"
        "Councillor Ash asked why it was late.\n"
    )
    assert (found.body, str(found.date)) == ("Joint Scrutiny Panel", "2022-05-04")


def test_a_body_without_a_name_of_its_own_is_taken_as_it_stands() -> None:
    page = "<html><body><h1>Minutes of Panel</h1><p>RESOLVED that the report be noted.</p></body></html>"
    assert minute(page, "page.html").body == "Panel"


def test_a_lone_title_over_prose_is_an_item() -> None:
    found = minute(
        "Minutes of the Joint Scrutiny Panel held on 4 May 2022\n\nReview of the Digital Strategy\n\n"
        "The Head of Parks presented the report.\n\nCouncillor Ash asked why it was late.\n"
    )
    assert [one.title for one in found.items] == ["Review of the Digital Strategy"]


def test_a_page_of_one_issue_names_its_body_after_the_date() -> None:
    text = (
        "Issue - meetings\n\nAnnual report of the Scrutiny Committee\n\nMeeting: 24/07/2018 - Parks Committee "
        "(Item 27)\n\n"
        "27 Annual report of the Scrutiny Committee\n\nRESOLVED that the report be noted.\n"
    )
    found = minute(text)
    assert (found.body, str(found.date)) == ("Parks Committee", "2018-07-24")


def test_two_committees_of_one_book_that_give_only_name_and_date() -> None:
    text = "".join(
        f"{name}\n{day} March 2023\nPresent: Councillors Ash and Birch\n\n{letter}/1  GATES\n\nRESOLVED that "
        f"gates be mended.\n\n"
        for name, day, letter in (("PARKS COMMITTEE", 7, "PK"), ("STAFF COMMITTEE", 14, "ST"))
    )
    found = read_minutes(document("MINUTES FOR ADOPTION ON 28 MARCH 2023\n\n" + text))
    assert [(one.body, str(one.date)) for one in found] == [
        ("Parks Committee", "2023-03-07"),
        ("Staff Committee", "2023-03-14"),
    ]


# --- items ---


def test_titles_that_end_with_a_full_stop_and_run_into_their_paragraphs() -> None:
    text = HEAD + (
        "Car park. The Clerk said that it was full. Councillor Ash asked why.\n\n"
        "Allotment rents. Members were divided. Councillor Birch asked what they were.\n\n"
        "Public toilets. The Clerk reported that the locks had been fitted. Councillor Cedar asked when.\n"
    )
    assert [one.title for one in minute(text).items] == ["Car park", "Allotment rents", "Public toilets"]


def test_letters_and_a_number_are_an_item_number() -> None:
    text = HEAD + "PK/14 Gates\n\nRESOLVED that gates be mended.\n\nPK/15 Paths\n\nRESOLVED that paths be swept.\n"
    assert [(one.number, one.title) for one in minute(text).items] == [("PK/14", "Gates"), ("PK/15", "Paths")]


def test_who_moved_a_coded_motion_is_no_title() -> None:
    text = HEAD + "".join(
        f"R2023-{number} A. Ash, B. Birch:\nTHAT we mend {what}. Carried.\n\n"
        for number, what in ((206, "gates"), (207, "paths"), (208, "walls"))
    )
    (found,) = minute(text).items
    assert [text for _, text in parts(found)] == ["THAT we mend gates", "THAT we mend paths", "THAT we mend walls"]


def test_a_planning_reference_is_no_motion() -> None:
    found = item("P2023/1187 – a stable, Mill Lane. Members were concerned about the bend. Clerk to reply.")
    assert not found.resolutions
    assert [by for by, _ in commitments(found)] == ["Clerk"]


def test_a_numbered_heading_after_a_numbered_list_is_no_entry_of_it() -> None:
    text = (
        "# Parks Committee\n\n4 June 2024\n\n### 3. Gates\n\n**RESOLVED:**\n\n1. That gates be mended.\n"
        "2. That they be painted.\n3. That this be reported.\n\n### 4. Paths\n\nCouncillor Ash asked why.\n"
    )
    assert [one.title for one in minute(text, "minutes.md").items] == ["Gates", "Paths"]


# --- recommendations ---


@pytest.mark.parametrize(
    "text",
    [
        "The Working Group recommends that gates be mended.",
        "In its report, the Task Group recommended that gates be mended.",
        "The recommendations of the Task Group were that gates be mended.",
    ],
)
def test_a_working_group_recommends_in_prose(text: str) -> None:
    assert [found.text for found in item(text).recommendations] == ["that gates be mended."]


def test_bullets_after_numbered_recommendations_are_what_members_said() -> None:
    found = item(
        "The Task Group made the following recommendations:\n\n1. That gates be mended.\n\n2. That paths be swept.\n\n"
        "- Members asked who would pay. The Head of Parks said that the council would.\n- Members asked when.\n"
    )
    assert [one.text for one in found.recommendations] == ["That gates be mended.", "That paths be swept."]
    assert points(found) == [("Members asked who would pay.", ["Head of Parks"]), ("Members asked when.", [])]


def test_recommendations_numbered_with_a_letter() -> None:
    found = item("The Board looked at two in particular:\n\nR1  That gates be mended.\nR2  That paths be swept soon.\n")
    assert [one.number for one in found.recommendations] == ["R1", "R2"]


# --- points and responses ---


def test_an_introduction_that_ends_with_members_introduces_points() -> None:
    found = item("The following queries were raised by the Members:\n\n• the cost of gates;\n\n• the state of paths.\n")
    assert [text for text, _ in points(found)] == ["the cost of gates;", "the state of paths."]


def test_comments_in_response_to_a_report_are_points() -> None:
    found = item(
        "In response, members of the Panel made the following comments:-\n\n• gates were old;\n\n• paths were wet.\n"
    )
    assert [text for text, _ in points(found)] == ["gates were old;", "paths were wet."]


def test_a_list_of_answers_that_name_their_questions() -> None:
    found = item(
        "The following responses were given to Members' questions:\n\n"
        "- With regard to the cost, the Head of Parks stated that it was £40.\n\n"
        "- In response to a question from the Chair, officers agreed to write.\n\n"
        "- Councillor Ash asked when. The Head of Parks replied that it was June.\n"
    )
    assert [by for _, answers in points(found) for by in answers] == ["Head of Parks", "officers", "Head of Parks"]


def test_a_paragraph_that_answers_a_list_sentence_by_sentence() -> None:
    found = item(
        "The following points were raised:\n\n• the cost of gates;\n\n• the state of footpaths.\n\n"
        "The Head of Parks responded to the points as follows. Gates cost £40 each. All footpaths would be swept.\n"
    )
    assert [[one.text for one in point.responses] for point in found.points] == [
        ["Gates cost £40 each."],
        ["All footpaths would be swept."],
    ]


def test_asked_by_a_member_holds_question_and_answer() -> None:
    found = item("Asked by Councillor Ash whether gates were sold, the Head of Parks said that they were not.")
    assert points(found) == [
        (
            "Asked by Councillor Ash whether gates were sold, the Head of Parks said that they were not.",
            ["Head of Parks"],
        )
    ]


def test_several_answers_of_one_speaker_are_one_response() -> None:
    found = item(
        "Councillor Ash asked who paid. The Head of Parks said that the council did. The Head of Parks added that it "
        "was dear. She explained the figures."
    )
    (point,) = found.points
    assert [one.text[-11:] for one in point.responses] == ["he figures."]


def test_thanks_with_a_request_are_a_point() -> None:
    found = item("The Chairman thanked Mr Dell for the report and asked that the crews be told.\n")
    assert len(found.points) == 1
    assert not item("The Chairman thanked Mr Dell for the report.\n").points


@pytest.mark.parametrize("state", ["was strongly of the view", "was afraid", "was very concerned", "feared"])
def test_opinions_that_members_hold(state: str) -> None:
    assert len(item(f"Councillor Ash {state} that gates would break.").points) == 1


def test_what_somebody_would_say_is_not_said() -> None:
    assert not item("If a member would like gates mended they were to say so.").points


def test_recorded_votes_are_no_points() -> None:
    found = item(
        "Councillor Ash moved that gates be mended. Councillor Birch seconded the motion.\n\n"
        "Councillor Cedar asked that his vote against be recorded. Councillors Ash, Birch and Elm supported the "
        "motion.\n\n"
        "For: Councillors Ash, Birch and Elm\n\nAgainst: Councillor Cedar\n\nThe motion was carried.\n"
    )
    assert not found.points
    assert parts(found) == [("CARRIED", "that gates be mended.")]


def test_roles_in_brackets_tell_who_answers() -> None:
    text = (
        "VILLAGE LIAISON COMMITTEE\n\nWednesday 8 December 2004\n\nPresent: Mr Brian Ash (Parish representative)\n\n"
        "Mr Mike Dell (Mill Group)\n\n1. Noise\n\nMr Ash said that the mill was loud. Mr Dell said that it "
        "would stop.\n\n"
        "Mr Ash said that it smelt.\n\n2. Dust\n\nMr Ash said that it was bad.\n"
    )
    noise, dust = minute(text).items
    assert points(noise) == [("Mr Ash said that the mill was loud.", ["Mr Dell"]), ("Mr Ash said that it smelt.", [])]
    assert len(dust.points) == 1


# --- decisions ---


def test_a_decision_that_a_page_prints_twice_is_said_once() -> None:
    decided = (
        "RESOLVED:\n\n(1) That gates be mended by the end of the year; and\n\n(2) That paths be swept every week.\n\n"
    )
    found = item(f"Decision:\n\n{decided}Minutes:\n\nThe Head of Parks presented the report.\n\n{decided}")
    assert [number for one in found.resolutions for number in (part.number for part in one.parts)] == ["1", "2"]


def test_a_decision_under_a_heading_that_says_who_decided() -> None:
    found = item("Decision\n\nThe Executive DECIDED to note the report.\n\nReason\n\nTo keep watch.\n")
    assert parts(found) == [("DECIDED", "to note the report.")]


def test_parts_that_lines_of_another_kind_interrupt() -> None:
    found = item(
        "RESOLVED that –\n\n(a)  gates be mended;\n\n(b)  the following be appointed –\n\n    Parks – "
        "Councillor Ash\n\n"
        "    Paths – Councillor Birch, and\n\n(c)  the Clerk write to them.\n"
    )
    assert [part.number for one in found.resolutions for part in one.parts] == ["a", "b", "c"]


def test_a_resolution_filed_under_a_number() -> None:
    found = item(
        "RESOLVED  PK/24/18\n\nMOVED Joy Ash, seconded Peter Birch\n\nTHAT the Board:\n\na)  receives the "
        "report; and\n\n"
        "b)  mends the gates.\n\nCARRIED\n"
    )
    assert parts(found) == [("RESOLVED", "receives the report;"), ("RESOLVED", "mends the gates.")]


def test_motions_beneath_those_who_moved_them() -> None:
    found = item(
        "It was moved by Councillor Ash and seconded by Councillor Birch, as an amendment:\n\n"
        "That £40,000 be spent on gates and paths in the park.\n\n"
        "Upon being put to the vote, the amendment was declared LOST (6 for, 10 against).\n"
    )
    assert parts(found) == [("LOST", "That £40,000 be spent on gates and paths in the park.")]


def test_a_motion_with_its_movers_in_front() -> None:
    found = item(
        "Moved by Ash, Seconded by Birch\nBe it resolved that gates be mended by the end of the year.\nCarried.\n"
    )
    assert parts(found) == [("CARRIED", "gates be mended by the end of the year")]


# --- commitments ---


def test_an_action_that_only_names_who_takes_the_sentence_before() -> None:
    found = item("It was decided that an article be put in the newsletter. Action: Clerk")
    assert commitments(found) == [("Clerk", "It was decided that an article be put in the newsletter.")]


def test_an_action_beneath_a_list_of_parts_takes_the_last_part() -> None:
    found = item("RESOLVED –\n\n(i) that gates be mended; and\n\n(ii) that Cabinet be asked.\n\nACTION: Ms Elm\n")
    assert commitments(found) == [("Ms Elm", "that Cabinet be asked.")]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Cllr Ash will lay the wreath.", "Cllr Ash"),
        ("Clerk report to Rights of Way.", "Clerk"),
        ("The Clerk thought that it did but will check.", "Clerk"),
        ("It was agreed that the Town Clerk write to the County.", "Town Clerk"),
        ("A summary of what traders had said would be sent to the Panel.", None),
        ("The gates were noted and Councillors are to check them.", "Councillors"),
    ],
)
def test_tasks(text: str, by: str | None) -> None:
    assert commitments(item(text)) == [(by, text)]


@pytest.mark.parametrize(
    "text",
    [
        "Councillor Ash was invited to present the report.",
        "Contact us | Privacy | Jobs",
        "Clerk to record, without note or comment, all resolutions of the council.",
        "The Council AGREED to set up a group and mend the gates.",
        "The mill will be sold next year and the gates will remain.",
    ],
)
def test_no_tasks(text: str) -> None:
    assert commitments(item(f"The Clerk reported that gates were old.\n\n{text}")) == []

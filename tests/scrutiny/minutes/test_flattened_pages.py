"""Pages of committee software whose tables a converter has flattened, and reports with titled recommendations.

All councils, people and matters are invented.
"""

from __future__ import annotations

import pytest

from sightline.scrutiny.domain.minutes import Item
from tests.scrutiny.minutes.reading import minute

STROKES = """Venue: Corn Hall, Fenbridge. View directions
No. | Item |
---|---|
Apologies for Absence Minutes: Apologies were received from Councillor Rudd. |
|
Matters arising |
|
Minute 17 - Review of Allotments Minutes: It had been agreed that a map would be sent to Members; it was noted that
this had not been done and the Committee asked that it be sent. |
|
BUS SHELTERS PDF 217 KB Members are asked to comment on the plan. Additional documents: Minutes: The Committee
regretted that no costings had been given. The Chair undertook to raise this with Officers. |
|
Minutes of the Meeting held on Monday, 4th October 2021 PDF 190 KB Minutes: Resolved:-
That the Minutes of the Meeting held on Monday, 4th October 2021 be signed. |
Answers of the Cabinet to Reports of the Committee To consider answers (if any). Minutes: RESOLVED that the following
answer be noted. |
|
Answer of the Cabinet on Street Trading RESOLVED that Cabinet accepted all but one of the recommendations. |
Contact Centre PDF 9 KB Minutes: Members asked questions on the following issues:
· The calls that nobody answered
RESOLVED: That
(1) |
the report be noted; and
|
(2) |
the Head of Contact be asked to give a talk to the next meeting. |
"""


def titles(items: tuple[Item, ...]) -> list[str]:
    return [one.title for one in items]


def parts(one: Item) -> list[tuple[str, list[str]]]:
    return [(found.verb, [part.text for part in found.parts]) for found in one.resolutions]


@pytest.mark.parametrize("name", ["page.txt", "page.md"])
def test_items_of_a_flattened_table(name: str) -> None:
    items = minute(STROKES, name).items
    assert titles(items) == [
        "Review of Allotments",
        "BUS SHELTERS",
        "Answers of the Cabinet to Reports of the Committee",
        "Answer of the Cabinet on Street Trading",
        "Contact Centre",
    ]
    allotments, shelters, answers, answer, contact = items
    assert [point.text for point in allotments.points] == ["the Committee asked that it be sent."]
    assert allotments.commitments == ()
    assert [(point.text, [said.by for said in point.responses]) for point in shelters.points] == [
        ("The Committee regretted that no costings had been given.", ["Chair"])
    ]
    assert [found.by for found in shelters.commitments] == ["Chair"]
    assert parts(answers) == [("RESOLVED", ["the following answer be noted."])]
    assert parts(answer) == [("RESOLVED", ["Cabinet accepted all but one of the recommendations."])]
    assert [point.text for point in contact.points] == ["The calls that nobody answered"]
    assert parts(contact)[0][1][0] == "the report be noted;"
    assert len(parts(contact)[0][1]) == 2


def test_offsets_hold_in_a_line_that_was_taken_apart() -> None:
    for one in minute(STROKES).items:
        assert " ".join(STROKES[one.title_start : one.title_end].split()) == one.title
        for point in one.points:
            assert " ".join(STROKES[point.start : point.end].split()) == point.text


def test_the_vote_on_an_amendment_and_on_a_motion() -> None:
    text = (
        "Pier Panel - 4 June 2024\n\n3. Pier Repairs\n\n"
        "Proposed by Councillor Doyle, Seconded by Councillor Hay, That the pier be closed for the winter.\n\n"
        "Proposed by Councillor Black, Seconded by Alderman Orr, That the pier be kept open on Sundays. "
        "On a vote, ten Members voted for the amendment and two against and it was declared carried.\n"
    )
    assert parts(minute(text).items[0]) == [("CARRIED", ["That the pier be kept open on Sundays."])]


def test_what_was_decided_without_the_word() -> None:
    text = (
        "Agenda item\n\nDepot Safety\n\nMinutes:\n\nThe Committee received a report on the depot.\n\n"
        "That said, the depot is old.\n\n"
        "(1) That the progress made be noted;\n\n(2) That the Head of Depots be thanked.\n"
    )
    assert parts(minute(text).items[0]) == [
        ("RESOLVED", ["That the progress made be noted;", "That the Head of Depots be thanked."])
    ]


@pytest.mark.parametrize(
    ("text", "decides"),
    [
        ("That Cabinet approves the fees.", True),
        ("That the meeting be adjourned for ten minutes.", True),
        ("That is why the Clerk is to write.", False),
        ("That said, the roof is old.", False),
    ],
)
def test_a_bare_sentence_decides_only_what_is_to_be(text: str, *, decides: bool) -> None:
    items = minute(f"Panel - 4 June 2024\n\n3. Roofs\n\nThe Head of Roofs spoke.\n\n{text}\n").items
    assert bool(items and items[0].resolutions) is decides


def test_parts_lettered_with_bare_capitals() -> None:
    text = (
        "Cabinet - 4 June 2024\n\n17. Scrutiny Protocol\n\nCabinet received a report.\n\nRESOLVED that:\n"
        "A The protocol be adopted by Full Council.\nB The working group be renamed the policy group.\n"
    )
    assert parts(minute(text).items[0]) == [
        ("RESOLVED", ["The protocol be adopted by Full Council.", "The working group be renamed the policy group."])
    ]


def test_recommendations_beneath_their_titles() -> None:
    text = (
        "# Report of the Parking Group\n\n## Recommendations\n\n**RECOMMENDATION I – Signs**\n\n"
        "That the Council put up new signs at each car park.\n\n**RECOMMENDATION II – Calls**\n\n"
        "The Group recommends that calls be answered within three minutes.\n\n"
        "**RECOMMENDATION III – Permits**\n\nThe Cabinet should offer a permit for carers, at no charge.\n\n"
        "**RECOMMENDATION IV: That the fees be looked at again.**\n"
    )
    found = [(one.number, one.text) for item in minute(text, "report.md").items for one in item.recommendations]
    assert found == [
        ("I", "That the Council put up new signs at each car park."),
        ("II", "calls be answered within three minutes."),
        ("III", "The Cabinet should offer a permit for carers, at no charge."),
        ("IV", "That the fees be looked at again."),
    ]


def test_a_promise_without_a_speaker_is_not_the_askers() -> None:
    text = (
        "Library Panel - 4 June 2024\n\n6. Opening Hours\n\nThe Head of Libraries presented the report.\n\n"
        "Councillor Marsh asked how many people came on Saturdays. In reply, it was reported that about 900 did. "
        "A breakdown by branch would be brought back to the next meeting.\n\n"
        "The Chair asked that ward members be kept informed, and officers undertook to do so.\n\n"
        "The Committee RECOMMENDED to Cabinet that the mobile library be kept.\n"
    )
    hours = minute(text).items[0]
    assert [(found.by, found.text.split(".")[0]) for found in hours.commitments] == [
        (None, "A breakdown by branch would be brought back to the next meeting"),
        ("officers", "The Chair asked that ward members be kept informed, and officers undertook to do so"),
    ]
    assert parts(hours) == [("RECOMMENDED", ["that the mobile library be kept."])]


def test_what_a_report_says_and_what_the_meeting_weighed() -> None:
    text = (
        "Safety Panel - 4 June 2024\n\n7. Cyber Security\n\nThe following was highlighted within the report:\n\n"
        "- Performance had improved\n- Staffing was a challenge\n\nConsideration was given to:\n\n"
        "- The response times of each service\n- What the auditor had asked for\n\n"
        "A further question asked was whether passwords were shared. The explanation was given that none were.\n"
    )
    found = minute(text).items[0].points
    assert [point.text.split(" ")[0] for point in found] == ["The", "What", "A"]
    assert [answer.text for answer in found[2].responses] == ["The explanation was given that none were."]


def test_items_called_by_the_recommendation_they_led_to() -> None:
    text = (
        "Scrutiny Committee - Tuesday 4 June 2024\n\n"
        "RECOMMENDATION I - Terms of Reference of the Young People Panel\n\n"
        "The Committee considered the terms of reference. Members were of the view that they should be a model.\n\n"
        "Resolved to RECOMMEND: (to Council)\n\nThat the terms of reference be approved.\n\n"
        "RECOMMENDATION II - Work Programme\n\nMembers received a report on the work of each panel.\n\n"
        "Resolved to RECOMMEND: (to Council)\n\nThat the work programme be approved.\n"
    )
    terms, programme = minute(text).items
    assert [terms.title, programme.title] == [
        "RECOMMENDATION I - Terms of Reference of the Young People Panel",
        "RECOMMENDATION II - Work Programme",
    ]
    assert (terms.recommendations, programme.recommendations) == ((), ())
    assert parts(programme) == [("RECOMMENDED", ["That the work programme be approved."])]


def test_a_question_put_in_writing_runs_to_its_closing_mark() -> None:
    text = (
        "Full Council - 4 June 2024\n\n9. Questions on Notice\n\nCllr Alma Reed asked:\n\n"
        "“Our group believes that the tables are missing.\n\n"
        "At the last meeting members raised concerns about them.\n\n"
        "Will they be put on the website?”\n\n"
        "Cllr Noor Vale (Cabinet Member for Finance) responded and stated that they were there already.\n"
    )
    asked = minute(text).items[0].points
    assert [(point.text.split(" ")[0], point.text.split(" ")[-1]) for point in asked] == [("“Our", "website?”")]
    assert [answer.text.split(" ")[-1] for answer in asked[0].responses] == ["already."]


def test_a_title_whose_label_stands_in_the_next_line() -> None:
    text = (
        "No. | Item |\nApologies Minutes: None. |\nDeclarations of Interest Minutes: None. |\n"
        "Enquiry System - Report Additional documents:\nMinutes: The Committee received a report.\n"
        "Following a query on costs, page 4 of the report, the Head of Systems advised that a note would be sent.\n"
        "RESOLVED that the report be noted. |\n"
    )
    (one,) = minute(text).items
    assert one.title == "Enquiry System - Report"
    assert [[answer.by for answer in point.responses] for point in one.points] == [["Head of Systems"]]
    assert [found.by for found in one.commitments] == ["Head of Systems"]


def test_a_decision_that_names_its_mover_first() -> None:
    text = (
        "Parish Council - 4 June 2024\n\n4. Vacancy\n\nResolved, proposed Cllr Ash, seconded Cllr Reed, "
        "that Ms Vale be co-opted.\n\n5. Strategy\n\nCouncillors agreed that the strategy was ambitious but that more "
        "could be said.\n\nThe Vice-Chairman of the Steering Board agreed to take back the suggestions.\n\n"
        "Cabinet agreed the following for the reasons set out above.\n\nRESOLVED:\n\nThat the strategy be adopted.\n"
    )
    vacancy, strategy = minute(text).items
    assert parts(vacancy) == [("RESOLVED", ["Ms Vale be co-opted."])]
    assert parts(strategy) == [("RESOLVED", ["That the strategy be adopted."])]


def test_who_answers_may_have_an_office_behind_the_name() -> None:
    text = (
        "Agenda item\n\nTo approve the minutes.\n\n4.1 The chair opened the meeting.\n\n"
        "4.2 Cllr David Noon asked if the meeting had taken place. Shelly Birch, head of scrutiny, responded that it "
        "had not.\n\n4.3 Officers would circulate a note.\n"
    )
    points = [point for one in minute(text).items for point in one.points]
    assert [[answer.by for answer in point.responses] for point in points] == [["Shelly Birch"]]

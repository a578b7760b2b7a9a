"""Recommendations, points and responses, in lists and in prose."""

from __future__ import annotations

from tests.scrutiny.minutes.reading import HEAD, item, minute


def discussion(body: str) -> list[tuple[str, list[tuple[str | None, str]]]]:
    return [(point.text, [(found.by, found.text) for found in point.responses]) for point in item(body).points]


def short(body: str) -> list[tuple[str, list[str | None]]]:
    return [(point[:22], [by for by, _ in responses]) for point, responses in discussion(body)]


RAISED = "Members considered the report, and the following points were raised:\n\n"


def test_bullets_with_answers_beneath() -> None:
    body = RAISED + (
        "·       Who mends the gates?\no The Head of Parks advised that she did.  It would be done in May.\n"
        "o The Chairman added that they were old.\n\n"
        "·       It was stated that the paths were good.\n"
    )
    assert short(body) == [("Who mends the gates?", ["Head of Parks", "Chairman"]), ("It was stated that the", [])]


def test_answers_inside_the_bullet() -> None:
    body = (
        RAISED + "- Gates – Members queried the cost. The Head of Parks stated that it was £40. The Clerk added that "
        "it was paid. It was confirmed that it was so.\n- Concern was expressed about paths. They were wet.\n"
    )
    found = discussion(body)
    assert [by for by, _ in found[0][1]] == ["Head of Parks", "Clerk", None]
    assert found[1] == ("Concern was expressed about paths. They were wet.", [])


def test_an_entry_that_only_introduces_is_no_point() -> None:
    body = (
        RAISED + "· Clarification was sought on:\no the gates – were they green? The Head of Parks confirmed that "
        "they were.\no the paths\n· Councillor Ash thanked the staff.\n"
    )
    assert short(body) == [
        ("the gates – were they ", ["Head of Parks"]),
        ("the paths", []),
        ("Councillor Ash thanked", []),
    ]


def test_question_and_answer_with_nobody_named() -> None:
    body = (
        "Members asked questions, which were answered as follows:\n\n(i) how many gates were there? Two, "
        "both of them green.\n\n(ii) who shut them? The Head of Parks said that she did.\n"
    )
    assert [responses for _, responses in short(body)] == [[None], ["Head of Parks"]]


def test_answers_in_a_list_of_their_own() -> None:
    body = (
        RAISED + "- What was done about the broken gates?\n- Why were the ponds empty?\n\nIn response, the Head of "
        "Parks advised:\n\n- The ponds had been emptied for cleaning.\n- A new gate was on order, since it "
        "was broken.\n"
    )
    assert short(body) == [("What was done about th", ["Head of Parks"]), ("Why were the ponds emp", ["Head of Parks"])]


def test_an_answer_in_the_next_bullet() -> None:
    body = (
        RAISED + "- Councillor Ash asked who mended the gates.\n- In reply the Head of Parks said that she did.\n- "
        "The Head of Parks advised that it was cheap.\n"
    )
    assert [responses for _, responses in short(body)] == [["Head of Parks", "Head of Parks"]]


def test_a_presenter_in_a_numbered_discussion_is_no_point() -> None:
    body = (
        "Key points raised in the discussion:\n\n1. The Cabinet Member introduced the report.\n\n2. A Member "
        "asked why. The Head of Parks said that it was old.\n"
    )
    found = item(body)
    assert found.presented_by == "Cabinet Member"
    assert len(found.points) == 1


def test_an_unmarked_list_of_issues() -> None:
    body = (
        "A discussion took place with issues raised relating to the following:\n\nThe gates of the park;\n\n"
        "the width of the paths; and\n\nNoise.\n\nMr. Oak advised that the gates were old.\n"
    )
    assert short(body) == [("The gates of the park;", []), ("the width of the paths", []), ("Noise.", ["Mr. Oak"])]


def test_questions_and_answers_in_prose() -> None:
    body = (
        "Councillor Ash asked who mended the gates. The Head of Parks replied that she did. Councillor Oak "
        "felt that they were ugly.\n\n"
        "The Head of Parks reported on the paths.\n\nThe cost was queried.\n\nThe Head of Parks said that it "
        "was £40. She added that it was paid."
    )
    assert short(body) == [
        ("Councillor Ash asked w", ["Head of Parks"]),
        ("Councillor Oak felt th", []),
        ("The cost was queried.", ["Head of Parks"]),
    ]


def test_one_sentence_holds_point_and_response() -> None:
    body = "Reference was made to the gates and in replying, the Engineer stated that they were green."
    assert discussion(body) == [
        ("Reference was made to the gates", [("Engineer", "the Engineer stated that they were green.")])
    ]


def test_written_questions_and_replies() -> None:
    text = HEAD + (
        "5.  Question submitted by Councillor Ash\n\nI will ask at the next meeting when the gates will be "
        "mended.\n\nREPLY:\n\nThe gates will be repaired in May.\n\nWe will check them.\n\n"
        "6.  Question submitted by Councillor Oak\n\nWill the paths be swept?\n\nReply from the Head of "
        "Parks: The Council will seek prices. It was agreed that it be done.\n\n7.  Paths\n\nMembers noted "
        "the report.\n"
    )
    first, second, _ = minute(text).items
    assert [(point.responses[0].by, point.responses[0].text) for point in first.points] == [
        (None, "The gates will be repaired in May. We will check them.")
    ]
    assert len(first.commitments) == 2
    assert second.points[0].responses[0].by == "Head of Parks"
    assert [each.verb for each in second.resolutions] == ["AGREED"]


def test_short_questions_with_their_askers() -> None:
    body = "Q (Cllr Ash): Are the gates old?\n\nA (Insp. Oak): Yes, they are. I will look into it.\n"
    assert discussion(body) == [("Are the gates old?", [("Insp. Oak", "Yes, they are. I will look into it.")])]


def test_courtesies_and_proceedings_are_no_points() -> None:
    assert (
        discussion(
            "Councillor Ash thanked the officer for the report. Councillor Oak declared an interest. The "
            "Chairman welcomed everyone."
        )
        == []
    )


def test_a_subheading_ends_what_was_asked() -> None:
    body = "Councillor Ash asked about gates.\n\nPATHS\n\nThe Head of Parks said that the paths were wet."
    assert short(body) == [("Councillor Ash asked a", [])]


def test_whoever_presents_answers() -> None:
    text = (
        "**Present:** Ann Elm, Bob Oak, Cy Yew\n\n**1. Crime**\n\nBob Oak provided a verbal update.\n\nThe "
        "Panel stated that more was needed. Bob Oak said that it would come.\n\n**2. Data**\n\nCy Yew felt "
        "that it was late.\n"
    )
    first, second = minute(text, "file.md").items
    assert first.presented_by == "Bob Oak"
    assert [found.by for found in first.points[0].responses] == ["Bob Oak"]
    assert len(second.points) == 1


def test_attendance_tells_members_from_officers() -> None:
    text = (
        "PARKS PANEL\n\nNotes of the meeting held on 4 June 2024\n\nMembers: Ann Elm, Bob Oak\nOfficers: Cy "
        "Yew\n\n1. GATES\n\nAnn Elm said that they were old. Cy Yew said that they were not.\n\n2. PATHS\n\n"
        "Cy Yew said that they were wet. Councillors, councillors and councillors.\n"
    )
    first, second = minute(text).items
    assert [found.by for found in first.points[0].responses] == ["Cy Yew"]
    assert second.points == ()


def test_recommendations_listed_labelled_and_in_prose() -> None:
    listed = item(
        "The Task Group's recommendations were as follows:\n\n1)    That the gate be bought;\n\n2)    To "
        "paint it; and\n\n3)    There should be a pond.\n\nThe Chairman spoke."
    )
    assert [(found.number, found.text) for found in listed.recommendations] == [
        ("1", "That the gate be bought;"),
        ("2", "To paint it;"),
        ("3", "There should be a pond."),
    ]
    labelled = item(
        "Recommendation 1:  That the gate be bought.\n\nRecommendation 2:  That it be painted.\n\nCouncillor "
        "Ash asked why."
    )
    assert [found.number for found in labelled.recommendations] == ["1", "2"]
    assert len(labelled.points) == 1
    prose = item("The Working Group recommended that (a) the gate be bought; and (b) it be painted.")
    assert [(found.number, found.text) for found in prose.recommendations] == [
        ("a", "the gate be bought;"),
        ("b", "it be painted."),
    ]
    assert prose.resolutions == ()
    plain = item(
        "The recommendations of the report were:\n\nThat the gate be bought.\n\nThat it be painted.\n\n"
        "Members discussed the cost."
    )
    assert len(plain.recommendations) == 2


def test_reasons_and_options_are_passed_over() -> None:
    found = item(
        "RESOLVED that the gate be bought.\n\nReasons for decision:  Members felt that it was needed.\n\n"
        "Alternative options considered:  It was suggested that nothing be done."
    )
    assert found.points == ()
    assert len(found.resolutions) == 1

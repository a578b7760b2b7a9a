"""Commitments: note forms, undertakings, "would" in a main clause; and what only looks like one."""

from __future__ import annotations

import pytest

from sightline.scrutiny.domain.minutes.promises import find_promise
from sightline.scrutiny.domain.minutes.speech import read_speech
from tests.scrutiny.minutes.reading import HEAD, item, minute


@pytest.mark.parametrize(
    ("sentence", "by"),
    [
        ("Clerk to write to the County.", "Clerk"),
        ("The Clerk to respond accordingly.", "Clerk"),
        ("Clerk report lights to the County.", "Clerk"),
        ("Jane Oak to send the Panel a link.", "Jane Oak"),
        ("It was suggested that he be asked – Clerk to ask him.", "Clerk"),
        ("A copy of the plan to be circulated.", None),
        ("The mugs to be given to the school.", None),
        ("Arrange a meeting with the school.", None),
        ("The Head of Parks agreed to look into it.", "Head of Parks"),
        ("The Head of Parks undertook to see that it was done.", "Head of Parks"),
        ("The Treasurer was asked to bring a list.", "Treasurer"),
        ("Councillors are to check the gates.", "Councillors"),
        ("The Head of Parks said that she would raise the point.", "Head of Parks"),
        ("The Council will seek quotations.", "Council"),
        ("It was confirmed that the order would be reviewed.", None),
        ("The Head of Parks advised that the work would be carried out.", "Head of Parks"),
        ("The lights are to be installed in May.", None),
        ("A further letter would issue to the Minister.", None),
        ("The Chairman asked the Clerk to find out.", "Clerk"),
        ("The Head of Parks said that GPN would be undertaking a survey.", "Head of Parks"),
    ],
)
def test_promises(sentence: str, by: str | None) -> None:
    promise = find_promise(sentence, read_speech(sentence), None)
    assert promise is not None
    assert promise.by == by
    assert 0.4 <= promise.confidence <= 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Would the gates be repaired?",
        "The Head of Parks explained that the gates would not be repaired.",
        "If the gate broke, the Council would repair it.",
        "A firm, which would repair the gate, was named.",
        "Members agreed to write to the County.",
        "It was agreed to send a letter.",
        "At the last meeting the Clerk agreed to write.",
        "The need to ensure that people are safe was clear.",
        "Ash, Birch & Cedar to discuss the gates were named.",
        "Councillor Ash asked if the gate would be repaired.",
        "These would be repaired.",
        "For gates that the County owned, the Council would check.",
        "Residents would report it.",
        "Email received from the County.",
        "The gate would need to be painted.",
        "Arrange the chairs:",
        "The Clerk was to leave.",
        "A letter by the Clerk to be sent had been lost.",
        "The gates were green.",
    ],
)
def test_no_promises(sentence: str) -> None:
    assert find_promise(sentence, read_speech(sentence), None) is None


def commitments(body: str) -> list[tuple[str | None, str]]:
    return [(found.by, found.text) for found in item(body).commitments]


def test_what_goes_on_without_a_speaker_is_promised_by_the_last() -> None:
    body = "Councillor Ash asked about the gate. The Head of Parks said that it was old. It would be replaced in May."
    assert commitments(body) == [("Head of Parks", "It would be replaced in May.")]


def test_labelled_actions() -> None:
    assert commitments("ACTION: Clerk to write to the County.") == [("Clerk", "Clerk to write to the County.")]
    assert commitments("Action 3 (JO): Write to the County.") == [("JO", "Write to the County.")]
    assert commitments("Action: JO – write to the County") == [("JO", "JO – write to the County")]
    assert commitments("Action: a new gate (Jane Oak)") == [("Jane Oak", "a new gate (Jane Oak)")]
    assert commitments("Actions:\n\n- Clerk to write.\n- Head of Parks to check the gate.") == [
        ("Clerk", "Clerk to write."),
        ("Head of Parks", "Head of Parks to check the gate."),
    ]
    assert commitments("Actions agreed\n\nClerk to write.") == [("Clerk", "Clerk to write.")]


def test_a_table_of_actions() -> None:
    page = (
        "<h2>Parks</h2><p>The Panel "
        "met.</p><table><tr><th>Ref</th><th>Action</th><th>Owner</th></tr><tr><td>A1</td><td>Mend the "
        "gate</td><td>Head of Parks</td></tr>"
        "<tr><td>A2</td><td>Dig the pond</td><td></td></tr></table><h2>Paths</h2><p>The Panel met.</p>"
        "<table><tr><th>Action</th><th>Owner</th><th>Status</th></tr><tr><td>Old</td><td>Clerk</td><td>Done</td></tr></table>"
    )
    items = minute(page, "page.html").items
    assert [(found.by, found.text) for each in items for found in each.commitments] == [
        ("Head of Parks", "Mend the gate"),
        (None, "Dig the pond"),
    ]


def test_a_name_in_the_margin_takes_on_what_stands_beside_it() -> None:
    body = "     The gate by the old mill had been broken. It must be mended soon.           Clerk"
    assert commitments(body) == [("Clerk", "It must be mended soon.")]
    assert commitments("     The gate was broken and everybody was sad. Clerk to mend it.                Clerk") == [
        ("Clerk", "Clerk to mend it.")
    ]


def test_a_decision_that_gives_a_task_is_both() -> None:
    found = item("It was agreed that the Clerk would write to the County.")
    assert len(found.resolutions) == 1
    assert [each.by for each in found.commitments] == ["Clerk"]
    assert [each.by for each in item("RESOLVED that the Clerk would write to the County.").commitments] == ["Clerk"]


def test_a_head_alone_holds_no_promise() -> None:
    assert minute(HEAD).items == ()

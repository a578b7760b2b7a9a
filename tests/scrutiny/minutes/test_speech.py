"""Speech: who speaks, and whether they ask, hold an opinion, tell or present."""

from __future__ import annotations

import pytest

from sightline.scrutiny.domain.minutes.presenting import find_presenter
from sightline.scrutiny.domain.minutes.speakers import Kind, classify, find_speaker, name_of
from sightline.scrutiny.domain.minutes.speech import Act, read_speech


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("Councillor Ash", Kind.MEMBER),
        ("Clir. J. Ash", Kind.MEMBER),
        ("Cllrs Ash & Birch", Kind.MEMBER),
        ("Members", Kind.MEMBER),
        ("One member", Kind.MEMBER),
        ("Members of the Panel", Kind.MEMBER),
        ("Our Secretary", Kind.MEMBER),
        ("The Committee", Kind.BODY),
        ("the Joint Panel", Kind.BODY),
        ("The Chairman", Kind.CHAIR),
        ("Councillor Ash, Chair of the Task Group", Kind.CHAIR),
        ("The Cabinet Member for Parks", Kind.PORTFOLIO),
        ("The Portfolio Holder for Parks and Paths", Kind.PORTFOLIO),
        ("The Leader", Kind.PORTFOLIO),
        ("The Head of Parks (North)", Kind.OFFICER),
        ("The Assistant Director – Corporate", Kind.OFFICER),
        ("Officers", Kind.OFFICER),
        ("the Section 151 Officer", Kind.OFFICER),
        ("Ms. Jane Oak, Executive Planner", Kind.OFFICER),
        ("Mr Oak", Kind.PERSON),
        ("Jane Oak", Kind.PERSON),
        ("A resident", Kind.PUBLIC),
        ("a member of the public", Kind.PUBLIC),
        ("The report", None),
        ("This", None),
        ("Concern", None),
        ("", None),
        ("(see above)", None),
    ],
)
def test_speakers_are_classified(phrase: str, kind: Kind | None) -> None:
    assert classify(phrase) is kind


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("The Head of Parks ", "Head of Parks"),
        ("In response, the Head of Parks also ", "Head of Parks"),
        ("Following the presentation Members ", "Members"),
        ("With regard to the gates, the Director ", "Director"),
        ("Councillor Oak, who was not a member of the Cabinet, ", "Councillor Oak"),
        ("However the Clerk ", "Clerk"),
        ("In her letter Jane Oak ", "Jane Oak"),
        ("and then she ", "she"),
        ("The gates of the park ", None),
        ("   ", None),
    ],
)
def test_the_speaker_stands_before_the_verb(zone: str, name: str | None) -> None:
    speaker = find_speaker(zone)
    assert (speaker.name if speaker else None) == name


def test_a_name_loses_its_article() -> None:
    assert name_of(" The  Head of Parks, ") == "Head of Parks"


@pytest.mark.parametrize(
    ("sentence", "act", "speaker"),
    [
        ("Councillor Ash asked whether the gates were green.", Act.ASK, "Councillor Ash"),
        ("Members felt that the gates were too green.", Act.OPINION, "Members"),
        ("The Head of Parks advised that they were.", Act.TELL, "Head of Parks"),
        ("The Head of Parks presented the report.", Act.PRESENT, "Head of Parks"),
        ("Councillor Ash declared an interest.", Act.PROCEED, "Councillor Ash"),
        ("Annie Ash had raised the state of the gates.", Act.ASK, "Annie Ash"),
        ("Concern was expressed that the gates were green.", Act.RAISED, None),
        ("Reference was made to the gates.", Act.RAISED, None),
        ("It was felt that the gates were green.", Act.RAISED, None),
        ("It was suggested by Councillor Ash that the gates be green.", Act.RAISED, "Councillor Ash"),
        ("It was confirmed that the gates were green.", Act.ANSWERED, None),
        ("Members were advised by the Head of Parks that the gates were green.", Act.ANSWERED, "Head of Parks"),
        ("There was concern about the gates.", Act.RAISED, None),
        ("A discussion took place on the gates.", Act.RAISED, None),
        ("It was brought to the Panel’s attention that the gates were green.", Act.RAISED, None),
    ],
)
def test_sentences_are_read(sentence: str, act: Act, speaker: str | None) -> None:
    speech = read_speech(sentence)[0]
    assert speech.act is act
    assert (speech.speaker.name if speech.speaker else None) == speaker


@pytest.mark.parametrize(
    "sentence",
    [
        "The gates were painted green.",
        "The report, which asked the Committee to note the gates, was long.",
        "The Clerk has advised the County of it.",
        "The gates had been discussed before.",
        "A recorded vote was requested.",
        "The Clerk was asked to write.",
        "It was felt.",
        "It was made of oak.",
        "The Clerk would ask.",
    ],
)
def test_sentences_in_which_nobody_speaks(sentence: str) -> None:
    assert all(speech.verb == "felt" for speech in read_speech(sentence))


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("In response to whether the gates were green, members were advised that they were.", "members were advised"),
        ("In reply to Councillor Ash, the Head of Parks said that they were.", "the Head of Parks said"),
        ("Reference was made to the gates and in replying, the Engineer stated that they were.", "the Engineer stated"),
        ("The gates were discussed and Mr. Oak advised that they were green.", "Mr. Oak advised"),
    ],
)
def test_a_point_and_its_answer_in_one_sentence(sentence: str, answer: str) -> None:
    first, second = read_speech(sentence)
    assert first.act in (Act.ASK, Act.RAISED)
    assert sentence[second.start :].startswith(answer)


def test_an_answer_that_names_no_question_is_only_an_answer() -> None:
    (speech,) = read_speech("In response to questions, the Head of Parks advised that the gates were green.")
    assert speech.opened
    assert speech.strong
    assert read_speech("In response, nothing happened.") == []


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The Head of Parks gave a presentation on gates.", "Head of Parks"),
        ("The report was introduced by the Head of Parks.", "Head of Parks"),
        ("The Panel received a presentation from Jane Oak, Planner, on gates.", "Jane Oak"),
        ("He presented the report.", None),
        ("Members outlined their concerns.", None),
        ("The gates were given by the family.", None),
        ("The gates were green.", None),
    ],
)
def test_presenters_are_found(sentence: str, name: str | None) -> None:
    assert find_presenter(sentence, read_speech(sentence)) == name

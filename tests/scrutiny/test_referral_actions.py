"""What may be put on record of a referral, by whom, and what is refused."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import pytest
from django.utils import timezone

from sightline.partnership import access
from sightline.partnership.domain.bodies import BodyKind
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import Body, Person
from sightline.scrutiny import (
    actions,
    follower_queries,
    recommendation_actions,
    referral_actions,
    referral_queries,
    referral_updates,
)
from sightline.scrutiny.domain.referrals import ConsiderationOutcome, DecisionOutcome
from sightline.scrutiny.models import Commitment, Consideration, Decision, Minute, Passage, Recommendation, Referral
from sightline.scrutiny.reading import Reading
from sightline.scrutiny.referral_actions import Put
from sightline.scrutiny.referral_checks import CannotRefer
from sightline.scrutiny.update_actions import CannotTell, Shown
from tests.scrutiny.conftest import MINUTES, Places, account, make_reading

ASKED = datetime.date(2022, 5, 4)
LATER = datetime.date(2022, 6, 7)


@pytest.fixture
def minute(places: Places, reading: Reading) -> Minute:
    found = actions.record_minute(reading=reading, body=places.panel, by=places.accounts["clerk"]).minute
    return actions.publish_minute(minute=found, by=places.accounts["clerk"])


@pytest.fixture
def asked(minute: Minute) -> Recommendation:
    return Recommendation.objects.get(reference="R2022-001")


@pytest.fixture
def north(asked: Recommendation) -> Referral:
    return asked.referrals.get(council__slug="northmere")


@pytest.fixture
def holder(places: Places) -> Person:
    person: Person = account("north-holder", RoleKind.PORTFOLIO_HOLDER, places.north).person  # type: ignore[attr-defined]
    return person


def decide(referral: Referral, places: Places, **facts: Any) -> Put:
    told: dict[str, Any] = {
        "body": places.cabinet,
        "outcome": DecisionOutcome.ACCEPTED,
        "decided_on": LATER,
        "by": places.accounts["clerk"],
    }
    return referral_actions.decide_referral(referral=referral, **(told | facts))


def consider(referral: Referral, places: Places, **facts: Any) -> Put:
    told: dict[str, Any] = {
        "body": places.panel,
        "outcome": ConsiderationOutcome.NOTED,
        "considered_on": LATER,
        "by": places.accounts["clerk"],
    }
    return referral_actions.consider_referral(referral=referral, **(told | facts))


def state(referral: Referral) -> tuple[str, str]:
    referral.refresh_from_db()
    return referral.state, referral.public_state


def test_a_referral_has_two_months_from_the_day_it_was_asked(north: Referral) -> None:
    assert (north.referred_on, north.due_on) == (ASKED, datetime.date(2022, 7, 4))


def test_a_partnership_may_set_its_own_clock(places: Places, settings: Any) -> None:
    settings.RESPONSE_MONTHS = 3
    other = make_reading(MINUTES + "\nAnother.\n", "another.txt")
    actions.record_minute(reading=other, body=places.panel, by=places.accounts["clerk"])
    assert {one.due_on for one in Referral.objects.all()} == {datetime.date(2022, 8, 4)}


def test_it_is_considered_then_decided_and_stays_internal_until_published(places: Places, north: Referral) -> None:
    consider(north, places)
    assert state(north) == ("considered", "waiting")
    put = decide(north, places)
    assert state(north) == ("accepted", "waiting")
    assert put.record.call_in_ends_on == datetime.date(2022, 6, 14)
    assert put.record.council == places.north
    assert referral_actions.publish_outcomes(referral=north, by=places.accounts["clerk"]) == 2
    assert state(north) == ("accepted", "accepted")
    assert referral_actions.publish_outcomes(referral=north, by=places.accounts["clerk"]) == 0


def test_no_other_council_is_touched(places: Places, north: Referral, asked: Recommendation) -> None:
    decide(north, places, publish=True)
    others = asked.referrals.exclude(council=places.north)
    assert set(others.values_list("state", "public_state")) == {("waiting", "waiting")}


def test_the_same_thing_sent_twice_is_one_record(places: Places, north: Referral) -> None:
    facts = {"outcome": DecisionOutcome.REJECTED, "reason": "Too  costly.\r\n"}
    first, second = decide(north, places, **facts), decide(north, places, **facts)
    assert (first.new, second.new) == (True, False)
    assert first.record == second.record
    assert first.record.reason == "Too costly."
    consider(north, places)
    assert not consider(north, places).new
    assert (Decision.objects.count(), Consideration.objects.count()) == (1, 1)
    assert Decision.history.count() == 1


def test_a_deferral_is_followed_by_a_decision_and_neither_is_lost(places: Places, north: Referral) -> None:
    deferred = decide(north, places, outcome=DecisionOutcome.DEFERRED, reason="Until costs are known.").record
    assert state(north)[0] == "deferred"
    assert deferred.call_in_ends_on is None
    accepted = decide(north, places, decided_on=datetime.date(2022, 7, 12)).record
    deferred.refresh_from_db()
    assert deferred.superseded_by == accepted
    assert state(north)[0] == "accepted"


def test_an_earlier_decision_that_is_recorded_late_takes_its_place_in_the_order(
    places: Places, north: Referral
) -> None:
    accepted = decide(north, places, decided_on=datetime.date(2022, 7, 12)).record
    deferred = decide(north, places, outcome=DecisionOutcome.DEFERRED, reason="Until costs are known.").record
    accepted.refresh_from_db()
    assert accepted.superseded_by is None
    assert deferred.__class__.objects.get(pk=deferred.pk).superseded_by == accepted
    assert state(north)[0] == "accepted"


def test_a_wrong_record_is_corrected_by_another_of_the_same_day(places: Places, north: Referral) -> None:
    wrong = decide(north, places).record
    right = decide(north, places, outcome=DecisionOutcome.REJECTED, reason="It is done already.").record
    wrong.refresh_from_db()
    assert wrong.superseded_by == right
    assert state(north)[0] == "rejected"


def everywhere(asked: Recommendation, letter: str) -> str:
    """How a recommendation stands that stands alike at every council."""
    councils = sorted(asked.referrals.values_list("council", flat=True))
    return f"|{'|'.join(f'{council}:{letter}' for council in councils)}|"


def test_divergence_is_known_from_what_is_public(places: Places, asked: Recommendation, north: Referral) -> None:
    east = asked.referrals.get(council=places.east)
    assert asked.standing == asked.public_standing == everywhere(asked, "w")
    board = Body.objects.create(slug="east-board", name="Board", kind=BodyKind.EXECUTIVE_BOARD, council=places.east)
    decide(north, places, publish=True)
    decide(
        east, places, body=board, by=places.accounts["other-clerk"], outcome=DecisionOutcome.REJECTED, reason="No.",
    )  # fmt: skip
    asked.refresh_from_db()
    alone = everywhere(asked, "w").replace(f"|{places.north.pk}:w|", f"|{places.north.pk}:a|")
    assert asked.public_standing == alone
    assert asked.standing == alone.replace(f"|{places.east.pk}:w|", f"|{places.east.pk}:r|")
    assert not asked.diverges
    assert asked.unanswered_due_on == datetime.date(2022, 7, 4)
    referral_actions.publish_outcomes(referral=east, by=places.accounts["other-clerk"])
    asked.refresh_from_db()
    assert asked.diverges
    beside = referral_queries.side_by_side(places.accounts["officer"], asked)
    assert (beside.diverges, beside.decided) == (True, "one accepted, one rejected, one has not decided yet")
    assert [one.council for one in beside.slowest] == ["Southwick Council"]


def test_publishing_minutes_publishes_what_rests_on_them(places: Places, north: Referral, minute: Minute) -> None:
    cabinet = make_reading(MINUTES.replace("4 May", "7 June"), "cabinet.txt")
    clerk = places.accounts["clerk"]
    at_cabinet = actions.record_minute(reading=cabinet, body=places.cabinet, by=clerk, held_on=LATER).minute
    passage = Passage.objects.filter(item__minute=at_cabinet, kind="part").order_by("start")[0]
    decide(north, places, passage=passage)
    assert state(north) == ("accepted", "waiting")
    actions.publish_minute(minute=at_cabinet, by=clerk)
    assert state(north) == ("accepted", "accepted")


@pytest.mark.parametrize(
    ("facts", "field", "said"),
    [
        ({"decided_on": datetime.date(2022, 5, 3)}, "decided_on", "cannot have been decided before, on 3 May 2022"),
        ({"decided_on": datetime.date(2999, 1, 1)}, "decided_on", "lies ahead"),
        ({"outcome": DecisionOutcome.REJECTED}, "reason", "scrutiny is owed one"),
        ({"outcome": DecisionOutcome.DEFERRED, "reason": " \u200b "}, "reason", "scrutiny is owed one"),
        ({"outcome": DecisionOutcome.ACCEPTED_IN_PART}, "reason", "accepted in part"),
        ({"reason": "x" * 10_001}, "reason", "at most 10,000"),
        ({"call_in_ends_on": datetime.date(2022, 6, 6)}, "call_in_ends_on", "before it was made"),
    ],
)
def test_what_cannot_be_is_refused_with_the_field_and_changes_nothing(
    places: Places, north: Referral, facts: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(CannotRefer, match=said) as refused:
        decide(north, places, **facts)
    assert refused.value.field == field
    assert not Decision.objects.exists()
    assert state(north) == ("waiting", "waiting")


def test_a_body_decides_for_its_own_council_alone(places: Places, asked: Recommendation, north: Referral) -> None:
    for body, said in (
        (places.panel, "may not decide for Northmere Council"),
        (places.east_panel, "is a body of Eastholt Council"),
        (places.task_group, "is a body of the partnership"),
    ):
        with pytest.raises(CannotRefer, match=said):
            decide(north, places, body=body)
    with pytest.raises(CannotRefer, match="does not scrutinise"):
        consider(north, places, body=places.cabinet)
    with pytest.raises(CannotRefer, match="is a body of Eastholt Council"):
        consider(north, places, body=places.east_panel)


@pytest.mark.parametrize("who", ["other-clerk", "officer", "former-clerk"])
def test_only_the_councils_own_clerks_record(places: Places, north: Referral, who: str) -> None:
    by = places.accounts[who]
    for act in (decide, consider):
        with pytest.raises(access.Refused):
            act(north, places, by=by)
    with pytest.raises(access.Refused):
        referral_actions.publish_outcomes(referral=north, by=by)
    assert not Decision.objects.exists()


def test_a_portfolio_holder_records_their_own_decision_and_a_clerk_for_them(
    places: Places, north: Referral, holder: Person
) -> None:
    own = decide(north, places, by=holder.user, portfolio_holder=holder, on_behalf_of=holder).record
    assert own.on_behalf_of is None
    entered = decide(
        north, places, decided_on=datetime.date(2022, 6, 8), portfolio_holder=holder, on_behalf_of=holder
    ).record
    assert entered.acted_by(entered.recorded_by) == "North Clerk on behalf of North Holder"
    with pytest.raises(access.Refused):
        decide(north, places, by=holder.user, publish=True, decided_on=datetime.date(2022, 6, 9))
    with pytest.raises(access.Refused):
        consider(north, places, by=holder.user)


def test_nobody_decides_for_a_person_who_may_not(places: Places, north: Referral) -> None:
    stranger: Person = places.accounts["officer"].person  # type: ignore[attr-defined]
    with pytest.raises(access.Refused, match="nobody can do it on their behalf"):
        decide(north, places, on_behalf_of=stranger)
    with pytest.raises(CannotRefer, match="was no portfolio holder of Northmere Council on 7 June 2022"):
        decide(north, places, portfolio_holder=stranger)


def test_it_rests_on_a_passage_of_the_same_bodys_minutes_not_before_the_meeting(
    places: Places, north: Referral, minute: Minute
) -> None:
    passage = Passage.objects.filter(item__minute=minute, kind="part").order_by("start")[0]
    consider(north, places, passage=passage, considered_on=ASKED)
    with pytest.raises(CannotRefer, match="stands in the minutes of Joint Scrutiny Panel, Northmere Council"):
        decide(north, places, passage=passage)
    june = make_reading(MINUTES.replace("4 May", "7 June"), "june.txt")
    clerk = places.accounts["clerk"]
    later = actions.record_minute(reading=june, body=places.panel, by=clerk, held_on=LATER).minute
    passage = Passage.objects.filter(item__minute=later, kind="part").order_by("start")[0]
    with pytest.raises(CannotRefer, match="The meeting was on 7 June 2022") as refused:
        consider(north, places, passage=passage, considered_on=datetime.date(2022, 6, 6))
    assert refused.value.field == "considered_on"


def test_comments_are_needed_where_it_is_returned_with_them(places: Places, north: Referral) -> None:
    with pytest.raises(CannotRefer, match="Enter the panel's comments"):
        consider(north, places, outcome=ConsiderationOutcome.WITH_COMMENTS)
    consider(north, places, outcome=ConsiderationOutcome.WITH_COMMENTS, comments="Say by when.")
    assert state(north)[0] == "considered"


def test_a_council_that_has_ended_decides_nothing_more(places: Places, north: Referral) -> None:
    places.north.ended_on = datetime.date(2022, 6, 1)
    places.north.save()
    with pytest.raises(CannotRefer, match="Northmere Council ended on 1 June 2022"):
        decide(Referral.objects.get(pk=north.pk), places)


def test_what_the_full_council_decides_is_not_called_in(places: Places, north: Referral, settings: Any) -> None:
    whole = Body.objects.create(slug="north-whole", name="Council", kind=BodyKind.FULL_COUNCIL, council=places.north)
    assert decide(north, places, body=whole).record.call_in_ends_on is None
    settings.CALL_IN_WORKING_DAYS = 0
    assert decide(north, places, decided_on=datetime.date(2022, 6, 8)).record.call_in_ends_on is None


def test_words_that_turn_or_hide_text_are_made_plain(places: Places, north: Referral) -> None:
    put = decide(north, places, reason="Done\u202e already\u0000.\n\n\n\nSee <script>alert(1)</script>")
    assert put.record.reason == "Done already.\n\nSee <script>alert(1)</script>"


def withdraw(asked: Recommendation, places: Places, **facts: Any) -> object:
    told: dict[str, Any] = {"withdrawn_on": LATER, "reason": "It was done.", "by": places.accounts["clerk"]}
    return recommendation_actions.withdraw_recommendation(recommendation=asked, **(told | facts))


def test_withdrawing_ends_what_is_open_keeps_what_was_decided_and_names_commitments(
    places: Places, asked: Recommendation, north: Referral
) -> None:
    decide(north, places, publish=True)
    assert withdraw(asked, places) == withdraw(asked, places)
    assert state(north) == ("accepted", "accepted")
    assert set(asked.referrals.exclude(pk=north.pk).values_list("state", "public_state")) == {
        ("withdrawn", "withdrawn")
    }
    asked.refresh_from_db()
    assert asked.unanswered_due_on is None
    (left,) = referral_queries.commitments_left_by(places.accounts["clerk"], asked)
    assert left == Commitment.objects.get()
    assert left.state == "open"
    east = asked.referrals.get(council=places.east)
    with pytest.raises(CannotRefer, match="R2022-001 withdrawn on 7 June 2022"):
        consider(east, places, body=places.east_panel, by=places.accounts["other-clerk"])
    early = datetime.date(2022, 5, 20)
    consider(east, places, body=places.east_panel, by=places.accounts["other-clerk"], considered_on=early)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"reason": " "}, "Enter the reason"),
        ({"withdrawn_on": datetime.date(2022, 5, 3)}, "cannot have been withdrawn before"),
        ({"withdrawn_on": datetime.date(2999, 1, 1)}, "lies ahead"),
    ],
)
def test_withdrawing_needs_a_reason_and_a_day(
    places: Places, asked: Recommendation, facts: dict[str, Any], said: str
) -> None:
    with pytest.raises(CannotRefer, match=said):
        withdraw(asked, places, **facts)


def test_a_second_withdrawal_is_refused_and_so_is_another_councils_clerk(places: Places, asked: Recommendation) -> None:
    with pytest.raises(access.Refused):
        withdraw(asked, places, by=places.accounts["other-clerk"])
    withdraw(asked, places)
    with pytest.raises(CannotRefer, match="cannot be withdrawn a second time"):
        withdraw(asked, places, reason="Another reason.")


def test_what_was_withdrawn_can_be_asked_for_again_and_both_stay_on_record(
    places: Places, asked: Recommendation, north: Referral
) -> None:
    def ask_again(**facts: Any) -> Any:
        told = {"asked_again_on": LATER, "reason": "It was not done.", "by": places.accounts["clerk"]} | facts
        return recommendation_actions.ask_again(recommendation=asked, **told)

    with pytest.raises(CannotRefer, match="was not withdrawn"):
        ask_again()
    withdraw(asked, places)
    for facts, said in (
        ({"reason": " "}, "Enter the reason"),
        ({"asked_again_on": LATER - datetime.timedelta(days=1)}, "cannot have been asked for again before"),
        ({"asked_again_on": datetime.date(2999, 1, 1)}, "lies ahead"),
    ):
        with pytest.raises(CannotRefer, match=said):
            ask_again(**facts)
    with pytest.raises(access.Refused):
        ask_again(by=places.accounts["other-clerk"])
    assert state(north) == ("withdrawn", "withdrawn")
    again = ask_again()
    assert ask_again() == again
    assert state(north) == ("waiting", "waiting")
    assert [row.history_change_reason for row in again.history.order_by("pk")] == ["withdrawn", "asked for again"]
    decide(north, places, decided_on=LATER)
    withdraw(asked, places, reason="For good.")
    assert state(north)[0] == "accepted"
    assert asked.withdrawal.history.count() == 3


def test_a_later_recommendation_takes_the_place_of_one(places: Places, asked: Recommendation) -> None:
    clerk = places.accounts["clerk"]
    june = make_reading(MINUTES.replace("4 May", "7 June"), "june.txt")
    actions.record_minute(reading=june, body=places.panel, by=clerk, held_on=LATER)
    later = Recommendation.objects.get(reference="R2022-003")

    def supersede(one: Recommendation, other: Recommendation, on: datetime.date) -> object:
        return recommendation_actions.supersede_recommendation(
            recommendation=one, superseded_by=other, superseded_on=on, reason="Asked anew.", by=clerk
        )

    with pytest.raises(CannotRefer, match="cannot take its own place"):
        supersede(asked, asked, LATER)
    with pytest.raises(CannotRefer, match="was asked earlier"):
        supersede(later, asked, LATER)
    with pytest.raises(CannotRefer, match="took no other's place before"):
        supersede(asked, later, ASKED)
    supersede(asked, later, LATER)
    assert referral_queries.superseded_by(clerk, later) == [asked]
    with pytest.raises(CannotRefer, match="cannot be withdrawn a second time"):
        withdraw(asked, places)
    other = Recommendation.objects.get(reference="R2022-002")
    withdraw(later, places, withdrawn_on=timezone.localdate())
    with pytest.raises(CannotRefer, match="itself withdrawn or superseded"):
        supersede(other, later, timezone.localdate())


def test_its_purpose_is_kept_with_its_history(places: Places, asked: Recommendation) -> None:
    clerk = places.accounts["clerk"]
    for purpose in ("Words that all understand.", "Words that all understand.", ""):
        recommendation_actions.say_purpose(recommendation=asked, purpose=purpose, by=clerk)
    assert [row.purpose for row in asked.history.filter(history_change_reason="purpose said")] == [
        "", "Words that all understand.",
    ]  # fmt: skip
    with pytest.raises(access.Refused):
        recommendation_actions.say_purpose(recommendation=asked, purpose="Mine.", by=places.accounts["other-clerk"])


def test_a_council_tells_what_it_did_about_what_it_accepted(north: Referral, places: Places) -> None:
    clerk = places.accounts["clerk"]
    told: dict[str, Any] = {"referral": north, "by": clerk, "text": "Half of it is done.", "claims": "progress"}
    shown = [Shown(title="The list", address="https://www.example.org/list")]
    with pytest.raises(CannotTell, match="has not accepted this"):
        referral_updates.tell_of_referral(evidence=shown, submission=uuid.uuid4(), **told)
    decide(north, places, publish=True)
    with pytest.raises(CannotTell, match="at least one piece of evidence"):
        referral_updates.tell_of_referral(evidence=[], submission=uuid.uuid4(), **told)
    with pytest.raises(CannotTell, match="before it was asked"):
        referral_updates.tell_of_referral(
            evidence=shown, submission=uuid.uuid4(), on=ASKED - datetime.timedelta(days=1), **told
        )
    with pytest.raises(access.Refused):
        referral_updates.tell_of_referral(
            evidence=shown, submission=uuid.uuid4(), **(told | {"by": account("other", RoleKind.CLERK, places.south)})
        )
    number = uuid.uuid4()
    update = referral_updates.tell_of_referral(evidence=shown, submission=number, on=LATER, **told)
    assert referral_updates.tell_of_referral(evidence=shown, submission=number, on=LATER, **told) == update
    assert (update.on, update.publication, update.evidence.count()) == (LATER, "internal", 1)
    changes = [change.key for change in follower_queries.changes(north.recommendation)]
    assert f"update:{update.pk}" not in changes, "what is internal is nobody's to know"
    assert referral_actions.publish_outcomes(referral=north, by=clerk) == 1
    changes = [change.key for change in follower_queries.changes(north.recommendation)]
    assert f"update:{update.pk}" in changes

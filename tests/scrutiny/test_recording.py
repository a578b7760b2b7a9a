"""Recording and publishing minutes: all or nothing, once, by those who may, for their own council."""

from __future__ import annotations

import dataclasses
import datetime

import pytest
from django.db import IntegrityError

from sightline.partnership.access import Refused
from sightline.partnership.models import Attachment, Council
from sightline.scrutiny import actions, queries
from sightline.scrutiny.domain.referrals import ReferralState
from sightline.scrutiny.models import (
    Commitment,
    Meeting,
    Minute,
    MinuteItem,
    Passage,
    Proposal,
    Recommendation,
    Referral,
)
from sightline.scrutiny.reading import Reading
from tests.scrutiny.conftest import MINUTES, Places, make_reading

KEPT = (Attachment, Meeting, Minute, MinuteItem, Passage, Proposal, Recommendation, Referral, Commitment)


def how_many() -> list[int]:
    return [model.objects.count() for model in KEPT]


def record(places: Places, reading: Reading) -> Minute:
    return actions.record_minute(reading=reading, body=places.panel, by=places.accounts["clerk"]).minute


def test_a_minute_becomes_records_with_a_referral_for_each_council(places: Places, reading: Reading) -> None:
    minute = record(places, reading)

    assert minute.text == MINUTES.strip() or minute.text == MINUTES
    assert minute.publication == "internal"
    assert queries.counted(minute) == {
        "items": 1, "recommendation": 2, "point": 1, "response": 1, "commitment": 1, "resolution": 1, "part": 2,
    }  # fmt: skip
    first, second = Recommendation.objects.order_by("reference")
    assert (first.reference, second.reference) == ("R2022-001", "R2022-002")
    assert first.text == "That a glossary be added to the Strategy; and"
    assert minute.text[first.passage.start : first.passage.end] == first.text
    assert [(r.council.name, r.state) for r in first.referrals.order_by("council__name")] == [
        ("Eastholt Council", ReferralState.WAITING),
        ("Northmere Council", ReferralState.WAITING),
        ("Southwick Council", ReferralState.WAITING),
    ]
    commitment = Commitment.objects.get()
    assert (commitment.reference, commitment.said_by) == ("C2022-001", "Head of ICT")
    response = Passage.objects.get(kind="response")
    assert response.parent is not None
    assert response.parent.kind == "point"


def test_every_record_has_a_row_of_history_with_its_actor(places: Places, reading: Reading) -> None:
    record(places, reading)
    for model in KEPT[2:]:
        for row in model.objects.all():
            first = row.history.earliest()
            assert (first.history_type, first.history_user) == ("+", places.accounts["clerk"]), row


def test_the_same_file_twice_changes_nothing(places: Places, reading: Reading) -> None:
    first = actions.record_minute(reading=reading, body=places.panel, by=places.accounts["clerk"])
    before = how_many()
    again = actions.record_minute(
        reading=make_reading(name="another name.txt"), body=places.panel, by=places.accounts["clerk"]
    )
    assert (first.new, again.new) == (True, False)
    assert again.minute == first.minute
    assert how_many() == before


def test_a_second_file_of_the_year_goes_on_counting(places: Places, reading: Reading) -> None:
    record(places, reading)
    record(places, make_reading(MINUTES + "\nThe meeting closed at 8 pm.\n", "panel-2.txt"))
    assert list(Recommendation.objects.order_by("reference").values_list("reference", flat=True)) == [
        "R2022-001", "R2022-002", "R2022-003", "R2022-004",
    ]  # fmt: skip


def test_a_council_that_had_ended_gets_no_referral(places: Places, reading: Reading) -> None:
    Council.objects.create(
        gss_code="E07999009", name="Oldham Parva Council", abbreviation="OPC", slug="oldham-parva",
        ended_on=datetime.date(2021, 3, 31), successor=places.north,
    )  # fmt: skip
    record(places, reading)
    assert Referral.objects.filter(council__slug="oldham-parva").count() == 0


@pytest.mark.parametrize(
    ("who", "says"),
    [
        ("other-clerk", "You may record minutes, but not for Northmere Council: each council decides for itself."),
        ("officer", "you need the role of clerk; yours is officer"),
        ("former-clerk", "Your role of clerk ended on 31 December 2021, so you can no longer record minutes."),
    ],
)
def test_who_may_not_record_is_told_why_and_nothing_is_kept(
    places: Places, reading: Reading, who: str, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        actions.record_minute(reading=reading, body=places.panel, by=places.accounts[who])
    assert sum(how_many()) == 0


def test_minutes_without_a_date_need_one(places: Places, reading: Reading) -> None:
    undated = dataclasses.replace(reading, minute=dataclasses.replace(reading.minute, date=None))
    with pytest.raises(actions.CannotRecord, match=r"panel\.txt: the minutes do not say the date"):
        record(places, undated)
    assert sum(how_many()) == 0
    given = actions.record_minute(
        reading=undated, body=places.panel, by=places.accounts["clerk"], held_on=datetime.date(2022, 5, 5)
    )
    assert given.minute.meeting.held_on == datetime.date(2022, 5, 5)


def test_a_meeting_cannot_lie_ahead(places: Places, reading: Reading) -> None:
    ahead = datetime.date(2999, 1, 1)
    with pytest.raises(actions.CannotRecord, match="1 January 2999, which lies ahead"):
        actions.record_minute(reading=reading, body=places.panel, by=places.accounts["clerk"], held_on=ahead)
    assert sum(how_many()) == 0


def test_the_same_file_for_another_body_is_refused(places: Places, reading: Reading) -> None:
    record(places, reading)
    before = how_many()
    with pytest.raises(actions.CannotRecord, match=r"is recorded already, as minute \d+ of Joint Scrutiny Panel"):
        actions.record_minute(reading=reading, body=places.cabinet, by=places.accounts["clerk"])
    assert how_many() == before


def test_a_failure_in_the_middle_keeps_nothing(
    places: Places, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise IntegrityError("the disk is full")

    monkeypatch.setattr("sightline.scrutiny.recording._keep_commitments", fail)
    with pytest.raises(IntegrityError):
        record(places, reading)
    assert sum(how_many()) == 0


def test_what_a_scrutiny_body_recommended_is_tracked_and_what_a_cabinet_did_is_not(
    places: Places, reading: Reading
) -> None:
    item = reading.minute.items[0]
    recommended = dataclasses.replace(item.resolutions[0], verb="RECOMMENDED")
    asked = dataclasses.replace(
        reading.minute, items=(dataclasses.replace(item, recommendations=(), resolutions=(recommended,)),)
    )
    by = places.accounts["clerk"]
    by_panel = actions.record_minute(reading=dataclasses.replace(reading, minute=asked), body=places.panel, by=by)
    assert queries.references_of(by_panel.minute) == ["R2022-001", "R2022-002"]
    other = make_reading(MINUTES + "\nEnd.\n", "cabinet.txt")
    by_cabinet = actions.record_minute(reading=dataclasses.replace(other, minute=asked), body=places.cabinet, by=by)
    assert queries.references_of(by_cabinet.minute) == []


def test_publishing_opens_the_minute_and_all_that_came_out_of_it(places: Places, reading: Reading) -> None:
    minute = record(places, reading)
    clerk = places.accounts["clerk"]
    actions.publish_minute(minute=minute, by=clerk)
    for model in (Meeting, Minute, Recommendation, Commitment):
        for row in model.objects.all():
            assert (row.publication, row.published_by) == ("public", clerk)
            assert row.published_at is not None
    changes = Minute.history.filter(id=minute.pk).count()
    actions.publish_minute(minute=minute, by=clerk)
    assert Minute.history.filter(id=minute.pk).count() == changes


def test_only_the_councils_own_clerk_publishes(places: Places, reading: Reading) -> None:
    minute = record(places, reading)
    with pytest.raises(Refused, match="not for Northmere Council"):
        actions.publish_minute(minute=minute, by=places.accounts["other-clerk"])
    minute.refresh_from_db()
    assert minute.publication == "internal"


def test_a_partnerships_body_may_be_recorded_by_a_clerk_of_any_of_its_councils(
    places: Places, reading: Reading
) -> None:
    recorded = actions.record_minute(reading=reading, body=places.task_group, by=places.accounts["other-clerk"])
    assert recorded.minute.council is None


def test_a_minute_that_calls_its_body_otherwise_is_noticed(places: Places, reading: Reading) -> None:
    assert actions.called_otherwise(reading=reading, body=places.panel) == ""
    assert actions.called_otherwise(reading=reading, body=places.cabinet) == "Joint Scrutiny Panel"

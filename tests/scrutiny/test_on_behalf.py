"""One clerk enters what another did: both names are kept, and only where both may."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.partnership import access
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import Role, User
from sightline.project.command import run
from sightline.scrutiny import actions
from sightline.scrutiny.forms import RecordForm
from sightline.scrutiny.models import Minute, MinuteUpload
from sightline.scrutiny.reading import Reading
from tests.scrutiny.conftest import MINUTES, Places, account

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(places: Places) -> User:
    return account("north-colleague", RoleKind.CLERK, places.north)


def test_both_names_stand_in_the_record_and_in_its_history(places: Places, colleague: User, reading: Reading) -> None:
    by = places.accounts["clerk"]
    minute = actions.record_minute(reading=reading, body=places.panel, by=by, on_behalf_of=colleague.person).minute
    assert (minute.recorded_by, minute.on_behalf_of) == (by, colleague.person)
    (row,) = minute.history.all()
    assert (row.history_user, row.on_behalf_of) == (by, colleague.person)
    assert minute.acted_by(minute.recorded_by) == "North Clerk on behalf of North Colleague"


def test_ones_own_act_has_one_name(places: Places, reading: Reading) -> None:
    by = places.accounts["clerk"]
    minute = actions.record_minute(reading=reading, body=places.panel, by=by, on_behalf_of=by.person).minute
    assert minute.on_behalf_of is None
    assert minute.acted_by(minute.recorded_by) == "North Clerk"


def test_nobody_acts_for_somebody_who_may_not_do_it(places: Places, reading: Reading) -> None:
    for other in ("officer", "other-clerk", "former-clerk"):
        with pytest.raises(access.Refused, match="may not record minutes for Northmere Council, so nobody can"):
            actions.record_minute(
                reading=reading, body=places.panel, by=places.accounts["clerk"],
                on_behalf_of=places.accounts[other].person,
            )  # fmt: skip
    assert Minute.objects.count() == 0


def test_acting_for_others_is_a_right_of_its_own(places: Places, colleague: User, reading: Reading) -> None:
    for who in ("officer", "other-clerk", "former-clerk"):
        with pytest.raises(access.Refused, match="enter what somebody else did"):
            actions.record_minute(
                reading=reading, body=places.panel, by=places.accounts[who], on_behalf_of=colleague.person
            )
    assert Minute.objects.count() == 0


def test_what_was_done_on_a_day_needs_the_role_on_that_day(places: Places, colleague: User) -> None:
    role = Role.objects.get(person=colleague.person)
    role.ended_on = timezone.localdate() - datetime.timedelta(days=1)
    role.save()
    ask = {"council": places.north, "on_behalf_of": colleague.person}
    with pytest.raises(access.Refused):
        access.require_for(places.accounts["clerk"], "scrutiny.record_minute", **ask)
    access.require_for(places.accounts["clerk"], "scrutiny.record_minute", **ask, on=role.ended_on)


def test_the_form_offers_colleagues_and_the_page_shows_both(places: Places, colleague: User) -> None:
    clerk = places.accounts["clerk"]
    upload = actions.upload_minute(name="panel.txt", content=MINUTES.encode(), body=places.panel, by=clerk)
    form = RecordForm(upload=upload, by=clerk)
    assert [name for _, name in form.fields["on_behalf_of"].choices] == ["My own", "North Colleague"]
    assert "on_behalf_of" not in RecordForm(upload=upload, by=places.accounts["officer"]).fields
    sent = {"held_on_day": "4", "held_on_month": "5", "held_on_year": "2022"}
    chosen = RecordForm(sent | {"on_behalf_of": str(colleague.person.pk)}, upload=upload, by=clerk)
    assert chosen.is_valid(), chosen.errors
    recorded = actions.record_upload(
        upload=MinuteUpload.objects.get(pk=upload.pk), by=clerk, held_on=chosen.cleaned_data["held_on"],
        on_behalf_of=chosen.cleaned_data["on_behalf_of"],
    )  # fmt: skip
    actions.publish_minute(minute=recorded.minute, by=clerk)
    address = reverse("minute", args=[recorded.minute.pk])
    officer = Client()
    officer.force_login(places.accounts["officer"], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "by North Clerk on behalf of North Colleague." in officer.get(address).content.decode()
    assert "North Clerk" not in Client().get(address).content.decode()


def test_the_command_takes_the_colleague(
    places: Places, colleague: User, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "panel.txt"
    file.write_text(MINUTES, encoding="utf-8")
    words = ["minutes", "record", str(file), "--body", "north-panel", "--as", "north-clerk", "--for"]
    assert run([*words, "east-clerk"]) == 2
    assert "may not record minutes" in capfd.readouterr().err
    assert run([*words, "north-colleague"]) == 0
    assert Minute.objects.get().on_behalf_of == colleague.person

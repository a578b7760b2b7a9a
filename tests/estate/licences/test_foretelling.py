"""Letters before an exception ends and before notice must be given, and what waits for whoever can act."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from sightline.estate import foretelling
from sightline.estate.domain.entitlements import Metric
from sightline.estate.legacy_actions import agree_exception
from sightline.estate.licence_actions import LicenceFacts, keep_licence
from sightline.estate.models import System
from sightline.partnership import daily, waiting
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import Notice, Person
from tests.estate.licences.conftest import Estate
from tests.scrutiny.conftest import account

pytestmark = pytest.mark.django_db


def letters() -> dict[str, str]:
    """What was written since the last call, by whom it went to."""
    found = {one.recipient.split("@")[0]: one.text for one in Notice.objects.filter(key__startswith="estate-ahead:")}
    Notice.objects.all().delete()
    return found


def test_letters_go_to_whoever_answers_once_a_stage_and_day(estate: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    today = timezone.localdate()
    account("east-ict", RoleKind.ICT, estate.places.east)
    planner = Person.objects.get(user=estate.owner)
    day = datetime.timedelta(days=1)
    exception = agree_exception(
        system=estate.directory, owner=planner, reason="Until the move", expires_on=today + 60 * day, by=estate.ict
    )
    type(exception).objects.update(agreed_on=today - 90 * day)
    System.objects.filter(pk=estate.planning.pk).update(notice_on=today + 30 * day)
    facts = LicenceFacts(
        name="Editor for all", metric=Metric.SITE, names_product="Editor", council=estate.places.north,
        notice_on=today + 29 * day, ends_on=today + 120 * day,
    )  # fmt: skip
    licence = keep_licence(facts=facts, by=estate.ict)
    monkeypatch.setattr(daily, "_jobs", {one.name: one for one in daily.jobs() if one.name == foretelling.JOB})

    assert [one.did for one in daily.run(today - day)] == [{"letters": 3}]
    # The first run tells of whatever is near: the contract to its owner, the licence of no system to those who keep it.
    first = letters()
    assert "The last day to give notice is" in first["planner"]
    assert "S1 Directory" not in first["planner"]
    assert set(first) == {"planner", "ict", "second-ict"}
    assert f"{licence.reference} Editor for all" in first["second-ict"]
    # The next day the exception reaches sixty days and the contract thirty: one letter tells of both.
    assert [one.did for one in daily.run(today)] == [{"letters": 1}]
    second = letters()
    assert "S1 Directory\n  Its agreed exception ends on" in second["planner"]
    assert "S2 Planning" in second["planner"]
    assert "/systems/S1/risk/" in second["planner"]
    # Nothing is told twice: not on the same day, nor for a day before.
    assert [one.became for one in daily.run(today)] == ["done before"]
    assert foretelling.run_letters(today - 2 * day) == {"letters": 0}
    # Who may not see it is told that there is something, and not what.
    System.objects.filter(pk=estate.planning.pk).update(publication="exempt", exempt_paragraph=7)
    text = foretelling.told_on(today + day, today - 40 * day)
    assert [one.title for one in text][:1] == [f"{licence.reference} Editor for all"]
    assert foretelling._write(planner, text, today + day)
    assert "1 more that you answer for and may not see" in letters()["planner"]
    assert "east-ict" not in first


def test_what_ends_soon_waits_for_owners_and_keepers(estate: Estate) -> None:
    today = timezone.localdate()
    soon = today + datetime.timedelta(days=20)
    planner = Person.objects.get(user=estate.owner)
    agree_exception(system=estate.directory, owner=planner, reason="Until the move", expires_on=soon, by=estate.ict)
    System.objects.filter(pk=estate.planning.pk).update(notice_on=soon)
    outsider = account("clerk-of-east", RoleKind.CLERK, estate.places.east)

    def of(user: object) -> list[tuple[str, list[str]]]:
        kinds = waiting.waiting_for(user, today)  # type: ignore[arg-type]
        wanted = ("Exceptions for legacy systems that end", "Licences and contracts to give notice of")
        return [(kind.called, [item.title for item in kind.items]) for kind in kinds if kind.called in wanted]

    both = [
        ("Exceptions for legacy systems that end", ["S1 Directory"]),
        ("Licences and contracts to give notice of", ["S2 Planning"]),
    ]
    assert of(estate.owner) == both
    assert of(estate.ict) == both
    assert of(outsider) == []
    System.objects.update(retired_on=today)
    assert of(estate.ict) == []

"""The demonstration's story, loaded as `make run` loads it: real-looking trouble, and no letter about it."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from sightline.partnership import waiting
from sightline.partnership.actions import load_partnership
from sightline.partnership.domain import partnership_file
from sightline.partnership.outbox import Notice
from sightline.partnership.queries import user_called
from sightline.scrutiny import demonstrating
from sightline.scrutiny.models import Commitment, Meeting, Recommendation, Referral, Update, Withdrawal


@pytest.mark.django_db
def test_two_years_of_scrutiny_with_trouble_in_them() -> None:
    load_partnership(partnership_file.read("demonstration"))
    said: list[str] = []
    demonstrating.load(said.append)
    today = timezone.localdate()
    days = list(Meeting.objects.order_by("held_on").values_list("held_on", flat=True))
    assert days[-1] - days[0] > datetime.timedelta(days=2 * 365)
    assert len(said) == len(days)

    public = Recommendation.objects.filter(publication="public")
    assert public.filter(diverges=True).count() >= 3
    late = Referral.objects.filter(
        public_state__in=["waiting", "considered"], due_on__lt=today, recommendation__asked_on__year=2026
    )
    assert {one.council.slug for one in late} == {"aldersby"}
    assert set(Referral.objects.values_list("public_state", flat=True)) == {
        "waiting", "considered", "accepted", "accepted-in-part", "rejected", "deferred", "withdrawn",
        "decided-exempt",
    }  # fmt: skip
    assert set(Withdrawal.objects.values_list("superseded_by__reference", flat=True)) == {"R2025-004", None}

    commitments = Commitment.objects.filter(publication="public")
    assert set(commitments.values_list("state", flat=True)) == {"open", "claimed", "returned", "accepted"}
    (unowned,) = commitments.filter(owner__isnull=True, state="open", due_on__lt=today)
    assert unowned.steps.filter(stage="panel").exists(), "nobody owns it, so the panel was told in the end"
    returned = commitments.get(state="returned")
    assert returned.state_on == datetime.date(2026, 9, 15), "the day of the meeting, not that of loading"
    assert returned.due_on == today + datetime.timedelta(days=24)
    assert Update.objects.filter(referral__isnull=False, claims="done", evidence__isnull=False).count() >= 4
    assert not Update.objects.filter(on=today).exists()

    clerk = {kind.called: kind.count for kind in waiting.waiting_for(user_called("cordelia.nyman"), today)}
    assert clerk == {
        "Claimed done, for you to check": 1,
        "Late, and brought to you": 2,
        "Decisions that your council owes": 1,
        "Commitments without an owner or a day": 2,
        "Minutes with something to confirm": 1,
        "Minutes that may deal with recommendations": 1,
    }

    assert set(Notice.objects.values_list("state", flat=True)) == {"withdrawn"}, "nobody is written to"
    before = Update.history.count(), Referral.history.count(), Commitment.history.count()
    demonstrating.load(said.append)
    assert (Update.history.count(), Referral.history.count(), Commitment.history.count()) == before
    assert len(said) == len(days)


def test_what_lies_ahead_comes_later(monkeypatch: pytest.MonkeyPatch) -> None:
    now = demonstrating.digest()
    monkeypatch.setattr(demonstrating.timezone, "localdate", lambda: datetime.date(2025, 5, 1))
    earlier = demonstrating.digest()
    assert earlier != now, "so that a start after the next meeting loads it"
    assert [entry["file"][:10] for entry in demonstrating._so_far()][-1] == "2025-04-29"

"""`sightline daily`: retention in records and history, once a day, whatever breaks it off."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from sightline.kernel.errors import SightlineError
from sightline.partnership import daily, retention
from sightline.partnership import queries as partnership
from sightline.partnership.audit_models import AuditEntry, DailyRun
from sightline.partnership.models import Attachment, Person, Role, User
from sightline.project import command
from sightline.scrutiny import actions
from sightline.scrutiny.models import Minute, MinuteUpload
from tests.browser.demonstration import MINUTES

CLERK = "cordelia.nyman"
OFFICER = "desmond.varga"
TODAY = timezone.localdate

Account = Callable[[str], User]


def ago(days: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=days)


def became(day: datetime.date | None = None) -> dict[str, tuple[str, dict[str, int]]]:
    return {one.job.name: (one.became, dict(one.did)) for one in daily.run(day or timezone.localdate())}


@pytest.fixture
def whole_day() -> None:
    """Asked for by a test that needs the weekly letters written too."""


@pytest.fixture(autouse=True)
def no_weekly_letters(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """To ask what waits for each person is nine tenths of a day's work, and no part of what most tests here show."""
    if "whole_day" not in request.fixturenames:
        monkeypatch.delitem(daily._jobs, "digests")


@pytest.fixture
def left(account: Account) -> Person:
    """An officer who left 800 days ago, whose account was closed then."""
    officer = account(OFFICER)
    Role.objects.filter(person=officer.person).update(ended_on=ago(800))
    officer.is_active = False
    officer._history_date = timezone.now() - datetime.timedelta(days=800)
    officer.save()
    return officer.person


@pytest.fixture
def upload(account: Account) -> MinuteUpload:
    """Minutes that were sent 200 days ago and never recorded."""
    clerk = account(CLERK)
    sent = actions.upload_minute(
        name="pat-smith.txt",
        content=MINUTES.encode(),
        body=partnership.body_called("thornfen-performance-panel"),
        by=clerk,
    )
    MinuteUpload.objects.filter(pk=sent.pk).update(
        uploaded_at=timezone.now() - datetime.timedelta(days=200), text="Pat Smith said", reading={"items": []}
    )
    sent.refresh_from_db()
    return sent


def test_whoever_left_long_ago_becomes_a_number_in_history_too(left: Person) -> None:
    names = {left.name, left.user.username, left.user.email}  # type: ignore[union-attr]
    assert became()["closed-accounts"] == ("done", {"erased": 1})
    left.refresh_from_db()
    assert left.name == f"Erased person {left.pk}"
    kept = {*Person.history.values_list("name", flat=True), *User.history.values_list("username", flat=True)}
    kept |= set(User.history.values_list("email", flat=True))
    assert names & kept == set()


@pytest.mark.parametrize("why", ["left lately", "open account", "holds a role", "for good"])
def test_others_stay_who_they_are(left: Person, why: str, settings: object) -> None:
    account = left.user
    assert account is not None
    if why == "left lately":
        Role.objects.filter(person=left).update(ended_on=ago(700))
    elif why == "open account":
        account.is_active = True
        account.save()
    elif why == "holds a role":
        Role.objects.create(person=left, kind="member", started_on=ago(10))
    else:
        settings.RETENTION_DAYS = {**settings.RETENTION_DAYS, "closed-accounts": 0}  # type: ignore[attr-defined]
    assert became()["closed-accounts"] == ("done", {"erased": 0})
    assert Person.objects.get(pk=left.pk).name == left.name


def test_the_account_of_the_partnership_file_is_never_erased(demonstration: object) -> None:
    became()
    assert User.objects.filter(username="partnership-file").exists()


def test_files_that_were_not_recorded_are_removed_in_history_too(upload: MinuteUpload) -> None:
    assert became()["uploads"] == ("done", {"removed": 1, "redacted": 0})
    assert not MinuteUpload.objects.filter(pk=upload.pk).exists()
    assert not Attachment.objects.filter(pk=upload.attachment_id).exists()
    assert set(Attachment.history.filter(id=upload.attachment_id).values_list("name", flat=True)) == {"removed"}


def test_minutes_of_record_are_never_touched(upload: MinuteUpload, account: Account) -> None:
    recorded = actions.record_upload(upload=upload, by=account(CLERK))
    MinuteUpload.objects.filter(pk=upload.pk).update(text="Pat Smith said", reading={"items": []})
    before = Minute.objects.filter(pk=recorded.minute.pk).values().get()
    assert became()["uploads"] == ("done", {"removed": 0, "redacted": 1})
    assert Minute.objects.filter(pk=recorded.minute.pk).values().get() == before
    upload.refresh_from_db()
    assert (upload.text, upload.reading, upload.state) == ("", None, "recorded")
    assert bytes(upload.attachment.content) == MINUTES.encode()


def test_what_is_young_is_kept(upload: MinuteUpload) -> None:
    MinuteUpload.objects.filter(pk=upload.pk).update(uploaded_at=timezone.now() - datetime.timedelta(days=170))
    assert became()["uploads"] == ("done", {"removed": 0, "redacted": 0})
    assert MinuteUpload.objects.filter(pk=upload.pk).exists()


def test_sessions_that_ended_and_old_attempts_are_cleared(demonstration: object) -> None:
    for age in (1, -1):
        session = SessionStore()
        session.set_expiry(timezone.now() - datetime.timedelta(days=age))
        session["x"] = 1
        session.save()
    for age in (100, 10):
        attempt = AccessAttempt.objects.create(
            username="x", ip_address=f"127.0.0.{age}", user_agent="x", failures_since_start=1
        )
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=timezone.now() - datetime.timedelta(days=age))
    done = became()
    assert done["sessions"] == ("done", {"cleared": 1})
    assert done["sign-in-attempts"] == ("done", {"removed": 1})
    assert Session.objects.count() == 1
    assert AccessAttempt.objects.get().ip_address == "127.0.0.10"


def test_what_retention_did_stands_in_the_audit_log_and_in_its_own(left: Person) -> None:
    became()
    run = DailyRun.objects.get(job="closed-accounts")
    assert run.did == {"erased": 1}
    assert run.ended_at is not None
    from sightline.partnership import audit

    audit.seal_pending()
    entries = [json.loads(bytes(entry.content)) for entry in AuditEntry.objects.filter(kind="retention")]
    assert [entry["details"] for entry in entries] == [{"kind_kept": "closed-accounts", "many": 1}]


def test_twice_a_day_is_once(left: Person, whole_day: None) -> None:
    assert became()["closed-accounts"][0] == "done"
    again = became()
    assert {outcome for outcome, _ in again.values()} == {"done before"}
    assert again["closed-accounts"][1] == {"erased": 1}
    assert became(ago(1))["closed-accounts"] == ("done", {"erased": 0})


def test_a_day_that_lies_ahead_is_refused(demonstration: object) -> None:
    with pytest.raises(SightlineError, match="lies ahead"):
        list(daily.run(ago(-1)))
    assert not DailyRun.objects.exists()


@pytest.fixture
def breaks() -> Iterator[list[str]]:
    """A job that writes and then breaks, as often as there is something in the list."""
    broken: list[str] = ["once"]

    def do(_day: datetime.date) -> dict[str, int]:
        Person.objects.create(name="Half done")
        if broken:
            broken.pop()
            raise RuntimeError("the message names Pat Smith")
        return {"made": 1}

    daily.register("breaks", "A job that breaks", do)
    yield broken
    del daily._jobs["breaks"]


def test_a_job_that_breaks_leaves_nothing_and_is_done_at_the_next_call(demonstration: object, breaks: object) -> None:
    first = became()
    assert first["breaks"] == ("failed", {})
    assert {outcome for name, (outcome, _) in first.items() if name != "breaks"} == {"done"}
    assert not Person.objects.filter(name="Half done").exists()
    run = DailyRun.objects.get(job="breaks")
    assert (run.failure, run.ended_at) == ("RuntimeError", None)
    second = became()
    assert second["breaks"] == ("done", {"made": 1})
    assert {outcome for name, (outcome, _) in second.items() if name != "breaks"} == {"done before"}
    assert Person.objects.filter(name="Half done").count() == 1
    assert DailyRun.objects.get(job="breaks").failure == ""


class TestCommand:
    def test_it_says_what_it_did(self, left: Person, capsys: pytest.CaptureFixture[str]) -> None:
        assert command.run(["daily"]) == 0
        said = capsys.readouterr().out
        assert "Accounts and people that are closed for long: 1 erased" in said
        assert "Sessions that have ended: nothing to do" in said
        assert command.run(["daily"]) == 0
        assert "done before (1 erased)" in capsys.readouterr().out

    def test_it_is_told_the_day(
        self, demonstration: object, whole_day: None, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert command.run(["daily", "--date", ago(3).isoformat(), "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["date"] == ago(3).isoformat()
        assert {job["became"] for job in told["jobs"]} == {"done"}
        assert command.run(["daily", "--date", ago(-3).isoformat()]) == 2
        assert "lies ahead" in capsys.readouterr().err

    def test_a_job_that_failed_is_its_exit_code(
        self, demonstration: object, breaks: object, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert command.run(["daily"]) == 1
        said = capsys.readouterr()
        assert "A job that breaks: FAILED, see the log" in said.out
        assert "Pat Smith" not in said.out + said.err


def test_an_account_that_was_closed_twice_counts_from_the_last_time(account: Account) -> None:
    officer = account(OFFICER)
    Role.objects.filter(person=officer.person).update(started_on=ago(4000), ended_on=ago(3000))
    for days, active in ((2900, False), (2000, True), (100, False)):
        officer.is_active = active
        officer._history_date = timezone.now() - datetime.timedelta(days=days)
        officer.save()
    person = Person.objects.select_related("user").prefetch_related("roles").get(pk=officer.person.pk)
    assert retention.closed_on(person) == timezone.localdate() - datetime.timedelta(days=100)

"""Carries out how long the partnership's own records are kept; each job is one of `sightline daily`."""

from __future__ import annotations

import datetime
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils import timezone
from simple_history.utils import get_history_manager_for_model

from sightline.partnership import audit, daily, notices
from sightline.partnership.audit_models import DailyRun
from sightline.partnership.daily import began, carried_out, first_day_kept
from sightline.partnership.domain.file_account import FILE_ACCOUNT
from sightline.partnership.models import Person, User


def register() -> None:
    daily.register("closed-accounts", "Accounts and people that are closed for long", erase_closed)
    daily.register("sessions", "Sessions that have ended", clear_sessions)
    daily.register("sign-in-attempts", "Old attempts to sign in", clear_attempts)
    daily.register("notices", "Old notices by e-mail", clear_notices)
    daily.register("background-jobs", "Background jobs that ended long ago", clear_background_jobs)
    daily.register("daily-runs", "Old notes of daily jobs", clear_daily_runs)
    daily.register("audit-log", "Audit entries that a crash left unsealed", seal)


def erase_closed(day: datetime.date) -> dict[str, int]:
    """Make those numbers whose account is closed, and whose last role ended, for longer than is kept."""
    from sightline.partnership.erasing import erase_person, is_erased

    before = first_day_kept("closed-accounts", day)
    if before is None:
        return {"erased": 0}
    erased = 0
    people = Person.objects.select_related("user").prefetch_related("roles").order_by("pk")
    for person in people.exclude(user__is_active=True).iterator(chunk_size=200):
        closed = closed_on(person)
        if closed is not None and closed < before and not is_erased(person):
            erase_person(person=person, by=None, reason="retention carried out")
            erased += 1
    carried_out("closed-accounts", erased)
    return {"erased": erased}


def closed_on(person: Person) -> datetime.date | None:
    """The day since which a person holds no role and has no open account; None where they still do."""
    account = person.user
    if account is not None and (account.is_active or account.username == FILE_ACCOUNT):
        return None
    ends = [role.ended_on for role in person.roles.all()]
    if None in ends:
        return None
    days = [end for end in ends if end is not None]
    if account is not None:
        days.append(_inactive_since(account))
    if not days:
        rows = get_history_manager_for_model(Person).filter(id=person.pk).order_by("history_date")
        days = [timezone.localdate(row.history_date) for row in rows[:1]]
    return max(days, default=None)


def _inactive_since(account: User) -> datetime.date:
    since = account.date_joined
    was_active = True
    for row in get_history_manager_for_model(User).filter(id=account.pk).order_by("history_date", "history_id"):
        if not row.is_active and was_active:
            since = row.history_date
        was_active = row.is_active
    return timezone.localdate(since)


def clear_sessions(_day: datetime.date) -> dict[str, int]:
    from django.contrib.sessions.models import Session

    before = Session.objects.count()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return {"cleared": before - Session.objects.count()}


def clear_attempts(day: datetime.date) -> dict[str, int]:
    before = first_day_kept("sign-in-attempts", day)
    if before is None or not apps.is_installed("axes"):
        return {"removed": 0}
    removed = 0
    for model in apps.get_app_config("axes").get_models():
        if "attempt_time" in {field.name for field in model._meta.get_fields()}:
            removed += _manager(model).filter(attempt_time__lt=began(before)).delete()[0]
    carried_out("sign-in-attempts", removed)
    return {"removed": removed}


def clear_notices(day: datetime.date) -> dict[str, int]:
    return {"emptied": notices.forget_old(day)}


def clear_background_jobs(day: datetime.date) -> dict[str, int]:
    before = first_day_kept("background-jobs", day)
    if before is None:
        return {"removed": 0}
    jobs = _manager(apps.get_model("django_tasks_database", "DBTaskResult"))
    return {"removed": jobs.filter(finished_at__lt=began(before)).delete()[0]}


def clear_daily_runs(day: datetime.date) -> dict[str, int]:
    before = first_day_kept("daily-runs", day)
    return {"removed": DailyRun.objects.filter(day__lt=before).delete()[0] if before else 0}


def seal(_day: datetime.date) -> dict[str, int]:
    return {"sealed": audit.seal_pending()}


def _manager(model: Any) -> Any:
    return model._default_manager

"""What is done once a day, whichever scheduler asks for it: each room registers its jobs, `sightline daily` does them.

A job has one transaction, in which the note that it is done stands too: it is done for a day wholly or not at all, and
once, however often it is asked for. What a crash broke off is done when it is asked for again.
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sightline.kernel.errors import SightlineError
from sightline.partnership import audit
from sightline.partnership.audit_models import DailyRun
from sightline.partnership.domain.audit_chain import Kind

Do = Callable[..., Mapping[str, int]]
Prepare = Callable[[datetime.date], AbstractContextManager[Any]]


class NotYet(SightlineError):
    """The daily jobs were asked for a day that lies ahead: what is kept until then would be gone too early."""


class JobFailed(SightlineError):
    """A daily job could not be done. Its message names no person, so whoever runs the jobs is told it."""


@dataclass(frozen=True, slots=True)
class Job:
    """One daily job. ``do`` gets the day and says what it did, counted.

    prepare: gets what takes long and changes nothing, such as what stands at an address, before the transaction of the
        job begins, so that nobody waits for it; ``do`` is given it as well.
    """

    name: str
    says: str
    do: Do
    prepare: Prepare | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: ``done``, ``done before`` or ``failed``. why: of a failure that may be told."""

    job: Job
    became: str
    did: Mapping[str, int] = field(default_factory=dict)
    why: str = ""


_jobs: dict[str, Job] = {}


def register(name: str, says: str, do: Do, *, prepare: Prepare | None = None) -> None:
    """Do a job every day, after those that are registered already. The same name again replaces it."""
    _jobs[name] = Job(name, says, do, prepare)


def jobs() -> list[Job]:
    return list(_jobs.values())


def run(day: datetime.date) -> Iterator[Outcome]:
    """Do every job of a day that is not done yet, one after the other; one that fails does not keep the rest from it.

    Raises:
        NotYet: the day lies ahead.
    """
    if day > timezone.localdate():
        raise NotYet(f"{day.isoformat()} lies ahead: daily jobs are done for today or for a day before it.")
    return (_run(job, day) for job in jobs())


def last_done(name: str) -> datetime.date | None:
    """The last day for which a job was done; None where it never was."""
    done = DailyRun.objects.filter(job=name, ended_at__isnull=False).order_by("-day")
    return done.values_list("day", flat=True).first()


def _run(job: Job, day: datetime.date) -> Outcome:
    row, _ = DailyRun.objects.get_or_create(day=day, job=job.name, defaults={"started_at": timezone.now()})
    if row.ended_at is not None:
        return Outcome(job, "done before", row.did)
    try:
        with contextlib.ExitStack() as stack:
            prepared = [stack.enter_context(job.prepare(day))] if job.prepare is not None else []
            stack.enter_context(transaction.atomic())
            # Two schedulers at once: the second waits here, and finds it done.
            row = DailyRun.objects.select_for_update().get(pk=row.pk)
            if row.ended_at is not None:
                return Outcome(job, "done before", row.did)
            did = dict(job.do(day, *prepared))
            row.did, row.ended_at, row.failure = did, timezone.now(), ""
            row.save()
    except Exception as error:  # noqa: BLE001  (whatever went wrong in one job, the others are due all the same)
        structlog.get_logger("sightline.daily").error("daily job failed", job=job.name, exc_info=error_info(error))
        row.failure = type(error.__cause__ if isinstance(error, JobFailed) and error.__cause__ else error).__name__
        row.ended_at = None
        row.save(update_fields=["failure", "ended_at"])
        return Outcome(job, "failed", why=error.message if isinstance(error, JobFailed) else "")
    return Outcome(job, "done", did)


def error_info(error: Exception) -> tuple[type[Exception], Exception, object]:
    """An error as the logs take it: they write its kind and places, never its message."""
    return type(error), error, error.__traceback__


def first_day_kept(kind: str, day: datetime.date) -> datetime.date | None:
    """The first day whose records are still kept on ``day``; None where they are kept for good."""
    days = settings.RETENTION_DAYS[kind]
    return day - datetime.timedelta(days=days) if days else None


def began(day: datetime.date) -> datetime.datetime:
    """The moment at which a day began."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def carried_out(kind: str, count: int) -> None:
    """Say in the audit log that retention removed something."""
    if count:
        audit.note(Kind.RETENTION, by=None, what="retention carried out", kind_kept=kind, many=count)

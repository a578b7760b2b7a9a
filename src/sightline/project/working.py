"""The worker: does the background jobs of this installation, one after another."""

from __future__ import annotations

import os
import socket

import structlog
from django.core.management import call_command
from django.db import transaction
from django.utils.crypto import get_random_string
from django_tasks_db.models import DBTaskResult

MOST_TRIES = 3

log = structlog.get_logger("sightline.worker")


def work() -> None:
    """Do jobs as they come in, until SIGTERM or SIGINT; the job in hand is finished first."""
    take_up_abandoned_jobs()
    call_command("db_worker", queue_name="*", interval=0.5, startup_delay=False, worker_id=_own_id(), verbosity=1)


def _own_id() -> str:
    """Names the process, so that a later one can tell whether it is still there. At most 64 characters."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{get_random_string(8)}"


def take_up_abandoned_jobs() -> int:
    """Put back into the queue what a worker of this machine had in hand when it was killed, and return how many.

    A job is written so that doing it twice gives the same. One that has outlived no worker in MOST_TRIES tries is
    given up as failed: it may be what kills them.
    """
    taken_up = 0
    for job in DBTaskResult.objects.running():
        if not job.worker_ids or not _is_gone(job.worker_ids[-1]):
            continue
        if len(job.worker_ids) >= MOST_TRIES:
            job.set_failed(RuntimeError(f"Given up: the worker ended in the middle of it {MOST_TRIES} times."))
            log.error("job given up", job=job.task_name, tries=MOST_TRIES)
            continue
        with transaction.atomic():
            job.status, job.started_at = "READY", None
            job.save(update_fields=["status", "started_at"])
        log.warning("job taken up again", job=job.task_name)
        taken_up += 1
    return taken_up


def _is_gone(worker_id: str) -> bool:
    """Whether the worker with an id ran on this machine and runs no more."""
    host, _, rest = worker_id.partition(":")
    number = rest.partition(":")[0]
    if host != socket.gethostname()[:40] or not number.isdigit():
        return False
    if int(number) == os.getpid():
        return True  # The number was given out again, to us.
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False

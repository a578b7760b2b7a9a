"""A worker that was killed leaves no job behind."""

from __future__ import annotations

import os
import socket

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sightline.project import working

pytestmark = pytest.mark.django_db

HOST = socket.gethostname()[:40]
# No process has it: numbers end at 4,194,304.
GONE = 4_999_999


def job(*workers: str, status: str = "RUNNING") -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="sightline.scrutiny.tasks.read_upload",
        worker_ids=list(workers),
        backend_name="default",
        run_after=timezone.now(),
        started_at=timezone.now(),
        exception_class_path="",
        traceback="",
    )


def test_the_job_of_a_killed_worker_is_taken_up_again() -> None:
    left = job(f"{HOST}:{GONE}:abc")
    assert working.take_up_abandoned_jobs() == 1
    left.refresh_from_db()
    assert (left.status, left.started_at) == ("READY", None)


def test_a_number_that_was_given_out_again_to_us_is_no_other_worker() -> None:
    job(f"{HOST}:{os.getpid()}:abc")
    assert working.take_up_abandoned_jobs() == 1


@pytest.mark.parametrize(
    "worker",
    [
        pytest.param(f"{HOST}:{os.getppid()}:abc", id="still running"),
        pytest.param(f"elsewhere:{GONE}:abc", id="on another machine"),
        pytest.param("a name of another kind", id="not one of ours"),
    ],
)
def test_the_job_of_another_worker_is_left_to_it(worker: str) -> None:
    left = job(worker)
    assert working.take_up_abandoned_jobs() == 0
    left.refresh_from_db()
    assert left.status == "RUNNING"


def test_a_job_that_outlives_no_worker_is_given_up() -> None:
    left = job(*[f"{HOST}:{GONE}:{number}" for number in range(working.MOST_TRIES)])
    assert working.take_up_abandoned_jobs() == 0
    left.refresh_from_db()
    assert left.status == "FAILED"
    assert "3 times" in left.traceback


def test_jobs_that_wait_or_are_done_are_left_alone() -> None:
    job(status="READY")
    job(f"{HOST}:{GONE}:abc", status="SUCCESSFUL")
    assert working.take_up_abandoned_jobs() == 0


def test_a_worker_says_where_it_runs() -> None:
    assert working._own_id().startswith(f"{HOST}:{os.getpid()}:")
    assert len(working._own_id()) <= 64

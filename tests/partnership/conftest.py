"""The invented partnership, in the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from sightline.partnership.actions import load_partnership
from sightline.partnership.domain import partnership_file
from sightline.partnership.domain.partnership_facts import PartnershipFile
from sightline.partnership.models import Council, User
from tests import remembered


@pytest.fixture(scope="session")
def demonstration_file() -> PartnershipFile:
    return partnership_file.read("demonstration")


@pytest.fixture
def demonstration(db: None, demonstration_file: PartnershipFile) -> PartnershipFile:
    """The demonstration partnership, loaded."""
    remembered.bring("demonstration", lambda: load_partnership(demonstration_file))
    return demonstration_file


@pytest.fixture
def account(demonstration: PartnershipFile) -> Callable[[str], User]:
    """An account of the demonstration by user name, read afresh."""
    return lambda username: User.objects.get(username=username)


@pytest.fixture
def council(demonstration: PartnershipFile) -> Callable[[str], Council]:
    """A council of the demonstration by abbreviation."""
    return lambda abbreviation: Council.objects.get(abbreviation=abbreviation)


@pytest.fixture
def demonstration_text() -> str:
    """The demonstration's file as it ships, to be spoilt."""
    path: Path = partnership_file.shipped()["demonstration"]
    return path.read_text(encoding="utf-8")


Posting = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def posting(django_capture_on_commit_callbacks: Callable[..., Any]) -> Posting:
    """Within it, transactions come to their end and the worker does its jobs, so that letters arrive."""

    @contextmanager
    def running() -> Iterator[None]:
        with django_capture_on_commit_callbacks(execute=True):
            yield
        for job in DBTaskResult.objects.filter(status="READY").order_by("enqueued_at"):
            job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
            job.delete()

    return running

"""The invented partnership with its glossary, in the database."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sightline.partnership.actions import load_partnership
from sightline.partnership.domain import partnership_file
from sightline.partnership.models import User
from tests import remembered


@pytest.fixture
def demonstration(db: None) -> None:
    """The demonstration partnership, loaded."""
    remembered.bring("demonstration", lambda: load_partnership(partnership_file.read("demonstration")))


@pytest.fixture
def account(demonstration: None) -> Callable[[str], User]:
    """An account of the demonstration by user name, read afresh."""
    return lambda username: User.objects.get(username=username)

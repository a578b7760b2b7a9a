"""The invented partnership, in the database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sightline.partnership.actions import load_partnership
from sightline.partnership.domain import partnership_file
from sightline.partnership.domain.partnership_facts import PartnershipFile
from sightline.partnership.models import Council, User


@pytest.fixture(scope="session")
def demonstration_file() -> PartnershipFile:
    return partnership_file.read("demonstration")


@pytest.fixture
def demonstration(db: None, demonstration_file: PartnershipFile) -> PartnershipFile:
    """The demonstration partnership, loaded."""
    load_partnership(demonstration_file)
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

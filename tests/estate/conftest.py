"""What the tests of the estate share."""

from __future__ import annotations

from pathlib import Path

import pytest

from sightline.estate.domain.catalogue import Catalogue, read_catalogue
from sightline.estate.domain.recognition import Recogniser
from tests.estate.small_catalogue import small_catalogue
from tests.scrutiny.conftest import Places, make_places

LIFECYCLE = ("data", "lifecycle", "endoflife_products.jsonl.gz")


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return small_catalogue(tmp_path_factory.mktemp("catalogue"))


@pytest.fixture(scope="session")
def recogniser(catalogue: Catalogue) -> Recogniser:
    return Recogniser(catalogue)


@pytest.fixture(scope="session")
def published(samples: Path) -> Catalogue:
    """The whole lifecycle data."""
    return read_catalogue(samples.joinpath(*LIFECYCLE))


@pytest.fixture
def places(db: None) -> Places:
    """Three councils and their people."""
    return make_places()

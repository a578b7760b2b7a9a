"""An import that is killed at any moment leaves the register as before or as after."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.killing import KILLS, OF_EACH_KIND, left_by


@pytest.mark.slow
def test_a_killed_import_is_whole_or_never_was(tmp_path: Path, own_database: str) -> None:
    became = left_by("tests.estate.importer", KILLS, 20261124, tmp_path, database=own_database, folder=tmp_path)
    assert became["neither"] == 0
    assert became["before"] + became["after"] == KILLS
    assert min(became["before"], became["after"]) >= OF_EACH_KIND

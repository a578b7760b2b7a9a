"""Recording and importing that are killed at a random moment leave each minute wholly there or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.killing import KILLS, OF_EACH_KIND, left_by


@pytest.mark.slow
def test_kills_leave_nothing_half_recorded(tmp_path: Path, own_database: str) -> None:
    outcomes = left_by("tests.scrutiny.recorder", KILLS, 20230306, database=own_database, folder=tmp_path)
    assert outcomes["half"] == 0
    assert outcomes["intact"] == 1
    assert outcomes["nothing"] >= OF_EACH_KIND
    assert outcomes["whole"] >= OF_EACH_KIND
    assert outcomes["nothing"] + outcomes["whole"] == KILLS


@pytest.mark.slow
@pytest.mark.either_database  # each file is recorded as by hand, which is killed on both
def test_kills_of_an_import_leave_every_file_recorded_wholly_and_once(tmp_path: Path, own_database: str) -> None:
    outcomes = left_by("tests.scrutiny.importer", KILLS, 20230306, database=own_database, folder=tmp_path)
    assert outcomes["half"] == 0
    assert outcomes["minutes"] == outcomes["files"]
    assert outcomes["audit holds"] == 1
    assert outcomes["nothing"] >= OF_EACH_KIND
    assert outcomes["recorded"] >= OF_EACH_KIND
    assert outcomes["nothing"] + outcomes["recorded"] == KILLS

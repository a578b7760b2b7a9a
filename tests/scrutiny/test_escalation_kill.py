"""Escalation and weekly letters, killed at a random moment, leave no step without its letters, and none twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.killing import KILLS, OF_EACH_KIND, left_by


@pytest.mark.slow
def test_kills_leave_nothing_half_done_and_nothing_done_twice(tmp_path: Path, own_database: str) -> None:
    outcomes = left_by("tests.scrutiny.escalator", KILLS, 20240531, database=own_database, folder=tmp_path)
    assert outcomes["half"] == 0
    assert outcomes["cut short"] >= OF_EACH_KIND
    assert outcomes["cut short"] + outcomes["nothing"] + outcomes["whole"] == KILLS

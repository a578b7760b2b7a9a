"""The audit log outlives a crowd that writes at once, and processes that are killed in the middle."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.killing import KILLS, OF_EACH_KIND, left_by


@pytest.mark.slow
def test_crowds_and_kills_leave_a_chain_that_holds(tmp_path: Path, own_database: str) -> None:
    outcomes = left_by("tests.partnership.auditor", KILLS, 20260506, database=own_database, folder=tmp_path)
    assert outcomes["crowd_codes"] == [0, 0, 0, 0]
    assert outcomes["crowd_holds"]
    assert outcomes["crowd_whole"]
    assert outcomes["broken"] == 0
    assert outcomes["apart"] == 0
    # Kills that all came too early or too late would show nothing.
    assert outcomes["cut_short"] >= OF_EACH_KIND
    assert outcomes["waiting"] == 0

"""Sending that is killed at a random moment loses no letter and sends none twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.killing import KILLS, OF_EACH_KIND, left_by


@pytest.mark.slow
def test_kills_lose_no_letter_and_double_none(tmp_path: Path, own_database: str) -> None:
    outcomes = left_by("tests.partnership.poster", KILLS, 20240501, database=own_database, folder=tmp_path)
    assert outcomes["twice"] == 0
    # Whatever is not known to have arrived is known to be uncertain.
    assert outcomes["lost"] == 0
    # Killed between the server's taking a letter and our hearing of it: held back, and never sent again.
    assert outcomes["killed in the window"] == 1
    assert outcomes["in the window"] == "uncertain"
    assert outcomes["sent"] + outcomes["uncertain"] == KILLS + 1
    assert outcomes["kills that hit"] >= OF_EACH_KIND

"""Recording that is killed at a random moment leaves the minute wholly there or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROUNDS = 200


@pytest.mark.slow
def test_two_hundred_kills_leave_nothing_half_recorded(tmp_path: Path, own_database: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.scrutiny.recorder", str(ROUNDS), "20230306"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "sightline.project.settings",
            "DATABASE_URL": own_database,
            "SIGHTLINE_SECRET_KEY": "for this test alone",
            "SIGHTLINE_VAR": str(tmp_path),
            "SIGHTLINE_HTTPS": "0",
            "SIGHTLINE_LOG_LEVEL": "CRITICAL",
        },
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    outcomes = json.loads(done.stdout)
    assert outcomes["half"] == 0
    assert outcomes["intact"] == 1
    # Kills that all came too early or too late would show nothing.
    assert outcomes["nothing"] >= ROUNDS // 10
    assert outcomes["whole"] >= ROUNDS // 10
    assert outcomes["nothing"] + outcomes["whole"] == ROUNDS

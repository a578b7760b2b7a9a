"""Escalation and weekly letters, killed at a random moment, leave no step without its letters, and none twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.killing import KILLS, OF_EACH_KIND


@pytest.mark.slow
def test_kills_leave_nothing_half_done_and_nothing_done_twice(tmp_path: Path, own_database: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.scrutiny.escalator", str(KILLS), "20240531"],
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
        timeout=1800,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    outcomes = json.loads(done.stdout)
    assert outcomes["half"] == 0
    assert outcomes["cut short"] >= OF_EACH_KIND
    assert outcomes["cut short"] + outcomes["nothing"] + outcomes["whole"] == KILLS

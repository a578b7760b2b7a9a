"""Recording and importing that are killed at a random moment leave each minute wholly there or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.killing import KILLS, OF_EACH_KIND


def killed(module: str, tmp_path: Path, database: str) -> dict[str, int]:
    """What was left by children of a module that were killed KILLS times."""
    done = subprocess.run(
        [sys.executable, "-m", module, str(KILLS), "20230306"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "sightline.project.settings",
            "DATABASE_URL": database,
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
    outcomes: dict[str, int] = json.loads(done.stdout)
    return outcomes


@pytest.mark.slow
def test_kills_leave_nothing_half_recorded(tmp_path: Path, own_database: str) -> None:
    outcomes = killed("tests.scrutiny.recorder", tmp_path, own_database)
    assert outcomes["half"] == 0
    assert outcomes["intact"] == 1
    assert outcomes["nothing"] >= OF_EACH_KIND
    assert outcomes["whole"] >= OF_EACH_KIND
    assert outcomes["nothing"] + outcomes["whole"] == KILLS


@pytest.mark.slow
@pytest.mark.either_database  # each file is recorded as by hand, which is killed on both
def test_kills_of_an_import_leave_every_file_recorded_wholly_and_once(tmp_path: Path, own_database: str) -> None:
    outcomes = killed("tests.scrutiny.importer", tmp_path, own_database)
    assert outcomes["half"] == 0
    assert outcomes["minutes"] == outcomes["files"]
    assert outcomes["audit holds"] == 1
    assert outcomes["nothing"] >= OF_EACH_KIND
    assert outcomes["recorded"] >= OF_EACH_KIND
    assert outcomes["nothing"] + outcomes["recorded"] == KILLS

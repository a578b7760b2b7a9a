"""An import that is killed at any moment leaves the register as before or as after."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.killing import KILLS, OF_EACH_KIND


@pytest.mark.slow
def test_a_killed_import_is_whole_or_never_was(tmp_path: Path, own_database: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.estate.importer", str(KILLS), "20261124", str(tmp_path)],
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
    became = json.loads(done.stdout)
    assert became["neither"] == 0
    assert became["before"] + became["after"] == KILLS
    assert min(became["before"], became["after"]) >= OF_EACH_KIND

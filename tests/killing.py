"""How often the tests that kill children at random moments do so: some in every run, more when asked for.

``SIGHTLINE_KILLS=200 .venv/bin/pytest -m slow -k kill`` is the long run, whenever writing or its transactions change.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

KILLS = int(os.environ.get("SIGHTLINE_KILLS", "12"))
# Kills that all came too early or too late would show nothing.
OF_EACH_KIND = max(1, KILLS // 20)


def left_by(module: str, *arguments: object, database: str, folder: Path) -> dict[str, Any]:
    """What a module printed as JSON that kills its children; it runs in a process of its own, on that database."""
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.killed_settings",
            "DATABASE_URL": database,
            "SIGHTLINE_SECRET_KEY": "for this test alone",
            "SIGHTLINE_VAR": str(folder),
            "SIGHTLINE_HTTPS": "0",
            "SIGHTLINE_LOG_LEVEL": "CRITICAL",
        },
        capture_output=True,
        text=True,
        timeout=1800,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    left: dict[str, Any] = json.loads(done.stdout)
    return left

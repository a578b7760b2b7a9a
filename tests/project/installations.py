"""Installations of a test's own, each in a folder, driven by the real command in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of an installation in ``folder``; nothing of the tests' own settings reaches it."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SIGHTLINE_", "DJANGO_")) and name not in ("DATABASE_URL", "EMAIL_URL")
    }
    ours = {"SIGHTLINE_VAR": str(folder), "SIGHTLINE_HTTPS": "0", "SIGHTLINE_DEMONSTRATION_INSTALLATIONS": "0"}
    return {**kept, **ours, **more}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "sightline.project.command", *arguments]


def sightline(*arguments: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        command(*arguments),
        env=environment(folder, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )

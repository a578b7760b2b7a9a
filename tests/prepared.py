"""What takes long to prepare is prepared once for all processes of a test run: by the first that asks for it."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from pathlib import Path


def once(kept: Path, name: str, prepare: Callable[[Path], None]) -> Path:
    """The folder of that name, prepared; whoever asks meanwhile waits. kept: a folder that all processes share."""
    folder, done = kept / name, kept / f"{name}.done"
    with (kept / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            prepare(folder)
            done.touch()
    return folder

"""Where benchmarks of pages and commands are measured: an empty SQLite and an empty PostgreSQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """The addresses of an empty SQLite and an empty PostgreSQL database."""
    from tests.postgres import server

    with tempfile.TemporaryDirectory() as folder, server.running() as postgres:
        yield {"SQLite": f"sqlite:///{Path(folder) / 'many.sqlite3'}", "PostgreSQL": postgres.url}


def measured(program: str, address: str, *arguments: str) -> Any:
    """What a program printed as JSON that ran with the product's settings on the database at an address."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-W", "ignore:No directory at", "-c", program, *arguments],
            env={
                **os.environ,
                "DATABASE_URL": address,
                "DJANGO_SETTINGS_MODULE": "benchmarks.site_settings",
                "SIGHTLINE_SECRET_KEY": "for measuring alone",
                "SIGHTLINE_VAR": folder,
                "SIGHTLINE_HTTPS": "0",
                "SIGHTLINE_HOSTS": "testserver",
                "SIGHTLINE_LOG_LEVEL": "CRITICAL",
            },
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
    if done.returncode:
        raise RuntimeError("the measured program failed; what it said stands above")
    return json.loads(done.stdout)

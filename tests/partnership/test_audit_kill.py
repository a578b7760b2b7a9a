"""The audit log outlives a crowd that writes at once, and processes that are killed in the middle."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg
import pytest
from django.db import connection

ROUNDS = 40


@pytest.fixture
def own_database(tmp_path: Path) -> str:
    """The address of an empty database, of the kind that is tested on, that nothing else uses."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{tmp_path / 'audit.sqlite3'}"
    folder = connection.settings_dict["HOST"]
    name = f"audit_{uuid.uuid4().hex}"
    with psycopg.connect(host=folder, user="postgres", dbname="postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
    return f"postgresql:///{name}?host={folder}&user=postgres"


@pytest.mark.slow
def test_crowds_and_kills_leave_a_chain_that_holds(tmp_path: Path, own_database: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.partnership.auditor", str(ROUNDS), "20260506"],
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
    assert outcomes["crowd_codes"] == [0, 0, 0, 0]
    assert outcomes["crowd_holds"]
    assert outcomes["crowd_whole"]
    assert outcomes["broken"] == 0
    assert outcomes["apart"] == 0
    # Kills that all came too early or too late would show nothing.
    assert outcomes["cut_short"] >= ROUNDS // 4
    assert outcomes["waiting"] == 0

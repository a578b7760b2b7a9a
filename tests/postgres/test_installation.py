"""An installation on PostgreSQL is prepared by the same command, named by DATABASE_URL alone."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.postgres import server as postgres
from tests.project.installations import sightline


@pytest.mark.slow
@pytest.mark.either_database
def test_an_installation_is_prepared_on_postgresql_once(tmp_path: Path) -> None:
    # The real partnership: that the demonstration's records are loaded into PostgreSQL too, their own tests show.
    with postgres.running() as server:
        named = {"DATABASE_URL": server.url, "SIGHTLINE_PARTNERSHIP": "selcp"}
        first = sightline("site", "prepare", folder=tmp_path, **named)
        assert first.returncode == 0, first.stderr
        again = sightline("site", "prepare", folder=tmp_path, **named)
        assert (again.returncode, again.stderr) == (0, "")
        with psycopg.connect(host=str(server.folder), user="postgres", dbname="postgres") as link:
            (councils,) = link.execute("SELECT count(*) FROM partnership_council").fetchone() or (0,)
            (terms,) = link.execute("SELECT count(*) FROM strategy_glossaryterm").fetchone() or (0,)
    assert councils == 3
    assert terms > 0
    assert not (tmp_path / "sightline.sqlite3").exists()

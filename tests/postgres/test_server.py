"""The PostgreSQL of the tests starts, is real, and leaves nothing behind."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection

from tests.postgres import server as postgres


def test_a_server_answers_and_is_gone_afterwards() -> None:
    with postgres.running() as server:
        folder = server.folder
        with psycopg.connect(host=str(folder), user="postgres", dbname="postgres") as link:
            (version,) = link.execute("SELECT current_setting('server_version_num')::int").fetchone() or (0,)
        assert version >= 160000
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host=str(folder), user="postgres", dbname="postgres", connect_timeout=2)


@pytest.mark.django_db
def test_the_tests_run_on_the_database_that_was_asked_for(pytestconfig: pytest.Config) -> None:
    assert connection.vendor == pytestconfig.getoption("--database")

"""What all tests share: the choice of database, the folder of real samples, and the fence against lost history."""

from __future__ import annotations

import contextlib
import gc
import os
import sqlite3
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.postgres import server as postgres

_stack = contextlib.ExitStack()
# No test measures time: a busy machine must not fail a property that holds.
hypothesis_settings.register_profile("sightline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("sightline")

# keep_many, which writes the history itself: tests/partnership/test_records.py counts it.
_KEEPS_HISTORY = ("sightline.partnership.records", "bulk_create")
_DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "own_database"}
_SOCKET_FOLDER = "SIGHTLINE_TEST_POSTGRESQL_FOLDER"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="the database to test on; postgresql starts a real server and stops it again",
    )
    parser.addoption(
        "--only",
        choices=("stored", "plain"),
        help="only the tests that ask for the database, or only those that do not (and those marked measured)",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--database") == "postgresql" and not config.option.collectonly:
        # The workers of a parallel run share the server that their parent started; each makes a database of its own.
        if folder := os.environ.get(_SOCKET_FOLDER):
            server = postgres.Server(Path(folder))
        else:
            try:
                server = _stack.enter_context(postgres.running())
            except postgres.CannotStart as error:
                raise pytest.UsageError(f"No PostgreSQL to test on: {error}") from error
            os.environ[_SOCKET_FOLDER] = str(server.folder)
        _use(server)


def _use(server: postgres.Server) -> None:
    """Point Django at a server, whether or not it has looked at its settings already."""
    settings.DATABASES["default"] = server.django_settings()
    connections.settings = connections.configure_settings(settings.DATABASES)
    with contextlib.suppress(AttributeError):
        del connections["default"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what was not asked for; on PostgreSQL run only what a database can make a difference to."""
    only, postgresql = config.getoption("--only"), config.getoption("--database") == "postgresql"
    kept = [
        item
        for item in items
        if (only is None or _is_plain(item) == (only == "plain"))
        and not (postgresql and (not _asks_for_the_database(item) or item.get_closest_marker("either_database")))
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _is_plain(item: pytest.Item) -> bool:
    return not _asks_for_the_database(item) or item.get_closest_marker("measured") is not None


def pytest_collection_finish(session: pytest.Session) -> None:
    """Thousands of collected tests are not rubbish: looking through them again and again takes a tenth of the time."""
    gc.collect()
    gc.freeze()


def _asks_for_the_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or not fixtures.isdisjoint(_DATABASE_FIXTURES)


def pytest_unconfigure(config: pytest.Config) -> None:
    _stack.close()


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {config.getoption('--database')}; samples: {os.environ.get('SIGHTLINE_SAMPLES') or 'none'}"


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real samples; a test that asks for it is skipped, and says so, where there is none."""
    folder = os.environ.get("SIGHTLINE_SAMPLES")
    if not folder:
        pytest.skip("needs real samples: set SIGHTLINE_SAMPLES to their folder")
    path = Path(folder)
    assert path.is_dir(), f"SIGHTLINE_SAMPLES names {folder}, which is no folder"
    return path


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this test run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session", autouse=True)
def no_write_without_history() -> Iterator[None]:
    """Fail on any bulk write of ours that would leave no history, wherever in the code it is hidden.

    ``QuerySet.update`` and the bulk methods write round django-simple-history. tests/architecture reads the code for
    them; this watches them run, however the query set was come by.
    """
    from django.db.models import QuerySet
    from simple_history.utils import get_history_manager_for_model

    def tracked_fields(model: Any, names: set[str]) -> set[str]:
        if not hasattr(model._meta, "simple_history_manager_attribute"):
            return set()
        history = get_history_manager_for_model(model).model
        return names & {field.name for field in history._meta.get_fields()}

    def calling_module() -> str:
        """Who asked for the write: managers and related managers of Django hand it on."""
        frame: Any = sys._getframe(2)
        while frame is not None and frame.f_globals.get("__name__", "").startswith("django."):
            frame = frame.f_back
        return frame.f_globals.get("__name__", "") if frame is not None else ""

    def guard(name: str, written: Any) -> Any:
        original = getattr(QuerySet, name)

        def watched(self: Any, *args: Any, **kwargs: Any) -> Any:
            caller = calling_module()
            if caller.startswith("sightline.") and ".migrations." not in caller and (caller, name) != _KEEPS_HISTORY:
                lost = tracked_fields(self.model, written(self.model, *args, **kwargs))
                assert not lost, (
                    f"{caller} calls {self.model.__name__}.{name}: no history of {', '.join(sorted(lost))}. Save each"
                    f" record, or use bulk_create_with_history or bulk_update_with_history of simple_history.utils."
                )
            return original(self, *args, **kwargs)

        setattr(QuerySet, name, watched)
        return original

    def every_field(model: Any, *_args: Any, **_kwargs: Any) -> set[str]:
        return {field.name for field in model._meta.get_fields()}

    originals = {
        "update": guard("update", lambda _model, **fields: set(fields)),
        "bulk_create": guard("bulk_create", every_field),
        "bulk_update": guard("bulk_update", lambda _model, _rows, fields, **_options: set(fields)),
    }
    yield
    for name, original in originals.items():
        setattr(QuerySet, name, original)


@pytest.fixture
def mail_server(settings: Any) -> Iterator[Any]:
    """A real mail server on this machine, to which the site sends its e-mail; see tests/mail/server.py."""
    from tests.mail.server import MailServer

    server = MailServer()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 10
    yield server
    server.stop()


@pytest.fixture
def own_database(tmp_path: Path, transactional_db: None) -> str:
    """The address of a database with every table and no record, of the kind that is tested on, that nothing else uses.

    It is a copy of the one that this process tests on: to make it of the migrations takes seconds each time.
    """
    connection = connections["default"]
    if connection.vendor == "sqlite":
        path = tmp_path / "own.sqlite3"
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
        return f"sqlite:///{path}"
    tested, folder, name = connection.settings_dict["NAME"], connection.settings_dict["HOST"], f"own_{uuid.uuid4().hex}"
    connection.close()  # PostgreSQL copies no database that somebody is connected to.
    with psycopg.connect(host=folder, user="postgres", dbname="postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{tested}"')  # type: ignore[call-overload]
    return f"postgresql:///{name}?host={folder}&user=postgres"

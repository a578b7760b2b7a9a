"""Set up an installation, or bring it up to date: whatever has not changed since the last time is left as it is."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from sightline.project import places, secrets

Say = Callable[[str], None]


def make_folder_and_key(say: Say) -> None:
    """Make the installation's folder, for its owner's eyes alone, and its secret key; before the settings are read."""
    folder = places.var()
    if not folder.exists():
        say(f"Making {folder}")
        folder.mkdir(parents=True, mode=0o700)
    if os.environ.get("SIGHTLINE_SECRET_KEY") or os.environ.get("SIGHTLINE_SECRET_KEY_FILE"):
        return
    if secrets.make_secret_key(places.secret_key_file()):
        say("Made a secret key")


def migrate(say: Say) -> None:
    """Bring the tables of the database up to date."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        say(f"Bringing the database up to date, {len(plan)} step{'s' if len(plan) > 1 else ''} …")
        call_command("migrate", interactive=False, verbosity=0)


def collect_static_files(say: Say) -> None:
    """Gather, name by content and compress what browsers fetch beside pages."""
    stamp = settings.VAR / "static-files"
    wanted = _static_files_digest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted and settings.STATIC_ROOT.is_dir():
        return
    say("Gathering stylesheets, scripts and pictures …")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    # Last, so that a run that was broken off is done again.
    stamp.write_text(wanted, encoding="ascii")


def _static_files_digest() -> str:
    """What would be gathered: each file's path, size and time, and how it is stored."""
    seen = hashlib.sha256(repr((settings.STORAGES["staticfiles"], str(settings.STATIC_ROOT))).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = os.stat(storage.path(path))
            seen.update(f"{storage.location}\0{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return seen.hexdigest()

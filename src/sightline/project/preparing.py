"""Set up an installation, or bring it up to date: whatever has not changed since the last time is left as it is."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from sightline.estate import demonstrating as estate_demonstrating
from sightline.kernel.errors import SightlineError
from sightline.partnership import actions
from sightline.partnership import queries as partnership
from sightline.partnership.domain import partnership_file
from sightline.project import places
from sightline.scrutiny import demonstrating

Say = Callable[[str], None]

DESIGN_SYSTEM = "govuk/vendor/govuk-frontend.min.css"


class NotBuilt(SightlineError):
    """What browsers need beside pages is not there yet."""


def migrate(say: Say) -> None:
    """Bring the tables of the database up to date."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        say(f"Bringing the database up to date, {len(plan)} step{'s' if len(plan) > 1 else ''} …")
        call_command("migrate", interactive=False, verbosity=0)
    # Where processes tell each other what is true for a while; made once, then left as it is.
    call_command("createcachetable", verbosity=0)


def seal_second_factors(say: Say) -> None:
    """Seal the secrets of second factors with the secret key of today, so that keys of before can go."""
    if settings.SECRET_KEY_FALLBACKS and (changed := actions.seal_second_factors_anew()):
        say(f"Sealed {changed} second factor{'s' if changed > 1 else ''} with the new secret key")


def collect_static_files(say: Say) -> None:
    """Gather, name by content and compress what browsers fetch beside pages."""
    if finders.find(DESIGN_SYSTEM) is None:
        raise NotBuilt(
            f"The stylesheet of the Design System ({DESIGN_SYSTEM}) is not built. In a checkout, run `make run`, or"
            " scripts/build_assets.py with the environment's Python."
        )
    stamp = settings.VAR / "static-files"
    wanted = _static_files_digest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted and settings.STATIC_ROOT.is_dir():
        return
    say("Gathering stylesheets, scripts and pictures …")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    # Last, so that a run that was broken off is done again.
    stamp.write_text(wanted, encoding="ascii")


def load_partnership(say: Say) -> None:
    """Load the facts of the partnership file, unless they are here already."""
    file = partnership_file.read(settings.PARTNERSHIP_FILE)
    here = partnership.the_partnership()
    if here is not None and here.file_digest == file.digest:
        _load_demonstration(say, again=False)
        return
    say(f"Loading {file.partnership.name} …")
    report = actions.load_partnership(file)
    say(f"  {len(report.new)} records new, {len(report.changed)} changed")
    for record in report.left:
        say(f"  Left as it is, since somebody changed it here: {record}")
    _load_demonstration(say, again=True)


def _load_demonstration(say: Say, *, again: bool) -> None:
    """Give an invented partnership its invented records; a real one gets none."""
    here = partnership.the_partnership()
    if here is None or not here.is_invented or settings.PARTNERSHIP_FILE != places.DEFAULT_PARTNERSHIP:
        return
    estate_demonstrating.load(lambda line: say(f"  {line}"))
    stamp = settings.VAR / "demonstration-records"
    wanted = demonstrating.digest()
    if not again and stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    demonstrating.load(lambda line: say(f"  {line}"))
    stamp.write_text(wanted, encoding="ascii")


def load_demonstration(say: Say) -> None:
    """Give an invented partnership its invented records; a real one starts empty."""
    here = partnership.the_partnership()
    if here is not None and here.is_invented:
        demonstrating.load(say)
        estate_demonstrating.load(say)


def _static_files_digest() -> str:
    """What would be gathered: each file's path, size and time, and how it is stored."""
    seen = hashlib.sha256(repr((settings.STORAGES["staticfiles"], str(settings.STATIC_ROOT))).encode())
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            status = os.stat(storage.path(path))
            seen.update(f"{storage.location}\0{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return seen.hexdigest()

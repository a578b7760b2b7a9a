"""The head of ICT's morning in three clicks, without scripts; and an inventory uploaded twice, with them."""

from __future__ import annotations

import re
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


# Four pieces of software on each machine: one that changes between the uploads, two that licences are kept for, and one
# that no catalogue knows.
MACHINES = 1_500
STAYS = (
    "Microsoft Office Professional Plus 2016,16.0.5422.1000,Microsoft Corporation",
    "Microsoft SQL Server 2014 (64-bit),12.3.6024.0,Microsoft Corporation",
    "Fenwright Lift Console,2.4,Fenwright",
)


@pytest.mark.slow
@pytest.mark.browser
def test_an_inventory_of_6000_rows_is_uploaded_twice(
    browser: Browser, site: Site, signed_in: SignedIn, tmp_path: Path
) -> None:
    def upload(php: str, machines: int) -> Page:
        rows = [
            f"abc-lab{n:04},{software}"
            for n in range(machines)
            for software in (f"PHP {php},{php}.{n % 9},The PHP Group", *STAYS)
        ]
        file = tmp_path / "lab.csv"
        heading = "DeviceName,ApplicationName,ApplicationVersion,ApplicationPublisher"
        file.write_text("\n".join([heading, *rows]), encoding="utf-8")
        page = opened(browser, signed_in, script=True)
        page.goto(f"{site.url}/inventories/upload/")
        page.set_input_files("[name=file]", file)
        page.select_option("[name=whose]", "aldersby")
        page.get_by_role("button", name="Upload this inventory").click()
        # How far it is, until the page has followed the worker to its end by itself.
        expect(page.locator("progress")).to_be_visible()
        expect(page.locator("main")).to_contain_text("It is imported", timeout=PATIENCE_MS)
        return page

    first = upload("8.1", MACHINES)
    main = first.locator("main")
    expect(main).to_contain_text("6,000 came, 0 went, 0 changed")
    expect(main).to_contain_text("4,500 of 6,000 rows were recognised")
    stands = main.get_by_role("table", name="Support and verdicts")
    expect(stands.get_by_role("row").nth(1)).to_have_text(
        re.compile(r"6,000 in all\s*0\s*0\s*0\s*4,500\s*1,500\s*4,500")
    )
    legacy = main.get_by_role("table", name="What is legacy").get_by_role("row", name="PHP 8.1")
    expect(legacy).to_contain_text("support ended on 31 December 2025")
    licences = main.get_by_role("table", name="Licence positions")
    expect(licences.get_by_role("row", name="Microsoft Office")).to_contain_text("Short of licences")
    first.context.close()
    second = upload("8.3", MACHINES - 10)
    second.get_by_role("link", name="See what came, went and changed").click()
    expect(second.locator("main")).to_contain_text("0 came, 40 went, 1,490 changed, 4,470 stayed the same")
    expect(second.get_by_role("table", name="Changed")).to_contain_text("8.1")
    second.context.close()

"""Every page, found from the list of addresses: can everybody use it, and does it keep to itself?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, StorageState
from playwright.sync_api import Error as PlaywrightError

from tests.browser.pages import EXAMPLES, NO_PAGES, Example, named_routes
from tests.browser.site import Site

# WCAG 2.2 to level AA, as axe names its parts.
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}

PATIENCE_MS = 15_000

# Controls that only help those who have a script, and stand for nothing that cannot be done without: to show the
# password that is typed, and to drop a file on what is else the browser's own field.
ONLY_WITH_SCRIPT = ("Show", "No file chosen")

SignedIn = Callable[[str], StorageState | None]


def test_every_address_has_an_example_or_a_reason() -> None:
    shown = {example.route for example in EXAMPLES}
    routes = set(named_routes())
    assert routes - shown - set(NO_PAGES) == set(), "give them an example in tests/browser/pages.py, or a reason"
    assert (shown - {"failure"}) | set(NO_PAGES) <= routes, "the list names addresses that are gone"
    assert len({example.name for example in EXAMPLES}) == len(EXAMPLES)


@contextmanager
def opened(
    browser: Browser, site: Site, signed_in: SignedIn, example: Example, *, script: bool = True
) -> Iterator[tuple[Page, Response, list[str]]]:
    """An example in a new window, the answer to it, and a list that fills with whatever goes wrong."""
    width, height = SIZES["desktop"]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        storage_state=signed_in(example.account),
        java_script_enabled=script,
        locale="en-GB",
        timezone_id="Europe/London",
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    wrong: list[str] = []
    address = site.url + site.addresses[example.name]
    # The browser notes the status of the page itself as an error too; that one we asked for.
    page.on("console", lambda message: _note_message(message, page, wrong))
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    page.on("requestfailed", lambda request: _note_failure(request, example, wrong))
    page.on("request", lambda request: _note_request(request.url, site, wrong))
    page.on(
        "response",
        lambda response: (
            wrong.append(f"{response.status}: {response.url}")
            if response.status >= 400 and not response.request.is_navigation_request()
            else None
        ),
    )
    try:
        response = page.goto(address, wait_until="load")
        assert response is not None
        if example.press:
            with page.expect_response(lambda answer: answer.request.is_navigation_request()) as answered:
                page.get_by_role("button", name=example.press, exact=True).last.click()
            response = answered.value
            page.wait_for_load_state("load")
        yield page, response, wrong
    finally:
        context.close()


def _note_message(message: ConsoleMessage, page: Page, wrong: list[str]) -> None:
    about_page_itself = urlsplit(message.location["url"]).path == urlsplit(page.url).path
    if message.type in ("error", "warning") and not (about_page_itself and "Failed to load" in message.text):
        wrong.append(f"console: {message.text}")


def _note_failure(request: Request, example: Example, wrong: list[str]) -> None:
    # Where a button is pressed at once, what the page before was still fetching is broken off.
    if not (example.press and "ERR_ABORTED" in str(request.failure)):
        wrong.append(f"not fetched: {request.url} ({request.failure})")


def _note_request(url: str, site: Site, wrong: list[str]) -> None:
    if not url.startswith((site.url + "/", "data:", "blob:")):
        wrong.append(f"asks somebody else: {url}")


@pytest.mark.browser
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_page(example: Example, browser: Browser, site: Site, signed_in: SignedIn, screenshots: Path) -> None:
    with opened(browser, site, signed_in, example) as (page, response, wrong):
        assert response.status == example.status
        assert page.locator("h1").count() == 1
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            _photograph(page, screenshots / f"{example.name}-{size}.png")
            sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert sideways <= 0, f"{sideways} pixels wider than the {size}'s screen: {_widest(page)}"
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]})
            assert found.violations_count == 0, f"{size}: {found.generate_report()}"
        assert wrong == []
        page.set_viewport_size({"width": SIZES["desktop"][0], "height": SIZES["desktop"][1]})
        heading, controls = page.locator("h1").inner_text(), _controls(page)
    with opened(browser, site, signed_in, example, script=False) as (page, response, wrong):
        assert response.status == example.status
        assert page.locator("h1").is_visible()
        assert page.locator("h1").inner_text() == heading
        # What can be done with a script can be done without: each control that is seen is seen in both.
        lost = controls - _controls(page)
        assert [control for control in lost if not control.startswith(ONLY_WITH_SCRIPT)] == []
        assert wrong == []


def _photograph(page: Page, path: Path) -> None:
    """Keep the whole page for people to look at. Chromium now and then cannot while it lays out another width."""
    try:
        page.screenshot(path=path, full_page=True)
    except PlaywrightError as error:
        if "Unable to capture screenshot" not in str(error):
            raise
        page.wait_for_timeout(500)
        page.screenshot(path=path, full_page=True)


def _widest(page: Page) -> str:
    """The elements that reach beyond the screen, for whoever has to mend it."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
            .slice(0, 5).map(element => element.outerHTML.slice(0, 120))"""
    )
    return "; ".join(found)


def _controls(page: Page) -> set[str]:
    """The names of the links, buttons and fields of a page's main part that can be seen."""
    controls = page.locator("main a, main button, main input:not([type=hidden]), main select, main textarea")
    names: list[str] = controls.evaluate_all(
        """found => found
            .filter(control => control.checkVisibility({visibilityProperty: true})
                && control.getBoundingClientRect().width > 0)
            .map(control => (control.getAttribute('name') || control.innerText).trim())"""
    )
    return set(names)

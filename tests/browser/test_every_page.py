"""Every page, found from the list of addresses: can everybody use it, and does it keep to itself?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, StorageState
from playwright.sync_api import Error as PlaywrightError

from tests.browser import accessibility
from tests.browser.accessibility import SIZES
from tests.browser.pages import EXAMPLES, NO_PAGES, Example, named_routes
from tests.browser.site import Site
from tests.browser.validity import faults_in

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


class Window:
    """A window that is kept open from example to example, and the list that fills with whatever goes wrong in it.

    To open a window anew for each page takes longer than the page. Nothing of an example reaches the next but what the
    browser has fetched and may keep: each begins with the cookies of its own account alone.
    """

    def __init__(self, browser: Browser, site: Site, signed_in: SignedIn, *, script: bool) -> None:
        width, height = SIZES["desktop"]
        self._context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        self._context.set_default_timeout(PATIENCE_MS)
        if script:
            accessibility.bring_axe(self._context)
        self._site, self._signed_in = site, signed_in
        self.wrong: list[str] = []
        self.page = self._context.new_page()
        # The browser notes whatever is answered with an error, with scripts and without. The status of the page itself
        # is among that; that one we asked for.
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        self.page.on("requestfailed", self._note_failure)
        self.page.on("request", self._note_request)

    def close(self) -> None:
        self._context.close()

    def open(self, example: Example) -> Response:
        """Go to an example, press its button if it has one, and give the answer."""
        self.page.set_viewport_size({"width": SIZES["desktop"][0], "height": SIZES["desktop"][1]})
        self._context.clear_cookies()
        if (state := self._signed_in(example.account)) is not None:
            self._context.add_cookies(state["cookies"])
        self.wrong.clear()
        response = self.page.goto(self._site.url + self._site.addresses[example.name], wait_until="load")
        assert response is not None
        if example.press:
            with self.page.expect_response(lambda answer: answer.request.is_navigation_request()) as answered:
                self.page.get_by_role("button", name=example.press, exact=True).last.click()
            response = answered.value
            self.page.wait_for_load_state("load")
        return response

    def _note_message(self, message: ConsoleMessage) -> None:
        about_page_itself = urlsplit(message.location["url"]).path == urlsplit(self.page.url).path
        if message.type in ("error", "warning") and not (about_page_itself and "Failed to load" in message.text):
            self.wrong.append(f"console: {message.text}")

    def _note_failure(self, request: Request) -> None:
        # What the page before was still fetching is broken off by going on.
        if "ERR_ABORTED" not in str(request.failure):
            self.wrong.append(f"not fetched: {request.url} ({request.failure})")

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self._site.url + "/", "about:", "data:", "blob:")):
            self.wrong.append(f"asks somebody else: {request.url}")


@pytest.fixture(scope="module")
def windows(browser: Browser, site: Site, signed_in: SignedIn) -> Iterator[tuple[Window, Window]]:
    """A window that runs scripts, and one that does not."""
    both = Window(browser, site, signed_in, script=True), Window(browser, site, signed_in, script=False)
    yield both
    for window in both:
        window.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where each page is kept as the server sent it. They are validated together: the validator starts slowly."""
    folder = tmp_path_factory.mktemp("served")
    yield folder
    faults = faults_in(folder)
    assert faults == [], "\n".join(faults)


@pytest.mark.browser
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_page(example: Example, windows: tuple[Window, Window], served: Path, screenshots: Path | None) -> None:
    with_script, without = windows
    page = with_script.page
    response = with_script.open(example)
    assert response.status == example.status
    heading, controls = _seen(page)
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        if screenshots:
            _photograph(page, screenshots / f"{example.name}-{size}.png")
        found = accessibility.look(page)
        assert found.violations_count == 0, f"{size}: {found.generate_report()}"
    assert with_script.wrong == []
    page, response = without.page, without.open(example)
    assert response.status == example.status
    assert response.headers["content-type"].startswith("text/html")
    (served / f"{example.name}.html").write_bytes(response.body())
    same_heading, same_controls = _seen(page)
    assert same_heading == heading
    # What can be done with a script can be done without: each control that is seen is seen in both.
    lost = controls - same_controls
    assert [control for control in lost if not control.startswith(ONLY_WITH_SCRIPT)] == []
    assert without.wrong == []


def _photograph(page: Page, path: Path) -> None:
    """Keep the whole page for people to look at. Chromium now and then cannot while it lays out another width."""
    try:
        page.screenshot(path=path, full_page=True)
    except PlaywrightError as error:
        if "Unable to capture screenshot" not in str(error):
            raise
        page.wait_for_timeout(500)
        page.screenshot(path=path, full_page=True)


def _seen(page: Page) -> tuple[str, set[str]]:
    """The one heading of a page, which is seen, and the links, buttons and fields that are seen in its main part."""
    headings, controls = page.evaluate(
        """() => {
            const isSeen = (element) => element.checkVisibility({visibilityProperty: true})
                && element.getBoundingClientRect().width > 0;
            const controls = 'main a, main button, main input:not([type=hidden]), main select, main textarea';
            return [
                [...document.querySelectorAll('h1')].map((heading) => isSeen(heading) ? heading.innerText : 'not seen'),
                [...document.querySelectorAll(controls)].filter(isSeen)
                    .map((control) => (control.getAttribute('name') || control.innerText).trim()),
            ];
        }"""
    )
    assert len(headings) == 1, headings
    assert headings != ["not seen"]
    return headings[0], set(controls)

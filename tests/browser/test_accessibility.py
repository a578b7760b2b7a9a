"""Looking with axe, and measuring the contrast of each look of a text once: nothing that axe alone finds is lost."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser import accessibility

# Texts in pairs that differ in one thing only. The first of each can be read, and is measured first.
PAGE = """
<!doctype html><html lang="en"><head><title>Colours</title><style>
    body { color: #0b0c0c; background: #fff } p { margin: 2px } .grey { color: #999 } .dark { background: #1d1d1d }
    .faint { opacity: .3 } .big { font-size: 40px; color: #888 } .small { font-size: 16px; color: #888 }
    .over { position: absolute; left: 0; top: 300px; width: 300px; background: #fff } .over p { background: #333 }
    @media (max-width: 640px) { .turns { color: #aaa } }
</style></head><body><main><h1>Colours</h1>
    <p id="plain">Can be read.</p> <p id="twin">Can be read.</p> <p id="grey" class="grey">Cannot.</p>
    <p id="grey-twin" class="grey">Cannot either.</p> <div class="dark"><p id="on-dark">Black on black.</p></div>
    <div class="faint"><p id="in-faint">Faint.</p></div> <p id="big" class="big">Large.</p>
    <p id="small" class="small">Small.</p> <p id="turns" class="turns">On a phone it cannot.</p>
    <div class="over"><p id="over">Dark.</p></div>
    <p id="hidden" hidden class="grey">Unseen.</p>
</main></body></html>
"""


def too_weak(found: AxeResults) -> set[str]:
    return {
        target.lstrip("#")
        for violation in found.response["violations"]
        if violation["id"] == "color-contrast"
        for node in violation["nodes"]
        for target in node["target"]
    }


@pytest.mark.browser
def test_what_looks_the_same_is_measured_once_and_what_differs_is_not_let_through(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.set_content(PAGE)
    ours, axes_own = {}, {}
    for size, (width, height) in accessibility.SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        ours[size] = too_weak(accessibility.look(page))
    # Axe as it comes, in a page of its own.
    page = context.new_page()
    page.set_content(PAGE)
    for size, (width, height) in accessibility.SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        axes_own[size] = too_weak(Axe().run(page, options=accessibility.CHECKS))
    context.close()
    assert ours == axes_own
    weak = {"grey", "grey-twin", "on-dark", "in-faint", "small", "over"}
    assert ours == {"desktop": weak, "phone": weak | {"turns"}}


@pytest.mark.browser
def test_a_page_that_is_wider_than_a_phone_is_named_with_what_is_too_wide(browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_content('<!doctype html><title>Wide</title><p id="wide" style="width: 900px">Wide.</p>')
    with pytest.raises(AssertionError, match='wider than the screen: <p id="wide"'):
        accessibility.look(page)
    context.close()

"""The clerk's desk as a clerk uses it: with the keyboard alone, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.browser.pages import CLERK
from tests.browser.site import Site

SignedIn = Callable[[str], StorageState | None]
PATIENCE_MS = 15_000


@contextmanager
def at_desk(browser: Browser, site: Site, signed_in: SignedIn, *, script: bool, width: int = 1280) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        storage_state=signed_in(CLERK),
        java_script_enabled=script,
        locale="en-GB",
        timezone_id="Europe/London",
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    try:
        page.goto(site.url + site.addresses["minute-desk"])
        yield page
        assert wrong == []
    finally:
        context.close()


def confirmed(page: Page) -> tuple[int, int]:
    """How many passages are confirmed, and of how many, by the bar."""
    words = page.locator(".desk-bar__count strong").inner_text().split()
    return int(words[0]), int(words[2])


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.innerText"))


def act(page: Page, key: str) -> None:
    """Press a key that sends a form, and wait for the page that answers."""
    with page.expect_navigation():
        page.keyboard.press(key)
    page.wait_for_load_state("load")


def tab_to(page: Page, words: str, most: int = 80) -> None:
    """Go on with Tab until a control that begins with some words has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        name = page.evaluate("(document.activeElement.innerText || document.activeElement.name || '').trim()")
        if str(name).startswith(words) and "certain" not in str(name):
            return
    raise AssertionError(f"{most} times Tab and no “{words}”; at {focused(page)}")


def go_to(page: Page, card: str, most: int = 60) -> None:
    """Go down the cards, or up again, with single keys until one has the focus."""
    for key in ("j", "k"):
        for _ in range(most):
            if focused(page) == card:
                return
            page.keyboard.press(key)
    raise AssertionError(f"no way by keys to {card}; at {focused(page)}")


@pytest.mark.browser
def test_a_clerk_confirms_minutes_with_single_keys(browser: Browser, site: Site, signed_in: SignedIn) -> None:
    with at_desk(browser, site, signed_in, script=True) as page:
        before, of = confirmed(page)
        left = page.locator("[data-card].desk-card--left").evaluate_all("cards => cards.map(card => card.id)")
        first, second = left[:2]
        # Go down to the first passage that nobody has confirmed, one too far, and back; accept it.
        page.keyboard.press("j")
        assert focused(page).startswith("s-")
        go_to(page, first)
        page.keyboard.press("j")
        assert focused(page) not in ("", first)
        page.keyboard.press("k")
        assert focused(page) == first
        act(page, "a")
        assert confirmed(page) == (before + 1, of)
        # The next passage that needs a look has the focus: reject it with a reason.
        expect(page.locator(f"#{second}")).to_be_focused()
        act(page, "r")
        expect(page.locator("#desk_why")).to_be_focused()
        page.keyboard.type("it repeats the question")
        act(page, "Enter")
        expect(page.locator(".desk-bar__said")).to_contain_text("it repeats the question")
        assert confirmed(page)[1] < of
        # Take it back.
        act(page, "u")
        assert confirmed(page) == (before + 1, of)
        # Change a passage.
        go_to(page, second)
        act(page, "e")
        page.locator("#desk_said_by").focus()
        page.keyboard.press("Control+A")
        page.keyboard.type("The Head of ICT Services")
        act(page, "Enter")
        expect(page.locator(".desk-bar__said")).to_contain_text("You corrected the")
        assert confirmed(page) == (before + 2, of)
        act(page, "u")
        # Select words in the text with the arrow keys, and mark them.
        page.keyboard.press("s")
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        for _ in range(2):
            page.keyboard.press("Shift+ArrowRight")
        selected = " ".join(str(page.evaluate("getSelection().toString()")).split())
        assert len(selected.split()) >= 2
        act(page, "m")
        assert page.locator("#desk_first").input_value() == selected
        expect(page.locator("#desk_kind")).to_be_focused()
        page.keyboard.press("c")
        tab_to(page, "Mark it")
        act(page, "Enter")
        expect(page.locator(".desk-bar__said")).to_contain_text(f"You marked the commitment “{selected}")
        assert confirmed(page) == (before + 2, of + 1)
        act(page, "u")
        assert confirmed(page) == (before + 1, of)


@pytest.mark.browser
def test_single_keys_can_be_switched_off(browser: Browser, site: Site, signed_in: SignedIn) -> None:
    with at_desk(browser, site, signed_in, script=True) as page:
        page.get_by_text("By keyboard", exact=True).click()
        page.get_by_label("Single keys are on").uncheck()
        for again in (False, True):
            if again:
                page.reload()
            page.locator("h1").click()
            page.keyboard.press("j")
            assert not focused(page).startswith("s-")
        page.get_by_text("By keyboard", exact=True).click()
        page.get_by_label("Single keys are on").check()
        page.locator("h1").click()
        page.keyboard.press("j")
        assert focused(page).startswith("s-")


@pytest.mark.browser
def test_selected_words_with_the_mouse_are_what_is_marked(browser: Browser, site: Site, signed_in: SignedIn) -> None:
    with at_desk(browser, site, signed_in, script=True) as page:
        wanted = page.evaluate(
            """() => {
                const text = document.getElementById("desk-text");
                const inside = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
                let node;
                while ((node = inside.nextNode())) {
                    if (node.parentElement.closest(".passage") && !node.parentElement.closest(".passage__label")) break;
                }
                getSelection().setBaseAndExtent(node, 0, node, 12);
                return getSelection().toString();
            }"""
        )
        page.get_by_role("button", name="Mark a passage").click()
        page.wait_for_load_state("load")
        assert page.locator("#desk_first").input_value() == " ".join(wanted.split())
        start = int(page.locator("#desk_start").input_value())
        end = int(page.locator("#desk_end").input_value())
        words = page.evaluate(
            """([start, end]) => {
                const copy = document.getElementById("desk-text").cloneNode(true);
                copy.querySelectorAll(".passage__label").forEach((label) => label.remove());
                return [...copy.textContent].slice(start, end).join("");
            }""",
            [start, end],
        )
        assert words == wanted


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_a_clerk_confirms_minutes_without_scripts_by_tab_and_enter(
    browser: Browser, site: Site, signed_in: SignedIn, width: int
) -> None:
    with at_desk(browser, site, signed_in, script=False, width=width) as page:
        before, of = confirmed(page)
        page.locator("#structure").focus()
        tab_to(page, "Accept")
        act(page, "Enter")
        assert confirmed(page) == (before + 1, of)
        # Where one is sent to is where Tab goes on: in the card of the next passage.
        page.keyboard.press("Tab")
        card = page.evaluate("document.activeElement.closest('[data-card]')?.id")
        assert page.url.endswith(f"#{card}")
        # Change it: the same way in, and every form of it without a script.
        tab_to(page, "Change")
        act(page, "Enter")
        page.locator("#desk_second").fill("no such words in it")
        with page.expect_navigation():
            page.get_by_role("button", name="Split it there").click()
        expect(page.locator(".govuk-error-summary")).to_contain_text("does not stand in this passage")
        assert page.locator("#desk_second").input_value() == "no such words in it"
        page.locator("#desk_why").fill("only a courtesy")
        with page.expect_navigation():
            page.get_by_role("button", name="Reject it").click()
        expect(page.locator(".desk-bar__said")).to_contain_text("only a courtesy")
        with page.expect_navigation():
            page.get_by_role("button", name="Take that back").click()
        with page.expect_navigation():
            page.get_by_role("link", name="Everything that was done").click()
        with page.expect_navigation():
            page.locator(".record-list__item", has_text=re.compile(r"Nyman\s+accepted the")).get_by_role(
                "button"
            ).first.click()
        assert page.locator(".govuk-error-summary").count() == 0, page.locator(".govuk-error-summary").inner_text()
        assert confirmed(page) == (before, of)

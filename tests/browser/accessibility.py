"""What axe finds on a page by WCAG 2.2 to level AA, and whether the page is wider than the screen."""

from __future__ import annotations

import os
from typing import Any

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

# WCAG 2.2 to level AA, as axe names its parts.
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
CHECKS = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"], "preload": {"assets": ["media"]}}
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}

# Three quarters of axe's time go into contrast, and most of that into rows of tables that look all the same. Within one
# look at a page, at one width, a text passes without being measured when one that looks the same has been measured and
# has passed: the same colour, size, weight and shadow, on the same backgrounds all the way up. Whatever stands out of
# the flow, and so may lie above something else, is always measured, and so is everything like a text that failed.
# With this set, every text is measured.
MEASURES_EVERY_TEXT = os.environ.get("SIGHTLINE_EVERY_CONTRAST") == "1"
TWINS_PASS = """
(() => {
    const check = axe._audit.checks['color-contrast'], measure = check.evaluate;
    let passed = new Set(), known = new Map();
    const places = ['top', 'right', 'bottom', 'left', 'marginTop', 'marginRight', 'marginBottom', 'marginLeft'];
    const ground = (element) => {
        if (!element) return '';
        if (known.has(element)) return known.get(element);
        const style = getComputedStyle(element), above = ground(element.parentElement);
        let found = null;
        if (above !== null && ['static', 'relative'].includes(style.position) && style.float === 'none'
            && style.transform === 'none' && !places.some((place) => style[place].startsWith('-'))) {
            const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter, style.mixBlendMode];
            const paints = own.join() !== 'rgba(0, 0, 0, 0),none,1,none,normal';
            found = paints ? above + '/' + own.join() : above;
        }
        known.set(element, found);
        return found;
    };
    const look = (element) => {
        const behind = ground(element), style = getComputedStyle(element);
        return behind === null ? null : [behind, style.color, style.fontSize, style.fontWeight, style.textShadow,
            style.webkitTextFillColor, style.webkitTextStrokeWidth].join('|');
    };
    check.evaluate = function (element, ...more) {
        const looks = look(element);
        if (!measuresEveryText && looks !== null && passed.has(looks)) {
            this.data({});
            return true;
        }
        // What axe passes without a ratio, because nobody sees it, says nothing of those who look the same.
        const keep = this.data;
        let ratio;
        this.data = (kept) => { ratio = kept?.contrastRatio; keep.call(this, kept); };
        const result = measure.call(this, element, ...more);
        if (looks !== null && result === true && ratio) passed.add(looks);
        return result;
    };
    window.lookWithAxe = async (options) => {
        passed = new Set(), known = new Map();
        const screen = document.documentElement, sideways = screen.scrollWidth - screen.clientWidth;
        const widest = sideways <= 0 ? [] : [...document.querySelectorAll('body *')]
            .filter((element) => element.getBoundingClientRect().right > screen.clientWidth + 1)
            .slice(0, 5).map((element) => element.outerHTML.slice(0, 120));
        return {sideways, widest, violations: (await axe.run(options)).violations};
    };
})();
"""
_EVERY_TEXT = f"const measuresEveryText = {str(MEASURES_EVERY_TEXT).lower()};"
_AXE = f"if (!window.lookWithAxe) {{ {Axe().axe_script}\n{_EVERY_TEXT}\n{TWINS_PASS} }}"
_LOOK = "options => window.lookWithAxe ? lookWithAxe(options) : null"


def bring_axe(context: BrowserContext) -> None:
    """Have axe in every page from now on, which is quicker than to bring it when it is asked for."""
    context.add_init_script(_AXE)


def look(page: Page) -> AxeResults:
    """What axe finds at the width that the page has now; fails when the page has to be pushed sideways."""
    found: dict[str, Any] | None = page.evaluate(_LOOK, CHECKS)
    if found is None:
        page.evaluate(_AXE)
        found = page.evaluate(_LOOK, CHECKS)
    assert found is not None
    assert found["sideways"] <= 0, f"{found['sideways']} pixels wider than the screen: {'; '.join(found['widest'])}"
    return AxeResults(found)

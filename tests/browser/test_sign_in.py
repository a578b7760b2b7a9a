"""Signing in by each way that there is, in a real browser on a real site: password and app, passkey, two councils."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import accessibility
from tests.browser import site as sites
from tests.browser.pages import ADMINISTRATOR, ALDERSBYS_CLERK, CLERK
from tests.browser.sign_on import COUNCILS
from tests.partnership.providers import running
from tests.partnership.providers.running import Provider

pytestmark = pytest.mark.browser

# What these set up and lose, no other test looks at.
APP_OWNER, PASSKEY_OWNER, GUESSED = "josephine.abara", "marguerite.osei", "odile.marsh"
PATIENCE_MS = 20_000


@dataclass(frozen=True)
class SignOnSite:
    """A site on which two councils have their own sign-on, and these running."""

    site: sites.Site
    providers: dict[str, Provider]


@pytest.fixture(scope="module")
def place(site: sites.Site, providers: dict[str, Provider]) -> Iterator[SignOnSite]:
    first, second = providers.values()
    with first.running(), second.running():
        yield SignOnSite(site, providers)


@pytest.fixture
def window(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


def can_be_used_by_everybody(page: Page) -> None:
    """Axe finds nothing, and nothing hangs over the edge, on a desktop and on a phone."""
    for width, height in accessibility.SIZES.values():
        page.set_viewport_size({"width": width, "height": height})
        found = accessibility.look(page)
        assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
    page.set_viewport_size({"width": 1280, "height": 900})


def give_password(page: Page, place: SignOnSite, account: str) -> None:
    page.goto(f"{place.site.url}/accounts/login/")
    page.fill("[name=login]", account)
    page.fill("[name=password]", place.site.password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def is_signed_in_as(page: Page, name: str) -> None:
    expect(page.locator(".site-account")).to_contain_text(name)


def virtual_authenticator(context: BrowserContext, page: Page) -> None:
    """A device that keeps passkeys and agrees to everything, as Chromium's own developers use."""
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_password_and_authenticator_app(window: BrowserContext, place: SignOnSite) -> None:
    page = window.new_page()
    give_password(page, place, CLERK)
    assert "/accounts/2fa/authenticate/" in page.url
    can_be_used_by_everybody(page)
    page.fill("[name=code]", "000000")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("main")).to_contain_text("The code is wrong")
    page.fill("[name=code]", sites.code_of(CLERK))
    page.get_by_role("button", name="Sign in", exact=True).click()
    is_signed_in_as(page, "Cordelia Nyman")
    page.goto(f"{place.site.url}/minutes/upload/")
    expect(page.locator("h1")).to_contain_text("Upload")


def test_the_same_without_a_script(browser: Browser, place: SignOnSite) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    give_password(page, place, ALDERSBYS_CLERK)
    page.fill("[name=code]", sites.code_of(ALDERSBYS_CLERK))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator(".site-account")).to_contain_text("Aurelia Finch")
    context.close()


def test_setting_up_an_app_by_hand(window: BrowserContext, place: SignOnSite) -> None:
    """A reader does so of their own will, confirms with the password, and gets recovery codes."""
    from sightline.partnership.domain import demonstration

    page = window.new_page()
    give_password(page, place, APP_OWNER)
    page.goto(f"{place.site.url}/accounts/2fa/totp/activate/")
    page.fill("[name=password]", place.site.password)
    page.get_by_role("button", name="Go on", exact=True).click()
    width = page.locator("main img").evaluate("image => image.naturalWidth")
    assert width > 0, "the picture for the app is shown"
    secret = page.locator("#authenticator_secret").inner_text()
    now = page.evaluate("Date.now() / 1000")
    page.fill("[name=code]", demonstration.code_at(secret, now))
    page.get_by_role("button", name="Go on", exact=True).click()
    expect(page.locator("h1")).to_have_text("Recovery codes")
    assert page.locator("#recovery-codes li").count() == 10
    can_be_used_by_everybody(page)
    spare = page.locator("#recovery-codes li").first.inner_text()
    page.locator(".site-account").get_by_role("button", name="Sign out").click()
    give_password(page, place, APP_OWNER)
    page.fill("[name=code]", spare)
    page.get_by_role("button", name="Sign in", exact=True).click()
    is_signed_in_as(page, "Josephine Abara")


def test_passkey(window: BrowserContext, place: SignOnSite) -> None:
    page = window.new_page()
    virtual_authenticator(window, page)
    give_password(page, place, PASSKEY_OWNER)
    page.goto(f"{place.site.url}/accounts/2fa/passkeys/add/")
    page.fill("[name=password]", place.site.password)
    page.get_by_role("button", name="Go on", exact=True).click()
    expect(page.locator("main")).to_contain_text("It works on localhost alone")
    page.fill("[name=name]", "Work laptop")
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.locator("h1")).to_have_text("Recovery codes")
    # After the password …
    page.locator(".site-account").get_by_role("button", name="Sign out").click()
    give_password(page, place, PASSKEY_OWNER)
    page.get_by_role("button", name="Use a passkey").click()
    is_signed_in_as(page, "Marguerite Osei")
    # … and alone.
    page.locator(".site-account").get_by_role("button", name="Sign out").click()
    page.goto(f"{place.site.url}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    is_signed_in_as(page, "Marguerite Osei")
    page.goto(f"{place.site.url}/accounts/2fa/passkeys/")
    expect(page.get_by_role("row").nth(1)).to_contain_text("Work laptop")
    can_be_used_by_everybody(page)
    page.get_by_role("link", name="Rename Work laptop").click()
    can_be_used_by_everybody(page)
    if page.locator("h1").inner_text() == "Confirm that it is you":
        page.goto(f"{place.site.url}/accounts/2fa/passkeys/reauthenticate/?next=/accounts/2fa/passkeys/")
        can_be_used_by_everybody(page)
        page.get_by_role("button", name="Use a passkey").click()
        page.get_by_role("link", name="Rename Work laptop").click()
    page.fill("[name=name]", "Old laptop")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Remove Old laptop").click()
    can_be_used_by_everybody(page)
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.locator("main")).to_contain_text("You have no passkey")


def test_no_device_says_so_on_the_page(window: BrowserContext, place: SignOnSite) -> None:
    page = window.new_page()
    page.goto(f"{place.site.url}/accounts/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no device')) }")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("#passkey-failed")).to_be_visible()


def _add_group(page: Page, place: SignOnSite, council: str, group: str, role: str) -> None:
    page.goto(f"{place.site.url}/people/groups/")
    page.get_by_role("combobox", name="Council").select_option(label=council)
    page.get_by_role("textbox", name="Group").fill(group)
    page.get_by_role("combobox", name="Role").select_option(label=role)
    page.get_by_role("button", name="Add the group").click()
    expect(page.locator("main")).to_contain_text(group)


def _by_council(page: Page, place: SignOnSite, council: str, person: str) -> None:
    page.goto(f"{place.site.url}/accounts/login/")
    page.get_by_role("button", name=COUNCILS[council]).click()
    page.wait_for_url(re.compile(re.escape(place.providers[council].issuer)))
    page.get_by_label("Name").fill(person)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(re.escape(place.site.url)))


def test_two_councils_by_their_own_sign_on(browser: Browser, window: BrowserContext, place: SignOnSite) -> None:
    admin = window.new_page()
    give_password(admin, place, ADMINISTRATOR)
    admin.fill("[name=code]", sites.code_of(ADMINISTRATOR))
    admin.get_by_role("button", name="Sign in", exact=True).click()
    is_signed_in_as(admin, "Perpetua Lowe")
    refused = browser.new_context()
    refused.set_default_timeout(PATIENCE_MS)
    page = refused.new_page()
    _by_council(page, place, "E07999001", "tam")
    expect(page.locator("h1")).to_have_text("You cannot sign in this way")
    can_be_used_by_everybody(page)
    refused.close()
    _add_group(admin, place, COUNCILS["E07999003"], "readers", "Officer")
    _add_group(admin, place, COUNCILS["E07999001"], "clerks", "Clerk")
    for council, person, name in (("E07999003", "moll", "Moll Quince"), ("E07999001", "tam", "Tam Orchard")):
        context = browser.new_context()
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        _by_council(page, place, council, person)
        is_signed_in_as(page, name)
        if person == "tam":
            page.goto(f"{place.site.url}/minutes/upload/")
            expect(page.locator("h1")).to_have_text("Signing in to your account")
            expect(page.locator("main")).to_contain_text("a password alone is not enough")
            can_be_used_by_everybody(page)
            page.goto(f"{place.site.url}/accounts/oidc/")
            can_be_used_by_everybody(page)
        # Out again, of the council's sign-on too.
        page.locator(".site-account").get_by_role("button", name="Sign out").click()
        page.wait_for_url(re.compile("/session/end"))
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url(f"{place.site.url}/")
        expect(page.locator(".site-account")).to_contain_text("Sign in")
        context.close()


def test_too_many_wrong_passwords(window: BrowserContext, place: SignOnSite) -> None:
    page = window.new_page()
    for _ in range(5):
        page.goto(f"{place.site.url}/accounts/login/")
        page.fill("[name=login]", GUESSED)
        page.fill("[name=password]", "not the password")
        page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("h1")).to_have_text("Too many wrong passwords")
    can_be_used_by_everybody(page)
    give_password(page, place, GUESSED)
    expect(page.locator("h1")).to_have_text("Too many wrong passwords")


def test_the_log_of_all_this_names_no_secret_and_nobody(browser: Browser, place: SignOnSite) -> None:
    # Whatever else was done at this site before: somebody comes by a council's sign-on, and in vain the first time.
    context = browser.new_context()
    context.set_default_timeout(PATIENCE_MS)
    _by_council(context.new_page(), place, "E07999001", "tam")
    context.close()
    lines = Path(place.site.log).read_text(encoding="utf-8", errors="replace").splitlines()
    log = "\n".join(line for line in lines if line.startswith("{") and "Listening at" not in line)
    assert '"route": "accounts/oidc/<slug:provider_id>/login/callback/"' in log, "the log was read"
    assert '"why": "no-role"' in log
    people = ("cordelia", "moll", "tam.orchard", "odile", "hector")
    for secret in (running.SECRET, place.site.password, "127.0.0.1", *people):
        assert secret not in log

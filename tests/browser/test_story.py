"""One matter from the minutes to the last evidence, as everybody who has to do with it goes through it.

A clerk brings in minutes, residents follow what they ask for, three councils consider and decide each for itself, an
owner answers from a letter, is sent back and answers again, and a resident reads it all. The letters are real: the site
sends them to a mail server on this machine.
"""

from __future__ import annotations

import datetime
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.browser.pages import ALDERSBYS_CLERK, CARROW_VALES_CLERK, CLERK
from tests.browser.site import Site
from tests.mail.server import Letter, MailServer

SignedIn = Callable[[str], StorageState | None]
PATIENCE_MS = 15_000
LETTER_WITHIN_SECONDS = 60
expect.set_options(timeout=PATIENCE_MS)

OWNER = "imogen.hartwell@trellis.example"
RESIDENT, NEIGHBOUR = "ida.brook@resident.example", "sam.field@resident.example"
HELD_ON = timezone.localdate() - datetime.timedelta(days=3)

MINUTES = f"""\
THORNFEN DISTRICT COUNCIL

Minutes of the Joint Performance Panel/Policy Panel held on {HELD_ON.day} {HELD_ON:%B %Y} at 6.30 p.m. in the Fen Room,
Thornfen Town Hall

PRESENT:  Councillors H. Idle (Chairman), P. Sorley and R. Whitlock

21.  BENCHES AT BUS STOPS: REPORT OF THE PARTNERSHIP SCRUTINY TASK GROUP

     The Chairman presented the Task Group's report.  The Task Group's recommendations were as follows:

     1)   That every bus stop at which somebody has asked for a bench be given one within a year; and

     2)   That the benches be named on the map of each council.

     The following points were raised:

     -    Members asked how many stops had no bench.

          o    The Head of ICT advised that the map did not say.  She undertook to put the benches on the map by
               {HELD_ON.day} {HELD_ON:%B} {HELD_ON.year + 1}.

     AGREED:

     1)   That the report be noted and its recommendations be endorsed.

The meeting ended at 7.15 p.m.
"""
ASKS = "That every bus stop at which somebody has asked for a bench be given one within a year"


@dataclass
class Post:
    """The letters of this story, as they arrive."""

    server: MailServer

    def __post_init__(self) -> None:
        self.seen = len(self.server.letters)

    def to(self, address: str) -> list[Letter]:
        return [letter for letter in self.server.letters[self.seen :] if letter.to == address]

    def wait_for(self, address: str, words: str, *, many: int = 1) -> Letter:
        """The newest letter to somebody with some words in its subject, once ``many`` of them are there."""
        began = time.monotonic()
        while True:
            found = [letter for letter in self.to(address) if words in letter.subject]
            if len(found) >= many:
                return found[-1]
            told = [f"{letter.to}: {letter.subject}" for letter in self.server.letters[self.seen :]]
            assert time.monotonic() - began < LETTER_WITHIN_SECONDS, f"no letter “{words}” to {address} among {told}"
            time.sleep(0.1)


def link_in(letter: Letter) -> str:
    """The link on the last line of a letter."""
    (*_, last) = letter.text.strip().splitlines()
    assert last.startswith("http://localhost:"), letter.text
    return last


@contextmanager
def window(browser: Browser, state: StorageState | None = None) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, storage_state=state, locale="en-GB", timezone_id="Europe/London"
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    try:
        yield page
        assert wrong == []
    finally:
        context.close()


def press(page: Page, name: str) -> None:
    """Press a button, and wait for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def fill_day(page: Page, name: str, day: datetime.date) -> None:
    for part in ("day", "month", "year"):
        page.fill(f"[name={name}_{part}]", str(getattr(day, part)))


@pytest.mark.browser
def test_a_matter_from_the_minutes_to_the_last_evidence(
    browser: Browser, site: Site, mail: MailServer, signed_in: SignedIn
) -> None:
    post = Post(mail)
    with window(browser, signed_in(CLERK)) as clerk, window(browser) as resident:
        reference, promise = the_clerk_brings_in_minutes(clerk, site)
        matter, promised = f"{site.url}/recommendations/{reference}/", f"{site.url}/commitments/{promise}/"

        for address in (RESIDENT, NEIGHBOUR):
            follow(resident, matter, reference, address, post)
        with (
            window(browser, signed_in(ALDERSBYS_CLERK)) as aldersby,
            window(browser, signed_in(CARROW_VALES_CLERK)) as carrow_vale,
        ):
            three_councils_answer(clerk, aldersby, carrow_vale, matter, reference)

        the_owner_is_told_and_answers_from_letters(browser, clerk, promised, promise, post)

        a_resident_reads_it_all(resident, matter, promised)
        the_followers_were_told_and_one_leaves(resident, clerk, matter, reference, post)
        # Each had one letter to confirm; whoever stayed was told once more than whoever left.
        assert (len(post.to(RESIDENT)), len(post.to(NEIGHBOUR))) == (6, 7)


def the_clerk_brings_in_minutes(page: Page, site: Site) -> tuple[str, str]:
    """Upload, look at the preview, record, confirm everything at the desk, publish. Returns the two references."""
    page.goto(f"{site.url}/minutes/upload/")
    page.select_option("[name=body]", label="Joint Performance Panel/Policy Panel, Thornfen District Council")
    page.set_input_files("[name=file]", {"name": "benches.txt", "mimeType": "text/plain", "buffer": MINUTES.encode()})
    press(page, "Upload and read")
    # The worker reads it; the page goes on by itself.
    expect(page.get_by_role("button", name="Record these minutes")).to_be_visible()
    press(page, "Record these minutes")
    expect(page.get_by_text("Only those with a role can see these minutes")).to_be_visible()
    minutes = page.url

    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("Confirm what was read")).click()
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(r"Accept the \d+ that")).first.click()
    while (accept := page.get_by_role("button", name=re.compile("^Accept: "))).count():
        with page.expect_navigation():
            accept.first.click()
    records = [one.inner_text() for one in page.locator(".desk-card__record").all()]
    reference, _other = (one for one in records if one.startswith("R"))
    (promise,) = (one for one in records if one.startswith("C"))

    page.goto(minutes)
    press(page, "Publish these minutes")
    expect(
        page.get_by_text("The minutes are public, with the recommendations and commitments in them.")
    ).to_be_visible()

    # Its own panel endorsed it at the same meeting: proposed, and put on record with a look and a press.
    with page.expect_navigation():
        page.get_by_role("link", name="Recommendations that these minutes deal with").click()
    for left in ("1 proposal waits for you.", "None waits for you."):
        expect(page.get_by_text("It seems to say:").first).to_contain_text("Endorsed")
        press(page, "Yes, put it on record")
        assert page.locator("[name=outcome]:checked").get_attribute("value") == "endorsed"
        page.get_by_label("Let everybody see it now").check()
        press(page, "Put it on record")
        expect(page.get_by_text(left)).to_be_visible()
    return reference, promise


def follow(page: Page, matter: str, reference: str, address: str, post: Post) -> None:
    """Ask for e-mails, and say by the link in the letter that it was you."""
    page.goto(matter)
    with page.expect_navigation():
        page.get_by_role("link", name="Get an e-mail when it changes").click()
    page.fill("[name=address]", address)
    press(page, "Send me e-mails")
    expect(page.get_by_role("heading", name="Check your e-mail")).to_be_visible()
    page.goto(link_in(post.wait_for(address, f"Confirm that you want e-mails about recommendation {reference}")))
    press(page, "Yes, send me e-mails")
    expect(
        page.get_by_role("heading", name=f"You get an e-mail when recommendation {reference} changes")
    ).to_be_visible()


def three_councils_answer(thornfen: Page, aldersby: Page, carrow_vale: Page, matter: str, reference: str) -> None:
    """Panels consider; one cabinet accepts, one rejects, one defers. Nobody can write to another council's."""

    def put(page: Page, council: str, what: str, outcome: str, reason: str = "") -> None:
        page.goto(f"{matter}{council}/{what}/")
        fill_day(page, "day", HELD_ON + datetime.timedelta(days=2 if what == "decide" else 1))
        page.check(f"[name=outcome][value={outcome}]")
        if reason:
            page.fill("[name=reason]", reason)
        page.get_by_label("Let everybody see it now").check()
        press(page, "Put it on record")
        expect(page.locator(".govuk-notification-banner--success, [role=alert]").first).to_contain_text("On record for")

    put(aldersby, "aldersby", "consider", "noted")
    put(carrow_vale, "carrow-vale", "consider", "endorsed")
    put(thornfen, "thornfen", "decide", "accepted")
    put(aldersby, "aldersby", "decide", "rejected", "The county looks after bus stops here.")
    put(carrow_vale, "carrow-vale", "decide", "deferred", "Nobody knows yet what a bench costs.")

    aldersby.goto(f"{matter}thornfen/decide/")
    assert aldersby.get_by_role("button", name="Put it on record").count() == 0, "it is Thornfen's to decide"
    aldersby.goto(matter)
    (own,) = aldersby.get_by_role("link", name=re.compile("Record a decision")).all()
    assert own.get_attribute("href") == f"/recommendations/{reference}/aldersby/decide/"
    assert reference in aldersby.title()


def the_owner_is_told_and_answers_from_letters(
    browser: Browser, clerk: Page, promised: str, promise: str, post: Post
) -> None:
    """Claimed from a signed link, returned, evidenced from another, accepted."""
    clerk.goto(f"{promised}owner/")
    clerk.select_option("[name=owner]", label="Imogen Hartwell, Head of ICT")
    assert clerk.input_value("[name=due_on_year]") == str(HELD_ON.year + 1), "read from the words of the minutes"
    press(clerk, "Keep this")

    first = link_in(post.wait_for(OWNER, f"{promise}: this is yours to do, by "))
    with window(browser) as owner:
        owner.goto(first)
        expect(owner.locator("main")).to_contain_text("put the benches on the map")
        owner.check("[name=claims][value=done]")
        owner.fill("[name=text]", "The benches are on the map.")
        press(owner, "Send this")
        expect(owner.locator(".govuk-error-summary")).to_contain_text("at least one piece of evidence")
        owner.fill("[name=link]", "https://www.thornfen.example/map")
        owner.fill("[name=link_title]", "The map")
        press(owner, "Send this")
        assert owner.url.endswith("/answer/sent/")
        owner.goto(first)
        assert owner.locator("form").filter(has=owner.locator("[name=claims]")).count() == 0, "it works once"

    expect_told = post.wait_for("cordelia.nyman@thornfen.example", f"{promise}: claimed done, to be checked")
    assert promised in expect_told.text
    clerk.goto(f"{promised}check/")
    clerk.check("[name=decision][value=return]")
    clerk.fill("[name=reason]", "The benches in the villages are missing.")
    clerk.get_by_label("Let everybody read the claim and its evidence").check()
    press(clerk, "Send this")

    returned = post.wait_for(OWNER, f"{promise}: returned, more is needed")
    assert "The benches in the villages are missing." in returned.text
    with window(browser) as owner:
        owner.goto(link_in(returned))
        owner.check("[name=claims][value=done]")
        owner.fill("[name=text]", "The villages have been added.")
        owner.set_input_files(
            "[name=file]", {"name": "villages.csv", "mimeType": "text/csv", "buffer": b"village,benches\nFenby,2\n"}
        )
        press(owner, "Send this")
        assert owner.url.endswith("/answer/sent/")
    post.wait_for("cordelia.nyman@thornfen.example", f"{promise}: claimed done, to be checked", many=2)
    clerk.goto(f"{promised}check/")
    clerk.check("[name=decision][value=accept]")
    clerk.get_by_label("Let everybody read the claim and its evidence").check()
    press(clerk, "Send this")
    post.wait_for(OWNER, f"{promise}: accepted as done")


def a_resident_reads_it_all(page: Page, matter: str, promised: str) -> None:
    page.goto(matter)
    expect(page.locator("blockquote").first).to_have_text(ASKS)
    standing = {
        council: page.locator(f"#{council} .side-by-side__state").inner_text().strip()
        for council in ("thornfen", "aldersby", "carrow-vale")
    }
    assert standing == {"thornfen": "Accepted", "aldersby": "Rejected", "carrow-vale": "Deferred"}
    main = page.locator("main").inner_text()
    for words in (
        "one accepted, one rejected, one deferred",
        "The county looks after bus stops here.",
        "Nobody knows yet what a bench costs.",
        "Endorsed",
        "Noted",
    ):
        assert words in main

    page.goto(promised)
    told = [words.strip() for words in page.locator("main h3").all_inner_texts()]
    claimed, returned, accepted = (
        [place for place, words in enumerate(told) if words.startswith(beginning)]
        for beginning in ("Its owner claims", "Returned by", "Accepted as done by")
    )
    assert claimed[0] < returned[0] < claimed[1] < accepted[0], told
    assert "The benches in the villages are missing." in page.locator("main").inner_text()
    assert "Imogen" not in page.locator("main").inner_text(), "posts are public, names are not"
    expect(page.get_by_role("link", name="The map")).to_have_attribute("href", "https://www.thornfen.example/map")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="villages.csv").click()
    assert downloading.value.path().read_bytes() == b"village,benches\nFenby,2\n"


def the_followers_were_told_and_one_leaves(page: Page, clerk: Page, matter: str, reference: str, post: Post) -> None:
    changed = f"Recommendation {reference} has changed"
    post.wait_for(RESIDENT, changed, many=5)
    letters = [letter for letter in post.to(RESIDENT) if letter.subject == changed]
    told = sorted(letter.text.splitlines()[0] for letter in letters)
    assert [line.split(": ")[0] for line in told] == [
        "Aldersby Borough Council",
        "Aldersby Borough Council",
        "Carrow Vale District Council",
        "Carrow Vale District Council",
        "Thornfen District Council",
    ], told
    for words in ("Outcome: Noted.", "Outcome: Endorsed.", "Decision: Accepted.", "Decision: Rejected."):
        assert sum(words in line for line in told) == 1, told
    assert all(matter in letter.text for letter in letters)

    # One click in the mail program, which sends no cookie and follows no page (RFC 8058).
    leave = re.fullmatch("<(.+)>", str(letters[-1].message["List-Unsubscribe"]).strip())
    assert leave is not None
    assert letters[-1].message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert page.request.post(leave[1], form={"List-Unsubscribe": "One-Click"}).ok

    clerk.goto(matter)
    with clerk.expect_navigation():
        clerk.get_by_role("link", name="Say what has been done at Thornfen District Council").click()
    clerk.check("[name=claims][value=progress]")
    clerk.fill("[name=text]", "Nine of thirty benches stand.")
    clerk.fill("[name=link]", "https://www.thornfen.example/benches")
    clerk.get_by_label("Let everybody read it at once").check()
    press(clerk, "Send this")
    post.wait_for(NEIGHBOUR, changed, many=6)
    assert "an update of" in post.to(NEIGHBOUR)[-1].text
    assert len([letter for letter in post.to(RESIDENT) if letter.subject == changed]) == 5, "who has left is left alone"
    page.goto(matter)
    expect(page.locator("#thornfen")).to_contain_text("Nine of thirty benches stand.")

"""Pages of commitments as each person sees them."""

from __future__ import annotations

import datetime
import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sightline.partnership.models import User
from sightline.scrutiny import commitment_actions as doing
from sightline.scrutiny.escalating import run_escalation
from sightline.scrutiny.models import Commitment, Evidence, Update
from sightline.scrutiny.update_actions import Shown
from tests.scrutiny.commitment_world import World, again

pytestmark = pytest.mark.django_db
DUE = datetime.date(2022, 6, 30)


def text_of(page: bytes) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())


def place(name: str, world: World) -> str:
    return reverse(name, args=[world.reference])


def logged_in(client: Client, account: User) -> Client:
    client.force_login(again(account))
    return client


def submission(page: Any) -> str:
    found = re.search(r'name="submission" value="([^"]+)"', page.content.decode())
    assert found is not None
    return found[1]


def test_a_resident_reads_what_was_promised_and_no_name(client: Client, world: World) -> None:
    world.assign(DUE)
    world.tell()
    page = text_of(client.get(place("commitment", world)).content)
    assert "The Head of ICT said that she would write to every library." in page
    assert "Claimed done, waiting to be checked" in page
    assert "Head of ICT" in page
    for hidden in ("North Ict", "Every library was written to.", "example.org", "North Clerk", "Say what was done"):
        assert hidden not in page


def test_what_is_published_a_resident_reads_with_its_evidence(client: Client, world: World) -> None:
    world.assign(DUE)
    update = world.tell(by=world.clerk, evidence=[Shown(name="letters.pdf", content=b"%PDF letters")])
    piece = Evidence.objects.get()
    assert client.get(piece.get_absolute_url()).status_code == 404
    doing.publish(update=update, by=world.clerk)
    page = client.get(place("commitment", world)).content.decode()
    assert piece.get_absolute_url() in page
    answer = client.get(piece.get_absolute_url())
    assert answer.content == b"%PDF letters"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="letters.pdf"'


def test_internal_it_looks_as_if_it_did_not_exist(client: Client, places: Any) -> None:
    from tests.scrutiny.commitment_world import make_world

    world = make_world(places, publish=False)
    for name in ("commitment",):
        assert client.get(place(name, world)).status_code == 404
    logged_in(client, world.outsider)
    for name in ("commitment", "commitment-assign", "commitment-update", "commitment-check", "commitment-withdraw"):
        assert client.get(place(name, world)).status_code == 404
    assert world.reference not in client.get(reverse("commitments")).content.decode()


FORMS = ("commitment-assign", "commitment-update", "commitment-check", "commitment-withdraw", "commitment-reopen")


def test_forms_ask_for_a_log_in_and_a_role(client: Client, world: World) -> None:
    for name in FORMS:
        answer = client.get(place(name, world))
        assert answer.status_code == 302
        assert reverse("account_login") in answer["Location"]
    logged_in(client, world.outsider)
    for name in FORMS:
        assert client.get(place(name, world)).status_code == 403
        assert client.post(place(name, world), {"reason": "x", "decision": "accept"}).status_code == 403
    assert world.commitment.history.count() == 2


def test_a_whole_story_through_the_pages(client: Client, world: World) -> None:
    logged_in(client, world.clerk)
    assert "The minutes say: “Head of ICT”" in text_of(client.get(place("commitment-assign", world)).content)
    owner = world.owner.person.pk
    answer = client.post(
        place("commitment-assign", world),
        {
            "owner_title": world.head_of_ict.pk,
            "owner": owner,
            "portfolio_title": "",
            "due_on_day": "30",
            "due_on_month": "6",
            "due_on_year": "2022",
        },
        follow=True,
    )
    assert f"{world.reference} is put down as you said." in text_of(answer.content)
    assert (world.commitment.owner_id, world.commitment.due_on) == (owner, DUE)

    logged_in(client, world.owner)
    number = submission(client.get(place("commitment-update", world)))
    typed = {"claims": "done", "text": "Done.", "link": "https://www.example.org/", "submission": number}
    for _ in range(2):
        answer = client.post(place("commitment-update", world), typed, follow=True)
        assert "Claimed done, waiting to be checked" in text_of(answer.content)
    assert Update.objects.count() == 1
    assert "Accept or return it" not in text_of(answer.content)

    logged_in(client, world.member)
    page = text_of(client.get(place("commitment-check", world)).content)
    assert "Done." in page
    assert "Let everybody read" not in page
    assert client.post(place("commitment-check", world), {"decision": "return"}).status_code == 422
    client.post(place("commitment-check", world), {"decision": "return", "reason": "Show the letters."})
    assert world.commitment.state == "returned"

    logged_in(client, world.owner)
    number = submission(client.get(place("commitment-update", world)))
    client.post(place("commitment-update", world), {**typed, "text": "Here they are.", "submission": number})
    logged_in(client, world.clerk)
    client.post(place("commitment-check", world), {"decision": "accept", "publish": "on"})
    client.logout()
    page = text_of(client.get(place("commitment", world)).content)
    assert "Accepted as done" in page
    assert "Here they are." in page
    assert "Show the letters." in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"owner": "999999"}, "Select a valid choice"),
        ({"owner_title": "x"}, "Select a valid choice"),
        ({"due_on_day": "31", "due_on_month": "6", "due_on_year": "2022"}, "must be a real date"),
        ({"due_on_day": "3", "due_on_month": "5", "due_on_year": "2022"}, "cannot lie before that"),
        ({"due_on_day": "1", "due_on_month": "1", "due_on_year": "9999"}, "ten years ahead"),
        ({"due_on_day": "30"}, "must include a month and year"),
    ],
)
def test_what_a_clerk_mistypes_is_said(client: Client, world: World, typed: dict[str, str], says: str) -> None:
    logged_in(client, world.clerk)
    answer = client.post(place("commitment-assign", world), typed)
    assert answer.status_code == 422
    assert says in text_of(answer.content)
    assert (world.commitment.owner, world.commitment.due_on) == (None, None)


@pytest.mark.parametrize("name", ["commitment-withdraw", "commitment-reopen"])
def test_a_reason_is_needed(client: Client, world: World, name: str) -> None:
    logged_in(client, world.clerk)
    for reason in ("", "   ", "x" * 20_000):
        assert client.post(place(name, world), {"reason": reason}).status_code == 422
    assert world.commitment.state == "open"
    answer = client.post(place("commitment-withdraw", world), {"reason": "No library is left."}, follow=True)
    assert "No library is left." in text_of(answer.content)
    # Whoever had the page open meanwhile is told.
    late = client.post(place("commitment-withdraw", world), {"reason": "Something else."})
    assert late.status_code == 422
    assert "somebody was quicker" in text_of(late.content)


def test_script_in_what_is_told_is_shown_and_never_run(client: Client, world: World) -> None:
    world.assign(DUE)
    shown = Shown(title="<img src=x onerror=alert(1)>", address="https://www.example.org/?<script>")
    world.tell(text="<script>alert(1)</script>", evidence=[shown])
    page = logged_in(client, world.clerk).get(place("commitment", world)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<img src=x" not in page
    assert 'href="https://www.example.org/?&lt;script&gt;"' in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("?council=northmere", True),
        ("?council=eastholt", False),
        ("?state=open", True),
        ("?state=accepted", False),
        ("?late=on", True),
        ("?owner=nobody", False),
        ("?owner=999&council=%00&state=<script>&page=-3", True),
    ],
)
def test_the_list_is_narrowed(client: Client, world: World, query: str, found: bool) -> None:
    world.assign(DUE)
    page = client.get(reverse("commitments") + query)
    assert page.status_code == 200
    assert (world.reference in page.content.decode()) is found
    assert "<script>&" not in page.content.decode()


def test_by_post(client: Client, world: World) -> None:
    page = client.get(reverse("commitments"), {"owner": world.head_of_ict.pk}).content.decode()
    assert world.reference in page


def make_many(world: World, how_many: int) -> None:
    """More of the same kind, beside the first."""
    first = world.commitment
    passage = first.passage
    for number in range(how_many):
        passage.pk, passage.position = None, 1000 + number + passage.position
        passage.save()
        first.pk, first.reference, first.passage = None, f"C2022-{100 + number}", passage
        first.save()


def queries_for(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


@pytest.mark.parametrize("name", ["commitments", "waiting", "brief"])
def test_pages_cost_the_same_however_many_there_are(client: Client, world: World, name: str) -> None:
    world.assign(DUE)
    logged_in(client, world.clerk)
    address = reverse("body-brief", args=[world.places.panel.slug]) if name == "brief" else reverse(name)
    before = queries_for(client, address)
    make_many(world, 40)
    assert Commitment.objects.count() == 41
    assert queries_for(client, address) == before
    if name == "commitments":
        page = client.get(address).content.decode()
        assert len(set(re.findall(r"/commitments/(C2022-\d+)/", page))) == 25


def test_a_commitment_costs_the_same_however_much_was_told(client: Client, world: World) -> None:
    world.assign(timezone.localdate() - datetime.timedelta(days=60))
    world.tell("progress")
    logged_in(client, world.clerk)
    before = queries_for(client, place("commitment", world))
    for number in range(5):
        world.tell("progress")
        run_escalation(timezone.localdate() + datetime.timedelta(days=number * 14))
    assert queries_for(client, place("commitment", world)) <= before + 1  # people told, in one query


def test_what_waits_for_me(client: Client, world: World) -> None:
    world.assign(DUE)
    assert client.get(reverse("waiting")).status_code == 302
    page = text_of(logged_in(client, world.owner).get(reverse("waiting")).content)
    assert "1 thing waits for you" in page
    assert f"{world.reference}: The Head of ICT said" in page
    assert "Late" in page
    assert "Nothing waits for you." in text_of(logged_in(client, world.outsider).get(reverse("waiting")).content)


def test_the_chairs_brief(client: Client, world: World) -> None:
    world.assign(DUE)
    address = reverse("body-brief", args=[world.places.panel.slug])
    assert client.get(address).status_code == 302
    page = text_of(logged_in(client, world.member).get(address).content)
    assert "last recorded meeting was on 4 May 2022" in page
    late = page.split("Commitments that are late")[1].split("Claimed done")[0]
    assert world.reference in late
    assert "None: every question has a response" in page
    assert "R2022-001" in page.split("Recommendations that wait for this body")[1]
    assert logged_in(client, world.outsider).get(address).status_code == 403
    assert client.get(reverse("body-brief", args=["no-such-body"])).status_code == 404


def test_a_point_without_a_response_stands_in_the_brief(client: Client, world: World) -> None:
    from sightline.scrutiny.models import Passage

    Passage.objects.filter(kind="response").update(state="rejected", why="It answers something else.")
    address = reverse("body-brief", args=[world.places.panel.slug])
    page = text_of(logged_in(client, world.clerk).get(address).content)
    assert "Members asked whether libraries could help." in page
    assert "Other points without a response" not in page
    Passage.objects.filter(kind="point").update(text="Members thanked the officers.")
    page = text_of(client.get(address).content)
    assert "None: every question has a response" in page
    assert "Other points without a response Members thanked" in page

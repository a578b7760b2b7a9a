"""A signed link lets one person answer for one commitment, once, and nobody else do anything."""

from __future__ import annotations

import datetime
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.partnership import notices
from sightline.partnership.models import Notice, Role
from sightline.scrutiny import answer_links
from sightline.scrutiny import commitment_actions as doing
from sightline.scrutiny.domain.commitments import CommitmentState
from sightline.scrutiny.models import AnswerLink, Update
from tests.mail.server import MailServer
from tests.scrutiny.commitment_world import World

pytestmark = pytest.mark.django_db
DUE = datetime.date(2022, 6, 30)


@pytest.fixture
def link(world: World) -> AnswerLink:
    world.assign(DUE)
    return AnswerLink.objects.get()


def address(link: AnswerLink) -> str:
    return reverse("commitment-answer", args=[answer_links.token_of(link.pk)])


def form(**given: Any) -> dict[str, Any]:
    return {
        "claims": "done",
        "text": "Every library was written to.",
        "link": "https://www.example.org/letters",
        "submission": str(uuid.uuid4()),
        **given,
    }


def test_the_owner_answers_from_the_letter_without_logging_in(world: World, mail_server: MailServer) -> None:
    world.assign(DUE)
    notices.send_due()
    [letter] = mail_server.letters
    assert letter.to == "north-ict@example.invalid"
    found = re.search(r"https?://\S+/answer/\S+", letter.text)
    assert found is not None
    place = "/" + found[0].split("/", 3)[3]
    assert not Notice.objects.filter(text__contains="/answer/").exists()

    owner = Client(enforce_csrf_checks=True)
    page = owner.get(place)
    assert page.status_code == 200
    assert "send a letter" not in page.content.decode()
    # Opening it, as mail programs do by themselves, changes nothing.
    assert not Update.objects.exists()
    sent = form(submission=re.search(r'name="submission" value="([^"]+)"', page.content.decode())[1])  # type: ignore[index]
    done = owner.post(place, sent)
    assert done.status_code == 302
    assert done["Location"] == reverse("commitment-answered")
    update = Update.objects.get()
    assert (update.by, update.entered_by, update.way) == (world.owner.person, None, "signed-link")
    assert update.publication == "internal"
    history = update.history.first()
    assert (history.history_user, history.history_change_reason) == (world.owner, "answered by signed link")
    assert world.commitment.standing is CommitmentState.CLAIMED


def test_sent_twice_it_is_one_answer_and_another_is_refused(client: Client, link: AnswerLink, world: World) -> None:
    sent = form()
    for _ in range(3):
        assert client.post(address(link), sent).status_code == 302
    other = client.post(address(link), form(text="Something else"))
    assert other.status_code == 410
    assert "works once" in other.content.decode()
    assert client.get(address(link)).status_code == 410
    assert Update.objects.count() == 1


def test_it_is_kept_to_the_one_who_holds_it(client: Client, link: AnswerLink) -> None:
    for answer in (
        client.get(address(link)),
        client.post(address(link), {}),
        client.get(reverse("commitment-answer", args=["1:x"])),
    ):
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
    page = client.get(address(link)).content.decode()
    assert answer_links.token_of(link.pk) not in page


@pytest.mark.parametrize("spoil", ["", "x", "1", "1:", ":", "0:abc", "999:{}", "{}x", "x{}", "-1:abc", "1:ａｂｃ"])
def test_a_forged_link_is_told_what_to_do_and_nothing_else(client: Client, link: AnswerLink, spoil: str) -> None:
    token = spoil.format(answer_links.token_of(link.pk)) if "{}" in spoil else spoil
    if not token:
        assert client.get("/answer//").status_code == 404
        return
    for answer in (
        client.get(reverse("commitment-answer", args=[token])),
        client.post(reverse("commitment-answer", args=[token]), form()),
    ):
        assert answer.status_code == 404
        assert "This link is not complete" in answer.content.decode()
        assert reverse("commitment-answer-new-link") in answer.content.decode()
        assert "C2022" not in answer.content.decode()
    assert not Update.objects.exists()


def test_a_signature_made_for_something_else_is_forged(client: Client, link: AnswerLink) -> None:
    from django.core.signing import Signer

    other = Signer(salt="something else").sign(str(link.pk))
    assert client.get(reverse("commitment-answer", args=[other])).status_code == 404


def no_use(client: Client, link: AnswerLink) -> bool:
    """Whether a link is told to be used up, offers another, and lets nothing be written."""
    page = client.get(address(link))
    return (
        page.status_code == 410
        and reverse("commitment-answer-new-link") in page.content.decode()
        and client.post(address(link), form()).status_code == 410
        and not Update.objects.filter(way="signed-link").exists()
        and answer_links.path_of(link.pk) is None
    )


def test_it_expires(client: Client, link: AnswerLink) -> None:
    link.expires_at = timezone.now()
    link.save()
    assert no_use(client, link)


def test_it_ends_when_the_role_ends(client: Client, link: AnswerLink, world: World) -> None:
    Role.objects.filter(person=world.owner.person).update(ended_on=timezone.localdate() - datetime.timedelta(days=1))
    assert no_use(client, link)


def test_it_ends_when_the_account_is_closed(client: Client, link: AnswerLink, world: World) -> None:
    world.owner.is_active = False
    world.owner.save()
    assert no_use(client, link)


def test_it_ends_when_the_commitment_goes_to_another(client: Client, link: AnswerLink, world: World) -> None:
    world.assign(DUE, owner=world.portfolio_holder.person)
    assert no_use(client, link)
    assert AnswerLink.objects.count() == 2


def test_it_ends_when_its_owner_answers_on_the_page(client: Client, link: AnswerLink, world: World) -> None:
    world.tell("nothing", evidence=[])
    assert no_use(client, link)


def test_it_ends_when_the_commitment_is_withdrawn(client: Client, link: AnswerLink, world: World) -> None:
    doing.withdraw(commitment=world.commitment, by=world.clerk, reason="No library is left.")
    assert no_use(client, link)


def test_returned_its_owner_gets_another(client: Client, link: AnswerLink, world: World) -> None:
    client.post(address(link), form())
    world.decide(False, reason="One is missing.")
    newest = AnswerLink.objects.order_by("pk").last()
    assert newest is not None
    assert newest != link
    page = client.get(address(newest)).content.decode()
    assert "One is missing." in page
    assert client.post(address(newest), form()).status_code == 302


def test_what_is_wrong_with_an_answer_is_said_and_the_link_stays_good(client: Client, link: AnswerLink) -> None:
    for sent in (
        {},
        form(claims="perhaps"),
        form(text=""),
        form(text="x" * 20_000),
        form(link=""),
        form(link="javascript:alert(1)"),
        form(submission="1"),
        form(submission=""),
    ):
        answer = client.post(address(link), sent)
        assert answer.status_code == 422, sent
        assert "There is a problem" in answer.content.decode()
    assert not Update.objects.exists()
    assert client.post(address(link), form(text="<script>alert(1)</script> \u202e")).status_code == 302
    assert Update.objects.get().text == "<script>alert(1)</script>"


def test_whoever_is_logged_in_the_answer_is_its_owners(client: Client, link: AnswerLink, world: World) -> None:
    client.force_login(world.outsider)
    assert client.post(address(link), form()).status_code == 302
    assert Update.objects.get().by == world.owner.person


def test_asking_for_a_new_link_tells_nobody_anything(client: Client, link: AnswerLink, world: World) -> None:
    place = reverse("commitment-answer-new-link")
    before = Notice.objects.count()
    right = {"reference": world.reference.lower(), "email": "North-ICT@example.invalid"}
    answers = [
        client.post(place, sent)
        for sent in (
            right,
            right,
            {**right, "email": "somebody@example.invalid"},
            {**right, "email": "north-clerk@example.invalid"},
            {**right, "reference": "C1999-999"},
        )
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({re.sub(r"csrf\S+", "", answer.content.decode()) for answer in answers}) == 1
    [letter] = Notice.objects.order_by("pk")[before:]
    assert (letter.recipient, letter.link) == (
        "north-ict@example.invalid",
        f"scrutiny.answer:{AnswerLink.objects.order_by('pk').last().pk}",
    )  # type: ignore[union-attr]
    assert client.post(place, {"reference": "", "email": "no"}).status_code == 422


def test_a_letter_whose_link_is_of_no_use_any_more_is_not_sent(world: World, mail_server: MailServer) -> None:
    world.assign(DUE)
    world.tell("nothing", evidence=[])
    notices.send_due()
    assert [letter for letter in mail_server.letters if letter.to == "north-ict@example.invalid"] == []


def test_the_logs_know_the_route_alone(client: Client, link: AnswerLink, capsys: pytest.CaptureFixture[str]) -> None:
    import structlog

    with structlog.testing.capture_logs() as logged:
        client.get(address(link))
        client.post(address(link), form())
    assert {entry["route"] for entry in logged if entry["event"] == "request"} == {"answer/<str:token>/"}
    assert answer_links.token_of(link.pk) not in str(logged)

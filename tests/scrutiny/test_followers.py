"""Following a recommendation by e-mail with no account: asked for, confirmed, told once, left, forgotten."""

from __future__ import annotations

import datetime
import re

import pytest
from click.testing import CliRunner
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.partnership import notices
from sightline.partnership.access import Refused
from sightline.partnership.models import Notice, User
from sightline.scrutiny import actions, follower_actions, referral_actions
from sightline.scrutiny.domain.referrals import ConsiderationOutcome, DecisionOutcome
from sightline.scrutiny.follower_commands import followers as command
from sightline.scrutiny.models import Follower, Recommendation, Referral
from sightline.scrutiny.reading import Reading
from tests.scrutiny.conftest import Places

IDA = "ida.brook@example.invalid"


@pytest.fixture
def one(places: Places, reading: Reading) -> Recommendation:
    minute = actions.record_minute(reading=reading, body=places.panel, by=places.accounts["clerk"]).minute
    actions.publish_minute(minute=minute, by=places.accounts["clerk"])
    return Recommendation.objects.get(reference="R2022-001")


def ask(client: Client, address: str = IDA, reference: str = "R2022-001") -> str:
    """Ask for e-mails; what the page says."""
    answer = client.post(reverse("recommendation-follow", args=[reference]), {"address": address}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def letters() -> list[mail.EmailMessage]:
    """Every letter that was sent since the last call."""
    notices.send_due()
    sent, mail.outbox = list(mail.outbox), []
    return sent


def link_in(letter: mail.EmailMessage) -> str:
    found = re.findall(r"^https?://[^/]+(/following/\S+)$", letter.body, re.M)
    assert len(found) == 1
    return str(found[0])


def follow(client: Client, address: str = IDA) -> None:
    ask(client, address)
    (letter,) = letters()
    assert client.post(link_in(letter)).status_code == 200


def decide(one: Recommendation, places: Places, *, publish: bool, outcome: str = "accepted") -> None:
    referral = Referral.objects.get(recommendation=one, council=places.north)
    referral_actions.decide_referral(
        referral=referral,
        body=places.cabinet,
        outcome=DecisionOutcome(outcome),
        decided_on=datetime.date(2022, 6, 1),
        reason="" if outcome == "accepted" else "There is no money for it this year.",
        by=places.accounts["clerk"],
        publish=publish,
    )


def test_asking_opening_the_link_and_confirming(client: Client, one: Recommendation) -> None:
    page = ask(client, "  Ida.Brook@Example.invalid ")
    assert "Check your e-mail" in page
    assert IDA not in page.lower()
    (letter,) = letters()
    assert letter.to == [IDA]
    assert "glossary" not in letter.body
    # A mail program that opens links confirms nothing.
    assert "Yes, send me e-mails" in client.get(link_in(letter)).content.decode()
    assert not Follower.objects.get().confirmed_at
    for _again in range(2):
        assert "You get an e-mail" in client.post(link_in(letter)).content.decode()
    first = Follower.objects.get().confirmed_at
    client.post(link_in(letter))
    assert Follower.objects.get().confirmed_at == first


def test_the_answer_is_the_same_for_whoever_follows_already(client: Client, one: Recommendation) -> None:
    follow(client)
    stranger, known = ask(client, "tom.reed@example.invalid"), ask(client)
    assert known == stranger
    assert {letter.subject for letter in letters()} == {
        "Confirm that you want e-mails about recommendation R2022-001",
        "You already follow recommendation R2022-001",
    }
    assert Follower.objects.count() == 2


def test_one_letter_a_day_and_few_unconfirmed_ones(client: Client, one: Recommendation) -> None:
    for _time in range(5):
        ask(client)
    assert len(letters()) == 1
    template = Recommendation.objects.get(reference="R2022-002")
    assert template.pk != one.pk
    for _number in range(follower_actions.MOST_UNCONFIRMED):
        ask(client, "flood@example.invalid")
    assert Follower.objects.filter(address="flood@example.invalid").count() == 1


def test_no_address_is_flooded(client: Client, one: Recommendation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follower_actions, "MOST_UNCONFIRMED", 1)
    ask(client)
    assert ask(client, reference="R2022-002") == ask(client, "new@example.invalid", "R2022-002")
    assert [letter.to for letter in letters()] == [[IDA], ["new@example.invalid"]]


@pytest.mark.parametrize(
    "address", ["", "ida", "ida@", "a@b.invalid\nBcc: x@example.invalid", "x" * 300 + "@b.invalid"]
)
def test_what_is_no_address_is_refused(client: Client, one: Recommendation, address: str) -> None:
    answer = client.post(reverse("recommendation-follow", args=[one.reference]), {"address": address})
    assert answer.status_code == 422
    assert not Notice.objects.exists()


def test_each_change_is_told_once_to_each_and_only_when_it_is_public(
    client: Client, one: Recommendation, places: Places
) -> None:
    follow(client)
    ask(client, "unconfirmed@example.invalid")
    letters()
    decide(one, places, publish=False, outcome="deferred")
    assert follower_actions.tell_followers(one) == 0
    referral_actions.publish_outcomes(
        referral=Referral.objects.get(recommendation=one, council=places.north), by=places.accounts["clerk"]
    )
    assert follower_actions.tell_followers(one) == 1
    assert follower_actions.tell_followers(one) == 0
    (letter,) = letters()
    assert letter.to == [IDA]
    assert "Northmere Council: Cabinet decided on 1 June 2022. Decision: Deferred." in letter.body
    leave = link_in(letter)
    assert letter.extra_headers["List-Unsubscribe"].endswith(f"{leave}>")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    decide(one, places, publish=True)
    assert follower_actions.run_followers(timezone.localdate())["told"] == 1
    assert len(letters()) == 1


def test_what_was_public_before_is_not_told(client: Client, one: Recommendation, places: Places) -> None:
    referral_actions.consider_referral(
        referral=Referral.objects.get(recommendation=one, council=places.north),
        body=places.panel,
        outcome=ConsiderationOutcome.NOTED,
        considered_on=datetime.date(2022, 5, 4),
        by=places.accounts["clerk"],
        publish=True,
    )
    follow(client)
    assert follower_actions.tell_followers(one) == 0


def test_nothing_is_told_of_a_recommendation_that_is_public_no_more(
    client: Client, one: Recommendation, places: Places
) -> None:
    follow(client)
    decide(one, places, publish=True)
    one.publication = "internal"
    one.save()
    assert follower_actions.tell_followers(one) == 0


def test_leaving_by_one_click_forgets_the_address_and_the_letters(
    one: Recommendation, places: Places, client: Client
) -> None:
    follow(client)
    decide(one, places, publish=True)
    follower_actions.tell_followers(one)
    (letter,) = letters()
    program = Client(enforce_csrf_checks=True)
    assert "Stop these e-mails" in program.get(link_in(letter)).content.decode()
    assert Follower.objects.exists()
    for _again in range(2):
        answer = program.post(link_in(letter), {"List-Unsubscribe": "One-Click"})
        assert "You get no more of these e-mails" in answer.content.decode()
    assert not Follower.objects.exists()
    assert not Notice.objects.exclude(recipient="").exists()
    assert {row for one in Notice.objects.all() for row in (one.text, one.subject, one.unsubscribe, one.link)} == {""}


def test_a_letter_that_waits_is_not_sent_to_whoever_left(client: Client, one: Recommendation, places: Places) -> None:
    follow(client)
    decide(one, places, publish=True)
    follower_actions.tell_followers(one)
    path = follower_actions.leave_path(Follower.objects.get().pk)
    assert path is not None
    client.post(path)
    assert letters() == []


@pytest.mark.parametrize("name", ["follow-confirm", "follow-leave"])
def test_forged_links_are_of_no_use(client: Client, one: Recommendation, name: str) -> None:
    ask(client)
    number = Follower.objects.get().pk
    other = (follower_actions.leave_path if name == "follow-confirm" else follower_actions.confirm_path)(number)
    assert other is not None
    for token in ("1", f"{number}", f"{number}:x", "x" * 3000, other.split("/")[-2]):
        for call in (client.get, client.post):
            assert call(reverse(name, args=[token])).status_code == 404
    assert Follower.objects.get().confirmed_at is None


def test_a_link_that_is_too_old_confirms_nothing(
    client: Client, one: Recommendation, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(client)
    (letter,) = letters()
    monkeypatch.setattr(follower_actions, "CONFIRM_WITHIN", datetime.timedelta(seconds=-1))
    assert client.post(link_in(letter)).status_code == 404
    assert Follower.objects.get().confirmed_at is None


def test_retention_forgets_the_unconfirmed_and_the_old(client: Client, one: Recommendation, settings: object) -> None:
    follow(client)
    ask(client, "unconfirmed@example.invalid")
    today = timezone.localdate()
    assert follower_actions.run_followers(today)["forgotten"] == 0
    assert follower_actions.run_followers(today + datetime.timedelta(days=8))["forgotten"] == 1
    assert Follower.objects.get().address == IDA
    assert follower_actions.run_followers(today + datetime.timedelta(days=732))["forgotten"] == 1
    assert not Notice.objects.exclude(recipient="").exists()


def test_an_administrator_forgets_an_address_and_nobody_else(
    client: Client, one: Recommendation, places: Places
) -> None:
    from sightline.partnership.domain.rights import RoleKind
    from tests.scrutiny.conftest import account

    follow(client)
    with pytest.raises(Refused):
        follower_actions.forget_address(address=IDA, by=places.accounts["clerk"])
    account("admin", RoleKind.ADMINISTRATOR, None)
    done = CliRunner().invoke(command, ["forget", IDA.upper(), "--as", "admin"])
    assert done.output == "Forgotten: 1 recommendation followed from this address\n"
    assert not Follower.objects.exists()


def test_what_is_held_on_a_person_is_what_their_address_follows_too(client: Client, one: Recommendation) -> None:
    from sightline.partnership.domain.rights import RoleKind
    from sightline.partnership.erasing import erase_person
    from sightline.partnership.models import Person
    from sightline.partnership.subject import export
    from tests.scrutiny.conftest import account

    administrator = account("admin", RoleKind.ADMINISTRATOR, None)
    officer = User.objects.create_user("ida.brook", email=IDA.upper())
    person = Person.objects.create(name="Ida Brook", user=officer)
    follow(client)
    follow(client, "somebody.else@example.org")
    (held,) = export(person=person, by=administrator)["held_under_address"]
    assert (held["address"], held["follows"]) == (IDA, "R2022-001")
    told = erase_person(person=person, by=administrator)
    assert "their address from 1 recommendation that they followed" in told.erased
    assert [follower.address for follower in Follower.objects.all()] == ["somebody.else@example.org"]


def test_what_may_not_be_seen_cannot_be_followed(client: Client, one: Recommendation) -> None:
    one.publication = "internal"
    one.save()
    answer = client.post(reverse("recommendation-follow", args=[one.reference]), {"address": IDA})
    assert answer.status_code == 404
    assert not Follower.objects.exists()

"""“What changed” of a record: in words, for those who may see it, and never what was exempt to those who may not."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.apps import apps
from django.test import Client

from sightline.partnership import histories
from sightline.partnership.actions import make_exempt, publish, withdraw_publication
from sightline.partnership.models import Person, Role, User
from sightline.partnership.records import keep
from sightline.strategy.models import GlossaryTerm
from tests.architecture.test_history import our_models

CLERK = "cordelia.nyman"
OFFICER = "desmond.varga"
ADMINISTRATOR = "perpetua.lowe"
PUBLISH = "scrutiny.publish_minute"

Account = Callable[[str], User]


def page(user: User | None, label: str, number: object) -> tuple[int, str]:
    client = Client()
    if user is not None:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.get(f"/history/{label}/{number}/")
    return response.status_code, response.content.decode()


@pytest.fixture
def term(account: Account) -> GlossaryTerm:
    """A term of Aldersby that was explained, explained better, and published."""
    clerk = account(CLERK)
    record = GlossaryTerm(term="Cache", slug="cache", council=clerk.person.roles.get().council)
    keep(record, by=clerk, reason="term explained", explanation="A store.", aliases=["store"])
    keep(record, by=clerk, reason="term explained", explanation="A store that is near.")
    publish(record, by=clerk, action=PUBLISH)
    return record


def test_it_says_who_when_and_what_before_and_after(account: Account, term: GlossaryTerm) -> None:
    status, text = page(account(CLERK), "strategy.glossaryterm", term.pk)
    assert status == 200
    assert "What changed: Cache" in text
    assert f"By {account(CLERK).person.name}. Reason: term explained" in text
    assert "Plain explanation" in text
    assert text.index(">A store.</td>") < text.index(">A store that is near.</td>")
    assert ">internal</td>" in text
    assert ">public</td>" in text


def test_what_was_exempt_is_shown_to_nobody_who_may_not_see_it(account: Account, term: GlossaryTerm) -> None:
    clerk = account(CLERK)
    make_exempt(term, by=clerk, action=PUBLISH, paragraph=3, reason="names a bidder")
    keep(term, by=clerk, reason="term explained", explanation="SECRET BID OF 12 MILLION")
    officer = account(OFFICER)
    Role.objects.create(
        person=officer.person, kind="officer", council=term.council, started_on=datetime.date(2020, 1, 1)
    )
    assert page(officer, "strategy.glossaryterm", term.pk)[0] == 404
    keep(term, by=clerk, reason="term explained", explanation="A near store.")
    withdraw_publication(term, by=clerk, action=PUBLISH, reason="the contract is let")
    status, text = page(officer, "strategy.glossaryterm", term.pk)
    assert status == 200
    assert "SECRET BID" not in text
    assert "names a bidder" not in text
    assert text.count("The record was exempt then. You may not see what it said.") == 4
    assert "SECRET BID" in page(clerk, "strategy.glossaryterm", term.pk)[1]


def test_residents_and_other_councils_get_the_answer_of_no_record(account: Account, term: GlossaryTerm) -> None:
    assert page(None, "strategy.glossaryterm", term.pk)[0] == 302
    of_another = next(
        user
        for user in User.objects.filter(person__roles__kind="clerk").distinct()
        if user.person.roles.first().council != term.council
    )
    refused = page(of_another, "strategy.glossaryterm", term.pk)
    none = page(of_another, "strategy.glossaryterm", 99999)
    assert refused[0] == none[0] == 404


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("strategy.glossaryterm", "none"),
        ("no.such", "1"),
        ("nonsense", "1"),
        ("partnership.auditentry", "1"),
        ("strategy.historicalglossaryterm", "1"),
        ("sessions.session", "1"),
    ],
)
def test_what_has_no_history_has_no_page(account: Account, label: str, number: str) -> None:
    assert page(account(ADMINISTRATOR), label, number)[0] == 404


def test_people_are_told_of_to_those_who_manage_them(account: Account) -> None:
    person = Person.objects.get(user__username=OFFICER)
    role = person.roles.get()
    administrator = account(ADMINISTRATOR)
    for label, number in [
        ("partnership.person", person.pk),
        ("partnership.user", person.user_id),
        ("partnership.role", role.pk),
    ]:
        assert page(administrator, label, number)[0] == 200
        assert page(account(CLERK), label, number)[0] == 404
    assert "pbkdf2" not in page(administrator, "partnership.user", person.user_id)[1]


def test_the_partnerships_own_facts_are_told_of_to_whoever_has_a_role(account: Account) -> None:
    council = account(CLERK).person.roles.get().council
    status, text = page(account(OFFICER), "partnership.council", council.pk)
    assert status == 200
    assert council.gss_code in text


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_it_is_known_of_every_record_who_may_see_what_changed(model: type) -> None:
    assert histories.is_told(model), (
        "say in the room's privacy.py who may see what changed of it: histories.seen_through(Model, 'path') where"
        " whoever sees the record at the end of the path may, else histories.seen_if(Model, rule)"
    )


def test_every_path_ends_at_a_record_that_can_be_seen() -> None:
    from sightline.partnership.models import PublishedRecord

    for model, path in histories._through.items():
        kind = model
        for step in path.split("__"):
            kind = kind._meta.get_field(step).related_model  # type: ignore[assignment]
        assert issubclass(kind, PublishedRecord), f"{model._meta.label}: {path}"
    assert apps.ready

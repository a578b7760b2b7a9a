"""The audit log: what comes into it, that nobody changes it unseen, that it outlives crashes and crowds."""

from __future__ import annotations

import contextlib
import datetime
import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DataError, connection, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sightline.partnership import access, audit, records, seeing
from sightline.partnership.actions import give_role, make_exempt, publish
from sightline.partnership.audit_models import AuditEntry, AuditHead, AuditPending
from sightline.partnership.domain.audit_chain import COLUMNS, Head, Kind
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import Council, Person, Role, User
from sightline.strategy.models import GlossaryTerm

CLERK = "cordelia.nyman"


def entries(**narrowed: str) -> list[dict[str, Any]]:
    """The contents of the log, the oldest first."""
    audit.seal_pending()
    found = AuditEntry.objects.filter(**narrowed).order_by("number")
    return [json.loads(bytes(entry.content)) for entry in found]


def some_entries(count: int) -> None:
    for number in range(count):
        audit.note(Kind.CHANGED, by=None, what="changed", council="E07000001", number_of_test=number)
    audit.seal_pending()


def term(name: str, council: Council | None = None) -> GlossaryTerm:
    return GlossaryTerm.objects.create(term=name, slug=name, explanation="What it is.", council=council)


@pytest.mark.django_db
def test_a_thousand_changes_of_one_byte_are_all_found() -> None:
    some_entries(60)
    draw = random.Random(20260506)
    table = AuditEntry._meta.db_table
    columns = ["content", "digest", *COLUMNS]
    stored = {row["number"]: row for row in AuditEntry.objects.values("number", *columns)}
    missed = []
    for _ in range(1000):
        number = draw.choice(list(stored))
        column = draw.choice([name for name in columns if stored[number][name]])
        was = stored[number][column]
        spoilt = bytearray(was if column == "content" else was.encode())
        at = draw.randrange(len(spoilt))
        # PostgreSQL keeps no text that is no UTF-8, so there the byte stays a character.
        spoilt[at] = (spoilt[at] ^ draw.randint(1, 127)) & 0x7F or 0x21
        if bytes(spoilt) == bytes(was if column == "content" else was.encode()):
            spoilt[at] ^= 1
        written = bytes(spoilt) if column == "content" else bytes(spoilt).decode()
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE number = %s", [written, number])
        verdict = audit.verify()
        if verdict.broken is None or verdict.broken.number != number:
            missed.append((number, column, at, verdict.broken))
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE number = %s", [was, number])
    assert missed == []
    assert audit.verify().holds


@pytest.mark.django_db
def test_bytes_that_are_no_text_any_more_are_found_or_cannot_be_stored() -> None:
    some_entries(3)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with pytest.raises(DataError):
                cursor.execute("UPDATE partnership_auditentry SET actor = convert_from('\\xFF6F', 'UTF8')")
            return
        cursor.execute("UPDATE partnership_auditentry SET actor = CAST(X'FF6F' AS TEXT) WHERE number = 2")
    broken = audit.verify().broken
    assert broken is not None
    assert broken.number == 2


@pytest.mark.django_db
@pytest.mark.parametrize("removed", [1, 4, 8])
def test_an_entry_that_was_removed_is_named(removed: int) -> None:
    some_entries(8)
    AuditEntry.objects.filter(number=removed).delete()
    broken = audit.verify().broken
    assert broken is not None
    assert broken.number == removed


@pytest.mark.django_db
def test_newest_entries_removed_together_with_the_head_are_missed_by_a_noted_head() -> None:
    some_entries(8)
    noted = audit.head()
    seventh = AuditEntry.objects.get(number=7)
    AuditEntry.objects.filter(number=8).delete()
    AuditHead.objects.update(number=7, digest=seventh.digest)
    assert audit.verify().holds
    broken = audit.verify(noted=noted).broken
    assert broken is not None
    assert broken.number == 8


@pytest.mark.django_db
def test_an_entry_that_nobody_sealed_is_found() -> None:
    some_entries(2)
    forged = AuditEntry.objects.get(number=2)
    forged.pk = 3
    forged.save(force_insert=True)
    broken = audit.verify().broken
    assert broken is not None
    assert broken.number == 3


@pytest.mark.django_db
def test_with_a_key_nobody_else_can_renew_the_digests(settings: Any) -> None:
    some_entries(2)
    settings.AUDIT_KEYS = [b"first key"]
    some_entries(2)
    settings.AUDIT_KEYS = [b"second key", b"first key"]
    some_entries(1)
    verdict = audit.verify()
    assert verdict.holds
    assert verdict.sealed_with_key == 3
    settings.AUDIT_KEYS = [b"second key"]
    broken = audit.verify().broken
    assert broken is not None
    assert broken.number == 3


@pytest.mark.django_db
def test_sealing_costs_the_same_however_many_there_are(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    some_entries(1)
    for count in (1, 200):
        for _ in range(count):
            audit.note(Kind.CHANGED, by=None, what="changed")
        with django_assert_max_num_queries(9):  # two of them savepoints of the test's own transaction
            assert audit.seal_pending() == count
    with django_assert_max_num_queries(3):
        assert audit.seal_pending() == 0
    with django_assert_max_num_queries(1):
        audit.note(Kind.CHANGED, by=None, what="changed")


@pytest.mark.django_db
def test_entries_put_down_together_cost_one_query_and_an_error_takes_them_along(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    before = len(entries())

    def note(what: str) -> None:
        audit.note(Kind.CHANGED, by=None, what=what)

    with django_assert_num_queries(1), audit.together():
        note("one")
        with contextlib.suppress(ValueError), audit.together():
            note("of a part that failed")
            raise ValueError
        with audit.together():
            note("two")
        note("three")
    with contextlib.suppress(ValueError), audit.together():
        note("of an act that failed")
        raise ValueError
    assert [entry["what"] for entry in entries()[before:]] == ["one", "two", "three"]


@pytest.mark.django_db
def test_entries_can_wait_to_be_sealed(django_capture_on_commit_callbacks: Any) -> None:
    audit.seal_pending()
    with django_capture_on_commit_callbacks(execute=True) as hooks, audit.sealed_later():
        audit.note(Kind.CHANGED, by=None, what="changed")
    assert (hooks, AuditPending.objects.count()) == ([], 1)
    with django_capture_on_commit_callbacks(execute=True):
        audit.note(Kind.CHANGED, by=None, what="changed")
    assert AuditPending.objects.count() == 0


@pytest.mark.django_db
def test_an_entry_comes_and_goes_with_what_it_tells_of() -> None:
    class OnPurpose(Exception):
        pass

    @transaction.atomic
    def make_and_fail() -> None:
        term("gone")
        raise OnPurpose

    with pytest.raises(OnPurpose):
        make_and_fail()
    assert entries() == []
    term("kept")
    assert [entry["record"] for entry in entries()] == ["strategy.glossaryterm"]


# What comes into it.


def test_who_saw_exempt_material_stands_in_it(account: Callable[[str], User]) -> None:
    clerk = account(CLERK)
    own = clerk.person.roles.get().council
    secret = term("secret", own)
    make_exempt(secret, by=clerk, action="scrutiny.publish_minute", paragraph=3)
    open_term = term("open", own)
    before = len(entries(kind="seen"))
    client = Client()
    client.force_login(clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/glossary/secret/").status_code == 200
    seen = entries(kind="seen")[before:]
    assert [(one["actor"], one["record"], one["record_id"], one["how"], one["council"]) for one in seen] == [
        (f"account:{clerk.pk}", "strategy.glossaryterm", str(secret.pk), "GET glossary-term", own.gss_code)
    ]
    assert open_term.pk != secret.pk
    assert Client().get("/glossary/secret/").status_code == 404
    assert len(entries(kind="seen")) == before + 1


@pytest.mark.django_db
def test_a_page_that_shows_nothing_exempt_costs_the_log_nothing(demonstration: object) -> None:
    assert Client().get("/glossary/").status_code == 200
    assert entries(kind="seen") == []


def test_a_record_read_without_its_state_is_asked_for(account: Callable[[str], User]) -> None:
    clerk = account(CLERK)
    secret = term("secret", clerk.person.roles.get().council)
    make_exempt(secret, by=clerk, action="scrutiny.publish_minute", paragraph=1)
    watch = seeing.Watch(how="GET anything")
    with seeing.watching(watch):
        list(GlossaryTerm.objects.only("term"))
    audit.note_seen(watch, by=clerk)
    audit.note_seen(watch, by=clerk)
    assert [entry["record_id"] for entry in entries(kind="seen")] == [str(secret.pk)]


def test_who_changed_what_stands_in_it(account: Callable[[str], User]) -> None:
    clerk = account(CLERK)
    mine = term("mine", clerk.person.roles.get().council)
    publish(mine, by=clerk, action="scrutiny.publish_minute")
    told = entries(record="strategy.glossaryterm", record_id=str(mine.pk))
    assert [one["what"] for one in told] == ["added", "published"]
    assert told[1]["actor"] == f"account:{clerk.pk}"
    assert told[1]["details"]["fields"] == ["publication", "published_at", "published_by"]
    assert told[1]["council"] == mine.council.gss_code  # type: ignore[union-attr]


def test_what_was_entered_for_somebody_else_keeps_both(account: Callable[[str], User]) -> None:
    from sightline.partnership import queries as partnership
    from sightline.scrutiny.actions import record_minute
    from sightline.scrutiny.reading import read_minutes_file
    from tests.browser.demonstration import MINUTES

    clerk = account(CLERK)
    council = clerk.person.roles.get().council
    colleague = Person.objects.create(name="Pat Colleague")
    began = datetime.date(2020, 1, 1)
    Role.objects.create(person=colleague, kind="clerk", council=council, started_on=began)
    reading = read_minutes_file(name="panel.txt", content=MINUTES.encode())
    body = partnership.body_called("thornfen-performance-panel")
    recorded = record_minute(reading=reading, body=body, by=clerk, on_behalf_of=colleague)
    entry = entries(record="scrutiny.minute", record_id=str(recorded.minute.pk))[0]
    assert (entry["actor"], entry["for"]) == (f"account:{clerk.pk}", f"person:{colleague.pk}")


def test_many_records_added_at_once_are_one_entry(account: Callable[[str], User]) -> None:
    clerk = account(CLERK)
    rows = [GlossaryTerm(term=name, slug=name, explanation="x") for name in ("a", "b", "c")]
    before = len(entries())
    kept = records.keep_many(rows, GlossaryTerm, by=clerk, reason="many")
    told = entries()[before:]
    assert len(told) == 1
    assert told[0]["details"] == {"first": str(kept[0].pk), "last": str(kept[2].pk), "many": 3}
    assert records.keep_many([], GlossaryTerm, by=clerk) == []


def test_administration_is_told_apart_and_holds_no_names(account: Callable[[str], User]) -> None:
    manage = "partnership.manage_people"
    administrator = next(user for user in User.objects.all() if access.may(user, manage, council=None))
    person = Person.objects.get(user__username=CLERK)
    give_role(
        person=person, kind=RoleKind.OFFICER, council=None, by=administrator, started_on=datetime.date(2024, 1, 1)
    )
    told = entries(kind="administered", record="partnership.role")[-1]
    assert told["actor"] == f"account:{administrator.pk}"
    whole = b"".join(bytes(entry.content) for entry in AuditEntry.objects.all()).decode()
    for user in User.objects.select_related("person"):
        assert user.username not in whole
        assert not user.email or user.email not in whole
        assert getattr(user, "person", None) is None or user.person.name not in whole


def test_sign_ins_and_those_that_failed_stand_in_it(account: Callable[[str], User]) -> None:
    officer = account("desmond.varga")
    client = Client()
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post("/accounts/logout/")
    assert client.post("/accounts/login/", {"login": "Desmond.Varga", "password": "a wrong one"}).status_code == 200
    for typed in ("my own password", "my own password\0"):
        client.post("/accounts/login/", {"login": typed, "password": "x"})
    told = [one for one in entries() if one["kind"].startswith("sign")]
    assert [(one["kind"], one["actor"], one["record_id"]) for one in told] == [
        ("signed-in", f"account:{officer.pk}", str(officer.pk)),
        ("signed-out", f"account:{officer.pk}", str(officer.pk)),
        ("sign-in-failed", "nobody", str(officer.pk)),
        ("sign-in-failed", "nobody", ""),
    ]
    assert "my own password" not in json.dumps(told)


def test_a_refusal_stands_in_it_with_the_right_that_was_wanted(account: Callable[[str], User]) -> None:
    member = account("hector.idle")
    client = Client()
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/audit/").status_code == 403
    told = entries(kind="refused")
    assert [(one["actor"], one["how"], one["details"]) for one in told] == [
        (f"account:{member.pk}", "GET audit", {"action": "partnership.see_audit"})
    ]
    assert Client().get("/audit/").status_code == 302
    assert len(entries(kind="refused")) == 1


@pytest.mark.django_db
def test_a_head_is_told_as_it_is() -> None:
    assert audit.head() == Head(0, "0" * 64)
    some_entries(2)
    assert audit.head() == Head(2, AuditEntry.objects.get(number=2).digest)

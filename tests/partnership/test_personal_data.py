"""The register of personal data, what somebody is given of it, and their erasure."""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from sightline.partnership import audit, erasing, privacy, subject
from sightline.partnership import queries as partnership
from sightline.partnership.audit_models import AuditEntry
from sightline.partnership.models import Council, Person, Role, User
from sightline.partnership.privacy import Personal
from sightline.project import command
from sightline.scrutiny import actions
from sightline.scrutiny.models import Minute
from sightline.scrutiny.reading import read_minutes_file
from tests.architecture import house
from tests.browser.demonstration import MINUTES

ADMINISTRATOR = "perpetua.lowe"
OF_ONE_COUNCIL = "winifred.sol"
CLERK = "cordelia.nyman"
OFFICER = "desmond.varga"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGE = house.CHECKOUT / "docs" / "operators" / "register-of-personal-data.md"

Account = Callable[[str], User]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def minute(account: Account) -> Minute:
    """Minutes that name the officer, recorded and public."""
    text = MINUTES.replace("The Head of ICT answered", "Desmond Varga answered")
    clerk = account(CLERK)
    recorded = actions.record_minute(
        reading=read_minutes_file(name="panel.txt", content=text.encode()),
        body=partnership.body_called("thornfen-performance-panel"),
        by=clerk,
        held_on=datetime.date(2024, 6, 4),
    )
    return actions.publish_minute(minute=recorded.minute, by=clerk)


@pytest.fixture
def left(account: Account) -> User:
    """The officer, whose roles are over, who is signed in, and who has an address with the sign-in."""
    officer = account(OFFICER)
    EmailAddress.objects.update_or_create(user=officer, email=officer.email)
    signed_in(officer)
    for role in officer.person.roles.all():
        role.ended_on = timezone.localdate() - datetime.timedelta(days=1)
        role.save()
    return officer


class TestRegister:
    def test_every_field_of_every_record_is_in_it(self) -> None:
        assert privacy.missing() == [], (
            "say of each in the room's privacy.py, with privacy.holds, whether it is personal, why it is held and how"
            " long; of a library's table in partnership/held_data.py"
        )

    def test_a_field_that_nobody_spoke_of_is_missed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        told = dict(privacy._fields["partnership.Person"])
        del told["name"]
        monkeypatch.setitem(privacy._fields, "partnership.Person", told)
        monkeypatch.delitem(privacy._others, "sessions.Session")
        assert privacy.missing() == ["partnership.Person.name", "sessions.Session"]

    def test_a_field_that_is_none_is_refused(self) -> None:
        whose = Personal("x", "x", "x")
        with pytest.raises(ValueError, match="nickname"):
            privacy.holds(Person, not_personal=["id", "name", "user"], nickname=whose)
        with pytest.raises(ValueError, match="name"):
            privacy.holds(Person, not_personal=["id", "name", "user"], name=whose)
        assert privacy.missing() == []

    def test_names_addresses_and_passwords_are_personal(self) -> None:
        held = {f"{one.model}.{one.field}" for one in privacy.holdings()}
        assert {"partnership.Person.name", "partnership.User.email", "partnership.User.password"} <= held
        assert {"scrutiny.Minute.text", "scrutiny.Passage.said by"} <= held

    def test_each_says_why_and_how_long(self, settings: object) -> None:
        for one in privacy.holdings():
            assert all((one.personal.what, one.personal.whose, one.personal.purpose, one.personal.basis)), one
            assert one.personal.how_long
        email = privacy.personal_fields(User)["email"]
        assert email.how_long == "730 days after the account was closed and the last role ended"
        settings.RETENTION_DAYS = {**settings.RETENTION_DAYS, "closed-accounts": 0}  # type: ignore[attr-defined]
        assert email.how_long == "as long as this installation"

    def test_the_page_of_the_documentation_is_up_to_date(self) -> None:
        how = "run: .venv/bin/sightline privacy register --defaults > docs/operators/register-of-personal-data.md"
        assert PAGE.read_text(encoding="utf-8") == privacy.as_markdown(defaults=True), how

    def test_administrators_see_it_and_nobody_else(self, account: Account) -> None:
        response = signed_in(account(ADMINISTRATOR)).get("/personal-data/register/")
        assert response.status_code == 200
        assert "730 days after the account was closed" in response.content.decode()
        assert signed_in(account(OFFICER)).get("/personal-data/register/").status_code == 403
        assert Client().get("/personal-data/register/").status_code == 302

    def test_the_command_prints_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert command.run(["privacy", "register"]) == 0
        assert capsys.readouterr().out == privacy.as_markdown()


class TestExport:
    def test_everything_is_in_it(self, account: Account, minute: Minute, left: User) -> None:
        facts = subject.export(person=left.person, by=account(ADMINISTRATOR))
        assert facts["person"]["name"] == "Desmond Varga"
        assert facts["account"]["email"] == left.email
        assert {(one["record"], one["was"].get("name")) for one in facts["versions"]} >= {
            ("partnership.person", "Desmond Varga")
        }
        assert [one["held"]["email"] for one in facts["sign_in"] if one["record"] == "account.emailaddress"] == [
            left.email
        ]
        assert facts["sessions"] == 1
        assert {one["kind"] for one in facts["audit_log"]} >= {"signed-in", "administered", "exported"}
        place = facts["named_in_minutes"][0]
        assert place["number"] == minute.pk
        assert "Desmond Varga answered" in place["passages"][0]
        assert facts["why_and_how_long"]

    def test_what_was_done_on_their_behalf_is_in_it(self, account: Account, minute: Minute, left: User) -> None:
        Minute.objects.filter(pk=minute.pk).update(on_behalf_of=left.person)
        facts = subject.export(person=left.person, by=account(ADMINISTRATOR))
        assert {"record": "scrutiny.minute", "number": minute.pk, "as": "on_behalf_of"} in facts["named_in_records"]

    def test_what_an_account_did_is_in_it(self, account: Account, minute: Minute) -> None:
        facts = subject.export(person=account(CLERK).person, by=account(ADMINISTRATOR))
        assert {"record": "scrutiny.minute", "number": minute.pk, "as": "recorded_by"} in facts["named_in_records"]
        assert any(one["record"] == "scrutiny.minute" and one["done"] == "added" for one in facts["done_by_account"])

    def test_no_secret_is_in_it(self, account: Account, left: User) -> None:
        left.set_password("known to nobody else")
        left.save()
        said = json.dumps(subject.export(person=left.person, by=account(ADMINISTRATOR)))
        assert left.password not in said
        assert "$" not in json.dumps([one["held"] for one in json.loads(said)["sign_in"]])
        assert not any(session.session_key in said for session in Session.objects.all())

    def test_exempt_minutes_are_named_and_not_quoted(self, account: Account, minute: Minute, left: User) -> None:
        Minute.objects.filter(pk=minute.pk).update(
            publication="exempt", exempt_paragraph=1, published_at=None, published_by=None
        )
        place = subject.export(person=left.person, by=account(ADMINISTRATOR))["named_in_minutes"][0]
        assert place["number"] == minute.pk
        assert place["passages"] == []

    def test_the_archive_holds_a_page_and_the_same_for_a_program(self, account: Account, left: User) -> None:
        left.person.name = "<b>Desmond</b>"
        facts = subject.export(person=left.person, by=account(ADMINISTRATOR))
        facts["person"]["name"] = "<b>Desmond</b>"
        with zipfile.ZipFile(io.BytesIO(subject.as_zip(facts))) as archive:
            assert json.loads(archive.read("everything-held.json")) == facts
            page = archive.read("everything-held.html").decode()
        assert "&lt;b&gt;Desmond" in page
        assert "<b>Desmond" not in page
        assert "Why each kind of data is held" in page

    def test_administrators_take_it_from_its_page(self, account: Account, left: User) -> None:
        client = signed_in(account(ADMINISTRATOR))
        found = client.get("/personal-data/?who=desmond.varga")
        assert found.url == f"/personal-data/{left.person.pk}/"  # type: ignore[attr-defined]
        assert "Desmond Varga" in client.get(found.url).content.decode()  # type: ignore[attr-defined]
        archive = client.post(f"{found.url}export/")  # type: ignore[attr-defined]
        assert archive["Content-Type"] == "application/zip"
        assert zipfile.is_zipfile(io.BytesIO(archive.content))
        plain = client.post(f"{found.url}export/", {"as": "json"})  # type: ignore[attr-defined]
        assert json.loads(plain.content)["person"]["username"] == OFFICER
        assert client.get(f"{found.url}export/").status_code == 405  # type: ignore[attr-defined]

    def test_an_administrator_of_another_council_finds_nobody(self, account: Account) -> None:
        other = account(OF_ONE_COUNCIL)
        clerk = account(CLERK).person
        assert clerk.roles.get().council != other.person.roles.get().council
        client = signed_in(other)
        found = client.get(f"/personal-data/?who={CLERK}")
        none = client.get("/personal-data/?who=nobody.at.all")
        assert found.status_code == none.status_code == 422
        for address in (f"/personal-data/{clerk.pk}/", "/personal-data/99999/"):
            assert client.get(address).status_code == 404
        assert client.post(f"/personal-data/{clerk.pk}/export/").status_code == 404
        assert client.post(f"/personal-data/{clerk.pk}/erase/", {"sure": "on"}).status_code == 404

    def test_the_command(
        self, account: Account, left: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert command.run(["people", "export", "Desmond Varga", "--as", ADMINISTRATOR]) == 0
        assert json.loads(capsys.readouterr().out)["person"]["username"] == OFFICER
        archive = tmp_path / "held.zip"
        assert command.run(["people", "export", OFFICER, "--as", ADMINISTRATOR, "--zip", str(archive)]) == 0
        assert zipfile.is_zipfile(archive)
        capsys.readouterr()
        assert command.run(["people", "export", OFFICER, "--as", CLERK]) == 2
        assert "you need the role of administrator" in capsys.readouterr().err
        assert command.run(["people", "export", "Nobody At All", "--as", ADMINISTRATOR]) == 2
        Person.objects.create(name="Desmond Varga")
        Person.objects.create(name="Pat Twin")
        Person.objects.create(name="Pat Twin")
        assert command.run(["people", "export", "Pat Twin", "--as", ADMINISTRATOR]) == 2
        assert "Several people are called" in capsys.readouterr().err
        missing = tmp_path / "no" / "such" / "folder.zip"
        assert command.run(["people", "export", OFFICER, "--as", ADMINISTRATOR, "--zip", str(missing)]) == 2


class TestErasure:
    def test_a_person_becomes_a_number_and_the_minutes_stay(self, account: Account, minute: Minute, left: User) -> None:
        person = left.person
        before = Minute.objects.filter(pk=minute.pk).values().get()
        told = erasing.erase_person(person=person, by=account(ADMINISTRATOR))
        after = User.objects.get(pk=left.pk)
        assert (after.username, after.email, after.is_active) == (f"erased-{left.pk}", "", False)
        assert not after.has_usable_password()
        assert not EmailAddress.objects.filter(user=left).exists()
        assert not erasing.sessions_of(after)
        # Nowhere in the database but in the minutes.
        assert Minute.objects.filter(pk=minute.pk).values().get() == before
        assert any("minutes of 1 meeting:" in line for line in told.kept)
        in_minutes = {"Minute", "MinuteItem", "Passage", "Proposal", "Commitment", "Recommendation"}
        for place in everything_that_names("Desmond Varga"):
            room, kind, _ = place.split(".")
            assert room == "scrutiny", place
            assert kind.removeprefix("Historical") in in_minutes, place
        assert everything_that_names("Desmond Varga")
        assert everything_that_names(OFFICER) == set()

    def test_the_audit_log_still_holds_and_names_a_number(self, account: Account, left: User) -> None:
        audit.note(audit.Kind.SEEN, by=left, what="seen")
        noted = audit.head()
        erasing.erase_person(person=left.person, by=account(ADMINISTRATOR))
        assert audit.verify(noted=noted).holds
        from sightline.partnership import audit_queries

        shown = audit_queries.shown(AuditEntry.objects.filter(actor=f"account:{left.pk}"))
        assert {entry.who for entry in shown} == {f"erased-{left.pk}"}

    def test_twice_is_once(self, account: Account, left: User) -> None:
        erasing.erase_person(person=left.person, by=account(ADMINISTRATOR))
        versions = Person.history.count()
        told = erasing.erase_person(person=left.person, by=account(ADMINISTRATOR))
        assert (told.erased, told.kept) == ([], [])
        assert Person.history.count() == versions

    def test_whoever_holds_a_role_is_refused(self, account: Account) -> None:
        with pytest.raises(erasing.CannotErase, match=r"still holds a role\. End their roles first"):
            erasing.erase_person(person=account(OFFICER).person, by=account(ADMINISTRATOR))

    def test_it_takes_the_right_for_every_council_of_theirs(self, account: Account, left: User) -> None:
        other = Council.objects.exclude(pk=left.person.roles.get().council_id).first()
        Role.objects.create(
            person=left.person,
            kind="officer",
            council=other,
            started_on=datetime.date(2015, 1, 1),
            ended_on=datetime.date(2016, 1, 1),
        )
        with pytest.raises(erasing.access.Refused):
            erasing.erase_person(person=left.person, by=account(OF_ONE_COUNCIL))
        with pytest.raises(erasing.access.Refused):
            erasing.erase_person(person=left.person, by=account(CLERK))

    def test_the_page_asks_once_more(self, account: Account, left: User) -> None:
        client = signed_in(account(ADMINISTRATOR))
        address = f"/personal-data/{left.person.pk}/erase/"
        assert "This cannot be undone" in client.get(address).content.decode()
        refused = client.post(address)
        assert refused.status_code == 422
        assert "Confirm that you have checked who this is" in refused.content.decode()
        done = client.post(address, {"sure": "on"}).content.decode()
        assert "What is kept, and why" in done
        assert f"Erased person {left.person.pk}" in done
        assert "This person is erased." in client.get(f"/personal-data/{left.person.pk}/").content.decode()

    def test_the_page_says_why_not(self, account: Account) -> None:
        client = signed_in(account(ADMINISTRATOR))
        person = account(OFFICER).person
        assert "still holds a role" in client.get(f"/personal-data/{person.pk}/").content.decode()
        response = client.post(f"/personal-data/{person.pk}/erase/", {"sure": "on"})
        assert response.status_code == 422
        assert "still holds a role" in response.content.decode()

    def test_the_command_says_what_was_kept(self, left: User, capsys: pytest.CaptureFixture[str]) -> None:
        assert command.run(["people", "erase", OFFICER, "--as", ADMINISTRATOR]) == 0
        said = capsys.readouterr().out
        assert "Erased: their name, in every version of their record." in said
        assert "Kept: What was done by their account" in said
        assert command.run(["people", "erase", CLERK, "--as", ADMINISTRATOR]) == 2
        assert "still holds a role" in capsys.readouterr().err

    def test_the_account_of_the_partnership_file_is_none(self, account: Account) -> None:
        file = User.objects.get(username="partnership-file")
        person = Person.objects.create(name="The file", user=file)
        with pytest.raises(erasing.CannotErase, match="stands for the partnership file"):
            erasing.erase_person(person=person, by=account(ADMINISTRATOR))


def everything_that_names(words: str) -> set[str]:
    """Every text column of every table in which some words stand."""
    from django.apps import apps
    from django.db import models

    found = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField):
                rows = model._default_manager.values_list(field.attname, flat=True)
                if any(words.casefold() in str(value).casefold() for value in rows):
                    found.add(f"{model._meta.label}.{field.name}")
    return found

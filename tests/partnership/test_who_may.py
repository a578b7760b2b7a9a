"""Who may do what, and why not: the pages and the command for administrators, and the table in the documentation."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from sightline.partnership import access, who_may
from sightline.partnership.domain.rights import IN_ORDER, RIGHTS, RoleKind, as_markdown, with_table
from sightline.partnership.models import Council, User
from sightline.partnership.queries import NotKnown, people_who_may
from sightline.project.command import run

Accounts = Callable[[str], User]
Councils = Callable[[str], Council]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_every_role_is_listed_once_and_staff_before_members() -> None:
    assert sorted(IN_ORDER) == sorted(RoleKind)
    assert IN_ORDER.index(RoleKind.ADMINISTRATOR) < IN_ORDER.index(RoleKind.MEMBER)


def test_the_table_replaces_the_one_that_stands_in_a_page() -> None:
    page = f"# Rights\n\n{as_markdown(RIGHTS[:2])}\n\nMore.\n"
    assert with_table(page, RIGHTS) == f"# Rights\n\n{as_markdown(RIGHTS)}\n\nMore.\n"
    assert with_table(with_table(page, RIGHTS), RIGHTS) == with_table(page, RIGHTS)
    for wrong in ("# No table\n", page + page):
        with pytest.raises(ValueError, match="one table there"):
            with_table(wrong, RIGHTS)


def test_the_command_writes_it_there(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "rights.md"
    page.write_text("| May … | Resident |\n| --- | --- |\nAfter.\n", encoding="utf-8")
    assert run(["people", "rights", "--write", str(page)]) == 0
    assert page.read_text(encoding="utf-8") == f"{as_markdown(RIGHTS)}\nAfter.\n"
    page.write_text("nothing\n", encoding="utf-8")
    assert run(["people", "rights", "--write", str(page)]) == 2
    assert "There must be one table there" in capfd.readouterr().err


@pytest.mark.django_db
class TestThePages:
    def test_a_council_administrator_sees_their_council_and_what_is_shared(self, account: Accounts) -> None:
        client = signed_in(account("winifred.sol"))
        page = client.get(reverse("rights"), {"place": "aldersby"}).content.decode()
        assert "Aurelia Finch (Democratic Services Officer)" in page
        assert "Cordelia Nyman" not in page
        assert 'value="thornfen"' not in page
        # What is not theirs to look at is ignored like any other place that there is not.
        elsewhere = client.get(reverse("rights"), {"place": "thornfen"}).content.decode()
        assert "Cordelia Nyman" not in elsewhere

    def test_the_table_of_a_place_says_who_reaches_in_from_elsewhere(
        self, account: Accounts, council: Councils
    ) -> None:
        at_council = {row.right.action: row for row in who_may.table(council("ABC"))}
        assert at_council["partnership.see_internal"].also == "the same roles held for the partnership"
        assert at_council["scrutiny.record_minute"].also == ""
        assert [
            kind for kind, tick in zip(IN_ORDER, at_council["scrutiny.record_minute"].ticks, strict=True) if tick
        ] == [RoleKind.CLERK]
        shared = {row.right.action: row for row in who_may.table(None)}
        assert shared["scrutiny.record_minute"].also == "the same roles held for a council"
        assert shared["partnership.load_file"].also == ""

    def test_it_asks_why_somebody_may_not(self, account: Accounts) -> None:
        client = signed_in(account("perpetua.lowe"))
        ask = {"person": "hector.idle", "action": "scrutiny.record_minute", "place": "thornfen"}
        page = client.get(reverse("why-not"), ask).content.decode()
        assert "Councillor Hector Idle is told:" in page
        assert "To record minutes for Thornfen District Council you need the role of clerk; yours is member." in page
        page = client.get(reverse("why-not"), ask | {"person": "cordelia.nyman"}).content.decode()
        assert "Nothing stops Cordelia Nyman." in page
        assert "by the role of clerk for Thornfen District Council, since 6 March 2017." in page

    def test_it_asks_nothing_about_people_of_another_council(self, account: Accounts) -> None:
        client = signed_in(account("winifred.sol"))
        for person in ("hector.idle", "no.such.person"):
            answer = client.get(
                reverse("why-not"), {"person": person, "action": "scrutiny.record_minute", "place": "aldersby"}
            )
            assert answer.status_code == 422
            assert "is told" not in answer.content.decode()

    def test_a_refusal_says_which_role_it_takes_and_no_place_where_none_was_meant(self, account: Accounts) -> None:
        page = signed_in(account("hector.idle")).get(reverse("minute-upload-new"))
        assert page.status_code == 403
        assert "To upload minutes to be read you need the role of clerk; yours is member." in page.content.decode()


@pytest.mark.django_db
class TestTheCommand:
    def test_the_operator_may_ask_about_anybody(self, account: Accounts, capfd: pytest.CaptureFixture[str]) -> None:
        assert account("hector.idle")
        assert run(["people", "why-not", "hector.idle", "scrutiny.publish_minute", "--council", "ABC", "--json"]) == 0
        told = json.loads(capfd.readouterr().out)
        assert told == {
            "account": "hector.idle",
            "action": "scrutiny.publish_minute",
            "council": "ABC",
            "allowed": False,
            "says": "To publish minutes for Aldersby Borough Council you need the role of clerk; yours is member.",
        }

    def test_an_account_that_is_closed_is_said_to_be(self, account: Accounts) -> None:
        user = account("aurelia.finch")
        user.is_active = False
        user.save()
        answer = who_may.why(account("aurelia.finch").person, "scrutiny.record_minute", None)
        assert not answer.allowed
        assert "the account is closed" in answer.says

    def test_what_everybody_may_do_is_said_to_be(self, account: Accounts) -> None:
        answer = who_may.why(account("hector.idle").person, "partnership.see_public", None)
        assert (answer.allowed, answer.says) == (True, "Everybody may do this, whether signed in or not.")


@pytest.mark.django_db
class TestLookingAfter:
    def test_another_councils_role_is_answered_like_none(self, account: Accounts) -> None:
        by = account("winifred.sol")
        theirs = account("cordelia.nyman").person.roles.get()
        for number in (theirs.pk, 987654):
            with pytest.raises(NotKnown, match=f"There is no role {number}"):
                who_may.role_looked_after(by, number)
        own = account("aurelia.finch").person.roles.get()
        assert who_may.role_looked_after(by, own.pk) == own

    def test_another_councils_account_is_answered_like_none(self, account: Accounts) -> None:
        for name in ("cordelia.nyman", "no.such.person"):
            with pytest.raises(NotKnown, match=f"There is no active account “{name}”"):
                who_may.account_looked_after(account("winifred.sol"), name)
        with pytest.raises(access.Refused, match="you need the role of administrator"):
            who_may.account_looked_after(account("hector.idle"), "no.such.person")

    def test_who_may_do_something_is_everybody_with_the_role_today(self, account: Accounts, council: Councils) -> None:
        found = people_who_may("scrutiny.record_minute", council=council("ABC"))
        assert [person.name for person in found] == ["Aurelia Finch"]
        assert [person.name for person in people_who_may("scrutiny.record_minute", council=None)] == [
            "Aurelia Finch", "Cordelia Nyman", "Edmund Tillery"
        ]  # fmt: skip

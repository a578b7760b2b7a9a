"""Accounts, people and roles: who may give what to whom, and what stays on record."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone

from sightline.partnership import access
from sightline.partnership.access import Refused
from sightline.partnership.actions import (
    CannotKeepPerson,
    create_first_administrator,
    create_person,
    end_role,
    give_role,
    set_password,
)
from sightline.partnership.domain.partnership_facts import PartnershipFile
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import Body, Council, Person, Role, User

pytestmark = pytest.mark.django_db

Accounts = Callable[[str], User]
Councils = Callable[[str], Council]
PASSWORD = "three quiet meadows"
DAY = datetime.date(2026, 3, 6)


def reasons(record: Person | Role | User) -> list[tuple[str | None, str]]:
    return [
        (row.history_user.username if row.history_user else None, row.history_change_reason)
        for row in record.history.all()
    ]


class TestTheFirstAdministrator:
    def test_they_can_log_in_and_manage_people_everywhere(self) -> None:
        person = create_first_administrator(
            name="Ada Quill", username="ada", email="Ada@Example.ORG", password=PASSWORD
        )
        user = User.objects.get(username="ada")
        assert person.user == user
        assert user.check_password(PASSWORD)
        assert user.email == "Ada@example.org"
        (role,) = person.roles.all()
        assert (role.kind, role.council, role.started_on) == ("administrator", None, timezone.localdate())
        assert access.may(user, "partnership.manage_people", council=None)
        assert reasons(role) == [("ada", "first administrator, made at the machine")]

    def test_there_is_only_one_first(self) -> None:
        create_first_administrator(name="Ada Quill", username="ada", email="ada@example.org", password=PASSWORD)
        with pytest.raises(CannotKeepPerson, match=r"There is an administrator already: ada\. Others are added by"):
            create_first_administrator(name="Bo", username="bo", email="bo@example.org", password=PASSWORD)
        assert not User.objects.filter(username="bo").exists()

    def test_the_way_is_open_again_when_no_administrator_can_log_in(self) -> None:
        person = create_first_administrator(name="Ada", username="ada", email="ada@example.org", password=PASSWORD)
        assert person.user is not None
        person.user.is_active = False
        person.user.save()
        create_first_administrator(name="Bo", username="bo", email="bo@example.org", password=PASSWORD)
        assert User.objects.filter(username="bo").exists()

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            (
                {"password": "short"},
                "This password will not do. This password is too short. It must contain at least 12",
            ),
            ({"password": "password1234"}, "This password will not do. This password is too common."),
            ({"password": "ada.quill.2026"}, "This password will not do. The password is too similar to the username."),
            ({"password": "Ada Lovely Quill 7", "name": "Ada Lovely"}, "It holds the person's name."),
            ({"password": ""}, "The first administrator needs a password. Give one."),
            ({"username": "ada quill"}, "username: Enter a valid username."),
            ({"username": "partnership-file"}, "The user name “partnership-file” is taken. Choose another."),
            ({"email": "not an address"}, "email: Enter a valid email address."),
            ({"name": " "}, "A person needs a name."),
        ],
    )
    def test_what_will_not_do_is_refused_and_nothing_is_kept(self, changed: dict[str, str], said: str) -> None:
        given = {"name": "A. Q.", "username": "ada.quill", "email": "ada@example.org", "password": PASSWORD}
        with pytest.raises(CannotKeepPerson) as raised:
            create_first_administrator(**{**given, **changed})
        assert said in str(raised.value)
        assert (User.objects.count(), Person.objects.count(), Role.objects.count()) == (0, 0, 0)
        assert User.history.count() == 0


class TestAddingPeople:
    def test_a_councils_administrator_adds_a_person_without_any_right(self, account: Accounts) -> None:
        by = account("winifred.sol")
        person = create_person(name="Nora Pine", username="nora", email="nora@example.org", password=PASSWORD, by=by)
        assert access.roles_of(User.objects.get(username="nora")) == ()
        assert reasons(person) == [("winifred.sol", "added by an administrator")]

    def test_somebody_without_a_password_cannot_log_in_yet(self, account: Accounts) -> None:
        create_person(name="Nora Pine", username="nora", email="nora@example.org", by=account("winifred.sol"))
        assert not User.objects.get(username="nora").has_usable_password()

    def test_somebody_who_never_logs_in_has_no_account(self, account: Accounts) -> None:
        assert create_person(name="Nora Pine", by=account("winifred.sol")).user is None

    @pytest.mark.parametrize("taken", ["AURELIA.finch", "aurelia.finch"])
    def test_a_user_name_is_taken_in_whatever_case(self, account: Accounts, taken: str) -> None:
        with pytest.raises(CannotKeepPerson, match="is taken"):
            create_person(name="N", username=taken, password=PASSWORD, by=account("winifred.sol"))

    def test_an_address_is_used_once(self, account: Accounts) -> None:
        with pytest.raises(CannotKeepPerson, match="exists already"):
            create_person(
                name="N", username="n", email="Aurelia.Finch@aldersby.example", password=PASSWORD,
                by=account("winifred.sol"),
            )  # fmt: skip

    @pytest.mark.parametrize("username", ["aurelia.finch", "imogen.hartwell", "bridget.amory"])
    def test_only_administrators_add_people(self, account: Accounts, username: str) -> None:
        with pytest.raises(Refused, match="you need the role of administrator"):
            create_person(name="Nora Pine", by=account(username))


class TestRoles:
    def test_a_role_opens_what_it_may_at_its_council_alone(self, account: Accounts, council: Councils) -> None:
        clerk = account("desmond.varga")
        role = give_role(
            person=clerk.person, kind=RoleKind.CLERK, council=council("ABC"), started_on=DAY,
            body=Body.objects.get(slug="aldersby-cabinet"), by=account("winifred.sol"),
        )  # fmt: skip
        again = account("desmond.varga")
        assert access.may(again, "scrutiny.record_minute", council=council("ABC"))
        assert not access.may(again, "scrutiny.record_minute", council=council("TDC"))
        assert reasons(role) == [("winifred.sol", "role given")]

    def test_the_same_role_again_is_the_same(self, account: Accounts, council: Councils) -> None:
        given = {"person": account("desmond.varga").person, "kind": RoleKind.CLERK, "council": council("ABC")}
        one = give_role(**given, started_on=DAY, by=account("winifred.sol"))
        two = give_role(**given, started_on=datetime.date(2026, 4, 1), by=account("winifred.sol"))
        assert one == two
        assert one.history.count() == 1

    @pytest.mark.parametrize("kind", RoleKind)
    @pytest.mark.parametrize("where", ["TDC", None])
    def test_a_councils_administrator_gives_no_role_beyond_their_council(
        self, account: Accounts, council: Councils, kind: RoleKind, where: str | None
    ) -> None:
        """A role held for the partnership would reach into every council, so it is not one council's to give."""
        before = Role.objects.count()
        with pytest.raises(Refused):
            give_role(
                person=account("winifred.sol").person, kind=kind, council=council(where) if where else None,
                started_on=DAY, by=account("winifred.sol"),
            )  # fmt: skip
        assert Role.objects.count() == before

    def test_an_administrator_of_the_partnership_gives_roles_anywhere(
        self, account: Accounts, council: Councils
    ) -> None:
        for where in (None, council("TDC")):
            give_role(
                person=account("desmond.varga").person, kind=RoleKind.ICT, council=where, started_on=DAY,
                by=account("perpetua.lowe"),
            )  # fmt: skip
        assert account("desmond.varga").person.roles.count() == 3

    def test_a_body_of_another_council_is_refused(self, account: Accounts, council: Councils) -> None:
        with pytest.raises(CannotKeepPerson, match="Cabinet is a body of Thornfen District Council"):
            give_role(
                person=account("desmond.varga").person, kind=RoleKind.MEMBER, council=council("ABC"), started_on=DAY,
                body=Body.objects.get(slug="thornfen-cabinet"), by=account("winifred.sol"),
            )  # fmt: skip

    def test_a_council_that_has_ended_gives_no_roles(self, account: Accounts, council: Councils) -> None:
        ended = council("ABC")
        ended.ended_on = datetime.date(2025, 3, 31)
        ended.save()
        with pytest.raises(CannotKeepPerson, match=r"ended on 31 March 2025\. Give the role for its successor"):
            give_role(
                person=account("desmond.varga").person, kind=RoleKind.MEMBER, council=ended, started_on=DAY,
                by=account("perpetua.lowe"),
            )  # fmt: skip

    def test_a_role_ends_after_its_last_day_and_stays_on_record(self, account: Accounts, council: Councils) -> None:
        role = account("aurelia.finch").person.roles.get()
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        end_role(role=role, ended_on=yesterday, by=account("winifred.sol"))
        assert not access.may(account("aurelia.finch"), "scrutiny.record_minute", council=council("ABC"))
        assert "ended on" in access.why_not(account("aurelia.finch"), "scrutiny.record_minute", council=council("ABC"))
        assert reasons(role) == [("winifred.sol", "role ended"), ("partnership-file", "partnership file loaded")]

    def test_a_role_does_not_end_before_it_started(self, account: Accounts) -> None:
        with pytest.raises(CannotKeepPerson, match=r"started on 3 June 2019\. It cannot end before"):
            end_role(
                role=account("aurelia.finch").person.roles.get(), ended_on=datetime.date(2019, 6, 2),
                by=account("winifred.sol"),
            )  # fmt: skip

    def test_nobody_ends_a_role_at_another_council(self, account: Accounts) -> None:
        role = account("edmund.tillery").person.roles.get()
        with pytest.raises(Refused, match="Carrow Vale District Council"):
            end_role(role=role, ended_on=DAY, by=account("winifred.sol"))
        role.refresh_from_db()
        assert role.ended_on is None

    def test_the_last_administrator_of_the_partnership_stays(self, account: Accounts) -> None:
        role = account("perpetua.lowe").person.roles.get()
        with pytest.raises(CannotKeepPerson, match="last administrator of the partnership"):
            end_role(role=role, ended_on=DAY, by=account("perpetua.lowe"))
        give_role(
            person=account("desmond.varga").person, kind=RoleKind.ADMINISTRATOR, council=None, started_on=DAY,
            by=account("perpetua.lowe"),
        )  # fmt: skip
        assert end_role(role=role, ended_on=DAY, by=account("perpetua.lowe")).ended_on == DAY


class TestPasswords:
    def test_a_councils_administrator_sets_the_password_of_their_own_people(self, account: Accounts) -> None:
        set_password(account=account("aurelia.finch"), password=PASSWORD, by=account("winifred.sol"))
        assert account("aurelia.finch").check_password(PASSWORD)
        assert reasons(account("aurelia.finch"))[0] == ("winifred.sol", "password set by an administrator")

    @pytest.mark.parametrize("whose", ["edmund.tillery", "perpetua.lowe", "imogen.hartwell"])
    def test_but_of_nobody_elses(self, account: Accounts, whose: str) -> None:
        with pytest.raises(Refused):
            set_password(account=account(whose), password=PASSWORD, by=account("winifred.sol"))

    def test_the_history_never_holds_a_password(self, account: Accounts) -> None:
        fields = {field.name for field in User.history.model._meta.get_fields()}
        assert not {"password", "last_login"} & fields

    def test_the_files_account_never_gets_one(self, demonstration: PartnershipFile) -> None:
        with pytest.raises(CannotKeepPerson, match="never logs in"):
            set_password(account=User.objects.get(username="partnership-file"), password=PASSWORD)

"""Leavers and groups: an administrator's pages, and what they do."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from sightline.partnership import access, actions, group_roles, leaving, open_items
from sightline.partnership import queries as partnership
from sightline.partnership.domain.partnership_facts import PartnershipFile
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import Council, GroupRole, Role, User
from sightline.scrutiny.models import MinuteUpload

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def upload(account: Callable[[str], User]) -> MinuteUpload:
    """Something that waits for a clerk of Thornfen."""
    clerk = account("cordelia.nyman")
    attachment = actions.keep_attachment(name="panel.txt", media_type="text/plain", content=b"Minutes", by=clerk)
    body = partnership.body_called("thornfen-performance-panel")
    return MinuteUpload.objects.create(attachment=attachment, body=body, uploaded_by=clerk, state="read")


@pytest.fixture
def second_clerk(account: Callable[[str], User]) -> User:
    """Another clerk of Thornfen, who could take over."""
    administrator = account("perpetua.lowe")
    person = actions.create_person(name="Rosa Quill", username="rosa.quill", by=administrator)
    actions.give_role(
        person=person,
        kind=RoleKind.CLERK,
        council=Council.objects.get(abbreviation="TDC"),
        by=administrator,
        started_on=timezone.localdate(),
    )
    return User.objects.get(username="rosa.quill")


def as_administrator(client: Client, account: Callable[[str], User], name: str = "perpetua.lowe") -> Client:
    client.force_login(account(name), backend=BACKEND)
    return client


class TestLeaving:
    def test_the_page_shows_what_waits_and_who_could_take_over(
        self, client: Client, account: Callable[[str], User], upload: MinuteUpload, second_clerk: User
    ) -> None:
        address = f"/people/{account('cordelia.nyman').person.pk}/leaving/"
        page = as_administrator(client, account).get(address).content.decode()
        assert "Clerk for TDC" in page
        assert f'href="{upload.get_absolute_url()}">panel.txt, Performance Panel' in page
        assert "Rosa Quill</option>" in page
        assert "Aurelia Finch</option>" not in page, "a clerk of another council"

    def test_roles_end_and_the_work_goes_on_in_one_go(
        self, client: Client, account: Callable[[str], User], upload: MinuteUpload, second_clerk: User
    ) -> None:
        leaver = account("cordelia.nyman")
        theirs = Client()
        theirs.force_login(leaver, backend=BACKEND)
        address = f"/people/{leaver.person.pk}/leaving/"
        as_administrator(client, account)
        answer = client.post(address, {"when": "at-once", "take_over": second_clerk.pk})
        assert answer.status_code == 302
        said = client.get(address).content.decode()
        assert "1 role ends, 1 item was handed over, the account is closed" in said
        upload.refresh_from_db()
        assert upload.uploaded_by == second_clerk
        last = upload.history.latest()
        assert str(last.history_user) == "perpetua.lowe"
        assert last.history_change_reason == "handed over by perpetua.lowe from cordelia.nyman to rosa.quill"
        assert upload.history.earliest().uploaded_by == leaver
        assert not account("cordelia.nyman").is_active
        assert theirs.get("/minutes/upload/").status_code == 302
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        assert Role.objects.get(person=leaver.person).ended_on == yesterday

    def test_at_the_end_of_today_the_account_stays_until_then(
        self, client: Client, account: Callable[[str], User]
    ) -> None:
        leaver = account("cordelia.nyman")
        as_administrator(client, account)
        client.post(f"/people/{leaver.person.pk}/leaving/", {"when": "today"})
        assert Role.objects.get(person=leaver.person).ended_on == timezone.localdate()
        assert account("cordelia.nyman").is_active

    def test_somebody_has_to_take_over_where_somebody_can(
        self, client: Client, account: Callable[[str], User], upload: MinuteUpload, second_clerk: User
    ) -> None:
        answer = as_administrator(client, account).post(
            f"/people/{account('cordelia.nyman').person.pk}/leaving/", {"when": "at-once"}
        )
        assert answer.status_code == 422
        assert "Select who takes over" in answer.content.decode()
        assert account("cordelia.nyman").is_active

    def test_nothing_goes_to_who_may_not_do_it_and_then_nothing_is_changed(
        self, account: Callable[[str], User], upload: MinuteUpload
    ) -> None:
        with pytest.raises(leaving.CannotHandOver, match="Aurelia Finch may not"):
            actions.leave(
                person=account("cordelia.nyman").person,
                at_once=True,
                take_over=account("aurelia.finch"),
                by=account("perpetua.lowe"),
            )
        upload.refresh_from_db()
        assert upload.uploaded_by.username == "cordelia.nyman"
        assert Role.objects.get(person__user__username="cordelia.nyman").ended_on is None

    def test_another_councils_administrator_sees_and_ends_nothing(
        self, client: Client, account: Callable[[str], User]
    ) -> None:
        leaver = account("cordelia.nyman")
        as_administrator(client, account, "winifred.sol")
        assert client.get(f"/people/{leaver.person.pk}/leaving/").status_code == 404
        assert client.get("/people/9999999/leaving/").status_code == 404
        assert "Cordelia Nyman" not in client.get("/people/").content.decode()
        assert client.post(f"/people/{leaver.person.pk}/sign-out/").status_code == 404
        with pytest.raises(access.Refused):
            actions.leave(person=leaver.person, at_once=True, take_over=None, by=account("winifred.sol"))

    def test_of_two_hats_only_the_own_councils_goes(self, account: Callable[[str], User]) -> None:
        leaver = account("cordelia.nyman").person
        aldersby = Council.objects.get(abbreviation="ABC")
        Role.objects.create(person=leaver, kind="officer", council=aldersby, started_on=datetime.date(2020, 1, 1))
        left = actions.leave(person=leaver, at_once=True, take_over=None, by=account("winifred.sol"))
        assert (left.roles, left.closed) == (1, False)
        assert Role.objects.get(person=leaver, kind="clerk").ended_on is None
        assert account("cordelia.nyman").is_active

    def test_the_last_administrator_stays(self, account: Callable[[str], User]) -> None:
        with pytest.raises(actions.CannotKeepPerson, match="last administrator"):
            actions.leave(
                person=account("perpetua.lowe").person, at_once=True, take_over=None, by=account("perpetua.lowe")
            )

    def test_a_lost_laptop(self, client: Client, account: Callable[[str], User]) -> None:
        theirs = Client()
        theirs.force_login(account("cordelia.nyman"), backend=BACKEND)
        as_administrator(client, account).post(f"/people/{account('cordelia.nyman').person.pk}/sign-out/")
        theirs.get("/")
        assert "_auth_user_id" not in theirs.session
        assert account("cordelia.nyman").is_active

    def test_uploads_that_are_done_with_do_not_wait(self, account: Callable[[str], User], upload: MinuteUpload) -> None:
        person = account("cordelia.nyman").person
        assert len(open_items.waiting_for(person)) == 1
        for state in ("recorded", "refused"):
            upload.state = state
            upload.save()
            assert open_items.waiting_for(person) == []


class TestGroups:
    def test_an_administrator_adds_and_removes_a_line(self, client: Client, account: Callable[[str], User]) -> None:
        as_administrator(client, account)
        council = Council.objects.get(abbreviation="TDC")
        client.post("/people/groups/", {"council": council.pk, "group": " clerks ", "kind": "clerk"})
        line = GroupRole.objects.get()
        assert (line.group, line.kind, line.council) == ("clerks", "clerk", council)
        assert str(line.history.latest().history_user) == "perpetua.lowe"
        again = client.post("/people/groups/", {"council": council.pk, "group": "clerks", "kind": "clerk"})
        assert again.status_code == 422
        assert "gives the role of clerk already" in again.content.decode()
        assert "clerks" in client.get(f"/people/groups/{line.pk}/remove/").content.decode()
        client.post(f"/people/groups/{line.pk}/remove/")
        assert not GroupRole.objects.exists()
        assert [row.history_type for row in GroupRole.history.order_by("history_id")] == ["+", "-"]

    def test_for_the_own_council_alone(self, client: Client, account: Callable[[str], User]) -> None:
        as_administrator(client, account, "winifred.sol")
        thornfen = Council.objects.get(abbreviation="TDC")
        answer = client.post("/people/groups/", {"council": thornfen.pk, "group": "clerks", "kind": "clerk"})
        assert answer.status_code == 422
        assert not GroupRole.objects.exists()
        line = group_roles.add(council=thornfen, group="x", kind=RoleKind.CLERK, by=account("perpetua.lowe"))
        assert client.get(f"/people/groups/{line.pk}/remove/").status_code == 404
        assert client.get("/people/groups/9999999/remove/").status_code == 404
        assert "Thornfen" not in client.get("/people/groups/").content.decode().partition("<main")[2]
        with pytest.raises(access.Refused):
            group_roles.remove(line=line, by=account("winifred.sol"))

    @pytest.mark.parametrize("name", ["cordelia.nyman", "hector.idle", "imogen.hartwell"])
    def test_nobody_else_sees_these_pages(self, client: Client, account: Callable[[str], User], name: str) -> None:
        as_administrator(client, account, name)
        for address in ("/people/", "/people/groups/"):
            assert client.get(address).status_code == 403

    def test_residents_are_asked_to_sign_in(self, client: Client, demonstration: PartnershipFile) -> None:
        for address in ("/people/", "/people/groups/", "/people/1/leaving/", "/people/groups/1/remove/"):
            assert client.get(address)["Location"].startswith("/accounts/login/?next=/people/")

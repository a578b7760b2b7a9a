"""What ends a session, what its owner is told, and that signing in leads nowhere else."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sightline.partnership import known_browsers, people, sessions
from sightline.partnership.domain.partnership_facts import PartnershipFile
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import Council, Notice, Role, User
from tests.partnership.conftest import Posting

pytestmark = pytest.mark.django_db

WHO = "desmond.varga"
true_now = timezone.now


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> None:
    cache.clear()


def log_in(client: Client, file: PartnershipFile, **more: str) -> Any:
    form = {"login": WHO, "password": file.partnership.demonstration_password, **more}
    return client.post("/accounts/login/", form)


def is_in(client: Client) -> bool:
    """Whether a page that only signed-in people see is shown."""
    return client.get("/accounts/password/change/").status_code == 200


def later(monkeypatch: pytest.MonkeyPatch, **delta: float) -> None:
    now = true_now() + datetime.timedelta(**delta)
    monkeypatch.setattr(sessions.timezone, "now", lambda: now)


class TestEnds:
    @pytest.fixture(autouse=True)
    def _signed_in(self, client: Client, demonstration: PartnershipFile) -> None:
        log_in(client, demonstration)
        assert is_in(client)

    def test_after_quiet(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        later(monkeypatch, minutes=59)
        assert is_in(client)
        later(monkeypatch, minutes=59 + 59)
        assert is_in(client), "a page in between keeps it"
        later(monkeypatch, minutes=59 + 59 + 61)
        assert not is_in(client)
        assert "since nothing happened for a while" in client.get("/").content.decode()

    def test_after_a_working_day_whatever_is_done(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        for minutes in range(50, 12 * 60, 50):
            later(monkeypatch, minutes=minutes)
            assert is_in(client)
        later(monkeypatch, hours=12, minutes=1)
        assert not is_in(client)
        assert "a long time ago" in client.get("/").content.decode()

    def test_where_a_clock_was_set_back(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        later(monkeypatch, hours=-5)
        assert not is_in(client)

    def test_when_a_role_ended_yesterday(self, client: Client, account: Callable[[str], User]) -> None:
        role = Role.objects.get(person__user__username=WHO)
        role.ended_on = timezone.localdate() - datetime.timedelta(days=1)
        role.save()
        assert not is_in(client)
        assert "one of your roles has ended" in client.get("/").content.decode()

    def test_but_not_when_one_begins(self, client: Client, account: Callable[[str], User]) -> None:
        council = Council.objects.get(abbreviation="ABC")
        people.give_role(
            person=account(WHO).person,
            kind=RoleKind.MEMBER,
            council=council,
            by=account("winifred.sol"),
            started_on=timezone.localdate(),
        )
        assert is_in(client)

    def test_everywhere_when_the_password_changes(self, client: Client, demonstration: PartnershipFile) -> None:
        other = Client()
        log_in(other, demonstration)
        before = client.session.session_key
        client.post(
            "/accounts/password/change/",
            {
                "oldpassword": demonstration.partnership.demonstration_password,
                "password1": "three quiet meadows",
                "password2": "three quiet meadows",
            },
        )
        assert is_in(client), "who changed it stays"
        assert client.session.session_key != before
        assert not is_in(other)

    def test_when_an_administrator_sets_the_password(self, client: Client, account: Callable[[str], User]) -> None:
        people.set_password(account=account(WHO), password="three quiet meadows", by=account("winifred.sol"))
        assert not is_in(client)

    def test_everywhere_when_its_owner_says_so(self, client: Client, demonstration: PartnershipFile) -> None:
        other = Client()
        log_in(other, demonstration)
        client.post("/accounts/logout/everywhere/")
        assert not is_in(client)
        assert not is_in(other)
        assert "everywhere" in User.objects.get(username=WHO).history.latest().history_change_reason

    def test_when_the_account_closes(self, client: Client, account: Callable[[str], User]) -> None:
        user = account(WHO)
        user.is_active = False
        user.save()
        assert not is_in(client)


class TestFixation:
    def test_a_session_that_somebody_else_knows_is_not_the_one_that_is_signed_in(
        self, client: Client, demonstration: PartnershipFile
    ) -> None:
        client.post("/accounts/password/reset/", {"email": "x@y.example"})
        session = client.session
        session["planted"] = "by an attacker"
        session.save()
        planted = session.session_key
        client.cookies["sessionid"] = planted
        log_in(client, demonstration)
        assert client.session.session_key != planted
        attacker = Client()
        attacker.cookies["sessionid"] = planted
        assert not is_in(attacker)

    def test_a_made_up_session_is_not_taken(self, client: Client, demonstration: PartnershipFile) -> None:
        client.cookies["sessionid"] = "chosen-by-an-attacker-0123456789"
        log_in(client, demonstration)
        assert client.cookies["sessionid"].value != "chosen-by-an-attacker-0123456789"

    def test_signing_out_leaves_nothing_behind(self, client: Client, demonstration: PartnershipFile) -> None:
        log_in(client, demonstration)
        before = client.session.session_key
        client.post("/accounts/logout/")
        thief = Client()
        thief.cookies["sessionid"] = before
        assert not is_in(thief)

    def test_cookies_are_out_of_reach_of_scripts(self, client: Client, demonstration: PartnershipFile) -> None:
        log_in(client, demonstration)
        for name in ("sessionid", known_browsers.COOKIE):
            assert client.cookies[name]["httponly"]
            assert client.cookies[name]["samesite"] == "Lax"


class TestKeyRotation:
    def test_a_session_outlives_a_new_key_and_dies_with_the_old_one(
        self, client: Client, demonstration: PartnershipFile, settings: Any
    ) -> None:
        log_in(client, demonstration)
        stale = Client()
        log_in(stale, demonstration)
        old, new = settings.SECRET_KEY, "another key, just as long " * 3
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = new, [old]
        assert is_in(client)
        settings.SECRET_KEY_FALLBACKS = []
        assert is_in(client), "it moved to the new key when it was used"
        assert not is_in(stale), "this one was not used meanwhile"


class TestNotices:
    def test_a_new_browser_is_told_of_and_a_known_one_is_not(
        self, client: Client, demonstration: PartnershipFile, posting: Posting
    ) -> None:
        said = {"user-agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"}
        client = Client(headers=said)
        with posting():
            log_in(client, demonstration)
        (letter,) = mail.outbox
        assert letter.to == ["desmond.varga@aldersby.example"]
        assert letter.subject == "New sign-in to your account"
        assert "Firefox on Windows" in letter.body
        assert "Desmond Varga," in letter.body
        assert "127.0.0.1" not in letter.body
        client.post("/accounts/logout/")
        with posting():
            log_in(client, demonstration)
        assert len(mail.outbox) == 1
        with posting():
            log_in(Client(), demonstration)
        assert len(mail.outbox) == 2

    def test_a_browser_of_another_account_is_a_new_one(
        self, client: Client, demonstration: PartnershipFile, posting: Posting
    ) -> None:
        log_in(client, demonstration)
        with posting():
            log_in(client, demonstration, login="josephine.abara")
        assert "_auth_user_id" in client.session
        client.post("/accounts/logout/")
        with posting():
            log_in(client, demonstration, login="josephine.abara")
        assert {address for letter in mail.outbox for address in letter.to} == {"josephine.abara@carrow-vale.example"}

    @pytest.mark.parametrize("cookie", ["", "....", "x" * 5000, "0" * 32, "\x00"])
    def test_a_made_up_cookie_makes_no_browser_known(
        self, client: Client, demonstration: PartnershipFile, posting: Posting, cookie: str
    ) -> None:
        client.cookies[known_browsers.COOKIE] = cookie
        with posting():
            log_in(client, demonstration)
        assert len(mail.outbox) == 1

    def test_a_new_password_is_told_of(self, client: Client, demonstration: PartnershipFile, posting: Posting) -> None:
        log_in(client, demonstration)
        with posting():
            client.post(
                "/accounts/password/change/",
                {
                    "oldpassword": demonstration.partnership.demonstration_password,
                    "password1": "three quiet meadows",
                    "password2": "three quiet meadows",
                },
            )
        assert [letter.subject for letter in mail.outbox] == ["Your password has been changed"]
        assert "three quiet meadows" not in mail.outbox[0].body

    def test_a_mail_server_that_is_down_keeps_nobody_out(
        self, client: Client, demonstration: PartnershipFile, settings: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 1
        with django_capture_on_commit_callbacks(execute=True):
            assert log_in(client, demonstration).status_code == 302
            assert (
                client.post("/accounts/password/reset/", {"email": "desmond.varga@aldersby.example"}).status_code == 302
            )
        assert is_in(client)
        waiting = Notice.objects.filter(state="waiting").order_by("pk")
        assert [letter.subject for letter in waiting] == ["New sign-in to your account", "Choose a new password"]
        assert [job.task_path.rpartition(".")[2] for job in DBTaskResult.objects.filter(status="READY")] == ["post"] * 2

    def test_nothing_that_is_kept_holds_the_link_that_sets_a_password(
        self, client: Client, demonstration: PartnershipFile, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            client.post("/accounts/password/reset/", {"email": "desmond.varga@aldersby.example"})
        (job,), (letter,) = DBTaskResult.objects.all(), Notice.objects.all()
        assert job.args_kwargs["args"] == [letter.pk]
        assert letter.link == f"partnership.new-password:{User.objects.get(username=WHO).pk}"
        assert "http" not in letter.text


EVIL = [
    "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "https:evil.example", "javascript:alert(1)", "data:text/html,x", " https://evil.example", "\thttps://evil.example",
    "https://testserver@evil.example/", "https://testserver.evil.example/", "http:///evil.example", "/\t/evil.example",
]  # fmt: skip


@pytest.mark.parametrize("place", EVIL)
def test_signing_in_leads_to_pages_of_this_site_alone(
    client: Client, demonstration: PartnershipFile, place: str
) -> None:
    assert log_in(client, demonstration, next=place)["Location"] == "/"
    assert client.post("/accounts/logout/", {"next": place})["Location"] == "/"


def test_signing_in_leads_back_to_where_somebody_was(client: Client, demonstration: PartnershipFile) -> None:
    assert log_in(client, demonstration, next="/meetings/?page=2")["Location"] == "/meetings/?page=2"


@pytest.mark.parametrize(
    "place", ["/meetings/\r\nSet-Cookie: a=b", "/x\nLocation: https://evil.example", "/%0d%0aX: y"]
)
def test_no_header_is_made_of_what_was_sent(client: Client, demonstration: PartnershipFile, place: str) -> None:
    answer = log_in(client, demonstration, next=place)
    assert "\n" not in answer["Location"]
    assert "a=b" not in str(answer.cookies)
    assert "X" not in answer.headers


def test_a_letter_gets_no_header_of_what_was_sent(
    client: Client, demonstration: PartnershipFile, posting: Posting
) -> None:
    for address in ("desmond.varga@aldersby.example\r\nBcc: all@evil.example", "a@b.example,c@d.example"):
        with posting():
            client.post("/accounts/password/reset/", {"email": address})
    assert mail.outbox == []
    user = User.objects.get(username=WHO)
    user.person.name = "Desmond\r\nBcc: all@evil.example"
    user.person.save()
    with posting():
        log_in(client, demonstration)
    (letter,) = mail.outbox
    assert letter.recipients() == ["desmond.varga@aldersby.example"]
    assert "Bcc" not in letter.message()


def test_a_host_that_is_not_ours_makes_no_link(
    client: Client, demonstration: PartnershipFile, posting: Posting
) -> None:
    with posting():
        answer = client.post(
            "/accounts/password/reset/",
            {"email": "desmond.varga@aldersby.example"},
            headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"},
        )
    assert answer.status_code == 400
    assert mail.outbox == []


@pytest.mark.parametrize(
    "address",
    ["/accounts/login/", "/accounts/logout/", "/accounts/logout/everywhere/", "/accounts/2fa/totp/activate/",
     "/accounts/2fa/authenticate/", "/accounts/2fa/passkeys/login/", "/accounts/oidc/", "/people/groups/"],
)  # fmt: skip
def test_a_form_of_another_site_is_refused(demonstration: PartnershipFile, address: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(
        User.objects.get(username="perpetua.lowe"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert strict.post(address, {"x": "y"}).status_code == 403

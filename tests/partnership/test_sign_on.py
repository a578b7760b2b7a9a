"""Councils' own sign-on, against a real provider: who comes in, with which roles, and how they go out again."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from sightline.partnership import group_roles
from sightline.partnership.domain.partnership_facts import PartnershipFile
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.domain.sign_on_file import CouncilSignOn
from sightline.partnership.models import Council, Role, User
from tests.partnership.conftest import Posting
from tests.partnership.providers import running
from tests.partnership.providers.running import Provider, Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

THORNFEN, ALDERSBY = "E07999003", "E07999001"
CLERKS, READERS = "sightline-clerks", "sightline-readers"


def person(address: str, *groups: str, verified: bool = True, **more: Any) -> dict[str, Any]:
    name = address.partition("@")[0].replace(".", " ").title()
    return {"email": address, "email_verified": verified, "name": name, "groups": list(groups), **more}


PEOPLE = {
    "moll": person("moll.quince@thornfen.example", READERS),
    "piers": person("piers.tallow@thornfen.example", CLERKS),
    "safe": person("safe.hand@thornfen.example", CLERKS, methods=["pwd", "mfa"]),
    "wendy": person("wendy.nogroup@thornfen.example", "canteen"),
    "una": person("una.checked@thornfen.example", READERS, verified=False),
    "twin": person("desmond.varga@aldersby.example", READERS),
}


@pytest.fixture(scope="module")
def keys() -> list[dict[str, Any]]:
    return [running.make_key("first"), running.make_key("second")]


def _provider(council: str, key: dict[str, Any]) -> Provider:
    redirect = f"http://testserver/accounts/oidc/{council.lower()}/login/callback/"
    return Provider(running.free_port(), council, redirect, dict(PEOPLE), key)


@pytest.fixture(scope="module")
def thornfen_running(keys: list[dict[str, Any]]) -> Iterator[Provider]:
    with _provider(THORNFEN, keys[0]).running() as provider:
        yield provider


@pytest.fixture(scope="module")
def aldersby_running(keys: list[dict[str, Any]]) -> Iterator[Provider]:
    with _provider(ALDERSBY, keys[1]).running() as provider:
        yield provider


def known(provider: Provider, **more: Any) -> CouncilSignOn:
    return CouncilSignOn(
        id=provider.council.lower(),
        council=provider.council,
        name="",
        issuer=provider.issuer,
        client_id="sightline",
        client_secret=running.SECRET,
        scopes=("openid", "profile", "email", "groups"),
        **more,
    )


@pytest.fixture
def thornfen(thornfen_running: Provider, settings: Any, demonstration: PartnershipFile) -> Provider:
    cache.clear()
    thornfen_running.now_says(PEOPLE)
    settings.SIGN_ON = (known(thornfen_running),)
    administrator = User.objects.get(username="perpetua.lowe")
    for group, kind in ((CLERKS, RoleKind.CLERK), (READERS, RoleKind.OFFICER)):
        group_roles.add(council=Council.objects.get(gss_code=THORNFEN), group=group, kind=kind, by=administrator)
    return thornfen_running


def place_in(page: str) -> str:
    """Where a page sends the browser on to."""
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page)
    assert found is not None, page
    return found[1].replace("&amp;", "&")


def begin(client: Client, council: str = THORNFEN, **form: str) -> str:
    answer = client.post(f"/accounts/oidc/{council.lower()}/login/", form)
    assert answer.status_code == 200, answer.content
    return place_in(answer.content.decode())


def sign_in(client: Client, who: str, council: str = THORNFEN, visitor: Visitor | None = None, **form: str) -> Any:
    back = (visitor or Visitor()).sign_in(begin(client, council, **form), who)
    return client.get(back)


def signed_in_as(client: Client) -> str:
    pk = client.session.get("_auth_user_id")
    return User.objects.get(pk=pk).username if pk else ""


def roles(username: str) -> list[tuple[str, str, str]]:
    """The roles of somebody that hold today: kind, council, and the group that gives them."""
    today = timezone.localdate()
    return [
        (role.kind, role.council.gss_code if role.council else "", role.from_group)
        for role in Role.objects.filter(person__user__username=username).select_related("council")
        if role.started_on <= today and (role.ended_on is None or role.ended_on >= today)
    ]


def test_the_first_sign_in_makes_an_account_with_the_roles_of_its_groups(client: Client, thornfen: Provider) -> None:
    answer = sign_in(client, "moll")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert signed_in_as(client) == "moll.quince"
    account = User.objects.get(username="moll.quince")
    assert account.email == "moll.quince@thornfen.example"
    assert account.person.name == "Moll Quince"
    assert not account.has_usable_password()
    assert roles("moll.quince") == [("officer", THORNFEN, READERS)]
    assert "sign-on of TDC" in account.history.latest().history_change_reason
    assert "group of the council" in Role.objects.get(person=account.person).history.latest().history_change_reason


def test_the_login_page_offers_it_by_the_councils_name(client: Client, thornfen: Provider) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert "Thornfen District Council</button>" in page
    assert "Carrow Vale District Council</button>" not in page


def test_signing_in_again_is_the_same_account_and_changes_nothing(client: Client, thornfen: Provider) -> None:
    sign_in(client, "moll")
    before = Role.history.count()
    client.post("/accounts/logout/")
    sign_in(Client(), "moll")
    assert User.objects.filter(username__startswith="moll").count() == 1
    assert Role.history.count() == before


def test_a_role_that_writes_is_asked_for_a_second_factor_of_ours(client: Client, thornfen: Provider) -> None:
    sign_in(client, "piers")
    assert roles("piers.tallow") == [("clerk", THORNFEN, CLERKS)]
    answer = client.get("/minutes/upload/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/?next=%2Fminutes%2Fupload%2F")


def test_a_second_factor_at_the_provider_counts_where_the_council_says_so(
    client: Client, thornfen: Provider, settings: Any
) -> None:
    sign_in(client, "safe")
    assert client.get("/minutes/upload/").status_code == 302, "not asked for in the sign-on file"
    settings.SIGN_ON = (known(thornfen, second_factor=frozenset({"mfa"})),)
    client = Client()
    sign_in(client, "safe")
    assert client.get("/minutes/upload/").status_code == 200
    other = Client()
    sign_in(other, "piers")
    assert other.get("/minutes/upload/").status_code == 302, "the provider asked this one for a password alone"


class TestLeavers:
    def test_who_has_left_the_group_loses_the_role_and_every_session(self, client: Client, thornfen: Provider) -> None:
        elsewhere = Client()
        sign_in(elsewhere, "moll")
        assert elsewhere.get("/accounts/2fa/").status_code == 200
        thornfen.now_says({**PEOPLE, "moll": person("moll.quince@thornfen.example")})
        answer = sign_in(client, "moll")
        assert answer.status_code == 403
        assert "None of your groups" in answer.content.decode()
        assert roles("moll.quince") == []
        assert signed_in_as(client) == ""
        elsewhere.get("/")
        assert signed_in_as(elsewhere) == "", "the session of before has ended too"

    def test_a_role_of_yesterday_ends_on_its_last_day_and_stays_on_record(
        self, client: Client, thornfen: Provider
    ) -> None:
        sign_in(client, "moll")
        role = Role.objects.get(person__user__username="moll.quince")
        role.started_on -= datetime.timedelta(days=40)
        role.save()
        thornfen.now_says({**PEOPLE, "moll": person("moll.quince@thornfen.example")})
        sign_in(Client(), "moll")
        role.refresh_from_db()
        assert role.ended_on == timezone.localdate() - datetime.timedelta(days=1)

    def test_another_group_brings_another_role(self, client: Client, thornfen: Provider) -> None:
        sign_in(client, "moll")
        thornfen.now_says({**PEOPLE, "moll": person("moll.quince@thornfen.example", CLERKS, READERS)})
        sign_in(Client(), "moll")
        assert sorted(roles("moll.quince")) == [("clerk", THORNFEN, CLERKS), ("officer", THORNFEN, READERS)]

    def test_a_role_that_an_administrator_gave_stays(self, client: Client, thornfen: Provider) -> None:
        sign_in(client, "moll")
        council = Council.objects.get(gss_code=ALDERSBY)
        owner = User.objects.get(username="moll.quince").person
        Role.objects.create(person=owner, kind="member", council=council, started_on=timezone.localdate())
        thornfen.now_says({**PEOPLE, "moll": person("moll.quince@thornfen.example")})
        assert sign_in(Client(), "moll").status_code == 302
        assert roles("moll.quince") == [("member", ALDERSBY, "")]

    def test_a_line_that_is_removed_ends_the_roles_it_gave(self, client: Client, thornfen: Provider) -> None:
        sign_in(client, "moll")
        line = Council.objects.get(gss_code=THORNFEN).group_roles.get(group=READERS)
        assert group_roles.remove(line=line, by=User.objects.get(username="perpetua.lowe")) == 1
        assert roles("moll.quince") == []

    def test_groups_that_the_provider_left_out_for_length_take_nothing_away(
        self, client: Client, thornfen: Provider
    ) -> None:
        sign_in(client, "moll")
        from sightline.partnership import sign_on

        config = known(thornfen)
        claims = {"_claim_names": {"groups": "src1"}}
        request = client.get("/").wsgi_request
        with pytest.raises(sign_on.ImmediateHttpResponse):
            sign_on._groups(request, claims, config, Council.objects.get(gss_code=THORNFEN))
        assert roles("moll.quince") == [("officer", THORNFEN, READERS)]


class TestTwoCouncils:
    @pytest.fixture(autouse=True)
    def _both(self, thornfen: Provider, aldersby_running: Provider, settings: Any) -> None:
        aldersby_running.now_says(PEOPLE)
        settings.SIGN_ON = (known(thornfen), known(aldersby_running))

    def test_a_provider_gives_no_role_at_another_council(self, client: Client) -> None:
        """The group has the same name there, but only Thornfen's table knows it."""
        answer = sign_in(client, "moll", ALDERSBY)
        assert answer.status_code == 403
        assert not User.objects.filter(username="moll.quince").exists()

    def test_the_same_subject_at_two_providers_is_two_people(self, client: Client) -> None:
        administrator = User.objects.get(username="perpetua.lowe")
        council = Council.objects.get(gss_code=ALDERSBY)
        group_roles.add(council=council, group=READERS, kind=RoleKind.OFFICER, by=administrator)
        sign_in(client, "moll")
        refused = sign_in(Client(), "moll", ALDERSBY)
        assert refused.status_code == 403
        assert "Another account already has your e-mail address" in refused.content.decode()
        assert SocialAccount.objects.count() == 1

    def test_an_answer_is_taken_only_at_the_council_that_was_asked(self, client: Client) -> None:
        back = urlsplit(Visitor().sign_in(begin(client, THORNFEN), "moll"))
        answer = client.get(f"/accounts/oidc/{ALDERSBY.lower()}/login/callback/?{back.query}")
        assert answer.status_code == 401
        assert signed_in_as(client) == ""


class TestRefusals:
    def test_an_address_that_is_not_verified(self, client: Client, thornfen: Provider) -> None:
        answer = sign_in(client, "una")
        assert answer.status_code == 403
        assert "does not say that your e-mail address has been checked" in answer.content.decode()
        assert not User.objects.filter(email__startswith="una").exists()

    def test_an_address_of_a_domain_that_the_council_vouches_for(
        self, client: Client, thornfen: Provider, settings: Any
    ) -> None:
        settings.SIGN_ON = (known(thornfen, verified_domains=frozenset({"thornfen.example"})),)
        silent = person("quiet.one@thornfen.example", READERS)
        del silent["email_verified"]
        foreign = {**silent, "email": "quiet.one@elsewhere.example"}
        denied = {**silent, "email": "denied@thornfen.example", "email_verified": False}
        thornfen.now_says({"silent": silent, "foreign": foreign, "denied": denied})
        assert sign_in(client, "silent").status_code == 302
        assert sign_in(Client(), "foreign").status_code == 403
        assert sign_in(Client(), "denied").status_code == 403

    def test_nobody_outside_the_groups_gets_an_account(self, client: Client, thornfen: Provider) -> None:
        answer = sign_in(client, "wendy")
        assert answer.status_code == 403
        assert not User.objects.filter(email__startswith="wendy").exists()
        assert client.get("/accounts/oidc/signup/").status_code == 404

    def test_an_address_that_another_account_has(self, client: Client, thornfen: Provider) -> None:
        answer = sign_in(client, "twin")
        assert answer.status_code == 403
        assert "sign in with its password" in answer.content.decode()
        assert SocialAccount.objects.count() == 0
        assert signed_in_as(client) == ""

    def test_a_closed_account_stays_closed(self, client: Client, thornfen: Provider) -> None:
        sign_in(client, "moll")
        account = User.objects.get(username="moll.quince")
        account.is_active = False
        account.save()
        other = Client()
        assert sign_in(other, "moll")["Location"] == "/accounts/inactive/"
        assert signed_in_as(other) == ""

    def test_who_stops_at_the_provider_is_told_that_they_did_not_sign_in(
        self, client: Client, thornfen: Provider
    ) -> None:
        answer = sign_in(client, "nobody")
        assert answer["Location"] == "/accounts/oidc/cancelled/"
        assert client.get("/accounts/oidc/cancelled/").status_code == 200

    def test_there_is_no_way_for_a_council_without_a_provider(self, client: Client, thornfen: Provider) -> None:
        for address in ("/accounts/oidc/e07999002/login/", "/accounts/oidc/nowhere/login/"):
            assert client.post(address).status_code == 404
        assert client.get("/accounts/oidc/nowhere/login/callback/?code=1&state=2").status_code == 404

    def test_a_link_cannot_begin_a_sign_in(self, client: Client, thornfen: Provider) -> None:
        assert client.get(f"/accounts/oidc/{THORNFEN.lower()}/login/").status_code == 405

    def test_a_form_of_another_site_cannot_begin_a_sign_in(self, thornfen: Provider) -> None:
        strict = Client(enforce_csrf_checks=True)
        assert strict.post(f"/accounts/oidc/{THORNFEN.lower()}/login/").status_code == 403

    def test_nothing_in_the_address_changes_what_the_provider_is_asked_for(
        self, client: Client, thornfen: Provider
    ) -> None:
        answer = client.post(
            f"/accounts/oidc/{THORNFEN.lower()}/login/?scope=admin&auth_params=redirect_uri%3Dhttps%3A%2F%2Fevil.example"
        )
        asked = parse_qs(urlsplit(place_in(answer.content.decode())).query)
        assert asked["redirect_uri"] == [f"http://testserver/accounts/oidc/{THORNFEN.lower()}/login/callback/"]
        assert set(asked["scope"][0].split()) == {"openid", "profile", "email", "groups"}
        assert asked["code_challenge_method"] == ["S256"]
        assert len(asked["nonce"][0]) == 32


class TestLinking:
    def log_in(self, client: Client, file: PartnershipFile) -> None:
        password = file.partnership.demonstration_password
        client.post("/accounts/login/", {"login": "desmond.varga", "password": password})

    def test_the_owner_links_after_confirming_with_the_password(
        self, client: Client, thornfen: Provider, demonstration: PartnershipFile, posting: Posting
    ) -> None:
        self.log_in(client, demonstration)
        address = f"/accounts/oidc/{THORNFEN.lower()}/link/"
        asked = client.get(address)
        assert asked.status_code == 302
        assert asked["Location"].startswith("/accounts/reauthenticate/")
        again = client.post(
            asked["Location"], {"password": demonstration.partnership.demonstration_password, "next": address}
        )
        assert again["Location"] == address
        page = client.post(address).content.decode()
        with posting():
            answer = client.get(Visitor().sign_in(place_in(page), "twin"))
        assert answer["Location"] == "/accounts/oidc/"
        assert SocialAccount.objects.get().user.username == "desmond.varga"
        assert [letter.subject for letter in mail.outbox] == ["Sign-on linked"]
        other = Client()
        sign_in(other, "twin")
        assert signed_in_as(other) == "desmond.varga"
        assert ("officer", THORNFEN, READERS) in roles("desmond.varga")
        assert (
            "Thornfen District Council, as desmond.varga@aldersby.example"
            in client.get("/accounts/oidc/").content.decode()
        )

    def test_nobody_links_who_is_not_signed_in(self, client: Client, thornfen: Provider) -> None:
        answer = client.post(f"/accounts/oidc/{THORNFEN.lower()}/link/")
        assert answer["Location"].startswith("/accounts/login/")
        back = Visitor().sign_in(begin(client, process="connect"), "twin")
        assert client.get(back).status_code == 403
        assert SocialAccount.objects.count() == 0

    def test_a_sign_on_of_one_account_is_not_linked_with_another(
        self, client: Client, thornfen: Provider, demonstration: PartnershipFile
    ) -> None:
        sign_in(Client(), "moll")
        self.log_in(client, demonstration)
        address = f"/accounts/oidc/{THORNFEN.lower()}/link/"
        password = demonstration.partnership.demonstration_password
        client.post(f"/accounts/reauthenticate/?next={address}", {"password": password, "next": address})
        page = client.post(address).content.decode()
        client.get(Visitor().sign_in(place_in(page), "moll"))
        assert SocialAccount.objects.get().user.username == "moll.quince"
        assert "belongs to another account" in client.get("/accounts/oidc/").content.decode()


class TestSignOut:
    def test_it_ends_the_session_here_and_at_the_provider(self, client: Client, thornfen: Provider) -> None:
        visitor = Visitor()
        sign_in(client, "moll", visitor=visitor)
        page = client.post("/accounts/logout/").content.decode()
        assert signed_in_as(client) == ""
        place = place_in(page)
        assert place.startswith(f"{thornfen.issuer}/session/end?client_id=sightline&")
        assert visitor.sign_out(place) == "http://testserver/"
        # At the provider nobody is signed in any more: it asks for a name again.
        assert sign_in(client, "piers", visitor=visitor)["Location"] == "/"
        assert signed_in_as(client) == "piers.tallow"

    def test_who_signed_in_with_a_password_is_not_sent_to_a_provider(
        self, client: Client, thornfen: Provider, demonstration: PartnershipFile
    ) -> None:
        sign_in(client, "moll")
        client.post("/accounts/logout/")
        password = demonstration.partnership.demonstration_password
        client.post("/accounts/login/", {"login": "desmond.varga", "password": password})
        assert client.post("/accounts/logout/")["Location"] == "/"


class TestKeys:
    def test_rotated_keys_work_at_once(
        self, client: Client, thornfen: Provider, keys: list[dict[str, Any]], settings: Any
    ) -> None:
        """The provider comes back with a new key alone, as after its key was lost."""
        moved = dataclasses.replace(thornfen, port=running.free_port(), key=keys[0])
        with moved.running():
            settings.SIGN_ON = (known(moved),)
            assert sign_in(client, "moll").status_code == 302
        rotated = dataclasses.replace(moved, key=running.make_key("third"))
        with rotated.running():
            other = Client()
            assert sign_in(other, "moll").status_code == 302
            assert signed_in_as(other) == "moll.quince"

    def test_a_provider_that_is_down_is_said_to_be(self, client: Client, thornfen: Provider, settings: Any) -> None:
        settings.SIGN_ON = (dataclasses.replace(known(thornfen), issuer=f"http://localhost:{running.free_port()}"),)
        answer = client.post(f"/accounts/oidc/{THORNFEN.lower()}/login/")
        assert answer.status_code == 401
        assert "could not be reached" in answer.content.decode()

    def test_a_wrong_client_secret_lets_nobody_in(self, client: Client, thornfen: Provider, settings: Any) -> None:
        settings.SIGN_ON = (dataclasses.replace(known(thornfen), client_secret="wrong"),)
        assert sign_in(client, "moll").status_code == 401
        assert signed_in_as(client) == ""


class TestReplay:
    def test_the_same_answer_is_taken_once(self, client: Client, thornfen: Provider) -> None:
        back = Visitor().sign_in(begin(client), "moll")
        assert client.get(back).status_code == 302
        client.post("/accounts/logout/")
        assert client.get(back).status_code == 401
        assert signed_in_as(client) == ""

    def test_an_answer_to_another_browser_is_not_taken(self, client: Client, thornfen: Provider) -> None:
        """Somebody sends the victim the end of a sign-in of their own."""
        back = Visitor().sign_in(begin(Client()), "moll")
        assert client.get(back).status_code == 401
        assert signed_in_as(client) == ""

    @pytest.mark.parametrize("query", ["", "?code=1", "?state=1", "?code=1&state=made-up", "?error=access_denied"])
    def test_an_answer_that_nobody_asked_for_is_not_taken(self, client: Client, thornfen: Provider, query: str) -> None:
        answer = client.get(f"/accounts/oidc/{THORNFEN.lower()}/login/callback/{query}")
        assert answer.status_code == 401

    def test_the_session_gets_another_name_at_sign_in(self, client: Client, thornfen: Provider) -> None:
        place = begin(client)
        before = client.session.session_key
        client.get(Visitor().sign_in(place, "moll"))
        assert client.session.session_key != before
        assert not client.session.exists(before)

    def test_it_leads_to_pages_of_this_site_alone(self, client: Client, thornfen: Provider) -> None:
        assert sign_in(client, "moll", next="/meetings/")["Location"] == "/meetings/"
        for evil in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
            assert sign_in(Client(), "moll", next=evil)["Location"] == "/"


def test_the_provider_asks_at_the_place_that_the_site_names(
    client: Client, thornfen: Provider, account: Callable[[str], User]
) -> None:
    """A name with characters that do not print, or longer than the field, does no harm."""
    odd = person("odd.name@thornfen.example", READERS, preferred_username="../odd name\r\n<b>")
    odd["name"] = "Odd\r\nBcc: all@thornfen.example\u202e" + "x" * 400
    thornfen.now_says({"odd": odd})
    assert sign_in(client, "odd").status_code == 302
    owner = account("..oddnameb").person
    assert len(owner.name) <= 200
    assert owner.name.startswith("Odd Bcc: all@thornfen.example x")

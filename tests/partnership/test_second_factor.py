"""The second factor: who needs one, what they reach without, and that a code is good once."""

from __future__ import annotations

import base64
import datetime
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from sightline.partnership import access, demonstrating, second_factor, second_factor_forms
from sightline.partnership.domain import demonstration as codes
from sightline.partnership.domain import rights
from sightline.partnership.domain.partnership_facts import PartnershipFile
from sightline.partnership.domain.rights import HeldRole, RoleKind
from sightline.partnership.middleware import OPEN_WITHOUT_SECOND_FACTOR
from sightline.partnership.models import Partnership, User
from tests.partnership.conftest import Posting

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TODAY = datetime.date(2026, 6, 1)
SECRET = base64.b32encode(b"12345678901234567890").decode()


def code(username: str, steps: int = 0) -> str:
    secret = codes.second_factor_secret("vale-and-fen", username)
    return codes.code_at(secret, timezone.now().timestamp() + 30 * steps)


@pytest.fixture(autouse=True)
def _nothing_used_yet(db: None) -> None:
    cache.clear()


class TestWhoNeedsOne:
    @pytest.mark.parametrize("kind", list(RoleKind))
    def test_it_follows_from_the_table(self, kind: RoleKind) -> None:
        role = HeldRole(kind, "E07999001", datetime.date(2020, 1, 1))
        others = [right for right in rights.RIGHTS if ".see_" not in right.action and not right.of_ones_own]
        writes = any(kind in right.roles for right in others)
        assert rights.needs_second_factor([role], on=TODAY) is writes

    def test_both_kinds_of_role_are_there(self) -> None:
        assert {RoleKind.CLERK, RoleKind.ICT, RoleKind.ADMINISTRATOR} <= rights.kinds_that_write()
        assert not rights.only_sees(rights.right_for("scrutiny.upload_minute"))
        assert rights.only_sees(rights.right_for("partnership.see_exempt"))

    def test_a_role_that_is_over_needs_none(self) -> None:
        role = HeldRole(RoleKind.CLERK, "E07999001", datetime.date(2020, 1, 1), TODAY)
        assert rights.needs_second_factor([role], on=TODAY)
        assert not rights.needs_second_factor([role], on=TODAY + datetime.timedelta(days=1))
        assert not rights.needs_second_factor([], on=TODAY)


class TestWithoutOne:
    @pytest.fixture
    def clerk(self, client: Client, account: Callable[[str], User]) -> User:
        user = account("cordelia.nyman")
        Authenticator.objects.filter(user_id=user.pk).delete()
        client.force_login(user, backend=BACKEND)
        return user

    @pytest.mark.parametrize("address", ["/", "/meetings/", "/minutes/upload/", "/glossary/terms/add/", "/people/"])
    def test_every_page_leads_to_the_set_up(self, client: Client, clerk: User, address: str) -> None:
        answer = client.get(address)
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/accounts/2fa/")

    def test_the_set_up_can_be_reached(self, client: Client, clerk: User) -> None:
        page = client.get("/accounts/2fa/")
        assert page.status_code == 200
        assert "a password alone is not enough" in page.content.decode()
        assert client.get("/accounts/2fa/totp/activate/")["Location"].startswith("/accounts/reauthenticate/")

    def test_forms_are_refused_with_the_reason(self, client: Client, clerk: User) -> None:
        answer = client.post("/minutes/upload/", {})
        assert answer.status_code == 403
        assert "Set up a second factor first" in answer.content.decode()
        assert client.get("/meetings/", headers={"Accept": "application/json"}).status_code == 403

    def test_recovery_codes_alone_are_none(self, client: Client, clerk: User) -> None:
        data = {"seed": second_factor.seal("0" * 40), "used_mask": 0}
        Authenticator.objects.create(user=clerk, type=Authenticator.Type.RECOVERY_CODES, data=data)
        assert client.get("/minutes/upload/").status_code == 302

    def test_what_is_open_shows_and_changes_no_record(self) -> None:
        assert {name for name in OPEN_WITHOUT_SECOND_FACTOR if not name.startswith(("mfa_", "account_"))} == {
            "sign-out-everywhere", "council-colours", "accessibility", "privacy", "cookies", "healthz",
            # What a signed link opens asks for no account at all.
            "commitment-answer", "commitment-answered", "commitment-answer-new-link",
            "audit-answer", "audit-answered", "audit-answer-new-link", "renewals-calendar",
        }  # fmt: skip

    def test_readers_are_not_asked(self, client: Client, account: Callable[[str], User]) -> None:
        client.force_login(account("desmond.varga"), backend=BACKEND)
        assert client.get("/meetings/").status_code == 200
        assert "Your role does not need a" in client.get("/accounts/2fa/").content.decode()

    def test_setting_an_app_up_opens_the_site_and_tells_the_owner(
        self, client: Client, clerk: User, demonstration: PartnershipFile, posting: Posting
    ) -> None:
        address = "/accounts/2fa/totp/activate/"
        password = demonstration.partnership.demonstration_password
        client.post(f"/accounts/reauthenticate/?next={address}", {"password": password, "next": address})
        page = client.get(address)
        secret = page.context["form"].secret
        assert secret in page.content.decode()
        assert 'src="data:image/svg+xml;base64,' in page.content.decode()
        with posting():
            shown = client.post(address, {"code": codes.code_at(secret, timezone.now().timestamp())})
        assert shown["Location"] == "/accounts/2fa/recovery-codes/"
        assert client.get("/minutes/upload/").status_code == 200
        assert [letter.subject for letter in mail.outbox] == ["Authenticator app set up"]
        kept = Authenticator.objects.get(user_id=clerk.pk, type=Authenticator.Type.TOTP).data["secret"]
        assert secret not in kept
        assert second_factor.unseal(kept) == secret


class TestCodes:
    def begin(self, client: Client, file: PartnershipFile, login: str = "cordelia.nyman") -> None:
        answer = client.post("/accounts/login/", {"login": login, "password": file.partnership.demonstration_password})
        assert answer["Location"] == "/accounts/2fa/authenticate/"
        assert "_auth_user_id" not in client.session

    def test_a_password_and_a_code_let_in(self, client: Client, demonstration: PartnershipFile) -> None:
        self.begin(client, demonstration)
        assert client.post("/accounts/2fa/authenticate/", {"code": code("cordelia.nyman")})["Location"] == "/"
        assert "_auth_user_id" in client.session

    def test_a_code_is_good_once(self, client: Client, demonstration: PartnershipFile) -> None:
        now = code("cordelia.nyman")
        self.begin(client, demonstration)
        client.post("/accounts/2fa/authenticate/", {"code": now})
        other = Client()
        self.begin(other, demonstration)
        answer = other.post("/accounts/2fa/authenticate/", {"code": f" {now[:3]} {now[3:]} "})
        assert answer.status_code == 200
        assert "The code is wrong or was used already" in answer.content.decode()
        assert "_auth_user_id" not in other.session

    @pytest.mark.parametrize(("steps", "good"), [(-1, True), (1, True), (-3, False), (3, False)])
    def test_clocks_may_differ_a_little(
        self, client: Client, demonstration: PartnershipFile, steps: int, good: bool
    ) -> None:
        self.begin(client, demonstration)
        client.post("/accounts/2fa/authenticate/", {"code": code("cordelia.nyman", steps)})
        assert ("_auth_user_id" in client.session) is good

    def test_another_accounts_code_does_not_let_in(self, client: Client, demonstration: PartnershipFile) -> None:
        self.begin(client, demonstration)
        client.post("/accounts/2fa/authenticate/", {"code": code("aurelia.finch")})
        assert "_auth_user_id" not in client.session

    def test_ten_wrong_codes_bring_a_pause_for_the_right_one_too(
        self, client: Client, demonstration: PartnershipFile
    ) -> None:
        self.begin(client, demonstration)
        for number in range(10):
            client.post("/accounts/2fa/authenticate/", {"code": f"{number:06d}"})
        answer = client.post("/accounts/2fa/authenticate/", {"code": code("cordelia.nyman")})
        assert "Too many codes were wrong" in answer.content.decode()
        assert "_auth_user_id" not in client.session

    def test_the_code_cannot_be_entered_without_the_password(
        self, client: Client, demonstration: PartnershipFile
    ) -> None:
        answer = client.post("/accounts/2fa/authenticate/", {"code": code("cordelia.nyman")})
        assert answer["Location"] == "/accounts/login/"

    @pytest.mark.parametrize("typed", ["", " ", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "0" * 5000, "1\x002"])
    def test_what_is_no_code(self, client: Client, demonstration: PartnershipFile, typed: str) -> None:
        self.begin(client, demonstration)
        assert client.post("/accounts/2fa/authenticate/", {"code": typed}).status_code == 200
        assert "_auth_user_id" not in client.session

    def test_used_codes_are_told_apart_by_account(self) -> None:
        assert second_factor_forms.use_once(1, "123456")
        assert second_factor_forms.use_once(2, "123456")
        assert not second_factor_forms.use_once(1, "123 456")


class TestSealing:
    @given(st.text(min_size=1, max_size=60))
    def test_what_is_sealed_comes_back(self, text: str) -> None:
        sealed = second_factor.seal(text)
        assert second_factor.unseal(sealed) == text
        assert len(text) < 4 or text not in sealed

    def test_a_new_key_takes_over_and_the_old_one_can_go(self, settings: Any, account: Callable[[str], User]) -> None:
        user, old = account("cordelia.nyman"), settings.SECRET_KEY
        secret = codes.second_factor_secret("vale-and-fen", "cordelia.nyman")
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key, just as long " * 3, [old]
        assert second_factor.has_secret(user, secret)
        assert second_factor.seal_anew() == Authenticator.objects.count()
        assert second_factor.seal_anew() == 0
        settings.SECRET_KEY_FALLBACKS = []
        assert second_factor.has_secret(user, secret)

    def test_a_key_that_is_gone_too_early_is_said_to_be(self, settings: Any, account: Callable[[str], User]) -> None:
        user = account("cordelia.nyman")
        settings.SECRET_KEY = "another key, just as long " * 3
        with pytest.raises(ImproperlyConfigured, match="SIGHTLINE_SECRET_KEY_FALLBACKS"):
            second_factor.has_secret(user, "x")


class TestLost:
    def test_an_administrator_takes_it_away_and_every_session_ends(
        self, client: Client, account: Callable[[str], User]
    ) -> None:
        user = account("cordelia.nyman")
        client.force_login(user, backend=BACKEND)
        assert second_factor.forget(account=user, by=account("perpetua.lowe")) == 1
        client.get("/")
        assert "_auth_user_id" not in client.session
        assert "lost" in account("cordelia.nyman").history.latest().history_change_reason
        with pytest.raises(second_factor.NothingToForget):
            second_factor.forget(account=account("cordelia.nyman"))

    def test_another_councils_administrator_may_not(self, account: Callable[[str], User]) -> None:
        with pytest.raises(access.Refused):
            second_factor.forget(account=account("cordelia.nyman"), by=account("winifred.sol"))
        assert second_factor.is_set_up(account("cordelia.nyman"))


class TestDemonstration:
    def test_codes_are_those_of_the_standard(self) -> None:
        """RFC 6238, appendix B, for SHA-1; its codes have eight digits, the last six are ours."""
        table = {59: "94287082", 1111111109: "07081804", 1234567890: "89005924", 20000000000: "65353130"}
        assert {at: codes.code_at(SECRET, at) for at in table} == {at: shown[2:] for at, shown in table.items()}

    def test_secrets_are_the_same_each_time_and_of_nobody_else(self) -> None:
        made = {codes.second_factor_secret(place, name) for place in ("a", "b") for name in ("c", "d")}
        assert len(made) == 4
        assert all(len(base64.b32decode(secret)) == 20 for secret in made)

    def test_each_account_that_writes_has_one_and_readers_none(self, demonstration: PartnershipFile) -> None:
        with_one = {
            row.user.username
            for row in Authenticator.objects.filter(type=Authenticator.Type.TOTP).select_related("user")
        }
        assert with_one == {p.username for p in demonstration.people if demonstrating.needs_second_factor(p, TODAY)}
        assert "cordelia.nyman" in with_one
        assert "desmond.varga" not in with_one

    def test_loading_again_changes_no_second_factor(
        self, demonstration: PartnershipFile, account: Callable[[str], User]
    ) -> None:
        kept = Authenticator.objects.get(user=account("cordelia.nyman"))
        kept.data = {"secret": second_factor.seal(SECRET)}
        kept.save()
        assert demonstrating.give_second_factors(demonstration) == 0
        assert second_factor.has_secret(account("cordelia.nyman"), SECRET)
        with pytest.raises(demonstrating.NoDemonstration, match="set up by hand"):
            demonstrating.secret_of(account("cordelia.nyman"))

    def test_a_real_partnership_gets_none_and_prints_none(
        self, demonstration: PartnershipFile, account: Callable[[str], User]
    ) -> None:
        real = Partnership.objects.get()
        real.is_invented = False
        real.save()
        Authenticator.objects.all().delete()
        assert demonstrating.give_second_factors(demonstration) == 0
        assert Authenticator.objects.count() == 0
        with pytest.raises(demonstrating.NoDemonstration, match="invented partnership"):
            demonstrating.secret_of(account("cordelia.nyman"))

    def test_a_real_file_brings_no_log_ins(self) -> None:
        from sightline.partnership.domain import partnership_file

        file = partnership_file.read("selcp")
        assert not file.partnership.invented
        assert file.people == ()
        assert file.partnership.demonstration_password == ""

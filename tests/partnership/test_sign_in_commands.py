"""The commands about signing in: codes of the demonstration, locks, lost second factors, leavers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from sightline.partnership.domain import demonstration as codes
from sightline.partnership.domain.partnership_facts import PartnershipFile
from sightline.partnership.models import Partnership, Role, User
from sightline.project import welcoming
from sightline.project.command import run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> None:
    cache.clear()


class TestCode:
    def test_it_lets_in(
        self, client: Client, demonstration: PartnershipFile, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["people", "code", "cordelia.nyman"]) == 0
        code = capsys.readouterr().out.strip()
        password = demonstration.partnership.demonstration_password
        client.post("/accounts/login/", {"login": "cordelia.nyman", "password": password})
        client.post("/accounts/2fa/authenticate/", {"code": code})
        assert "_auth_user_id" in client.session

    def test_a_real_partnership_prints_none(
        self, demonstration: PartnershipFile, capsys: pytest.CaptureFixture[str]
    ) -> None:
        real = Partnership.objects.get()
        real.is_invented = False
        real.save()
        assert run(["people", "code", "cordelia.nyman"]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert "invented partnership's accounts alone" in said.err

    @pytest.mark.parametrize("username", ["desmond.varga", "nobody"])
    def test_who_has_none_is_told(
        self, demonstration: PartnershipFile, capsys: pytest.CaptureFixture[str], username: str
    ) -> None:
        assert run(["people", "code", username]) == 2
        assert capsys.readouterr().out == ""


def test_the_welcome_prints_the_secret_of_each_account_that_needs_a_code(demonstration: PartnershipFile) -> None:
    lines = list(welcoming.lines(host="localhost", port=8000))
    secret = codes.second_factor_secret("vale-and-fen", "cordelia.nyman")
    assert any(line.split() == ["cordelia.nyman", secret] for line in lines)
    assert any(
        line.strip().endswith("sightline people code imogen.hartwell") or "people code " in line for line in lines
    )
    with_secret = {line.split()[0] for line in lines if len(line.split()) == 2 and len(line.split()[1]) == 32}
    assert with_secret == {row.user.username for row in Authenticator.objects.select_related("user")}


def test_the_welcome_of_a_real_partnership_prints_none(demonstration: PartnershipFile) -> None:
    real = Partnership.objects.get()
    real.is_invented = False
    real.save()
    said = "\n".join(welcoming.lines(host="localhost", port=8000))
    assert "create-administrator" in said
    assert "people code" not in said
    assert codes.second_factor_secret("vale-and-fen", "cordelia.nyman") not in said


def test_unlock(client: Client, demonstration: PartnershipFile, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(5):
        client.post("/accounts/login/", {"login": "desmond.varga", "password": "wrong"})
    assert run(["people", "unlock", "desmond.varga", "--as", "cordelia.nyman"]) == 2
    assert "administrator" in capsys.readouterr().err
    assert run(["people", "unlock", "desmond.varga"]) == 0
    assert "from 1 place are forgotten" in capsys.readouterr().out
    assert run(["people", "unlock", "desmond.varga"]) == 2


def test_forget_second_factor(demonstration: PartnershipFile, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["people", "forget-second-factor", "cordelia.nyman", "--as", "hector.idle"]) == 2
    assert Authenticator.objects.filter(user__username="cordelia.nyman").exists()
    assert run(["people", "forget-second-factor", "cordelia.nyman", "--as", "perpetua.lowe"]) == 0
    assert not Authenticator.objects.filter(user__username="cordelia.nyman").exists()


def test_leave(
    demonstration: PartnershipFile, account: Callable[[str], User], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["people", "leave", "cordelia.nyman", "--as", "winifred.sol"]) == 2
    assert run(["people", "leave", "cordelia.nyman", "--at-once", "--as", "perpetua.lowe"]) == 0
    assert "Roles ended: 1; items handed over: 0; the account is closed." in capsys.readouterr().out
    assert Role.objects.get(person__user__username="cordelia.nyman").ended_on < timezone.localdate()
    assert not account("cordelia.nyman").is_active

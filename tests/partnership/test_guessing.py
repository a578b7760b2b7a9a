"""Guessing passwords: a pause for an account and a place together, cheap to hold, and clear to whoever meets it."""

from __future__ import annotations

import datetime
import ipaddress
from collections.abc import Callable
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import hashers
from django.core.cache import cache
from django.test import Client, RequestFactory

from sightline.partnership import access, guessing
from sightline.partnership.domain.partnership_facts import PartnershipFile
from sightline.partnership.models import User
from tests.killing import KILLS

pytestmark = pytest.mark.django_db

ADDRESS = "203.0.113.7"
WRONG = "not the password"
# Ten thousand in the long run (tests/killing.py).
ATTEMPTS = 50 * KILLS


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> None:
    cache.clear()


def attempt(client: Client, login: str = "desmond.varga", password: str = WRONG, place: str = ADDRESS) -> int:
    answer = client.post("/accounts/login/", {"login": login, "password": password}, REMOTE_ADDR=place)
    return answer.status_code


def right(file: PartnershipFile) -> str:
    return file.partnership.demonstration_password


def test_five_wrong_passwords_bring_a_pause_that_the_right_one_does_not_end(
    client: Client, demonstration: PartnershipFile
) -> None:
    assert [attempt(client) for _ in range(5)] == [200, 200, 200, 200, 429]
    answer = client.post(
        "/accounts/login/", {"login": "desmond.varga", "password": right(demonstration)}, REMOTE_ADDR=ADDRESS
    )
    assert answer.status_code == 429
    assert "Too many wrong passwords" in answer.content.decode()
    assert "for 15 minutes" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_address_and_the_user_name_of_an_account_count_together(
    client: Client, demonstration: PartnershipFile
) -> None:
    names = ["desmond.varga", "DESMOND.VARGA", " desmond.varga", "desmond.varga@aldersby.example", "Desmond.Varga"]
    assert [attempt(client, name) for name in names][-1] == 429


def test_another_browser_is_no_other_place(demonstration: PartnershipFile) -> None:
    said = [
        Client(headers={"user-agent": f"guesser {number}"}).post(
            "/accounts/login/", {"login": "desmond.varga", "password": "wrong"}, REMOTE_ADDR=ADDRESS
        )
        for number in range(5)
    ]
    assert said[-1].status_code == 429


def test_the_owner_can_sign_in_from_elsewhere_and_others_from_there(
    client: Client, demonstration: PartnershipFile
) -> None:
    for _ in range(6):
        attempt(client)
    assert attempt(Client(), password=right(demonstration), place="198.51.100.9") == 302
    assert attempt(Client(), "josephine.abara", right(demonstration)) == 302


def test_a_claimed_address_counts_only_from_our_own_proxy(settings: Any) -> None:
    factory = RequestFactory()
    request = factory.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "1.2.3.4, 203.0.113.7"})
    assert guessing.address_of(request) == "10.0.0.1"
    settings.BEHIND_PROXY = True
    assert guessing.address_of(request) == "203.0.113.7"
    assert guessing.address_of(factory.get("/", REMOTE_ADDR="10.0.0.1")) == "10.0.0.1"


def test_a_place_is_an_office_and_not_an_address() -> None:
    def place(address: str) -> str:
        return guessing.place_of(RequestFactory().get("/", REMOTE_ADDR=address))

    assert place("2001:db8:1:2::5") == place("2001:db8:1:2:ffff::1") != place("2001:db8:1:3::5")
    assert place("::ffff:203.0.113.7") == place("203.0.113.7") != place("203.0.113.8")
    assert ipaddress.ip_address(place("203.0.113.7")).version == 6
    assert place("") == place("")


def test_what_is_kept_names_no_address_and_nothing_that_was_typed(
    client: Client, demonstration: PartnershipFile
) -> None:
    attempt(client)
    attempt(client, "my secret password", "typed into the wrong field")
    for row in AccessAttempt.objects.all():
        kept = " ".join(str(value) for value in vars(row).values())
        for typed in (ADDRESS, "my secret password", "typed into the wrong field", WRONG):
            assert typed not in kept
    assert {row.username.split()[0] for row in AccessAttempt.objects.all()} == {"desmond.varga", "unknown"}


@pytest.mark.parametrize(
    "login", ["\0", "a\0b", "x" * 100_000, "a\r\nSet-Cookie: b=c", "%00", "'; DROP TABLE", "é" * 200]
)
def test_odd_names_are_wrong_and_nothing_worse(client: Client, demonstration: PartnershipFile, login: str) -> None:
    answer = client.post("/accounts/login/", {"login": login, "password": "wrong"})
    assert answer.status_code in (200, 422)
    assert "Set-Cookie: b" not in str(answer.headers)


@pytest.mark.slow
@pytest.mark.either_database
def test_thousands_of_attempts_stay_blocked_and_cheap(
    client: Client,
    demonstration: PartnershipFile,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    for _ in range(5):
        attempt(client)
    checked = 0

    def counted(*_args: Any, **_kwargs: Any) -> bool:
        nonlocal checked
        checked += 1
        return False

    monkeypatch.setattr(hashers, "check_password", counted)
    with django_assert_max_num_queries(20):
        attempt(client)
    rows = AccessAttempt.objects.count()
    locked_at = AccessAttempt.objects.get().attempt_time
    assert {attempt(client, password=right(demonstration)) for _ in range(ATTEMPTS)} == {429}
    assert checked == 0, "no password is looked at during the pause"
    assert AccessAttempt.objects.count() == rows, "nothing more is kept"
    assert AccessAttempt.objects.get().attempt_time == locked_at, "and the pause does not grow"


def test_the_pause_ends_by_itself(client: Client, demonstration: PartnershipFile) -> None:
    for _ in range(5):
        attempt(client)
    kept = AccessAttempt.objects.get()
    kept.attempt_time -= datetime.timedelta(minutes=16)
    kept.save()
    assert attempt(client, password=right(demonstration)) == 302
    assert AccessAttempt.objects.count() == 0


class TestUnlock:
    def test_an_administrator_ends_the_pause(
        self, client: Client, demonstration: PartnershipFile, account: Callable[[str], User]
    ) -> None:
        for _ in range(5):
            attempt(client)
        assert guessing.unlock(account=account("desmond.varga"), by=account("winifred.sol")) == 1
        assert attempt(client, password=right(demonstration)) == 302
        last = account("desmond.varga").history.latest()
        assert (last.history_change_reason, str(last.history_user)) == (
            "unlocked after failed attempts",
            "winifred.sol",
        )

    def test_another_councils_may_not(self, client: Client, account: Callable[[str], User]) -> None:
        for _ in range(5):
            attempt(client, "josephine.abara")
        with pytest.raises(access.Refused):
            guessing.unlock(account=account("josephine.abara"), by=account("winifred.sol"))

    def test_there_may_be_nothing_to_unlock(self, account: Callable[[str], User]) -> None:
        with pytest.raises(guessing.NothingToUnlock, match="not locked"):
            guessing.unlock(account=account("desmond.varga"))

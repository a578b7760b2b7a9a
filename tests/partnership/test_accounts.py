"""Logging in and out, and what nobody can do: sign up."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from sightline.partnership.domain.partnership_facts import PartnershipFile
from sightline.partnership.models import User
from tests.partnership.conftest import Posting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_attempts_counted_yet() -> None:
    cache.clear()


def log_in(client: Client, login: str, password: str) -> int:
    return client.post("/accounts/login/", {"login": login, "password": password}).status_code


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("login", ["desmond.varga", "Desmond.Varga", "desmond.varga@aldersby.example"])
def test_people_log_in_by_user_name_or_address(client: Client, demonstration: PartnershipFile, login: str) -> None:
    assert log_in(client, login, demonstration.partnership.demonstration_password) == 302
    assert is_logged_in(client)
    assert client.session.get_expire_at_browser_close()


@pytest.mark.parametrize(
    ("login", "password"),
    [("desmond.varga", "wrong"), ("nobody", "sightline-demonstration"), ("partnership-file", ""), ("", "")],
)
def test_nobody_else_does(client: Client, demonstration: PartnershipFile, login: str, password: str) -> None:
    assert log_in(client, login, password) in (200, 422)
    assert not is_logged_in(client)


def test_an_account_that_is_closed_does_not_log_in(
    client: Client, account: Callable[[str], User], demonstration: PartnershipFile
) -> None:
    closed = account("desmond.varga")
    closed.is_active = False
    closed.save()
    log_in(client, "desmond.varga", demonstration.partnership.demonstration_password)
    assert not is_logged_in(client)


def test_logging_in_leaves_no_row_of_history(
    client: Client, account: Callable[[str], User], demonstration: PartnershipFile
) -> None:
    before = account("desmond.varga").history.count()
    log_in(client, "desmond.varga", demonstration.partnership.demonstration_password)
    assert account("desmond.varga").last_login is not None
    assert account("desmond.varga").history.count() == before


def test_logging_out_ends_the_session(client: Client, demonstration: PartnershipFile) -> None:
    log_in(client, "desmond.varga", demonstration.partnership.demonstration_password)
    client.post("/accounts/logout/")
    assert not is_logged_in(client)


def test_nobody_signs_up(client: Client, demonstration: PartnershipFile) -> None:
    for name in ("account_signup", "account_email", "account_confirm_email"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert client.get("/accounts/signup/").status_code == 404
    assert client.get("/accounts/").status_code == 404


@pytest.mark.parametrize(
    "name",
    ["account_login", "account_reset_password", "account_reset_password_done", "account_inactive",
     "account_reset_password_from_key_done"],
)  # fmt: skip
def test_the_pages_of_an_account_are_pages_of_ours(client: Client, demonstration: PartnershipFile, name: str) -> None:
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert "Vale and Fen" in response.content.decode()


@pytest.mark.parametrize("name", ["account_change_password", "account_logout"])
def test_pages_for_whoever_is_logged_in(client: Client, demonstration: PartnershipFile, name: str) -> None:
    assert client.get(reverse(name)).status_code == 302
    client.force_login(
        User.objects.get(username="desmond.varga"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert client.get(reverse(name)).status_code == 200


def test_a_lost_password_is_replaced_by_e_mail(
    client: Client, demonstration: PartnershipFile, posting: Posting
) -> None:
    with posting():
        client.post("/accounts/password/reset/", {"email": "desmond.varga@aldersby.example"})
    (letter,) = mail.outbox
    assert letter.to == ["desmond.varga@aldersby.example"]
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", str(letter.body))
    assert link is not None
    page = client.get(link[1], follow=True)
    client.post(page.request["PATH_INFO"], {"password1": "three quiet meadows", "password2": "three quiet meadows"})
    assert User.objects.get(username="desmond.varga").check_password("three quiet meadows")
    assert client.get(link[1], follow=True).status_code == 200, "a used link says so"
    assert User.objects.get(username="desmond.varga").history.count() == 2


def test_an_unknown_address_is_not_told_from_a_known_one(client: Client, demonstration: PartnershipFile) -> None:
    known = client.post("/accounts/password/reset/", {"email": "desmond.varga@aldersby.example"})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])

"""The pages that belong to no context, the frame around every page, and the pages on which people sign in."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import MinimumLengthValidator, get_default_password_validators
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse
from lxml import html
from lxml.html import HtmlElement

from sightline.partnership import known_browsers, second_factor
from sightline.partnership.account_forms import HOW_TO_CHOOSE
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import Council, Partnership, Person, Role, User
from sightline.project import views

PASSWORD = "a long enough password"
WRONG = "The user name or password is wrong. Check both and enter them again"
OPEN_PAGES = ("home", "accessibility", "privacy", "cookies", "account_login", "account_reset_password")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_tried_too_often() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def partnership() -> Partnership:
    return Partnership.objects.create(
        pk=1,
        slug="three-rivers",
        name="Three Rivers Councils Partnership",
        short_name="Three Rivers",
        provider_name="Riverside ICT",
        contact_email="help@three-rivers.example",
        contact_phone="01632 960 002",
        contact_address="The Mill\nNorthmere\n",
        is_invented=True,
    )


def account(partnership: Partnership, kind: RoleKind) -> User:
    council = Council.objects.create(
        gss_code="E07999001", name="Northmere Council", abbreviation="NC", slug="northmere"
    )
    user = User.objects.create_user("wren", "wren@three-rivers.example", PASSWORD)
    person = Person.objects.create(name="Wren Ashby", user=user)
    Role.objects.create(person=person, kind=kind, council=council, started_on=datetime.date(2020, 1, 1))
    return user


@pytest.fixture
def clerk(partnership: Partnership) -> User:
    """Somebody who may write, and so has a second factor."""
    user = account(partnership, RoleKind.CLERK)
    second_factor.activate(user, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    return user


@pytest.fixture
def member(partnership: Partnership) -> User:
    """Somebody who may only read, for whom a password is enough."""
    return account(partnership, RoleKind.MEMBER)


@pytest.fixture
def mails_at_once(settings: Any, django_capture_on_commit_callbacks: Any) -> AbstractContextManager[object]:
    """Within it, what is left to the worker is done when the block ends."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    context: AbstractContextManager[object] = django_capture_on_commit_callbacks(execute=True)
    return context


def page(client: Client, name: str) -> HtmlElement:
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("name", OPEN_PAGES)
def test_every_page_has_its_frame(client: Client, partnership: Partnership, name: str) -> None:
    found = page(client, name)
    assert found.get("lang") == "en-GB"
    assert words(found.xpath("//title")[0]).endswith(" – Three Rivers – Sightline")
    assert len(found.xpath("//h1")) == len(found.xpath("//main[@id='main-content']")) == 1
    assert found.xpath("//a[@href='#main-content']")
    assert words(found.xpath("//h1")[0]) in words(found.xpath("//title")[0]) or name == "accessibility"
    assert [link.text_content() for link in found.xpath("//nav[@aria-label='Menu']//a")] == [
        "Recommendations",
        "Commitments",
        "Meetings and minutes",
        "Bodies",
        "Councils",
        "Software estate",
        "Glossary",
    ]
    assert {link.get("href") for link in found.xpath("//footer//a")} == {
        reverse("accessibility"),
        reverse("privacy"),
        reverse("cookies"),
    }


def test_the_demonstration_says_so_on_every_page(client: Client, partnership: Partnership) -> None:
    for name in OPEN_PAGES:
        assert "Everything here is invented" in client.get(reverse(name)).content.decode(), name
    assert "Everything here is invented" in client.get("/no/such/page/").content.decode()
    Partnership.objects.get().delete()
    real = Partnership.objects.create(pk=1, slug="real", name="Real", short_name="Real", provider_name="X")
    assert not real.is_invented
    for name in OPEN_PAGES:
        assert "invented" not in client.get(reverse(name)).content.decode(), name


@pytest.mark.parametrize("name", OPEN_PAGES)
def test_pages_stand_before_a_partnership_is_loaded(client: Client, name: str) -> None:
    assert words(page(client, name).xpath("//title")[0]).endswith(" – Sightline")


def test_whoever_reads_gets_no_cookie(client: Client, partnership: Partnership) -> None:
    for name in ("home", "accessibility", "privacy", "cookies", "recommendations", "meetings", "councils"):
        assert client.get(reverse(name)).cookies == {}, name


def test_every_cookie_is_explained(client: Client, member: User) -> None:
    explained = {words(head) for head in page(client, "cookies").xpath("//tbody//th")}
    client.get(reverse("account_login"))
    client.post(reverse("account_login"), {"login": "wren", "password": PASSWORD})
    client.post(reverse("account_logout"))
    assert {"sessionid", "csrftoken", "messages"} <= set(client.cookies)
    assert set(client.cookies) == explained
    assert explained == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages", known_browsers.COOKIE}


@pytest.mark.parametrize("name", ["accessibility", "privacy"])
def test_one_can_turn_to_somebody(client: Client, partnership: Partnership, name: str) -> None:
    found = page(client, name)
    assert found.xpath("//a[@href='mailto:help@three-rivers.example']")
    assert "01632 960 002" in words(found)
    assert "The Mill" in words(found)
    Partnership.objects.filter(pk=1).first().delete()  # type: ignore[union-attr]
    assert page(client, name).xpath("//main//a[@href='/councils/']")


def test_residents_come_first_then_staff_then_members(client: Client, partnership: Partnership) -> None:
    text = words(page(client, "home").xpath("//main")[0])
    order = [text.index(part) for part in ("Latest recommendations", "Take part", "For staff", "For members")]
    assert order == sorted(order)
    text = words(page(client, "privacy").xpath("//main")[0])
    order = [text.index(f"If you are a {who}") for who in ("resident", "member of staff", "member If you have")]
    assert order == sorted(order)


def test_home_offers_what_the_account_may_do(client: Client, clerk: User) -> None:
    assert reverse("minute-upload-new") not in client.get("/").content.decode()
    client.force_login(clerk)
    found = page(client, "home")
    assert [words(link) for link in found.xpath("//nav[@aria-label='Menu']//a")][-1] == "Clerk’s desk"
    assert "Wren Ashby" in words(found.xpath("//header")[0])
    assert found.xpath("//header//form[@method='post']/@action") == [reverse("account_logout")]


def test_a_menu_costs_a_handful_of_queries(client: Client, clerk: User, django_assert_max_num_queries: object) -> None:
    client.force_login(clerk)
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        assert client.get(reverse("cookies")).status_code == 200


def test_errors_say_what_to_do(client: Client, partnership: Partnership) -> None:
    missing = client.get("/no/such/page/")
    assert missing.status_code == 404
    assert "Page not found" in missing.content.decode()
    assert "help@three-rivers.example" in missing.content.decode()
    request = RequestFactory().get("/")
    refused = views.forbidden(request, PermissionError("Only a clerk of <Northmere> may publish."))
    assert refused.status_code == 403
    assert "Only a clerk of &lt;Northmere&gt; may publish." in refused.content.decode()
    assert views.bad_request(request, ValueError()).status_code == 400


def test_a_refusal_says_what_one_would_have_to_be(client: Client, clerk: User) -> None:
    Role.objects.get().delete()
    client.force_login(clerk)
    answer = client.get(reverse("minute-upload-new"))
    assert answer.status_code == 403
    assert "you need the role of clerk" in answer.content.decode()
    assert "You are signed in as Wren Ashby" in answer.content.decode()


def test_a_forged_form_is_explained(partnership: Partnership) -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "x"})
    assert answer.status_code == 403
    assert "Your form was not sent" in answer.content.decode()


def test_the_page_for_faults_needs_nothing(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        answer = views.server_error(RequestFactory().get("/"))
    found = html.fromstring(answer.content.decode())
    assert answer.status_code == 500
    assert found.get("lang") == "en-GB"
    assert "there is a problem with the service" in words(found.xpath("//h1")[0])
    # Addresses without a digest, which need no table of names.
    assert all(re.fullmatch(r"/static/govuk/[\w/-]+(\.min)?\.\w+", href) for href in found.xpath("//link/@href"))


def test_signing_in_and_out(client: Client, member: User) -> None:
    form = page(client, "account_login")
    assert [words(label) for label in form.xpath("//main//label")] == ["User name or e-mail address", "Password"]
    assert form.xpath("//input[@name='login']/@autocomplete") == ["username"]
    for name in ("wren", "wren@three-rivers.example"):
        answer = client.post(reverse("account_login"), {"login": name, "password": PASSWORD}, follow=True)
        assert answer.context["user"] == member
        answer = client.post(reverse("account_logout"), follow=True)
        assert "You have signed out." in answer.content.decode()
        assert not answer.context["user"].is_authenticated


@pytest.mark.parametrize(
    ("login", "password", "message", "leads_to"),
    [
        ("", "x", "Enter your user name or e-mail address", "#id_login"),
        ("wren", "", "Enter your password", "#id_password"),
        ("wren", "wrong", "The user name or password is wrong. Check both and enter them again", "#id_login"),
        (
            "nobody@x.example",
            "wrong",
            "The user name or password is wrong. Check both and enter them again",
            "#id_login",
        ),
    ],
)
def test_a_failed_sign_in_says_why(
    client: Client, member: User, login: str, password: str, message: str, leads_to: str
) -> None:
    found = html.fromstring(
        client.post(reverse("account_login"), {"login": login, "password": password}).content.decode()
    )
    assert words(found.xpath("//title")[0]).startswith("Error: Sign in")
    links = [(words(link), link.get("href")) for link in found.xpath("//*[@class='govuk-error-summary']//a")]
    assert links == [(message, leads_to)]
    summary = found.xpath("//main//*[@class='govuk-error-summary' or self::h1]")
    assert summary[0].tag == "div", "the summary stands above the heading"


def test_a_new_password_by_e_mail(client: Client, member: User, mails_at_once: AbstractContextManager[object]) -> None:
    with mails_at_once:
        answer = client.post(reverse("account_reset_password"), {"email": member.email}, follow=True)
    assert "Check your e-mail" in answer.content.decode()
    [message] = mail.outbox
    assert message.subject.endswith("Choose a new password")
    assert "Three Rivers Councils Partnership" in str(message.body)
    [link] = re.findall(r"https?://[^/\s]+(/\S+)", str(message.body))
    form = client.get(link, follow=True)
    assert "Choose a new password" in form.content.decode()
    address = form.request["PATH_INFO"]
    different = client.post(address, {"password1": "one long password", "password2": "another long password"})
    assert "Error: Choose a new password" in different.content.decode()
    done = client.post(address, {"password1": "one long password", "password2": "one long password"}, follow=True)
    assert "Your password has been changed" in done.content.decode()
    member.refresh_from_db()
    assert member.check_password("one long password")
    assert "This link does not work any more" in Client().get(link, follow=True).content.decode()


def test_nobody_learns_who_has_an_account(
    client: Client, member: User, mails_at_once: AbstractContextManager[object]
) -> None:
    with mails_at_once:
        known = client.post(reverse("account_reset_password"), {"email": member.email}, follow=True)
        unknown = client.post(reverse("account_reset_password"), {"email": "nobody@x.example"}, follow=True)
    assert words(html.fromstring(known.content)) == words(html.fromstring(unknown.content))
    assert [message.to for message in mail.outbox] == [[member.email]]


def test_changing_a_password(client: Client, member: User) -> None:
    client.force_login(member)
    found = page(client, "account_change_password")
    assert [words(label) for label in found.xpath("//main//label")] == [
        "Current password",
        "New password",
        "New password again",
    ]
    assert found.xpath("//input[@name='username']/@value") == ["wren"]
    wrong = client.post(
        reverse("account_change_password"), {"oldpassword": "no", "password1": "short", "password2": "short"}
    )
    assert "The current password is wrong. Enter it again" in wrong.content.decode()


def test_the_hint_on_passwords_is_true() -> None:
    [length] = [one.min_length for one in get_default_password_validators() if isinstance(one, MinimumLengthValidator)]
    assert HOW_TO_CHOOSE.startswith(f"At least {length} characters")


def test_the_policy_lets_nothing_inline_in(client: Client, partnership: Partnership) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    directives = {part.strip() for part in policy.split(";")}
    assert "unsafe" not in policy
    assert {"script-src 'self'", "style-src 'self'", "default-src 'self'"} <= directives

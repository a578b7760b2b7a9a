"""What an answer tells browsers and caches to do with it."""

from __future__ import annotations

import datetime

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from sightline.partnership import queries as partnership
from sightline.partnership.actions import load_partnership
from sightline.partnership.domain import partnership_file
from sightline.project.headers import HeadersMiddleware
from tests import remembered

OFFICER = "desmond.varga"


@pytest.fixture
def officer(db: None) -> Client:
    remembered.bring("demonstration", lambda: load_partnership(partnership_file.read("demonstration")))
    client = Client(raise_request_exception=False)
    client.force_login(partnership.user_called(OFFICER), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize(
    "address", ["/", "/recommendations/", "/no-such-page/", "/minutes/upload/", "/council-colours.css"]
)
def test_every_answer_forbids_what_no_page_uses(officer: Client, address: str) -> None:
    for client in (officer, Client()):
        response = client.get(address)
        policy = response["Permissions-Policy"]
        assert all(f"{power}=()" in policy for power in ("camera", "geolocation", "microphone", "payment", "usb"))
        assert "publickey-credentials-get=(self)" in policy
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/", "/recommendations/", "/minutes/upload/", "/no-such-page/"])
def test_nobody_keeps_what_a_signed_in_person_saw(officer: Client, address: str) -> None:
    assert officer.get(address)["Cache-Control"] == "no-store, private"


def test_what_a_resident_reads_may_be_kept(db: None) -> None:
    assert "no-store" not in Client().get("/councils/").get("Cache-Control", "")


def test_what_is_the_same_for_all_may_be_kept_by_a_signed_in_person_too(officer: Client) -> None:
    assert officer.get("/council-colours.css")["Cache-Control"] == "public, max-age=300"


def test_the_answer_that_signs_in_is_not_kept() -> None:
    def signs_in(_request: HttpRequest) -> HttpResponse:
        response = HttpResponse("welcome")
        response.set_cookie("sessionid", "new")
        return response

    assert HeadersMiddleware(signs_in)(RequestFactory().get("/"))["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("address", ["/", "/healthz", "/council-colours.css", "/no-such-page/"])
def test_every_answer_names_its_type(officer: Client, address: str) -> None:
    kind = officer.get(address)["Content-Type"]
    assert kind.startswith("application/json") or kind.endswith("; charset=utf-8"), kind


def test_a_received_file_is_a_download(officer: Client) -> None:
    """Whatever somebody sent in is never shown as a page of this site."""
    from sightline.scrutiny import demonstrating
    from sightline.scrutiny.models import Minute

    demonstrating.load(lambda _line: None, until=datetime.date(2024, 3, 12))
    minute = Minute.objects.filter(publication="public").first()
    assert minute is not None
    response = officer.get(f"/minutes/{minute.pk}/file/")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"

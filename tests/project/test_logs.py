"""Logs are JSON, say what happened, and hold nothing that anybody typed or that tells who somebody is."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from sightline.project import logs

TYPED = "Ermintrude+Quill"
ADDRESS = "203.0.113.77"


def fails(request: HttpRequest) -> HttpResponse:
    person = request.GET["who"]
    raise ValueError(f"cannot find {person}")


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation(f"a file called {request.GET['who']}")


def fine(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse("fine")


urlpatterns = [
    path("fails/", fails, name="fails"),
    path("suspicious/", suspicious, name="suspicious"),
    path("people/<str:name>/", fine, name="fine"),
]


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("bad request", status=400)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("not found", status=404)


def handler500(request: HttpRequest) -> HttpResponse:
    return HttpResponse("failed", status=500)


pytestmark = [pytest.mark.urls("tests.project.test_logs"), pytest.mark.django_db]

Logged = Callable[[], list[dict[str, object]]]


@pytest.fixture
def logged() -> Iterator[Logged]:
    """What has been logged since, line by line; each must be JSON, and hold nothing personal."""
    before = logging.root.handlers[:]
    logs.configure({"level": "INFO"})
    (handler,) = logging.root.handlers
    assert isinstance(handler, logging.StreamHandler)
    output = io.StringIO()
    handler.setStream(output)

    def read() -> list[dict[str, object]]:
        written = output.getvalue()
        for personal in ("Ermintrude", "Quill", ADDRESS, "evil.example"):
            assert personal not in written
        return [json.loads(line) for line in written.splitlines()]

    yield read
    logs.configure({"level": "CRITICAL"})
    logging.root.handlers[:] = before


@pytest.fixture
def visitor() -> Client:
    return Client(REMOTE_ADDR=ADDRESS, raise_request_exception=False)


def test_a_request_is_one_line_with_its_route_and_not_its_address(visitor: Client, logged: Logged) -> None:
    visitor.get(f"/people/{TYPED}/?search={TYPED}")
    (line,) = logged()
    assert line["route"] == "people/<str:name>/"
    assert line["method"] == "GET"
    assert line["status"] == 200
    assert isinstance(line["duration_ms"], float)
    assert str(line["timestamp"]).endswith("Z")


def test_an_address_that_leads_nowhere_is_not_repeated(visitor: Client, logged: Logged) -> None:
    visitor.get(f"/{TYPED}/")
    (line,) = logged()
    assert (line["route"], line["status"]) == (logs.ROUTE_UNKNOWN, 404)


def test_a_failure_says_what_kind_and_where_but_not_its_message(visitor: Client, logged: Logged) -> None:
    assert visitor.get(f"/fails/?who={TYPED}").status_code == 500
    failure, request = logged()
    assert failure["level"] == "error"
    assert failure["exception"] == "ValueError"
    places = failure["traceback"]
    assert isinstance(places, list)
    assert places[-1].endswith(" fails")
    assert request["status"] == 500


def test_a_refusal_for_security_names_its_kind_alone(visitor: Client, logged: Logged) -> None:
    assert visitor.get(f"/suspicious/?who={TYPED}").status_code == 400
    assert {"django.security.SuspiciousOperation", "sightline.request"} <= {str(line["logger"]) for line in logged()}


def test_a_wrong_host_is_not_repeated(visitor: Client, logged: Logged) -> None:
    assert visitor.get("/people/x/", HTTP_HOST="evil.example").status_code == 400
    assert logged()[0]["event"] == "request refused"


def test_the_servers_own_words_leave_addresses_out(logged: Logged) -> None:
    server = logging.getLogger("gunicorn.error")
    server.warning("Invalid request from ip=%s: no good", ADDRESS)
    server.error("Error handling request %s", f"/people/{TYPED}/?search={TYPED}")
    server.error("Error handling request GET %s", f"/people/{TYPED}/?search={TYPED}")
    assert [line["event"] for line in logged()] == [
        "Invalid request from ip=(left out) no good",
        "Error handling request (left out)",
        "Error handling request (left out)",
    ]


def test_any_exception_that_is_logged_loses_its_message(logged: Logged) -> None:
    try:
        raise LookupError(TYPED)
    except LookupError:
        logging.getLogger("anything").exception("it went wrong")
    (line,) = logged()
    assert line["exception"] == "LookupError"
    assert line["event"] == "it went wrong"

"""What browsers are told to hold to, and that an installation for the public is sound."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from tests.project.installations import environment, sightline

ASK = """
import json, sys
import django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False)
plain = client.get("/accounts/login/", headers={"host": "sightline.example"})
safe = client.get("/accounts/login/", secure=True, headers={"host": "sightline.example"})
behind = client.get("/accounts/login/", headers={"host": "sightline.example", "x-forwarded-proto": "https"})
json.dump({
    "plain": [plain.status_code, plain.headers.get("Location", "")],
    "safe": safe.status_code,
    "behind": behind.status_code,
    "hsts": safe.headers.get("Strict-Transport-Security", ""),
    "headers": dict(safe.headers),
    "cookies": {name: [bool(c["secure"]), bool(c["httponly"]), c["samesite"]] for name, c in client.cookies.items()},
}, sys.stdout)
"""

PUBLIC = {
    "SIGHTLINE_HTTPS": "1",
    "SIGHTLINE_HOSTS": "sightline.example",
    "SIGHTLINE_LOG_LEVEL": "CRITICAL",
    "DJANGO_SETTINGS_MODULE": "sightline.project.settings",
}


def ask(folder: Path, **more: str) -> dict[str, object]:
    """What an installation with the settings of a public site answers."""
    (folder / "static").mkdir(parents=True, exist_ok=True)
    result = subprocess.run(
        [sys.executable, "-c", ASK],
        env=environment(folder, **{**PUBLIC, **more}),
        capture_output=True,
        text=True,
        check=True,
    )
    answers: dict[str, object] = json.loads(result.stdout)
    return answers


@pytest.fixture
def prepared(demonstration: tuple[Path, str]) -> Path:
    return demonstration[0]


@pytest.fixture(scope="module")
def answers(demonstration: tuple[Path, str]) -> dict[str, object]:
    """What it answers that stands in public by itself, with no proxy before it that it knows."""
    return ask(demonstration[0])


@pytest.mark.slow
@pytest.mark.either_database
def test_a_public_site_is_reached_by_https_alone(answers: dict[str, object]) -> None:
    assert answers["plain"] == [301, "https://sightline.example/accounts/login/"]
    assert answers["safe"] == 200
    assert answers["hsts"] == "max-age=31536000; includeSubDomains; preload"
    assert answers["cookies"] == {"csrftoken": [True, True, "Lax"]}


@pytest.mark.slow
@pytest.mark.either_database
def test_only_a_proxy_that_is_known_may_say_https(prepared: Path, answers: dict[str, object]) -> None:
    assert answers["behind"] == 301
    assert ask(prepared, SIGHTLINE_BEHIND_PROXY="1")["behind"] == 200


@pytest.mark.slow
@pytest.mark.either_database
def test_the_settings_of_a_public_site_are_clean(prepared: Path) -> None:
    result = sightline("site", "check", folder=prepared, **PUBLIC)
    assert (result.returncode, result.stderr) == (0, "")
    assert "no issues" in result.stdout


@pytest.mark.slow
@pytest.mark.either_database
def test_settings_that_are_unfit_for_the_public_fail_the_check(prepared: Path) -> None:
    result = sightline("site", "check", folder=prepared, **{**PUBLIC, "SIGHTLINE_HTTPS": "0", "SIGHTLINE_DEBUG": "1"})
    assert result.returncode == 1
    assert "SECURE_SSL_REDIRECT" in result.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/no-such-page/"])
def test_browsers_run_and_load_nothing_but_our_own(client: Client, address: str) -> None:
    response = client.get(address)
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert "unsafe-eval" not in response["Content-Security-Policy"]
    assert policy["default-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"].split()[0] == "'self'"
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
def test_no_page_holds_a_style_or_a_handler_of_its_own(client: Client) -> None:
    html = client.get("/").content.decode()
    assert " style=" not in html
    assert " onclick=" not in html
    assert "<style" not in html

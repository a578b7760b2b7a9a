"""Secrets come from the environment or from files, and turn up nowhere else."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory
from django.views.debug import ExceptionReporter

from sightline.partnership.domain import sign_on_file
from sightline.project import logs, secrets
from tests.architecture import house

SECRETS = {
    "SIGHTLINE_SECRET_KEY": "the-secret-key-of-this-test-" + "0123456789" * 4,
    "SIGHTLINE_SECRET_KEY_FALLBACKS": "the-key-of-before-of-this-test-" + "0123456789" * 4,
    "SIGHTLINE_DATABASE_PASSWORD": "database-password-7f3a",
    "EMAIL_URL": "smtp+tls://mailer:mail-password-91bc@mail.example:587",
    "SIGHTLINE_SIGN_ON_SECRET_E07999003": "client-secret-c4d2",
}
WORDS = [
    SECRETS["SIGHTLINE_SECRET_KEY"], SECRETS["SIGHTLINE_SECRET_KEY_FALLBACKS"], "database-password-7f3a",
    "mail-password-91bc", "client-secret-c4d2",
]  # fmt: skip

SIGN_ON = """
[[councils]]
council = "E07999003"
issuer = "https://login.thornfen.example"
client_id = "sightline"
"""


class TestWhereTheyComeFrom:
    def test_a_variable_or_a_file_and_not_both(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        file = tmp_path / "value"
        file.write_text("  from the file\n", encoding="utf-8")
        monkeypatch.delenv("EMAIL_URL", raising=False)
        assert secrets.optional("EMAIL_URL", "default") == "default"
        monkeypatch.setenv("EMAIL_URL_FILE", str(file))
        assert secrets.optional("EMAIL_URL", "default") == "from the file"
        monkeypatch.setenv("EMAIL_URL", "from the variable")
        with pytest.raises(ImproperlyConfigured, match="Both EMAIL_URL and EMAIL_URL_FILE"):
            secrets.optional("EMAIL_URL")
        monkeypatch.delenv("EMAIL_URL_FILE")
        assert secrets.optional("EMAIL_URL") == "from the variable"

    @pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff\xfe"])
    def test_a_file_that_holds_none_is_named(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
    ) -> None:
        file = tmp_path / "value"
        if content is not None:
            file.write_bytes(content)
        monkeypatch.setenv("EMAIL_URL_FILE", str(file))
        monkeypatch.delenv("EMAIL_URL", raising=False)
        with pytest.raises(ImproperlyConfigured, match=r"EMAIL_URL_FILE: .*value") as refused:
            secrets.optional("EMAIL_URL")
        assert "\n" not in str(refused.value)

    def test_several_keys_of_before(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SIGHTLINE_SECRET_KEY_FALLBACKS", " one,two\n\nthree ,")
        assert secrets.several("SIGHTLINE_SECRET_KEY_FALLBACKS") == ["one", "two", "three"]
        monkeypatch.setenv("SIGHTLINE_SECRET_KEY_FALLBACKS", "")
        assert secrets.several("SIGHTLINE_SECRET_KEY_FALLBACKS") == []

    @pytest.mark.parametrize(
        ("address", "whole"),
        [
            ("postgresql://sightline@db/sightline", "postgresql://sightline:p%40s%3As%2F%3F@db/sightline"),
            ("postgresql://sightline:old@db:5432/x?a=b", "postgresql://sightline:p%40s%3As%2F%3F@db:5432/x?a=b"),
        ],
    )
    def test_a_password_is_put_into_the_address(
        self, monkeypatch: pytest.MonkeyPatch, address: str, whole: str
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", address)
        monkeypatch.setenv("SIGHTLINE_DATABASE_PASSWORD", "p@s:s/?")
        assert secrets.database_url("sqlite:///x") == whole

    def test_a_password_without_a_user_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("DATABASE_URL", raising=False)
        monkeypatch.setenv("SIGHTLINE_DATABASE_PASSWORD", "hush")
        with pytest.raises(ImproperlyConfigured, match="names no user") as refused:
            secrets.database_url("sqlite:///x")
        assert "hush" not in str(refused.value)


class TestSignOnFile:
    def read(self, text: str) -> tuple[sign_on_file.CouncilSignOn, ...]:
        return sign_on_file.parse(text.encode(), name="sign-on.toml", secret=lambda _council, file: file or "hush")

    def test_what_is_left_out_has_its_default(self) -> None:
        (one,) = self.read(SIGN_ON)
        assert (one.id, one.council, one.groups_claim) == ("e07999003", "E07999003", "groups")
        assert one.scopes == ("openid", "profile", "email")
        assert one.second_factor == frozenset()
        assert "hush" not in repr(one)

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (("E07999003", "Thornfen"), "councils[1].council is “Thornfen”. Give the council's GSS code"),
            (('issuer = "https://login.thornfen.example"', ""), "councils[1].issuer is missing"),
            (("https://login", "http://login"), "councils[1].issuer is reached by http"),
            (("https://login.thornfen.example", "ftp://x"), "Give the provider's address"),
            (("https://login.thornfen.example", "https://u@x.example"), "Give the provider's address"),
            (('client_id = "sightline"', "client_id = 7"), "councils[1].client_id must be text"),
            (('client_id = "sightline"', 'client_id = "s"\nclient_secret = "x"'), "does not belong into this file"),
            (('client_id = "sightline"', 'client_id = "s"\ncolour = "x"'), "councils[1].colour: there is no such key"),
            (('client_id = "sightline"', 'client_id = "s"\nid = "A B"'), "councils[1].id is “A B”"),
            (('client_id = "sightline"', 'client_id = "s"\nscopes = ["email"]'), "lacks “openid”"),
            (('client_id = "sightline"', 'client_id = "s"\nscopes = "openid"'), "must be a list"),
            (('client_id = "sightline"', 'client_id = "s"\nverified_domains = ["@x.example"]'), "stands behind the @"),
            (("[[councils]]", "[councils]"), "councils must be tables"),
            (("[[councils]]", "[[colleges]]"), "colleges is no key"),
            (("[[councils]]", "[[councils"), "not TOML"),
        ],
    )
    def test_what_is_wrong_is_named(self, change: tuple[str, str], said: str) -> None:
        with pytest.raises(sign_on_file.SignOnFileError) as refused:
            self.read(SIGN_ON.replace(*change))
        assert said in str(refused.value)
        assert str(refused.value).startswith("sign-on.toml: ")

    def test_a_council_has_one_provider(self) -> None:
        with pytest.raises(sign_on_file.SignOnFileError, match="stands twice"):
            self.read(SIGN_ON + SIGN_ON)

    def test_bytes_that_are_none(self) -> None:
        for content in (b"\xff\xff", b"x" * 300_000):
            with pytest.raises(sign_on_file.SignOnFileError):
                sign_on_file.parse(content, name="sign-on.toml", secret=lambda _council, _file: "")

    def test_plain_http_is_for_this_machine(self) -> None:
        (one,) = self.read(SIGN_ON.replace("https://login.thornfen.example", "http://localhost:4000"))
        assert one.issuer == "http://localhost:4000"


def sightline_with_secrets(tmp_path: Path, code: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run some Python with the product's own settings and every secret set."""
    (tmp_path / "sign-on.toml").write_text(SIGN_ON, encoding="utf-8")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SIGHTLINE_")},
        **SECRETS,
        "DATABASE_URL": "postgresql://sightline@db.example/sightline",
        "SIGHTLINE_SIGN_ON_FILE": str(tmp_path / "sign-on.toml"),
        "SIGHTLINE_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "sightline.project.settings",
        **more,
    }
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, cwd=house.CHECKOUT, check=False
    )


class TestWhereTheyTurnUp:
    def test_each_has_arrived_in_the_settings_and_none_in_a_report_of_a_failure(self, tmp_path: Path) -> None:
        code = """
import django, json; django.setup()
from django.conf import settings
from django.views.debug import get_default_exception_reporter_filter
shown = get_default_exception_reporter_filter().get_safe_settings()
print(json.dumps({
    "arrived": [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS, settings.DATABASES["default"]["PASSWORD"],
                settings.EMAIL_HOST_PASSWORD, settings.SIGN_ON[0].client_secret],
    "shown": repr(shown),
}))
"""
        answer = sightline_with_secrets(tmp_path, code)
        assert answer.returncode == 0, answer.stderr
        said = json.loads(answer.stdout)
        assert said["arrived"] == WORDS
        for word in WORDS:
            assert word not in said["shown"]

    def test_none_is_printed_when_something_fails(self, tmp_path: Path) -> None:
        """The database is not there, which is the failure that speaks of its address."""
        code = "from sightline.project.command import run; raise SystemExit(run(['people', 'list']))"
        answer = sightline_with_secrets(
            tmp_path, code, DATABASE_URL="postgresql://sightline@localhost:1/sightline", SIGHTLINE_LOG_LEVEL="DEBUG"
        )
        assert answer.returncode != 0
        assert answer.stderr != ""
        for word in WORDS:
            assert word not in answer.stdout + answer.stderr

    @pytest.mark.django_db
    def test_none_in_a_log_line_of_a_failure(self, capsys: pytest.CaptureFixture[str], settings: Any) -> None:
        """Not in the message, and not in the values that were at hand."""
        try:
            password = WORDS[2]
            raise RuntimeError(f"could not connect with {password}")
        except RuntimeError as error:
            event = {"event": "request failed", "exc_info": (type(error), error, error.__traceback__)}
        line = json.dumps(logs.without_locals(logging.getLogger(), "error", event))
        assert "RuntimeError" in line
        assert WORDS[2] not in line

    def test_none_on_the_page_of_a_failure(self, settings: Any) -> None:
        """Django's own page for developers hides what looks like a secret; ours shows nothing at all."""
        settings.ROOT_URLCONF = "tests.browser.urls"
        answer = Client(raise_request_exception=False).get("/fails/500/")
        assert answer.status_code == 500
        assert settings.SECRET_KEY not in answer.content.decode()
        request = RequestFactory().post("/accounts/login/", {"login": "x", "password": "typed-secret-33"})
        try:
            raise RuntimeError("on purpose")
        except RuntimeError:
            report = ExceptionReporter(request, *sys.exc_info()).get_traceback_text()
        assert settings.SECRET_KEY not in report
        assert "on purpose" in report

    @pytest.mark.django_db
    def test_none_in_history(self) -> None:
        from django.apps import apps

        kept = {
            field.name
            for model in apps.get_models()
            if model.__name__.startswith("Historical")
            for field in model._meta.get_fields()
        }
        assert "username" in kept
        assert not {name for name in kept if any(word in name for word in ("password", "secret", "token", "seed"))}

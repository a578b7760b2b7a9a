"""What is banned is caught, with a message that says what to use instead."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import house


def lint(code: str, name: str) -> str:
    """What ruff says of a file of the product."""
    ruff = Path(sys.executable).with_name("ruff")
    return subprocess.run(
        [ruff, "check", "--output-format", "concise", "--stdin-filename", name, "-"],
        input=code,
        text=True,
        capture_output=True,
        cwd=house.CHECKOUT,
        check=False,
    ).stdout


@pytest.mark.parametrize(
    ("code", "teaches"),
    [
        ("import datetime\n\nNOW = datetime.datetime.now()\n", "django.utils.timezone.now()"),
        ("import datetime\n\nNOW = datetime.datetime.utcnow()\n", "django.utils.timezone.now()"),
        ("import datetime\n\nTODAY = datetime.date.today()\n", "django.utils.timezone.localdate()"),
        ("import requests\n", "No direct HTTP"),
        ("import urllib.request\n", "No direct HTTP"),
        ("from http.client import HTTPConnection\n", "No direct HTTP"),
        ("import pickle\n", "Use JSON"),
        ("from xml.etree import ElementTree\n", "Use lxml"),
        ("from django.contrib.auth.models import User\n", "sightline.partnership.models.User"),
        ("from django.contrib import admin\n", "Write an action"),
        ("from django.utils.safestring import mark_safe\n", "format_html"),
    ],
)
def test_a_banned_name_is_caught_and_the_message_teaches(code: str, teaches: str) -> None:
    said = lint(code, "src/sightline/scrutiny/anything.py")
    assert "TID251" in said
    assert teaches in said


def test_what_is_allowed_passes() -> None:
    assert "All checks passed" in lint('"""Says nothing."""\n', "src/sightline/scrutiny/anything.py")

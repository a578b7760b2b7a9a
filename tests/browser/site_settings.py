"""The product's settings as they are, with addresses that fail added."""

from __future__ import annotations

from sightline.project.settings import *  # noqa: F403

ROOT_URLCONF = "tests.browser.urls"
# Whoever confirmed that it is them stays confirmed while every page is looked at.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 24 * 60 * 60

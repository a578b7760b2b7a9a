"""The product's settings as they are, with addresses that fail added."""

from __future__ import annotations

from sightline.project.settings import *  # noqa: F403

ROOT_URLCONF = "tests.browser.urls"

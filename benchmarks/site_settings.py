"""The product's settings for measuring pages through Django's test client: plain static files, as the names of the
gathered ones are not known here."""

from __future__ import annotations

from sightline.project.settings import *  # noqa: F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

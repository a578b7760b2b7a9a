"""The product's settings as tests run them: the same, but plain static files, quick passwords and no wish for HTTPS."""

from __future__ import annotations

import os
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[1] / "var" / "tests"

os.environ["SIGHTLINE_SECRET_KEY"] = "known to everybody, used by tests alone " + "0123456789" * 3
os.environ["SIGHTLINE_VAR"] = str(_FOLDER)
os.environ["SIGHTLINE_HTTPS"] = "0"
os.environ["SIGHTLINE_LOG_LEVEL"] = "CRITICAL"
# What the machine that runs the tests has set for its own installation must not reach them.
for _name in ("DATABASE_URL", "EMAIL_URL", "SIGHTLINE_DEBUG", "SIGHTLINE_HOSTS", "SIGHTLINE_PARTNERSHIP"):
    os.environ.pop(_name, None)

from sightline.project.settings import *  # noqa: E402, F403

# Each process of a test run has its own database: SQLite in memory, unless --database says otherwise (conftest.py).
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ":memory:",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
        "CONN_MAX_AGE": 0,
        # The tables are made of the models at once. The run on PostgreSQL, and each installation that a test prepares,
        # takes the way of the migrations; that both ways lead to the same, makemigrations --check tells.
        "TEST": {"MIGRATE": False},
    }
}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405  (WhiteNoise warns when it is missing)

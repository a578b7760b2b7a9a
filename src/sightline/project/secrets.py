"""Secrets come from the environment or from files that it names, never from the code or the database."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def secret(name: str, *, default_file: Path) -> str:
    """The secret in the variable ``name``, or in the file that ``name_FILE`` names, or in ``default_file``.

    Raises:
        ImproperlyConfigured: none of the three holds one.
    """
    if value := os.environ.get(name):
        return value
    file = Path(os.environ.get(f"{name}_FILE") or default_file)
    try:
        if value := file.read_text().strip():
            return value
    except OSError:
        pass
    raise ImproperlyConfigured(
        f"No secret key: set {name}, or {name}_FILE to a file that holds one, or run `sightline site prepare`,"
        f" which makes {default_file}."
    )

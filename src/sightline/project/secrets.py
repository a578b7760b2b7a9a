"""Secrets come from the environment or from files that it names, never from the code or the database."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
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
        value = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = f"{file} cannot be read ({getattr(error, 'strerror', None) or 'it is no text'})"
    else:
        if value:
            return value
        reason = f"{file} is empty"
    raise ImproperlyConfigured(
        f"No secret key: {reason}. Set {name}, or {name}_FILE to a file that holds one, or run"
        f" `sightline site prepare`, which makes {default_file}."
    )


def make_secret_key(file: Path) -> bool:
    """Make a secret key that only its owner can read; False when there is one already, which is never replaced.

    Two at once are safe: the file appears with its key in it or not at all.
    """
    if file.exists():
        return False
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as handle:
            handle.write(secrets.token_urlsafe(64) + "\n")
        os.link(fresh, file)
    except FileExistsError:
        return False
    finally:
        fresh.unlink()
    return True


def make_folder_and_key(folder: Path, say: Callable[[str], None]) -> None:
    """Make an installation's folder, for its owner's eyes alone, and its secret key; before the settings are read."""
    if not folder.exists():
        say(f"Making {folder}")
        folder.mkdir(parents=True, mode=0o700)
    if os.environ.get("SIGHTLINE_SECRET_KEY") or os.environ.get("SIGHTLINE_SECRET_KEY_FILE"):
        return
    if make_secret_key(folder / "secret-key"):
        say("Made a secret key")

"""Secrets come from the environment or from files that it names, never from the code or the database."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from django.core.exceptions import ImproperlyConfigured

from sightline.kernel.errors import SightlineError
from sightline.partnership.domain import sign_on_file
from sightline.partnership.domain.sign_on_file import CouncilSignOn


def secret(name: str, *, default_file: Path) -> str:
    """The secret in the variable ``name``, or in the file that ``name_FILE`` names, or in ``default_file``.

    Raises:
        ImproperlyConfigured: none of the three holds one.
    """
    if value := os.environ.get(name):
        return value
    file = Path(os.environ.get(f"{name}_FILE") or default_file)
    try:
        return _in_file(file)
    except ImproperlyConfigured as error:
        raise ImproperlyConfigured(
            f"No secret key: {error}. Set {name}, or {name}_FILE to a file that holds one, or run"
            f" `sightline site prepare`, which makes {default_file}."
        ) from error


def optional(name: str, default: str = "") -> str:
    """The value of the variable ``name``, or of the file that ``name_FILE`` names, or ``default``.

    Raises:
        ImproperlyConfigured: both are set, or the file cannot be read or is empty.
    """
    value, file = os.environ.get(name, ""), os.environ.get(f"{name}_FILE", "")
    if value and file:
        raise ImproperlyConfigured(f"Both {name} and {name}_FILE are set. Leave one of them out.")
    if not file:
        return value or default
    try:
        return _in_file(Path(file))
    except ImproperlyConfigured as error:
        raise ImproperlyConfigured(f"{name}_FILE: {error}. Put the value there, or leave the variable out.") from error


def several(name: str) -> list[str]:
    """The values of ``name`` or of the file that ``name_FILE`` names, parted by commas or lines."""
    return [value.strip() for value in re.split(r"[,\n]", optional(name)) if value.strip()]


def database_url(default: str) -> str:
    """The address of the database, with the password of its own variable put in where there is one."""
    address = optional("DATABASE_URL", default)
    password = optional("SIGHTLINE_DATABASE_PASSWORD")
    if not password:
        return address
    found = re.fullmatch(r"(\w+://)([^:/@]+)(?::[^@]*)?@(.+)", address)
    if found is None:
        raise ImproperlyConfigured(
            "SIGHTLINE_DATABASE_PASSWORD is set, but DATABASE_URL names no user whose password it could be. Write it as"
            " postgresql://user@host/name."
        )
    return f"{found[1]}{found[2]}:{quote(password, safe='')}@{found[3]}"


def sign_on() -> tuple[CouncilSignOn, ...]:
    """The councils' own providers, by the file that SIGHTLINE_SIGN_ON_FILE names; none where it names none.

    Raises:
        ImproperlyConfigured: the file or one of its secrets is not as it must be.
    """
    path = os.environ.get("SIGHTLINE_SIGN_ON_FILE", "")
    if not path:
        return ()

    def client_secret(council: str, file: str) -> str:
        name = f"SIGHTLINE_SIGN_ON_SECRET_{council}"
        value = optional(name) or (_in_file(Path(path).parent / file) if file else "")
        if not value:
            raise ImproperlyConfigured(
                f"{Path(path).name}: {council} has no client secret. Set {name} or {name}_FILE, or give"
                " client_secret_file."
            )
        return value

    try:
        return sign_on_file.read(Path(path), client_secret)
    except SightlineError as error:
        raise ImproperlyConfigured(str(error)) from error


def _in_file(file: Path) -> str:
    try:
        value = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise ImproperlyConfigured(f"{file} cannot be read ({reason})") from error
    if not value:
        raise ImproperlyConfigured(f"{file} is empty")
    return value


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

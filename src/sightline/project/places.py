"""Where an installation keeps what it writes. Read before the web framework starts, so nothing of it is used here."""

from __future__ import annotations

import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]
DEFAULT_PARTNERSHIP = "demonstration"


def partnership_file() -> str:
    """Which partnership file this installation starts from: the name of one that ships with the product, or a path."""
    return os.environ.get("SIGHTLINE_PARTNERSHIP") or DEFAULT_PARTNERSHIP


def var() -> Path:
    """The one folder that everything an installation writes stands in, so that a back-up is one folder too."""
    return Path(os.environ.get("SIGHTLINE_VAR") or CHECKOUT / "var" / Path(partnership_file()).stem)


def secret_key_file() -> Path:
    """Where the secret key stands when the environment names neither a key nor another file."""
    return var() / "secret-key"


def site_address(hosts: list[str], *, https: bool) -> str:
    """The address of the site where the environment names none: its first host, or this machine without HTTPS."""
    if not https:
        return "http://localhost:8000"
    named = [host.lstrip(".") for host in hosts if host.strip("*.")]
    return f"https://{(named or ['localhost'])[0]}"


def tell_port(port: int) -> None:
    """Let letters name the port that pages are served on, where the site is for this machine alone."""
    if os.environ.get("SIGHTLINE_HTTPS") == "0":
        os.environ.setdefault("SIGHTLINE_ADDRESS", f"http://localhost:{port}")

"""Two councils that have a sign-on of their own, for the site to know from its start, whether or not they are there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.partnership.providers import running
from tests.partnership.providers.running import Provider

COUNCILS = {"E07999003": "Thornfen District Council", "E07999001": "Aldersby Borough Council"}


def providers_for(home: str) -> dict[str, Provider]:
    """Each council's provider, which does not run yet. home: where people come from, and go back to."""
    people = {
        "E07999003": {"moll": _claims("Moll Quince", "moll.quince@thornfen.example", "readers")},
        "E07999001": {"tam": _claims("Tam Orchard", "tam.orchard@aldersby.example", "clerks")},
    }
    return {
        council: Provider(
            running.free_port(),
            council,
            f"{home}/accounts/oidc/{council.lower()}/login/callback/",
            people[council],
            running.make_key(council),
            back_to=f"{home}/",
        )
        for council in COUNCILS
    }


def write_file(folder: Path, providers: dict[str, Provider]) -> Path:
    """What the site is told of them, as an operator would write it."""
    file = folder / "sign-on.toml"
    file.write_text("\n".join(_table(provider) for provider in providers.values()), encoding="utf-8")
    (folder / "client-secret").write_text(running.SECRET, encoding="utf-8")
    return file


def _claims(name: str, email: str, *groups: str) -> dict[str, Any]:
    return {"name": name, "email": email, "email_verified": True, "groups": list(groups)}


def _table(provider: Provider) -> str:
    return f"""
[[councils]]
council = {json.dumps(provider.council)}
issuer = {json.dumps(provider.issuer)}
client_id = "sightline"
client_secret_file = "client-secret"
scopes = ["openid", "profile", "email", "groups"]
"""

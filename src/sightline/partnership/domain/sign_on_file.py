"""Reads the sign-on file: which OpenID Connect provider speaks for which council, written in TOML.

Reading gives frozen values or says what is wrong, with the key and what to do. The secret that a provider knows this
installation by never stands in the file: the file names another that holds it, or the environment does.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sightline.kernel.errors import SightlineError

LARGEST_BYTES = 256 * 1024
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
GSS_CODE = re.compile(r"[A-Z]\d{8}")
PROVIDER_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
DOMAIN = re.compile(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+")


class SignOnFileError(SightlineError):
    """A sign-on file cannot be used; the message names the file, the table and the key, and says what to do."""


@dataclass(frozen=True, slots=True)
class CouncilSignOn:
    """One council's provider.

    id: its place in addresses, ``/accounts/oidc/<id>/``; the provider is told the address, so it stays.
    council: the GSS code of the one council that it speaks for.
    issuer: its address, by which its configuration is found and its tokens are known.
    client_secret: what it knows this installation by; kept out of ``repr``.
    groups_claim: the claim that lists the groups a person is in.
    second_factor: values of the claim ``amr`` which say that the provider asked for a second factor; with none, this
        installation asks for its own.
    verified_domains: domains whose addresses the council vouches for where the provider says nothing of it.
    """

    id: str
    council: str
    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    groups_claim: str = "groups"
    scopes: tuple[str, ...] = ("openid", "profile", "email")
    second_factor: frozenset[str] = frozenset()
    verified_domains: frozenset[str] = frozenset()


Secret = Callable[[str, str], str]
"""Finds a secret: gets a council's GSS code and the file that the sign-on file names ("" for none)."""

_TEXTS = ("council", "id", "name", "issuer", "client_id", "client_secret_file", "groups_claim")
_LISTS = ("scopes", "second_factor", "verified_domains")


def read(path: Path, secret: Secret) -> tuple[CouncilSignOn, ...]:
    """Read a sign-on file.

    Raises:
        SignOnFileError: it is not there, no TOML, or not as it must be.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        why = error.strerror or "it cannot be read"
        raise SignOnFileError(f"{path}: {why}. Set SIGHTLINE_SIGN_ON_FILE to a sign-on file, or to nothing.") from error
    return parse(content, name=path.name, secret=secret)


def parse(content: bytes, *, name: str, secret: Secret) -> tuple[CouncilSignOn, ...]:
    """Make the values from the bytes of a file; ``name`` is what messages call it.

    Raises:
        SignOnFileError: the bytes are no UTF-8 or no TOML, or a key is unknown, missing or wrong.
    """
    if len(content) > LARGEST_BYTES:
        raise SignOnFileError(f"{name}: larger than {LARGEST_BYTES:,} bytes, so no sign-on file. Check the path.")
    try:
        tables = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SignOnFileError(f"{name}: byte {error.start} is not UTF-8. Save the file with that encoding.") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SignOnFileError(f"{name}: not TOML: {error}. Mend it there; text stands in quotes.") from error
    if unknown := sorted(set(tables) - {"councils"}):
        raise SignOnFileError(f"{name}: {unknown[0]} is no key of a sign-on file, which holds [[councils]] alone.")
    rows = tables.get("councils", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SignOnFileError(f"{name}: councils must be tables. Begin each with [[councils]].")
    found = tuple(_one(row, f"{name}: councils[{number}]", secret) for number, row in enumerate(rows, start=1))
    for key in ("id", "council"):
        values = [getattr(one, key) for one in found]
        if twice := sorted({value for value in values if values.count(value) > 1}):
            raise SignOnFileError(f"{name}: {key} “{twice[0]}” stands twice. A council has one provider, with its id.")
    return found


def _one(row: Mapping[str, Any], where: str, secret: Secret) -> CouncilSignOn:
    if "client_secret" in row:
        raise SignOnFileError(
            f"{where}.client_secret: a secret does not belong into this file. Put it into another, and name that one"
            " in client_secret_file."
        )
    if unknown := sorted(set(row) - {*_TEXTS, *_LISTS}):
        raise SignOnFileError(f"{where}.{unknown[0]}: there is no such key. Keys are {', '.join((*_TEXTS, *_LISTS))}.")
    for key in _TEXTS:
        if key in row and (not isinstance(row[key], str) or not row[key].strip()):
            raise SignOnFileError(f"{where}.{key} must be text in quotes, and not empty.")
    for key in _LISTS:
        if key in row and not (isinstance(row[key], list) and all(isinstance(one, str) and one for one in row[key])):
            raise SignOnFileError(f'{where}.{key} must be a list of texts, such as ["one", "two"].')
    for key in ("council", "issuer", "client_id"):
        if key not in row:
            raise SignOnFileError(f"{where}.{key} is missing. Add it.")
    council = row["council"].strip()
    if not GSS_CODE.fullmatch(council):
        raise SignOnFileError(f"{where}.council is “{council}”. Give the council's GSS code, such as E07000136.")
    identity = row.get("id", council.lower())
    if not PROVIDER_ID.fullmatch(identity):
        raise SignOnFileError(f"{where}.id is “{identity}”. Use small letters, digits and dashes, at most 40.")
    domains = frozenset(domain.lower() for domain in row.get("verified_domains", ()))
    if wrong := sorted(domain for domain in domains if not DOMAIN.fullmatch(domain)):
        raise SignOnFileError(f"{where}.verified_domains holds “{wrong[0]}”. Give what stands behind the @, alone.")
    scopes = tuple(row.get("scopes", ("openid", "profile", "email")))
    if "openid" not in scopes:
        raise SignOnFileError(f"{where}.scopes lacks “openid”, without which a provider gives no ID token. Add it.")
    return CouncilSignOn(
        id=identity,
        council=council,
        name=row.get("name", ""),
        issuer=_issuer(row["issuer"].strip(), where),
        client_id=row["client_id"].strip(),
        client_secret=secret(council, row.get("client_secret_file", "")),
        groups_claim=row.get("groups_claim", "groups"),
        scopes=scopes,
        second_factor=frozenset(row.get("second_factor", ())),
        verified_domains=domains,
    )


def _issuer(address: str, where: str) -> str:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError as error:
        raise SignOnFileError(f"{where}.issuer is no address: {error}. Copy it from the provider.") from error
    if parts.scheme == "http" and host not in LOOPBACK:
        raise SignOnFileError(f"{where}.issuer is reached by http, where anybody on the way could forge it. Use https.")
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment or parts.username:
        raise SignOnFileError(
            f"{where}.issuer is “{address}”. Give the provider's address, such as https://id.example."
        )
    return address

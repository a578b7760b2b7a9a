"""Checks what a council's provider says of a person: the ID token, always by its signature."""

from __future__ import annotations

from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.utils.crypto import constant_time_compare

# Only keys that come in pairs: whoever can check a token must not be able to make one.
ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
# How far the clocks of the provider and of this machine may differ.
CLOCKS_DIFFER_SECONDS = 60
LONGEST_SUBJECT = 190


class NotTrusted(OAuth2Error):
    """What a provider sent is not to be trusted. The message is ours and holds nothing that was sent."""


def check(
    token: Any,
    keys: Any,
    *,
    issuer: str,
    client_id: str,
    nonce: str,
    clocks_differ_seconds: int = CLOCKS_DIFFER_SECONDS,
) -> dict[str, Any]:
    """The claims of an ID token, once it is known to be the provider's, for us, of now, and for this sign-in.

    token: the token as it was sent.
    keys: the provider's JSON Web Key Set, as it was sent.
    nonce: what this sign-in was begun with; a token made for another one is refused.
    Source: OpenID Connect Core 1.0, section 3.1.3.7.

    Raises:
        NotTrusted: it is not.
    """
    if not isinstance(token, str):
        raise NotTrusted("no ID token")
    try:
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg")
        if algorithm not in ALGORITHMS:
            raise NotTrusted("signed in a way that is not accepted")
        claims: dict[str, Any] = jwt.decode(
            token,
            key=_key(keys, header.get("kid"), algorithm),
            algorithms=[algorithm],
            audience=client_id,
            issuer=issuer,
            leeway=clocks_differ_seconds,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except jwt.PyJWTError as error:
        raise NotTrusted(f"ID token refused: {type(error).__name__}") from error
    audience = claims["aud"]
    party = claims.get("azp")
    if (isinstance(audience, list) and len(audience) > 1 and party is None) or party not in (None, client_id):
        raise NotTrusted("made for another party")
    if not nonce or not constant_time_compare(str(claims.get("nonce", "")), nonce):
        raise NotTrusted("made for another sign-in")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise NotTrusted("names nobody")
    return claims


def _key(keys: Any, identity: Any, algorithm: str) -> Any:
    """The key that a token says it is signed with. One without a name may be signed with the only key there is."""
    listed = keys.get("keys") if isinstance(keys, dict) else None
    if not isinstance(listed, list):
        raise NotTrusted("the provider's keys cannot be read")
    usable = [key for key in listed if isinstance(key, dict) and key.get("use", "sig") == "sig"]
    fitting = [key for key in usable if key.get("kid") == identity] if identity is not None else usable
    if len(fitting) != 1 or fitting[0].get("alg", algorithm) != algorithm:
        raise NotTrusted("signed with a key that the provider does not name")
    return jwt.PyJWK(fitting[0], algorithm=algorithm).key

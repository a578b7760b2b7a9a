"""Second factors of demonstration accounts: known to everybody, as their password is."""

from __future__ import annotations

import base64
import hashlib
import hmac


def second_factor_secret(partnership: str, username: str) -> str:
    """The secret of a demonstration account's authenticator app, in base 32 (32 letters, no padding).

    The same for the same partnership (its slug) and user name, so that an app set up once works on every
    installation. It protects nothing, which is why no real partnership has accounts that use it.
    """
    message = f"{partnership}\0{username}".encode()
    digest = hmac.digest(b"sightline demonstration second factor", message, hashlib.sha256)
    return base64.b32encode(digest[:20]).decode("ascii")


def code_at(secret: str, seconds: float) -> str:
    """The code of six digits that an app with ``secret`` shows at a moment, in seconds since 1970 (UTC).

    Source: RFC 6238 with steps of 30 s over RFC 4226 with SHA-1, as every app has it.
    """
    counter = int(seconds) // 30
    digest = hmac.digest(base64.b32decode(secret), counter.to_bytes(8, "big"), hashlib.sha1)
    place = digest[-1] & 0x0F
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"

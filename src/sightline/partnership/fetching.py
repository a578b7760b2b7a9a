"""The one loader of what stands at a public address: with ETag, and bounded in size and time."""

from __future__ import annotations

import urllib.error
import urllib.request  # noqa: TID251  (this is the one loader)
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sightline.kernel.errors import SightlineError

TIMEOUT_SECONDS = 30
_CHUNK_BYTES = 256 * 1024
_NOT_MODIFIED = 304


class CannotFetch(SightlineError):
    """What was asked for cannot be fetched; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered. unchanged: it is what ``etag`` already stood for, and nothing was written."""

    etag: str
    unchanged: bool


def is_address(said: str) -> bool:
    """Whether words name an address that can be fetched, rather than a file."""
    return urlsplit(said).scheme.lower() in ("https", "http")


def fetch(address: str, into: Path, *, etag: str = "", limit_bytes: int) -> Fetched:
    """Write what stands at ``address`` into a file; nothing, where it still is what ``etag`` stood for.

    Raises:
        CannotFetch: it is no web address, does not answer within 30 seconds, refuses, or is larger than the limit.
    """
    if not is_address(address):
        raise CannotFetch(f"{address}: only addresses that begin with https:// or http:// are fetched.")
    request = urllib.request.Request(address, headers={"User-Agent": "Sightline", "Accept": "application/json"})  # noqa: S310, TID251
    if etag:
        request.add_header("If-None-Match", etag)
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer, into.open("wb") as file:  # noqa: S310, TID251
            if not is_address(answer.geturl()):
                raise CannotFetch(f"{address}: leads to something that is no web address.")
            held = 0
            while chunk := answer.read(_CHUNK_BYTES):
                held += len(chunk)
                if held > limit_bytes:
                    raise CannotFetch(f"{address}: is larger than {limit_bytes // 1024 // 1024} MB.")
                file.write(chunk)
            return Fetched(answer.headers.get("ETag") or "", unchanged=False)
    except urllib.error.HTTPError as error:
        if error.code == _NOT_MODIFIED:
            return Fetched(etag, unchanged=True)
        raise CannotFetch(f"{address}: answered {error.code}. Try later, or give a file.") from error
    except (OSError, ValueError) as error:
        raise CannotFetch(f"{address}: does not answer ({error}). Try later, or give a file.") from error

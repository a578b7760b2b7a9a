"""The chain of the audit log: each entry is sealed over the one before it, so that no change goes unseen.

An entry is a few facts written as canonical JSON. Its digest is SHA-256 over the digest of the entry before it and
that JSON; with a key it is HMAC-SHA-256, which nobody can renew who does not hold the key. Whoever changes, removes,
inserts or moves an entry must renew every digest behind it, and is then betrayed by the newest digest (the head) if
that was noted anywhere else. Pure functions on plain values: the same chain can be checked from a download.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

# What the first entry is sealed over.
START = "0" * 64

# The facts that stand beside an entry once more, each in a column of its own, so that the log can be searched.
COLUMNS = ("at", "kind", "actor", "record", "record_id", "council")


class Kind(StrEnum):
    """What an entry tells of."""

    SEEN = "seen"
    CHANGED = "changed"
    ADMINISTERED = "administered"
    EXPORTED = "exported"
    REFUSED = "refused"
    SIGNED_IN = "signed-in"
    SIGNED_OUT = "signed-out"
    SIGN_IN_FAILED = "sign-in-failed"
    RETENTION = "retention"

    @property
    def label(self) -> str:
        """The kind in words."""
        return _LABELS[self]


_LABELS = {
    Kind.SEEN: "Exempt material seen",
    Kind.CHANGED: "Record changed",
    Kind.ADMINISTERED: "Administration",
    Kind.EXPORTED: "Export",
    Kind.REFUSED: "Refused",
    Kind.SIGNED_IN: "Signed in",
    Kind.SIGNED_OUT: "Signed out",
    Kind.SIGN_IN_FAILED: "Sign-in failed",
    Kind.RETENTION: "Retention",
}


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry of a chain: how many there are, and the digest of the last."""

    number: int
    digest: str


EMPTY = Head(0, START)


@dataclass(frozen=True, slots=True)
class Link:
    """One entry as it is stored.

    number: 1, 2, 3 …
    content: canonical JSON, UTF-8.
    digest: 64 hexadecimal digits, lower case.
    columns: the bytes of the searchable columns, by the names in ``COLUMNS``; empty where there are none (a download).
    """

    number: int
    content: bytes
    digest: bytes
    columns: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that is not as it was written, and why that is known."""

    number: int
    why: str


def canonical(facts: Mapping[str, Any]) -> bytes:
    """Facts as JSON in the one way in which they are sealed: keys in order, no spaces, UTF-8.

    Raises:
        ValueError: a number is not finite.
    """
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def key_name(key: bytes) -> str:
    """What an entry calls the key it is sealed with: 12 hexadecimal digits, from which the key cannot be had."""
    return hashlib.sha256(b"sightline audit key\0" + key).hexdigest()[:12]


def seal(previous: str, content: bytes, key: bytes | None = None) -> str:
    """The digest of an entry over the digest before it, which always has 64 characters, and its own content."""
    message = previous.encode("ascii") + content
    if key is None:
        return hashlib.sha256(message).hexdigest()
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def written(facts: Mapping[str, Any], number: int, key: bytes | None = None) -> bytes:
    """The content of entry ``number``: its facts with their place in the chain and the name of the key."""
    return canonical({**facts, "number": number, "key": key_name(key) if key else ""})


class Walk:
    """Checks a chain, entry by entry from the first: ``take`` each, then ask at the ``end``.

    keys: every key that entries may be sealed with, by ``key_name``.
    noted: a head that was noted elsewhere, which the chain must hold unchanged; None where none was.
    """

    def __init__(self, keys: Mapping[str, bytes], noted: Head | None = None) -> None:
        self._keys = keys
        self._noted = noted
        self.head = EMPTY
        self.sealed_with_key = 0

    def take(self, link: Link) -> Broken | None:
        """What is wrong with the next entry; None where it is as it was written."""
        expected = self.head.number + 1
        if link.number != expected:
            missing = f"entry {expected} is missing" if link.number > expected else "its number is used twice"
            return Broken(expected, f"{missing}: the next one found has the number {link.number}")
        try:
            facts = json.loads(link.content)
        except ValueError:
            return Broken(expected, "its content can no longer be read")
        if not isinstance(facts, dict):
            return Broken(expected, "its content is not that of an entry")
        name = facts.get("key")
        if name and name not in self._keys:
            return Broken(expected, f"it says that it is sealed with the key {name}, which is not among the keys given")
        if not name and self.sealed_with_key:
            return Broken(expected, "it is sealed without a key, though entries before it are sealed with one")
        digest = seal(self.head.digest, link.content, self._keys[name] if name else None)
        if not hmac.compare_digest(digest.encode(), link.digest):
            return Broken(expected, "its digest does not fit its content and the entry before it")
        if facts.get("number") != link.number:
            return Broken(expected, f"its content says that it is number {facts.get('number')}")
        for column, stored in link.columns.items():
            if str(facts.get(column, "")).encode() != stored:
                return Broken(expected, f"its column “{column}” differs from its content")
        if self._noted is not None and self._noted.number == expected and self._noted.digest != digest:
            return Broken(expected, f"its digest is not the one that was noted ({self._noted.digest})")
        self.sealed_with_key += bool(name)
        self.head = Head(expected, digest)
        return None

    def end(self, head: Head | None = None) -> Broken | None:
        """What is wrong with where the chain ends; None where nothing is.

        head: what the installation itself remembers as the newest entry; None for a download.
        """
        after = self.head.number + 1
        if self._noted is not None and self._noted.number > self.head.number:
            return Broken(after, f"the chain ends before it, though entry {self._noted.number} was noted")
        if head is not None and head != self.head:
            if head.number > self.head.number:
                return Broken(after, f"the chain ends before it, though there were {head.number} entries")
            return Broken(self.head.number, f"the chain ends with it, but its head says {head.number} {head.digest}")
        return None

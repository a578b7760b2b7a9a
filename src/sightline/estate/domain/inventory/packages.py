"""Listings of packages: what `dpkg -l` and `rpm -qa` print on one machine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sightline.estate.domain.inventory.rows import Found, UnreadableInventory

__all__ = ["dpkg_rows", "is_dpkg", "is_rpm", "rpm_rows"]

_DPKG = re.compile(r"([uihrp][ncHUFWti])([R ]?) +(\S+) +(\S+) +(\S+)(?: |$)")
_NOT_INSTALLED = ("n", "c")
_RPM = re.compile(
    r"(?P<name>[A-Za-z0-9][\w.+-]*?)-(?P<version>[^-\s]+)-(?P<release>[^-\s]+?)"
    r"\.(?P<arch>x86_64|noarch|i[3-6]86|aarch64|ppc64le|s390x|src|armv7hl)$"
)
_RPM_KEYS = "gpg-pubkey-"


def is_dpkg(lines: Iterable[str]) -> bool:
    """Whether lines look like what `dpkg -l` prints."""
    return any(line.startswith(("Desired=", "||/ Name")) or _DPKG.match(line) for line in lines)


def is_rpm(lines: Iterable[str]) -> bool:
    """Whether lines look like what `rpm -qa` prints: the first ones that say anything all do."""
    said = [line.strip() for line in lines if line.strip()][:5]
    return bool(said) and all(_RPM.match(line) or line.startswith(_RPM_KEYS) for line in said)


def dpkg_rows(lines: Iterable[str], device: str) -> Iterator[Found]:
    """The packages that are installed; those that were removed are not. Raises UnreadableInventory with the line."""
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith(("Desired=", "| Status", "|/ Err", "||/", "+++-")):
            continue
        found = _DPKG.match(line)
        if found is None:
            raise UnreadableInventory(f"line {number}: is no line of `dpkg -l`: “{line.strip()[:60]}”.")
        if found[1][1] in _NOT_INSTALLED:
            continue
        yield Found(number, device, found[3].partition(":")[0], found[4])


def rpm_rows(lines: Iterable[str], device: str) -> Iterator[Found]:
    """The packages of `rpm -qa`, without its keys. Raises UnreadableInventory with the line."""
    for number, line in enumerate(lines, start=1):
        line = line.strip()
        if not line or line.startswith(_RPM_KEYS):
            continue
        found = _RPM.match(line)
        if found is None:
            raise UnreadableInventory(f"line {number}: is no line of `rpm -qa`: “{line[:60]}”.")
        yield Found(number, device, found["name"], f"{found['version']}-{found['release']}")

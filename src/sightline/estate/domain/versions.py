"""Version texts as tools write them, and the release line that a version belongs to.

A version text is whatever stands in an export: `1:10.5.21-0+deb11u1` (dpkg), `2.4.37-62.el8` (rpm), `v1.25.16`,
`13.9-1`, `2021.3.16f1`. Its *core* is the vendor's own number within it, without the epoch before a colon and the
packager's revision after a hyphen, `+` or `~`.

Sources of the two package forms: Debian Policy 5.6.12, https://www.debian.org/doc/debian-policy/, and the RPM
manual on dependencies, https://rpm.org/docs/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

__all__ = ["ReleaseLines", "core", "numbers", "plain_number", "prefixes"]

_EPOCH = re.compile(r"^\s*\d+:(?=\d)")
# One letter and its number may belong to the vendor's version (OpenSSL 1.1.1n, Unity 16f1), whole words do not (Final).
_CORE = re.compile(r"\d+(?:[._]\d+)*(?:[a-z]\d*(?![a-z0-9]))?")
_NUMBER = re.compile(r"\d+")
_LINE = re.compile(r"^(?:[a-z]+[.-])?(\d+(?:\.\d+)*)$")


def core(text: str) -> str | None:
    """The vendor's number in a version text, in lower case; None where the text holds no number.

    >>> core("1:10.5.21-0+deb11u1"), core("1.1.1n-0+deb11u5"), core("v1.25.16"), core("n/a")
    ('10.5.21', '1.1.1n', '1.25.16', None)
    """
    found = _CORE.search(_EPOCH.sub("", text.lower(), count=1))
    return found.group().replace("_", ".") if found else None


def numbers(text: str) -> tuple[int, ...]:
    """All whole numbers of a version's core, left to right; empty where there are none.

    >>> numbers("10.0.14393"), numbers("1.1.1n")
    ((10, 0, 14393), (1, 1, 1))
    """
    found = core(text)
    if found is None:
        return ()
    return tuple(int(part) for part in _NUMBER.findall(re.sub(r"[a-z].*$", "", found)))


def plain_number(text: str) -> str:
    """A dotted number without leading zeros in its parts, so that `17.03.04` and `17.3.4` compare equal.

    >>> plain_number("17.03.04"), plain_number("10.00")
    ('17.3.4', '10.0')
    """
    return ".".join(part.lstrip("0") or "0" for part in text.split("."))


def prefixes(version: str) -> Iterator[str]:
    """The version and its shorter forms, longest first, without letters and leading zeros.

    >>> list(prefixes("3.09.2a"))
    ['3.9.2', '3.9', '3']
    """
    parts = plain_number(re.sub(r"[a-z].*$", "", version)).split(".")
    for length in range(len(parts), 0, -1):
        yield ".".join(parts[:length])


class ReleaseLines:
    """Finds the release line of a version among a product's lines: the longest line that begins the version.

    Lines that are no plain numbers (`11-23h2-w`, `13.0-sp2`) can be asked for by name only. other_names: further names
    of lines, such as code names, with the line they mean.
    """

    __slots__ = ("_by_name", "_by_number")

    def __init__(self, cycles: Iterable[str], other_names: Mapping[str, str] | None = None) -> None:
        by_number: dict[str, str] = {}
        by_name: dict[str, str] = {}
        for cycle in cycles:
            by_name.setdefault(cycle.lower(), cycle)
            if found := _LINE.match(cycle.lower()):
                by_number.setdefault(plain_number(found.group(1)), cycle)
        for name, cycle in (other_names or {}).items():
            by_name.setdefault(name.lower(), cycle)
        self._by_number: Mapping[str, str] = by_number
        self._by_name: Mapping[str, str] = by_name

    def __bool__(self) -> bool:
        return bool(self._by_name)

    def named(self, cycle: str) -> str | None:
        """The line of that name in the catalogue's spelling, or None."""
        return self._by_name.get(cycle.lower())

    def of(self, version: str) -> str | None:
        """The line that a version's core belongs to, or None where no line begins it."""
        for prefix in prefixes(version):
            if (cycle := self._by_number.get(prefix)) is not None:
                return cycle
        return None

    def near(self, version: str) -> bool:
        """Whether some line has the version's first number, so that a version without a line is at least likely."""
        first = next(iter(prefixes(version))).split(".")[0]
        return any(number.split(".")[0] == first for number in self._by_number)

    def newest_up_to(self, number: int, *, before: str, after: str) -> str | None:
        """The line `before` + n + `after` with the largest n not above `number`; None where there is none."""
        best: int | None = None
        for name in self._by_name:
            if name.startswith(before) and name.endswith(after):
                middle = name[len(before) : len(name) - len(after) if after else None]
                if middle.isdigit() and int(middle) <= number and (best is None or int(middle) > best):
                    best = int(middle)
        return None if best is None else self.named(f"{before}{best}{after}")

"""From a name's and a row's version to a release line: the ordinary way, and the families that have their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from sightline.estate.domain.recognition.outcome import Line
from sightline.estate.domain.recognition.reading import Reading
from sightline.estate.domain.versions import ReleaseLines, core, numbers, plain_number, prefixes

__all__ = ["SCHEMES", "Scheme", "plain_line"]

Scheme = Callable[[Reading, str, ReleaseLines, Mapping[str, Any]], Line]
"""(what the name says, the row's version, the product's lines, facts of the scheme) → line."""


def plain_line(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """The line that begins the version; the row's version and the one in the name check each other.

    Where they disagree, the name is believed if it is the finer one (installers of .NET and Python count differently
    inside), the row otherwise (names grow old when a program updates itself).
    """
    row = core(raw_version) if raw_version else None
    row_line = lines.of(row) if row else None
    named, named_line = _of_name(reading, lines)
    if row_line is None and named_line is None:
        for word in (raw_version, *reading.words):
            if word and (line := lines.named(word)) is not None:
                return Line(line, row or named, f"“{word}” is release line {line}")
    if row is None and named is None:
        return Line(None, None, "no version is told")
    if row is None or (row_line is None and named_line is not None):
        return _told(named_line, named, "the name's version")
    if named is None or named_line is None or named_line == row_line or _begins(named, row):
        version = named if named and named_line == row_line and _finer(named, row) else row
        return _told(row_line, version, "version")
    if named.count(".") >= 2:
        return _told(named_line, named, f"although the row says {row}, the name's version")
    return _told(row_line, row, f"although the name says {named}, version")


def system(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """Operating systems: where name and row disagree, tools have put the kernel's version into the row."""
    named, line = _of_name(reading, lines)
    row = core(raw_version) if raw_version else None
    if line is not None and named is not None and row is not None and not _begins(named, row):
        return _told(line, named, f"although the row says {row}, the name's version")
    return plain_line(reading, raw_version, lines, facts)


def _of_name(reading: Reading, lines: ReleaseLines) -> tuple[str | None, str | None]:
    first: str | None = None
    for word in reading.versions:
        version = core(word)
        if version is None:
            continue
        if (line := lines.of(version)) is not None:
            return version, line
        first = first or version
    return first, None


def _begins(short: str, long: str) -> bool:
    return plain_number(short) in prefixes(long)


def _finer(name: str, row: str) -> bool:
    # 3.9.13 in the name and 3.9.13150.0 in the row: the installer's own counting.
    return name.count(".") >= 2 and row.startswith(name) and not _begins(name, row)


def _told(line: str | None, version: str | None, what: str) -> Line:
    if line is None:
        return Line(None, version, f"{what} {version} begins with no release line of the catalogue")
    return Line(line, version, f"{what} {version} belongs to release line {line}")


def _staged(parts: tuple[int, ...], position: int, stages: list[list[Any]]) -> str | None:
    """The last stage that begins at or before the number at a position; stages are in rising order."""
    number = parts[position] if len(parts) > position else None
    if number is None:
        return str(stages[0][1]) if len(stages) == 1 else None
    found = None
    for first, line in stages:
        if number >= first:
            found = str(line)
    return found


def java(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """Java counted 1.4, then 1.5 and 5, 1.8 and 8: from 1.5 on the second number is the release (JEP 223)."""
    for text in (raw_version, *reading.versions):
        version = core(text) if text else None
        if version is None:
            continue
        parts = numbers(version)
        line = lines.of(version)
        if parts and parts[0] == 1 and len(parts) > 1 and parts[1] >= 5:
            line = lines.of(str(parts[1]))
        if line is not None:
            return _told(line, version, "version")
    return plain_line(reading, raw_version, lines, facts)


def dotnet(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """.NET's installers count on their own (48.100.4028), so the version in the name comes first."""
    named, line = _of_name(reading, lines)
    if named is not None and line is not None:
        row = core(raw_version) if raw_version else None
        fine = row if row and named.count(".") < 2 and _begins(named, row) else named
        return _told(line, fine, "the name's version")
    return plain_line(reading, raw_version, lines, facts)


def dotnetfx(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """.NET Framework is told by its name; its files (4.7.03062) only where the name has no version."""
    row = core(raw_version) if raw_version else None
    for word in reading.versions:
        version = core(word) or ""
        line = lines.named(facts["names"].get(version, version))
        if line is not None:
            return Line(line, version, f"the name says {version}, release line {line}")
    if row and (line := lines.named(row)):
        return _told(line, row, "version")
    for first, cycle in facts["files"].items():
        if row and plain_number(row).startswith(first):
            return _told(lines.named(cycle), row, "file version")
    return Line(None, row, "no version of the framework is told")


def service_packs(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """SUSE Linux Enterprise: 12 with service pack 5 is line 12.5."""
    row = re.sub(r"[-\s]*sp", ".", raw_version.lower()) if raw_version else ""
    version = core(row) if row else None
    named = core(reading.versions[0]) if reading.versions else None
    if version is None or (named is not None and "." not in version):
        pack = reading.service_pack
        version = (named or version) if pack is None else f"{named or version}.{pack}"
    if version is None:
        return Line(None, None, "no version is told")
    if "." not in version:
        version = f"{version}.0"
    return _told(lines.of(version), version, "version")


def oracle_database(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """Oracle writes 19c, and 11g Release 2 for 11.2."""
    row = core(raw_version) if raw_version else None
    for version in (row, *(core(word) for word in reading.versions if "." in word)):
        if version and (line := lines.of(version)):
            return _told(line, version, "version")
    whole = [number for word in reading.versions for number in numbers(re.sub(r"(?<=\d)(?:c|g|i|ai)$", "", word))[:1]]
    glued = [int(word[1]) for word in reading.words if re.fullmatch(r"r[12]", word)]
    for key in (" ".join(map(str, [*whole, *glued][:2])), str(whole[0]) if whole else ""):
        line = lines.named(facts["names"].get(key, key))
        if line:
            return Line(line, row, f"the name says {reading.versions[0]}, release line {line}")
    return Line(None, row, "the release is not told")


def aix(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """`oslevel -s` prints 7200-05-03-2148: AIX 7.2, technology level 5."""
    for text in (raw_version.strip(), *reading.words):
        if found := re.match(r"(\d)(\d)00-(\d{2})", text):
            version = f"{found[1]}.{found[2]}.{int(found[3])}"
            return _told(lines.of(version), version, "level")
    level = next((word[2:] for word in reading.words if re.fullmatch(r"tl\d+", word)), None)
    if level is not None and reading.versions:
        version = f"{core(reading.versions[0])}.{level}"
        return _told(lines.of(version), version, "level")
    return plain_line(reading, raw_version, lines, facts)


def ibm_i(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """IBM i writes V7R3M0 for 7.3."""
    for text in (raw_version.lower(), *reading.words):
        if found := re.match(r"v(\d)r(\d)", text):
            version = f"{found[1]}.{found[2]}"
            return _told(lines.of(version), version, "version")
    return plain_line(reading, raw_version, lines, facts)


def citrix(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """Citrix names releases by year and month (2203); the 7 before it says nothing."""
    for text in (*reading.versions, raw_version):
        version = core(text) if text else None
        if version is not None and (line := lines.of(version)):
            return _told(line, core(raw_version) or version, "release")
    return plain_line(reading, raw_version, lines, facts)


def horizon(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """Horizon 8 counts 8.10 inside and calls itself 2306."""
    for word in reading.versions:
        if re.fullmatch(r"2\d{3}(?:\.\d+)*", word) and (line := lines.of(f"8.{word}")):
            return _told(line, word, "the name's version")
    parts = numbers(raw_version) if raw_version else ()
    if len(parts) > 1 and (cycle := facts["versions"].get(f"{parts[0]}.{parts[1]}")):
        return _told(lines.named(cycle), core(raw_version), "version")
    return plain_line(reading, raw_version, lines, facts)


def nvidia(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """A driver belongs to the newest branch that is not above its number: 537.58 to R535 (NVIDIA's release notes)."""
    texts = [text for text in (raw_version, *reading.versions) if text and len(numbers(text)) > 1]
    texts += [text for text in (raw_version, *reading.versions) if text and text not in texts]
    version = core(texts[0]) if texts else None
    if version is None:
        return Line(None, None, "no version is told")
    # Packages are Linux's; Windows' own versions have two numbers.
    of_windows = bool({"graphics", "display", "geforce"} & set(reading.words))
    windows = of_windows or (len(reading.words) > 1 and version.count(".") < 2)
    system = "windows" if windows else "linux"
    line = lines.newest_up_to(numbers(version)[0], before="r", after=f"-{system}")
    return _told(line, version, f"on {system.capitalize()}, version")


def cortex(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """Critical environment versions carry CE and are lines of their own."""
    if "ce" in reading.words or raw_version.lower().endswith("-ce"):
        for text in (raw_version, *reading.versions):
            for prefix in prefixes(core(text) or "") if text else ():
                if line := lines.named(f"{prefix}-ce"):
                    return _told(line, core(text), "version")
    return plain_line(reading, raw_version, lines, facts)


def zerto(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """Zerto 10.0 has lines for its updates: 10.0 Update 3, written 10.0_U3 or 10.0.30."""
    for text in (raw_version, *reading.versions):
        parts = numbers(text.lower().split("_")[0]) if text else ()
        update = re.search(r"u(\d)", " ".join((text.lower(), *reading.words))) if text else None
        number = int(update[1]) if update else (parts[2] // 10 if len(parts) > 2 else 0)
        if parts[:2] == (10, 0) and number and (line := lines.named(f"10.0_u{number}")):
            return _told(line, core(text), "version")
    return plain_line(reading, raw_version, lines, facts)


SCHEMES: dict[str, Scheme] = {
    "plain": plain_line,
    "system": system,
    "ibm-i": ibm_i,
    "java": java,
    "dotnet": dotnet,
    "dotnetfx": dotnetfx,
    "service-packs": service_packs,
    "oracle-database": oracle_database,
    "aix": aix,
    "citrix": citrix,
    "horizon": horizon,
    "nvidia": nvidia,
    "cortex": cortex,
    "zerto": zerto,
}

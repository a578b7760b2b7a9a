"""Release lines of Microsoft's products, whose names carry years and whose versions carry builds.

The builds and years stand in `knowledge/release_lines.toml`, with their sources.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sightline.estate.domain.recognition.lines import Scheme, _staged, _told, plain_line
from sightline.estate.domain.recognition.outcome import Line
from sightline.estate.domain.recognition.reading import Reading
from sightline.estate.domain.versions import ReleaseLines, core, numbers

__all__ = ["MICROSOFT_SCHEMES"]

_YEAR = re.compile(r"20\d\d$")
_FEATURE_UPDATE = re.compile(r"(?:1[5-9]|2[0-9])(?:0[1-9]|1[0-2]|h[12])$")


def _years(reading: Reading, raw_version: str = "") -> list[str]:
    return [word for word in (*reading.versions, raw_version) if _YEAR.match(word)]


def _build(raw_version: str, reading: Reading) -> int | None:
    """The build number: third number of 10.0.14393 and of 6.2 (9200), first of 19045.3803, or one in the name."""
    for text in (raw_version, *reading.versions):
        found = [int(number) for number in re.findall(r"\d+", text)]
        for number in found[2:3] or found[:1]:
            # Four figures alone are a year or a half-yearly release.
            if number >= 10_000 or (number >= 2000 and len(found) > 2):
                return number
    return None


def windows(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """Windows for PCs: the release by build or by name, then the editions that end at different times."""
    version = core(raw_version) if raw_version else None
    base = _windows_release(reading, raw_version, facts)
    if base is None:
        return Line(None, version, "neither name nor version tells the release")
    if line := lines.named(base):
        return Line(line, version, _windows_why(raw_version, line))
    words, channels = set(reading.words), {"ltsc", "ltsb"} & set(reading.words)
    if "iot" in words and channels:
        suffix = "-iot-lts"
    elif channels:
        suffix = "-e-lts"
    elif words & {"enterprise", "education"} and not words & {"pro"}:
        suffix = "-e"
    elif words & {"home", "pro", "professional", "core", "single", "s"}:
        suffix = "-w"
    else:
        return Line(None, version, f"release {base} ends on different days by edition, and none is told", known=True)
    line = lines.named(base + suffix)
    return Line(line, version, _windows_why(raw_version, line or f"{base}, which the catalogue lacks,"))


def _windows_release(reading: Reading, raw_version: str, facts: Mapping[str, Any]) -> str | None:
    words = reading.words
    if {"ltsc", "ltsb"} & set(words):
        for year in _years(reading):
            if year in facts["long-term"]:
                return str(facts["long-term"][year])
    build = _build(raw_version, reading)
    if build is not None and str(build) in facts["builds"]:
        return str(facts["builds"][str(build)])
    generation = next((word for word in words if word in ("10", "11")), None)
    update = next((word for word in words if _FEATURE_UPDATE.match(word)), None)
    if generation and update:
        return f"{generation}-{update}"
    if update := next((text for text in [raw_version.lower()] if _FEATURE_UPDATE.match(text)), None):
        return f"{generation or '10'}-{update}"
    if "8.1" in words:
        return "8.1"
    if "xp" in words and (reading.service_pack == 3 or "pack 3" in raw_version.lower()):
        return "5-sp3"
    if "7" in words and reading.service_pack == 1:
        return "7-sp1"
    return "8" if "8" in words else None


def _windows_why(raw_version: str, line: str) -> str:
    return f"build {raw_version} is release line {line}" if raw_version else f"the name says release line {line}"


def windows_server(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """Windows Server: the year in the name first, since builds are shared with the half-yearly channel."""
    version = core(raw_version) if raw_version else None
    words = reading.words
    year = None if "version" in words else next((word for word in words if _YEAR.match(word)), None)
    if year is not None and year != "2003":
        second = "r2" in words
        for name in (f"{year}-r2-sp1", f"{year}-r2") if second else (year, f"{year}-sp2"):
            if line := lines.named(name):
                return Line(line, version, f"the name says {year}{' R2' if second else ''}, release line {line}")
        return Line(None, version, f"{year} is no release line of the catalogue")
    pack = reading.service_pack or _pack_in(raw_version)
    if year == "2003":
        line = lines.named(f"2003-sp{pack}") if pack else None
        return Line(line, version, "the service pack decides the release line of 2003")
    update = next((word for word in words if _FEATURE_UPDATE.match(word)), None)
    for suffix in ("-sac", "-ac") if update else ():
        if line := lines.named(f"{update}{suffix}"):
            return Line(line, version, f"the name says version {update}, release line {line}")
    build = _build(raw_version, reading)
    line = lines.named(facts["builds"].get(str(build), "")) if build else None
    return Line(line, version, f"build {build} is release line {line}" if line else "the release is not told")


def _pack_in(raw_version: str) -> int | None:
    found = re.search(r"(?:service pack|sp) ?(\d)", raw_version.lower())
    return int(found[1]) if found else None


def windows_container(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """The base images of containers, Server Core and Nano Server: the year or version in the name, else the build."""
    version = core(raw_version) if raw_version else None
    for word in (*reading.versions, raw_version):
        for name in (f"{word}-r2-sp1", f"{word}-r2") if "r2" in reading.words else (word, f"{word}-sp2"):
            if line := lines.named(name):
                return Line(line, version, f"the name says {word}, release line {line}")
    build = _build(raw_version, reading)
    line = lines.named(facts["builds"].get(str(build), "")) if build else None
    return Line(line, version, f"build {build} is release line {line}" if line else "the release is not told")


def windows_embedded(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """Windows Embedded is told by its name alone."""
    version = core(raw_version) if raw_version else None
    words = set(reading.words)
    for kind, number, name in (
        ("industry", "8.1", "8.1-industry"),
        ("pro", "8.1", "8.1-pro"),
        ("compact", "2013", "compact-2013"),
        ("posready", "7", "posready-7"),
        ("compact", "7", "compact-7"),
        ("standard", "7", "standard-7-sp1"),
    ):
        if kind in words and number in words and (line := lines.named(name)):
            return Line(line, version, f"the name says {kind} {number}, release line {line}")
    return Line(None, version, "the name does not tell the release")


def sql_server(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """SQL Server: the build decides the service pack; without a build the year and service pack in the name do."""
    version = core(raw_version) if raw_version else None
    parts = numbers(raw_version) if raw_version else ()
    if len(parts) >= 2:
        # 2008 R2 and 6.5 share their first number with 2008 and 6.0.
        family = f"{parts[0]}.50" if parts[0] in (6, 10) and parts[1] >= 50 else str(parts[0])
        if (stages := facts["builds"].get(family)) and (cycle := _staged(parts, 2, stages)):
            return _told(lines.named(cycle), version, "build")
    for year in _years(reading):
        key = f"{year} r2" if "r2" in reading.words else year
        if (family := facts["years"].get(key)) is None:
            continue
        stages = facts["builds"][family]
        pack = reading.service_pack
        wanted = [line for _, line in stages if line.endswith(f"-sp{pack}")] if pack else []
        cycle = wanted[0] if wanted else (stages[0][1] if len(stages) == 1 else None)
        if cycle is None:
            return Line(None, version, f"of {key} neither build nor service pack is told", known=True)
        return Line(lines.named(cycle), version, f"the name says {key}, release line {cycle}")
    return Line(None, version, "neither name nor version tells the release")


def office(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """Office: the year in the name; version 16.0 is shared by 2016, 2019, 2021 and 2024 and tells nothing."""
    version = core(raw_version) if raw_version else None
    for year in _years(reading, raw_version):
        names = [f"{year}-for-mac"] if "mac" in reading.words else []
        names += [f"{year}-ltsc"] if "ltsc" in reading.words else []
        for name in (*names, year):
            if line := lines.named(name):
                return Line(line, version, f"the name says {year}, release line {line}")
    parts = numbers(raw_version) if raw_version else ()
    cycle = facts["majors"].get(str(parts[0])) if parts else None
    if cycle and (line := lines.named(cycle)):
        return _told(line, version, "version")
    return Line(None, version, "version 16.0 is shared by several releases, and the name has no year")


def by_table(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """Exchange and SharePoint: the build decides, else the year or “Subscription Edition” in the name."""
    version = core(raw_version) if raw_version else None
    parts = numbers(raw_version) if raw_version else ()
    for key in (".".join(map(str, parts[:2])), str(parts[0]) if parts else ""):
        if (stages := facts["versions"].get(key)) and (cycle := _staged(parts, 2, stages)):
            return _told(lines.named(cycle), version, "build")
    for name in ("subscription", *_years(reading, raw_version)):
        if name in (*reading.words, raw_version) and (line := lines.named(name)):
            return Line(line, version, f"the name says {name}, release line {line}")
    return Line(None, version, "neither name nor version tells the release")


def visual_studio(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """Visual Studio: the version, else the year for the releases that had one line only."""
    version = core(raw_version) if raw_version else None
    if version and (line := lines.of(version)):
        return _told(line, version, "version")
    for year in _years(reading):
        if line := lines.named(facts["years"].get(year, "")):
            return Line(line, version, f"the name says {year}, release line {line}")
    return Line(None, version, "neither name nor version tells the release line")


def azure_devops(reading: Reading, raw_version: str, lines: ReleaseLines, facts: Mapping[str, Any]) -> Line:
    """Azure DevOps Server, before 2019 Team Foundation Server: the build, else the year and update in the name."""
    version = core(raw_version) if raw_version else None
    parts = numbers(raw_version) if raw_version else ()
    for key in (".".join(map(str, parts[:2])), str(parts[0]) if parts else ""):
        if (cycle := facts["versions"].get(key)) and (line := lines.named(cycle)):
            return _told(line, version, "build")
    for year in _years(reading):
        for name in (year, *(word for word in reading.versions if word.startswith(f"{year}."))):
            if line := lines.named(name):
                return Line(line, version, f"the name says {name}, release line {line}")
    return plain_line(reading, raw_version, lines, facts)


MICROSOFT_SCHEMES: dict[str, Scheme] = {
    "windows": windows,
    "windows-server": windows_server,
    "windows-container": windows_container,
    "windows-embedded": windows_embedded,
    "sql-server": sql_server,
    "office": office,
    "exchange": by_table,
    "sharepoint": by_table,
    "visual-studio": visual_studio,
    "azure-devops": azure_devops,
}

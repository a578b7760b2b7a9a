"""Names of packages and components: what dpkg, rpm, package URLs and coordinates of software catalogues look like.

Sources of the forms: Debian Policy 5.6.1 and 5.6.12; the file name convention of RPM (name-version-release.arch);
the package URL specification, https://github.com/package-url/purl-spec.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

__all__ = ["Package", "package_of", "pattern_of"]

_RPM = re.compile(
    r"(?P<name>[A-Za-z0-9][\w.+-]*?)-(?:\d+:)?(?P<version>\d[^-\s]*)-(?P<release>[^-\s]+?)"
    r"(?:\.(?:x86_64|noarch|i[3-6]86|aarch64|ppc64le|s390x|src))?$"
)
_RPM_RELEASE = re.compile(r"\.(?:el|fc|amzn|module|suse|lp15|centos|mga|x86_64|noarch|i[3-6]86|aarch64|ppc64le|s390x)")
_ARCHITECTURE = re.compile(r"(?::(?:amd64|arm64|i386|armhf|all|any)|-(?:amd64|arm64|i386|x86_64|686-pae|cloud-amd64))$")
_FILE = re.compile(
    r"(?P<name>[a-z0-9][a-z0-9_.]*(?:-[a-z][a-z0-9_.]*)*)[-_](?P<version>v?\d[a-z0-9.+-]*?)"
    r"(?:_(?:amd64|arm64|i386|all))?\.(?:jar|war|min\.js|js|whl|tgz|tar\.gz|gem|nupkg|deb)$"
)
_IMAGE = re.compile(
    r"(?:[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?/)?(?P<path>[a-z0-9._-]+(?:/[a-z0-9._-]+)*):(?P<tag>v?\d[a-z0-9._-]*)$"
)
_OFFICIAL_IMAGE = re.compile(r"(?P<image>[a-z][a-z0-9_.-]*):(?P<tag>v?\d[a-z0-9._-]*)$")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_SYSTEMS = frozenset({"deb", "rpm", "apk", "alpm", "brew", "generic", "chocolatey", "scoop", "winget"})


@dataclass(frozen=True, slots=True)
class Package:
    """A package's name and where it comes from.

    kind: the purl type where it is known (`maven`, `npm`), `system` for an operating system's packages, `any` for
    a bare name. namespace: group or vendor, empty where there is none. version: as far as the name itself carries it.
    update: the service pack or update that a CPE names.
    """

    kind: str
    namespace: str
    name: str
    version: str | None = None
    update: str = ""

    @property
    def full_name(self) -> str:
        """Namespace and name as package URLs join them."""
        return f"{self.namespace}/{self.name}" if self.namespace else self.name


def package_of(raw_name: str, publisher: str = "") -> Package | None:
    """The package that a raw name without blanks names; None for a name with blanks or without a letter.

    publisher: where a component's group stands in exports of software bills of materials.
    """
    if not raw_name or " " in raw_name:
        return None
    if raw_name.startswith("pkg:"):
        return _purl(raw_name)
    if raw_name.lower().startswith("cpe:"):
        return _cpe(raw_name.lower())
    if (found := _RPM.match(raw_name)) and _RPM_RELEASE.search(raw_name):
        return Package("system", "", found["name"].lower(), found["version"])
    if raw_name.startswith("@") and "/" in raw_name:
        namespace, _, name = raw_name.partition("/")
        name, _, version = name.lower().partition("@")
        return Package("npm", namespace.lower(), name, version or None)
    name = _ARCHITECTURE.sub("", raw_name.lower())
    if found := _FILE.match(name):
        return Package("any", "", found["name"], found["version"])
    if "/" in name and (found := _IMAGE.match(name)):
        namespace, _, image = found["path"].rpartition("/")
        return Package("docker", namespace or "library", image, found["tag"])
    if found := _OFFICIAL_IMAGE.match(name):
        return Package("docker", "library", found["image"], found["tag"])
    if "@" in name:
        name, _, version = name.partition("@")
        return Package("any", "", name, version or None)
    if ":" in name:
        namespace, _, name = name.partition(":")
        return Package("maven", namespace, name.split(":")[0])
    if "/" in name:
        namespace, _, name = name.rpartition("/")
        return Package("any", namespace, name)
    group = publisher.strip().lower()
    if "." in group and " " not in group:
        return Package("maven", group, name)
    return Package("any", "", name)


def _purl(text: str) -> Package | None:
    body = text.removeprefix("pkg:").split("?")[0].split("#")[0]
    kind, _, rest = body.strip("/").partition("/")
    rest, _, version = rest.partition("@") if not rest.startswith("@") else _scoped(rest)
    namespace, _, name = unquote(rest).lower().rpartition("/")
    if not name:
        return None
    if kind in _SYSTEMS:
        return Package("system", "", name, unquote(version) or None)
    return Package(kind, namespace, name, unquote(version) or None)


def _cpe(text: str) -> Package | None:
    parts = text.removeprefix("cpe:2.3:").removeprefix("cpe:/").split(":")
    if len(parts) < 3:
        return None
    version = parts[3].replace("\\", "") if len(parts) > 3 and parts[3] not in ("", "*", "-") else None
    return Package("cpe", parts[1], parts[2], version, parts[4] if len(parts) > 4 else "")


def _scoped(rest: str) -> tuple[str, str, str]:
    name, _, version = rest[1:].partition("@")
    return f"@{name}", "@", version


def pattern_of(name: str) -> tuple[str, str | None]:
    """A package's name with its numbers replaced by `#`, and the first number, if any.

    >>> pattern_of("python3.9-minimal"), pattern_of("nginx")
    (('python#-minimal', '3.9'), ('nginx', None))
    """
    found = _NUMBER.search(name)
    return (_NUMBER.sub("#", name), found.group()) if found else (name, None)

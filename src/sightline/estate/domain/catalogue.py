"""The catalogue: products, their release lines, and the identifiers they are known by.

Reads what endoflife.date publishes, as JSON Lines, plain or gzip: one product a line with `slug`, `title`, `category`,
`tags`, `identifiers` and `releases`; our own tables add `supplier`, `source`, `source_url` and `checked`. A second kind
of line (`slug`, `versions`, `releases` as an object) holds release dates found automatically; it adds dates of versions
to a product already read. A partnership's own entries are the same values, made by hand.

Source of the shape: https://endoflife.date, MIT licence; product schema in its repository, `product-schema.json`.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sightline.estate.domain.lifecycle import Lifecycle, lifecycle_from_facts, the_date
from sightline.kernel.errors import SightlineError

__all__ = [
    "PUBLISHED",
    "Catalogue",
    "Product",
    "Release",
    "UnreadableCatalogue",
    "product_from_facts",
    "read_catalogue",
]

PUBLISHED = "endoflife.date"
"""The source of what is read from the public catalogue; a partnership's own entries name theirs."""

_GZIP = b"\x1f\x8b"
_LINE_LIMIT_BYTES = 8 * 1024 * 1024
"""The longest line that is read; the longest in the published data holds about 0.2 MB."""


class UnreadableCatalogue(SightlineError):
    """A catalogue that cannot be taken, with the line and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Release:
    """One release line of a product.

    cycle: its name in the catalogue, always text (`3.9`, `2012-r2`). label: how people write it, if otherwise.
    latest: its newest version when the catalogue was made. lifecycle: until when it is supported.
    """

    cycle: str
    label: str | None
    codename: str | None
    latest: str | None
    lifecycle: Lifecycle


@dataclass(frozen=True, slots=True)
class Product:
    """What a piece of software or a device is.

    slug: its one key. identifiers: pairs of kind (`cpe`, `purl`, `repology`) and value. other_names: as in the
    catalogue's alternative addresses. source, source_url: where the facts come from. supplier: who sells or makes it,
    where known.
    """

    slug: str
    title: str
    category: str
    tags: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    releases: tuple[Release, ...] = ()
    source: str = PUBLISHED
    supplier: str = ""
    source_url: str = ""

    def release(self, cycle: str) -> Release | None:
        """The release line of that name, or None."""
        return next((release for release in self.releases if release.cycle == cycle), None)

    @property
    def cpe(self) -> str | None:
        """The product's CPE, in the 2.3 spelling where the catalogue has it; None where it has none."""
        values = [value for kind, value in self.identifiers if kind == "cpe"]
        return next((value for value in values if value.startswith("cpe:2.3:")), values[0] if values else None)

    @property
    def purl(self) -> str | None:
        """The product's first package URL, or None where the catalogue has none."""
        return next((value for kind, value in self.identifiers if kind == "purl"), None)

    def cpe_of(self, version: str) -> str | None:
        """The CPE 2.3 of one version, or None where the catalogue has no CPE.

        Source of the form: NIST IR 7695, Common Platform Enumeration: Naming, section 6.2.
        """
        if self.cpe is None:
            return None
        parts = self.cpe.removeprefix("cpe:2.3:").removeprefix("cpe:/").split(":")[:3]
        return ":".join(["cpe:2.3", *parts, re.sub(r"([^\w.-])", r"\\\1", version.lower()), *["*"] * 7])

    def purl_of(self, version: str) -> str | None:
        """The package URL of one version, or None where the catalogue has none.

        Source of the form: https://github.com/package-url/purl-spec.
        """
        if self.purl is None:
            return None
        address, mark, qualifiers = self.purl.partition("?")
        return f"{address}@{quote(version, safe=':')}{mark}{qualifiers}"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All products, by slug. Built once; never changes."""

    products: Mapping[str, Product]
    released: Mapping[str, Mapping[str, date]] = field(default_factory=dict)
    """slug → version → the day it was released, where the catalogue has such lines."""
    _releases: Mapping[tuple[str, str], Release] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        releases = {
            (product.slug, release.cycle): release for product in self.products.values() for release in product.releases
        }
        object.__setattr__(self, "_releases", releases)

    def __len__(self) -> int:
        return len(self.products)

    def __contains__(self, slug: object) -> bool:
        return slug in self.products

    def __iter__(self) -> Iterator[Product]:
        return iter(self.products.values())

    def product(self, slug: str) -> Product | None:
        """The product with that slug, or None."""
        return self.products.get(slug)

    def release(self, slug: str, cycle: str) -> Release | None:
        """The release line of a product, or None where either is not in the catalogue. Costs one look-up."""
        return self._releases.get((slug, cycle))

    def with_products(self, products: Iterable[Product]) -> Catalogue:
        """This catalogue with more products, such as a partnership's own; a slug that was there is replaced."""
        return Catalogue({**self.products, **{product.slug: product for product in products}}, self.released)


def read_catalogue(*paths: Path) -> Catalogue:
    """The catalogue in one or more files of JSON Lines, plain or gzip, told apart by their first bytes.

    Raises UnreadableCatalogue, naming file and line, where a file is missing, broken off, too wide, no JSON Lines, or
    describes the same product twice; and where the files hold no product at all.
    """
    products: dict[str, Product] = {}
    released: dict[str, Mapping[str, date]] = {}
    for path in paths:
        for number, facts in _lines(path):
            where = f"{path.name}, line {number}"
            slug = facts.get("slug")
            if not isinstance(slug, str) or not slug:
                raise UnreadableCatalogue(f"{where}: there is no “slug”. Give the catalogue's JSON Lines.")
            if "versions" in facts and "title" not in facts:
                released[slug] = _release_dates(facts["versions"], where)
                continue
            if slug in products:
                raise UnreadableCatalogue(f"{where}: “{slug}” was described before. Leave out one of the two lines.")
            products[slug] = product_from_facts(facts, slug, where)
    if not products:
        raise UnreadableCatalogue(f"{', '.join(path.name for path in paths) or 'No file'}: there is no product in it.")
    return Catalogue(products, released)


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        with path.open("rb") as file:
            zipped = file.read(2) == _GZIP
        number = 0
        with gzip.open(path, "rb") if zipped else path.open("rb") as lines:
            while line := lines.readline(_LINE_LIMIT_BYTES + 1):
                number += 1
                if len(line) > _LINE_LIMIT_BYTES:
                    raise UnreadableCatalogue(f"{path.name}, line {number}: longer than 8 MB. Is it JSON Lines?")
                if line.strip():
                    yield number, _object(line, f"{path.name}, line {number}")
    except (OSError, EOFError, zlib.error) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise UnreadableCatalogue(f"{path}: cannot be read ({said}). Give the catalogue's file again.") from error


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        facts = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableCatalogue(f"{where}: is not JSON. Give JSON Lines, one product a line.") from error
    if not isinstance(facts, dict):
        raise UnreadableCatalogue(f"{where}: is not a JSON object. Give JSON Lines, one product a line.")
    return facts


def product_from_facts(facts: dict[str, Any], slug: str, where: str) -> Product:
    """A product from what one line says of it. Raises UnreadableCatalogue, beginning with `where`."""
    releases = facts.get("releases", [])
    if not isinstance(releases, list) or not all(isinstance(release, dict) for release in releases):
        raise UnreadableCatalogue(f"{where}: “releases” of “{slug}” is not a list of objects.")
    tags = facts.get("tags") or ()
    # Our own tables say on each line where its facts are from; a release may name another place.
    origin: dict[str, Any] = {key: facts[key] for key in ("source", "checked") if key in facts}
    addresses = facts.get("alternate_urls") or facts.get("alternative_urls") or ()
    return Product(
        slug=slug,
        title=_text(facts.get("title")) or slug,
        category=_text(facts.get("category")) or "",
        tags=tuple(tags.split()) if isinstance(tags, str) else tuple(str(tag) for tag in tags),
        other_names=tuple(str(address).strip("/") for address in addresses),
        identifiers=tuple(
            (str(kind), str(value))
            for identifier in facts.get("identifiers") or ()
            if isinstance(identifier, dict)
            for kind, value in identifier.items()
        ),
        releases=tuple(_release({**origin, **release}, slug, where) for release in releases),
        source=_text(facts.get("source")) or PUBLISHED,
        supplier=_text(facts.get("supplier")) or "",
        source_url=_text(facts.get("source_url")) or "",
    )


def _release(facts: dict[str, Any], slug: str, where: str) -> Release:
    cycle = facts.get("releaseCycle")
    if cycle is None or not str(cycle).strip():
        raise UnreadableCatalogue(f"{where}: a release of “{slug}” has no “releaseCycle”.")
    label = _text(facts.get("releaseLabel"))
    return Release(
        cycle=str(cycle),
        label=_filled(label, cycle=str(cycle), codename=_text(facts.get("codename"))) if label else None,
        codename=_text(facts.get("codename")),
        latest=_text(facts.get("latest")),
        lifecycle=lifecycle_from_facts(
            facts, source=_text(facts.get("source")) or PUBLISHED, checked=the_date(facts.get("checked"))
        ),
    )


def _filled(label: str, *, cycle: str, codename: str | None) -> str:
    """A label with the names that its source leaves places for; the place of a name that is not given is taken out."""
    label = label.replace("__RELEASE_CYCLE__", cycle)
    return label.replace("__CODENAME__", codename) if codename else _NO_CODENAME.sub("", label)


_NO_CODENAME = re.compile(r"""\s*['"(]?__CODENAME__['")]?""")


def _release_dates(versions: object, where: str) -> dict[str, date]:
    if not isinstance(versions, dict):
        raise UnreadableCatalogue(f"{where}: “versions” is not an object of version and date.")
    return {str(version): day for version, text in versions.items() if (day := the_date(text)) is not None}


def _text(value: object) -> str | None:
    return str(value) if value is not None and str(value).strip() else None

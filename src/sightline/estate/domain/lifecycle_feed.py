"""Lifecycle data in the two shapes it is published in, and whether a new one may take the place of the last.

The shapes: JSON Lines (see `catalogue`), and the one JSON document of endoflife.date's public address, whose names of
facts are others. A feed that has shrunk by half, or whose dates have, is not believed until somebody confirms it: a
feed that broke must not empty the register.

Source of the second shape: https://endoflife.date/docs/api/v1/, read in November 2026.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sightline.estate.domain.catalogue import Catalogue, UnreadableCatalogue, product_from_facts, read_catalogue

__all__ = ["PUBLIC_ADDRESS", "Extent", "extent_of", "read_feed", "shrunk"]

PUBLIC_ADDRESS = "https://endoflife.date/api/v1/products/full"
SIZE_LIMIT_BYTES = 64 * 1024 * 1024
"""The largest document that is read, unpacked; the public one holds about 6 MB."""

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a feed tells: products, release lines, and how many of those have an end of life that is known."""

    products: int
    releases: int
    dated: int


def extent_of(catalogue: Catalogue) -> Extent:
    """How much a catalogue tells."""
    releases = [release for product in catalogue for release in product.releases]
    return Extent(len(catalogue), len(releases), sum(release.lifecycle.security.known for release in releases))


def shrunk(new: Extent, last: Extent) -> str:
    """What has shrunk to less than half since the last feed, in one sentence; empty where nothing has."""
    for what, now, before in (
        ("products", new.products, last.products),
        ("release lines", new.releases, last.releases),
        ("known ends of life", new.dated, last.dated),
    ):
        if now * 2 < before:
            return f"It holds {now} {what}; the last one held {before}."
    return ""


def read_feed(path: Path) -> Catalogue:
    """The catalogue in one file of either shape, plain or gzip.

    Raises UnreadableCatalogue, naming the file and what is wrong, where it is neither, is too large, or holds nothing.
    """
    content = _content(path)
    if content.lstrip()[:1] != b"{":
        raise UnreadableCatalogue(f"{path.name}: is no lifecycle data. Give endoflife.date's JSON, or JSON Lines.")
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return read_catalogue(path)  # JSON Lines; what is wrong with a line is told there.
    if not isinstance(document.get("result"), list):
        return read_catalogue(path)
    return _of_document(document["result"], path.name)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            zipped = file.read(2) == _GZIP
        with gzip.open(path, "rb") if zipped else path.open("rb") as file:
            content = file.read(SIZE_LIMIT_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise UnreadableCatalogue(f"{path}: cannot be read ({said}). Give the file again.") from error
    if len(content) > SIZE_LIMIT_BYTES:
        raise UnreadableCatalogue(f"{path.name}: unpacks to more than 64 MB. Is it lifecycle data?")
    return content


def _of_document(result: list[Any], name: str) -> Catalogue:
    products = {}
    for number, facts in enumerate(result, start=1):
        where = f"{name}, product {number}"
        slug = facts.get("name") if isinstance(facts, dict) else None
        if not isinstance(slug, str) or not slug:
            raise UnreadableCatalogue(f"{where}: there is no “name”. Has the shape of the public data changed?")
        if slug in products:
            raise UnreadableCatalogue(f"{where}: “{slug}” was described before.")
        products[slug] = product_from_facts(_as_front_matter(facts, slug, where), slug, where)
    if not products:
        raise UnreadableCatalogue(f"{name}: there is no product in it.")
    return Catalogue(products)


def _as_front_matter(facts: Mapping[str, Any], slug: str, where: str) -> dict[str, Any]:
    releases = facts.get("releases", [])
    if not isinstance(releases, list) or not all(isinstance(release, dict) for release in releases):
        raise UnreadableCatalogue(f"{where}: “releases” of “{slug}” is not a list of objects.")
    identifiers = [
        {str(one["type"]): one["id"]}
        for one in facts.get("identifiers") or ()
        if isinstance(one, dict) and one.get("type") and one.get("id")
    ]
    return {
        "title": facts.get("label"),
        "category": facts.get("category"),
        "tags": facts.get("tags"),
        "alternate_urls": facts.get("aliases"),
        "identifiers": identifiers,
        "releases": [_release(release) for release in releases],
    }


def _release(facts: Mapping[str, Any]) -> dict[str, Any]:
    latest = facts.get("latest")
    return {
        "releaseCycle": facts.get("name"),
        "releaseLabel": facts.get("label") if facts.get("label") != facts.get("name") else None,
        "codename": facts.get("codename"),
        "releaseDate": facts.get("releaseDate"),
        "latest": latest.get("name") if isinstance(latest, dict) else None,
        "eoas": _end(facts, "Eoas"),
        "eol": _end(facts, "Eol"),
        "eoes": _end(facts, "Eoes"),
    }


def _end(facts: Mapping[str, Any], key: str) -> object:
    """The day where there is one; else whether it is over; else nothing."""
    day = facts.get(f"{key[:1].lower()}{key[1:]}From")
    return day if day is not None else facts.get(f"is{key}")

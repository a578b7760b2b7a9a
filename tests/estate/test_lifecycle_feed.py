"""Lifecycle data in its two shapes, and feeds that are not to be believed."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from sightline.estate.domain.catalogue import UnreadableCatalogue, read_catalogue
from sightline.estate.domain.lifecycle import End
from sightline.estate.domain.lifecycle_feed import Extent, extent_of, read_feed, shrunk
from sightline.estate.lifecycle_actions import SHIPPED_FILE

PUBLIC = {
    "schema_version": "1.2.0",
    "total": 1,
    "result": [
        {
            "name": "quillbase",
            "label": "Quillbase",
            "aliases": ["quill"],
            "category": "database",
            "tags": ["database"],
            "identifiers": [{"id": "cpe:2.3:a:quill:quillbase", "type": "cpe"}],
            "releases": [
                {
                    "name": "9",
                    "label": "9 LTS",
                    "releaseDate": "2024-02-29",
                    "isEoas": False,
                    "eoasFrom": "2027-01-31",
                    "isEol": False,
                    "eolFrom": None,
                    "isEoes": None,
                    "latest": {"name": "9.4.1", "date": "2026-01-01"},
                },
                {"name": "8", "label": "8", "releaseDate": "soon", "isEol": True, "eolFrom": "2025-06-30"},
            ],
        }
    ],
}


def test_the_public_document_reads_as_json_lines_do(tmp_path: Path) -> None:
    file = tmp_path / "full.json"
    file.write_bytes(gzip.compress(json.dumps(PUBLIC).encode()))
    product = read_feed(file).products["quillbase"]
    nine, eight = product.releases
    assert (product.title, product.cpe, product.other_names) == ("Quillbase", "cpe:2.3:a:quill:quillbase", ("quill",))
    assert (nine.cycle, nine.label, nine.latest) == ("9", "9 LTS", "9.4.1")
    assert (nine.lifecycle.active, nine.lifecycle.security, nine.lifecycle.extended) == (
        End(on=date(2027, 1, 31)),
        End(over=False),
        End(),
    )
    assert (eight.label, eight.lifecycle.security) == (None, End(on=date(2025, 6, 30)))
    assert "“releaseDate” is 'soon'" in eight.lifecycle.problems[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is no lifecycle data"),
        (b"<html>", "is no lifecycle data"),
        (b'{"result": [{"label": "no name"}]}', "product 1: there is no “name”"),
        (b'{"result": []}', "there is no product"),
        (b'{"result": [{"name": "a"}, {"name": "a"}]}', "product 2: “a” was described before"),
        (b'{"slug": "a", "title": "A"}\n{"slug"', "line 2: is not JSON"),
        (b"\x1f\x8bbroken", "cannot be read"),
    ],
)
def test_what_is_no_feed_is_refused_with_its_place(content: bytes, said: str, tmp_path: Path) -> None:
    file = tmp_path / "feed"
    file.write_bytes(content)
    with pytest.raises(UnreadableCatalogue, match=said):
        read_feed(file)


def test_less_than_half_is_not_believed() -> None:
    last = Extent(products=10, releases=100, dated=80)
    assert shrunk(Extent(5, 50, 40), last) == ""
    assert shrunk(Extent(4, 100, 80), last) == "It holds 4 products; the last one held 10."
    assert shrunk(Extent(10, 100, 39), last) == "It holds 39 known ends of life; the last one held 80."


def test_every_fact_that_ships_names_its_source_and_day() -> None:
    shipped = read_catalogue(SHIPPED_FILE)
    assert extent_of(shipped).releases > 100
    for product in shipped:
        assert product.source_url.startswith("https://"), product.slug
        for release in product.releases:
            assert release.lifecycle.checked is not None, (product.slug, release.cycle)
            assert not release.lifecycle.problems, (product.slug, release.cycle)

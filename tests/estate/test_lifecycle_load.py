"""`sightline lifecycle load`: taken whole, not twice, never shrunk unseen, and our own entries left alone."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from sightline.estate.catalogue_queries import catalogue_on_record
from sightline.estate.domain.catalogue import read_catalogue
from sightline.estate.lifecycle_actions import SHIPPED_FILE, HasShrunk, load_lifecycle
from sightline.estate.models import LifecycleLoad, Product, Release
from sightline.partnership.access import Refused
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.fetching import CannotFetch, fetch
from tests.scrutiny.conftest import Places, account


def feed(path: Path, products: int, **first: Any) -> Path:
    lines = [
        {"slug": f"quill-{n}", "title": f"Quill {n}", "releases": [{"releaseCycle": "1", "eol": "2027-01-31"}]}
        for n in range(products)
    ]
    lines[0].update(first)
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


@pytest.mark.django_db
def test_a_feed_is_taken_whole_or_not_at_all(places: Places, tmp_path: Path) -> None:
    ict = account("ict", RoleKind.ICT, places.north)
    with pytest.raises(Refused):
        load_lifecycle("shipped", by=account("clerk-too", RoleKind.CLERK, places.north))
    told = load_lifecycle("shipped", by=ict)
    assert told.new == told.extent.products + told.extent.releases
    # What is on record is what the file says, to the last fact but where products come from.
    for ours, theirs in zip(catalogue_on_record(), read_catalogue(SHIPPED_FILE), strict=True):
        assert (ours.slug, ours.releases, ours.source) == (theirs.slug, theirs.releases, theirs.source)
    assert load_lifecycle("shipped", by=ict).unchanged

    Product.objects.create(slug="quill-3", title="Our own Quill", own=True)
    first = load_lifecycle(str(feed(tmp_path / "one.jsonl", 6)), by=ict)
    assert (first.new, first.left, first.gone) == (10, ["quill-3"], [])
    with pytest.raises(HasShrunk, match=r"It holds 2 products; the last one held 6\. Nothing was changed"):
        load_lifecycle(str(feed(tmp_path / "less.jsonl", 2)), by=ict)
    assert LifecycleLoad.objects.count() == 2

    later = feed(tmp_path / "later.jsonl", 5, title="Quill, renamed", releases=[{"releaseCycle": "2", "eol": False}])
    second = load_lifecycle(str(later), by=ict)
    assert (second.new, second.gone) == (1, ["quill-5", "quill-0 1"])
    gone = Release.objects.get(product__slug="quill-0", cycle="1")
    assert gone.left_on is not None
    assert gone.history.count() == 2
    assert Product.objects.get(slug="quill-0").title == "Quill, renamed"
    assert Product.objects.get(slug="quill-3").title == "Our own Quill"
    confirmed = load_lifecycle(str(feed(tmp_path / "less.jsonl", 2)), by=ict, confirmed=True)
    assert confirmed.extent.products == 2
    # The table that ships never takes the place of what was published since.
    assert Product.objects.filter(shipped=True).count() == told.extent.products


@pytest.fixture
def published(tmp_path: Path) -> Iterator[tuple[str, list[str | None]]]:
    """A feed at an address that knows ETags, and what each visitor said it has."""
    content = feed(tmp_path / "feed.jsonl", 3).read_bytes()
    asked: list[str | None] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.headers.get("If-None-Match"))
            if self.path != "/feed":
                self.send_error(404)
                return
            self.send_response(304 if asked[-1] == '"one"' else 200)
            self.send_header("ETag", '"one"')
            self.end_headers()
            if asked[-1] != '"one"':
                self.wfile.write(content)

        def log_message(self, *args: object) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@pytest.mark.django_db
def test_an_address_is_not_read_twice_for_the_same_etag(published: tuple[str, list[str | None]]) -> None:
    address, asked = published
    assert load_lifecycle(f"{address}/feed", by=None).new == 6
    again = load_lifecycle(f"{address}/feed", by=None)
    assert (again.unchanged, again.extent.products, asked) == (True, 3, [None, '"one"'])
    assert LifecycleLoad.objects.count() == 1
    with pytest.raises(CannotFetch, match="answered 404"):
        load_lifecycle(f"{address}/elsewhere", by=None)
    with pytest.raises(CannotFetch, match="only addresses that begin with https"):
        fetch("file:///etc/passwd", Path("nowhere"), limit_bytes=1)

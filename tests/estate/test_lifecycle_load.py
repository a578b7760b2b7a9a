"""`sightline lifecycle load`: taken whole, not twice, never shrunk unseen, and our own entries left alone."""

from __future__ import annotations

import datetime
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from sightline.estate.catalogue_queries import catalogue_on_record
from sightline.estate.domain.catalogue import read_catalogue
from sightline.estate.domain.inventory import open_inventory
from sightline.estate.inventory_actions import import_inventory
from sightline.estate.lifecycle_actions import SHIPPED_FILE, HasShrunk, load_lifecycle
from sightline.estate.models import Installation, LifecycleLoad, Product, Release
from sightline.partnership import daily
from sightline.partnership.access import Refused
from sightline.partnership.audit_models import DailyRun
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


@pytest.mark.django_db
def test_the_feed_is_loaded_daily_where_that_is_switched_on_and_a_refusal_stops_nothing_else(
    places: Places, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = timezone.localdate()
    known = {job.name: job for job in daily.jobs()}
    after = daily.Job("after", "Whatever comes after it", lambda _on: {"done": 1})
    monkeypatch.setattr(daily, "_jobs", {"lifecycle-feed": known["lifecycle-feed"], "after": after})

    def run(days_ago: int) -> list[tuple[str, dict[str, int], str]]:
        return [(one.became, dict(one.did), one.why) for one in daily.run(today - datetime.timedelta(days=days_ago))]

    settings.LIFECYCLE_FEED = ""
    assert run(5) == [("done", {}, ""), ("done", {"done": 1}, "")]
    assert not LifecycleLoad.objects.exists()
    # What was found before its product was known is recognised again with it.
    ict = account("ict", RoleKind.ICT, places.north)
    inventory = tmp_path / "depot.csv"
    inventory.write_text("AssetName,Software,Version,Publisher,InstallDate\npc1,Quill 4,1.0,,\n", encoding="utf-8")
    import_inventory(open_inventory(inventory), council=places.north, by=ict)
    assert Installation.objects.get().release is None
    settings.LIFECYCLE_FEED = str(feed(tmp_path / "feed.jsonl", 6))
    told = {"new": 12, "changed": 0, "no longer named": 0, "recognised again": 1, "unchanged": 0}
    assert run(4)[0] == ("done", told, "")
    assert str(Installation.objects.get().release) == "Quill 4 1"
    assert run(3)[0][1]["unchanged"]
    # It has shrunk: nothing is taken, whoever runs the jobs is told why, and the next job is done all the same.
    settings.LIFECYCLE_FEED = str(feed(tmp_path / "feed.jsonl", 2))
    refused, other = run(2)
    assert (refused[0], other[0]) == ("failed", "done")
    assert "holds 2 products; the last one held 6. Nothing was changed." in refused[2]
    assert DailyRun.objects.get(job="lifecycle-feed", failure="HasShrunk").ended_at is None
    settings.LIFECYCLE_FEED = "https://127.0.0.1:1/feed"
    assert [one[0] for one in run(1)] == ["failed", "done"]
    # What failed is tried again when it is asked for again, and what was done is not.
    settings.LIFECYCLE_FEED = str(feed(tmp_path / "feed.jsonl", 7))
    assert [one[0] for one in run(1)] == ["done", "done before"]
    assert Product.objects.filter(slug="quill-6").exists()


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

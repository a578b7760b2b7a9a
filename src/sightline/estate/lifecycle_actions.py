"""Taking lifecycle data in: the whole of it or nothing, and what shrank only when somebody confirms it."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from sightline.estate.catalogue_queries import ENDS
from sightline.estate.domain import catalogue, lifecycle_feed
from sightline.estate.models import LifecycleLoad, Product, Release
from sightline.kernel.errors import SightlineError
from sightline.partnership import access
from sightline.partnership.fetching import fetch, is_address
from sightline.partnership.models import User
from sightline.partnership.records import keep, keep_changes, keep_many

LOAD = "estate.load_lifecycle"
SHIPPED = "shipped"
SHIPPED_SOURCE = "Sightline's own table"
SHIPPED_FILE = Path(__file__).parent / "facts" / "lifecycle.jsonl"
REASON = "lifecycle data loaded"


class HasShrunk(SightlineError):
    """The feed tells less than half of what the last one told; nothing was changed."""


@dataclass
class Loaded:
    """What a load did. left: the partnership's own entries that it left as they are. gone: what its source no longer
    names; it stays on record."""

    source: str
    extent: lifecycle_feed.Extent
    new: int = 0
    changed: int = 0
    gone: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    unchanged: bool = False


def load_lifecycle(said: str, *, by: User | None, confirmed: bool = False) -> Loaded:
    """Take lifecycle data in: from a file, from an address (with ETag), or the table that comes with Sightline.

    by: who asks; None for the scheduler.

    Raises:
        Refused: the account may not.
        CannotFetch, UnreadableCatalogue: it cannot be had, or cannot be read; the message says where.
        HasShrunk: it tells less than half of what the last one told, and nobody confirmed it.
    """
    if by is not None:
        access.require(by, LOAD, council=None)
    with had(said) as found:
        return take(found, by=by, confirmed=confirmed)


@dataclass(frozen=True, slots=True)
class Had:
    """Lifecycle data that was got and is not taken in yet. file: None where it is what the last load took."""

    file: Path | None
    source: str
    address: str
    etag: str = ""


@contextlib.contextmanager
def had(said: str) -> Iterator[Had]:
    """Get lifecycle data, from where ``load_lifecycle`` takes it; what was fetched is there within the block. It reads
    the database and writes nothing, so that nobody waits for a slow address.

    Raises:
        CannotFetch: its address does not give it.
    """
    if said == SHIPPED:
        yield Had(SHIPPED_FILE, SHIPPED_SOURCE, SHIPPED)
    elif not is_address(said):
        yield Had(Path(said), catalogue.PUBLISHED, Path(said).name)
    else:
        last = _last(catalogue.PUBLISHED)
        etag = last.etag if last is not None and last.address == said else ""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "feed.json"
            found = fetch(said, file, etag=etag, limit_bytes=lifecycle_feed.SIZE_LIMIT_BYTES)
            unchanged = found.unchanged and last is not None
            yield Had(None if unchanged else file, catalogue.PUBLISHED, said, found.etag)


def take(found: Had, *, by: User | None, confirmed: bool = False) -> Loaded:
    """Take in what was got.

    Raises:
        UnreadableCatalogue, HasShrunk: as ``load_lifecycle`` says; nothing was changed.
    """
    last = _last(found.source)
    if found.file is None and last is not None:
        return _as_before(last, by=by)
    assert found.file is not None
    return _take(found.file, source=found.source, address=found.address, etag=found.etag, by=by, confirmed=confirmed)


def _last(source: str) -> LifecycleLoad | None:
    return LifecycleLoad.objects.filter(source=source).first()


def _as_before(last: LifecycleLoad, *, by: User | None) -> Loaded:
    keep(last, by=by, reason="found unchanged", checked_on=timezone.localdate())
    return Loaded(last.source, lifecycle_feed.Extent(last.products, last.releases, last.dated_releases), unchanged=True)


@transaction.atomic
def _take(file: Path, *, source: str, address: str, etag: str, by: User | None, confirmed: bool) -> Loaded:
    feed = lifecycle_feed.read_feed(file)
    fingerprint = hashlib.sha256(file.read_bytes()).hexdigest()
    last = _last(source)
    if last is not None and last.fingerprint == fingerprint:
        return _as_before(last, by=by)
    extent = lifecycle_feed.extent_of(feed)
    if last is not None and not confirmed:
        before = lifecycle_feed.Extent(last.products, last.releases, last.dated_releases)
        if reason := lifecycle_feed.shrunk(extent, before):
            raise HasShrunk(f"{address}: {reason} Nothing was changed. If that is right, confirm it: --confirm-shrunk.")
    told = Loaded(source, extent)
    today = timezone.localdate()
    _take_products(feed, told, shipped=address == SHIPPED, today=today, by=by)
    keep(
        LifecycleLoad(),
        by=by,
        reason=REASON,
        source=source,
        address=address[:500],
        etag=etag[:300],
        fingerprint=fingerprint,
        products=extent.products,
        releases=extent.releases,
        dated_releases=extent.dated,
        confirmed=confirmed,
        checked_on=today,
        loaded_by=by,
    )
    return told


def _take_products(
    feed: catalogue.Catalogue, told: Loaded, *, shipped: bool, today: datetime.date, by: User | None
) -> None:
    known = {row.slug: row for row in Product.objects.select_for_update()}
    taken: dict[str, Product] = {}
    new, changed = [], []
    for product in feed:
        row = known.get(product.slug)
        if row is not None and (row.own or (shipped and not row.shipped)):
            told.left.append(row.slug)
            continue
        facts = _product_facts(product, shipped=shipped, today=today)
        if row is None:
            row = Product(slug=product.slug, **facts)
            new.append(row)
        elif _differs(row, facts):
            changed.append(row)
        taken[product.slug] = row
    for row in known.values():
        if row.slug not in feed and not row.own and row.shipped == shipped and row.left_on is None:
            row.left_on = today
            told.gone.append(row.slug)
            changed.append(row)
    keep_many(new, Product, by=by, reason=REASON)
    keep_changes(changed, Product, _PRODUCT_FACTS, by=by, reason=REASON)
    told.new += len(new)
    told.changed += len(changed)
    _take_releases(feed, taken, told, today=today, by=by)


def _take_releases(
    feed: catalogue.Catalogue, taken: Mapping[str, Product], told: Loaded, *, today: datetime.date, by: User | None
) -> None:
    known: dict[tuple[int, str], Release] = {
        (row.product_id, row.cycle): row
        for row in Release.objects.filter(product__own=False).select_for_update(of=("self",))
    }
    new: list[Release] = []
    changed: list[Release] = []
    for slug, product in taken.items():
        for place, release in enumerate(feed.products[slug].releases):
            facts = _release_facts(release, place, today)
            row = known.pop((product.pk, release.cycle), None)
            if row is None:
                new.append(Release(product=product, cycle=release.cycle, **facts))
            elif _differs(row, facts):
                changed.append(row)
    whole = {product.pk: slug for slug, product in taken.items()}
    for (product_id, cycle), row in known.items():
        if product_id in whole and row.left_on is None:
            row.left_on = today
            told.gone.append(f"{whole[product_id]} {cycle}")
            changed.append(row)
    keep_many(new, Release, by=by, reason=REASON)
    keep_changes(changed, Release, _RELEASE_FACTS, by=by, reason=REASON)
    told.new += len(new)
    told.changed += len(changed)


_PRODUCT_FACTS = (
    "title", "supplier", "category", "tags", "other_names", "identifiers", "source", "source_url", "checked_on",
    "shipped", "left_on",
)  # fmt: skip
_RELEASE_FACTS = (
    "label", "codename", "latest", "released_on", *(f"{end}_{part}" for end in ENDS for part in ("on", "over")),
    "problems", "place", "source", "source_url", "checked_on", "left_on",
)  # fmt: skip


def _product_facts(product: catalogue.Product, *, shipped: bool, today: datetime.date) -> dict[str, Any]:
    return {
        "title": product.title[:200],
        "supplier": product.supplier[:200],
        "category": product.category[:60],
        "tags": list(product.tags),
        "other_names": list(product.other_names),
        "identifiers": [list(pair) for pair in product.identifiers],
        "source": product.source,
        "source_url": product.source_url or (f"https://endoflife.date/{product.slug}" if not shipped else ""),
        "checked_on": next(
            (one.lifecycle.checked for one in product.releases if one.lifecycle.checked), None if shipped else today
        ),
        "shipped": shipped,
        "left_on": None,
    }


def _release_facts(release: catalogue.Release, place: int, today: datetime.date) -> dict[str, Any]:
    lifecycle = release.lifecycle
    return {
        "label": (release.label or "")[:200],
        "codename": (release.codename or "")[:120],
        "latest": (release.latest or "")[:120],
        "released_on": lifecycle.released,
        **{f"{end}_{part}": getattr(getattr(lifecycle, end), part) for end in ENDS for part in ("on", "over")},
        "problems": list(lifecycle.problems),
        "place": place,
        "source": lifecycle.source,
        "source_url": "",
        "checked_on": lifecycle.checked or today,
        "left_on": None,
    }


def _differs(row: models.Model, facts: Mapping[str, Any]) -> bool:
    """Set facts on a row, and whether anything but the day they were looked up was another before."""
    differs = any(getattr(row, name) != value for name, value in facts.items() if name != "checked_on")
    if differs:
        for name, value in facts.items():
            setattr(row, name, value)
    return differs

"""The catalogue as it is on record, as the values that recognition and the verdict reckon with."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from sightline.estate.domain import catalogue
from sightline.estate.domain.lifecycle import End, Lifecycle
from sightline.estate.models import LifecycleLoad, Product, Release
from sightline.partnership import access
from sightline.partnership.access import Account

ENDS = ("active", "security", "extended")


def lifecycle_of(release: Release) -> Lifecycle:
    """Until when a release line on record is supported."""
    active, security, extended = (
        End(on=getattr(release, f"{end}_on"), over=getattr(release, f"{end}_over")) for end in ENDS
    )
    return Lifecycle(
        release.released_on,
        active,
        security,
        extended,
        tuple(release.problems),
        release.source,
        release.checked_on,
    )


def catalogue_on_record() -> catalogue.Catalogue:
    """Every product on record with its release lines, in their source's order."""
    releases: dict[int, list[Release]] = {}
    for release in Release.objects.order_by("product_id", "place", "pk"):
        releases.setdefault(release.product_id, []).append(release)
    products = Product.objects.order_by("pk")
    return catalogue.Catalogue({row.slug: as_catalogued(row, releases.get(row.pk, ())) for row in products})


def as_catalogued(row: Product, releases: Iterable[Release] = ()) -> catalogue.Product:
    """A product on record with some of its release lines, as a value."""
    return catalogue.Product(
        slug=row.slug,
        title=row.title,
        category=row.category,
        tags=tuple(row.tags),
        other_names=tuple(row.other_names),
        identifiers=tuple((kind, value) for kind, value in row.identifiers),
        releases=tuple(
            catalogue.Release(
                cycle=release.cycle,
                label=release.label or None,
                codename=release.codename or None,
                latest=release.latest or None,
                lifecycle=lifecycle_of(release),
            )
            for release in releases
        ),
        source=row.source,
        supplier=row.supplier,
        source_url=row.source_url,
    )


def products(account: Account, *, words: str = "", own: bool = False) -> QuerySet[Product]:
    """The products of the catalogue that an account may see."""
    found = access.visible(account, Product.objects.all())
    if own:
        found = found.filter(own=True)
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(supplier__icontains=word) | Q(slug__icontains=word))
    return found.order_by(Lower("title"), "slug")


def loads() -> list[LifecycleLoad]:
    """The newest load of each source."""
    newest: dict[str, LifecycleLoad] = {}
    for load in LifecycleLoad.objects.all():
        newest.setdefault(load.source, load)
    return list(newest.values())

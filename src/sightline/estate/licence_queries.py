"""The reads of licences: lists, positions, what ends when and what it costs."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.urls import NoReverseMatch
from django.utils import timezone

from sightline.estate.catalogue_queries import lifecycle_of
from sightline.estate.domain import entitlements, renewals
from sightline.estate.domain.entitlements import Entitlement, Line, Metric, Need, Position, Standing
from sightline.estate.domain.lifecycle import in_words
from sightline.estate.models import CountedUse, Installation, Licence, Product, Release, System
from sightline.kernel.publication import Publication
from sightline.partnership import access, succession
from sightline.partnership import queries as partnership
from sightline.partnership.access import Account
from sightline.partnership.models import Council

SHARED = "shared"
_Key = tuple[str, int, str]


def licences(account: Account) -> QuerySet[Licence]:
    """The licences that an account may see, by name."""
    found = Licence.objects.select_related("council__successor", "system", "release__product").prefetch_related(
        "products"
    )
    return access.visible(account, found)


def licence(account: Account, reference: str) -> Licence | None:
    """One licence that an account may see."""
    return licences(account).filter(reference=reference).first()


SORTS: dict[str, tuple[str | Combinable, ...]] = {
    "name": ("name", "reference"),
    "end": (F("ends_on").asc(nulls_last=True), "reference"),
    "cost": (F("cost_pence").desc(nulls_last=True), "reference"),
    "supplier": ("supplier", "name", "reference"),
}


@dataclass(frozen=True, slots=True)
class LicenceFilter:
    """What a list of licences is narrowed by. council: None for any. shared: those of no one council."""

    council: Council | None = None
    shared: bool = False
    metric: str = ""
    state: str = ""
    words: str = ""
    sort: str = "name"


def narrowed(found: QuerySet[Licence], by: LicenceFilter, on: datetime.date) -> QuerySet[Licence]:
    """A list of licences, narrowed and in order."""
    if by.shared:
        found = found.filter(council__isnull=True)
    elif by.council is not None:
        found = found.filter(council=by.council)
    if by.metric:
        found = found.filter(metric=by.metric)
    over = Q(ends_on__lt=on)
    if by.state == "over":
        found = found.filter(over)
    elif by.state == "in-force":
        found = found.exclude(over).filter(Q(starts_on__isnull=True) | Q(starts_on__lte=on))
    elif by.state == "unknown-product":
        found = found.filter(products__isnull=True)
    if by.words:
        named = Q(name__icontains=by.words) | Q(supplier__icontains=by.words) | Q(products__title__icontains=by.words)
        found = found.filter(named | Q(reference__iexact=by.words)).distinct()
    return found.order_by(*SORTS.get(by.sort, SORTS["name"]))


def entitlement_of(licence: Licence) -> Entitlement:
    """A licence as the position is reckoned with."""
    covers = tuple(
        Line(product.slug, licence.release.cycle, licence.release.place) if licence.release else Line(product.slug)
        for product in licence.products.all()
    )
    return Entitlement(
        reference=licence.reference,
        metric=Metric(licence.metric),
        quantity=licence.quantity,
        covers=covers,
        council=licence.council.gss_code if licence.council else "",
        upgrade=licence.upgrade,
        downgrade=licence.downgrade,
        together=licence.covers_together,
        starts=licence.starts_on,
        ends=licence.ends_on,
    )


def needs(account: Account, products: Sequence[Product]) -> list[tuple[Metric, Need]]:
    """What is used of some products, from what discovery found, from the users of systems, and from counts.

    A device counts once for a product, by its newest line: whoever has two beside each other needs the newer licence.
    """
    slugs = {product.pk: product.slug for product in products}
    return [*_found(account, slugs), *_counted(account, slugs)]


def _found(account: Account, slugs: dict[int, str]) -> list[tuple[Metric, Need]]:
    rows = (
        access.visible(account, Installation.objects.filter(product__in=slugs, gone_on__isnull=True))
        .order_by()
        .values_list("council__gss_code", "product", "device", "person", "release__cycle", "release__place")
    )
    devices: dict[tuple[str, int, str], Line] = {}
    people: dict[tuple[str, int, str], Line] = {}
    nameless: set[tuple[str, int]] = set()
    for gss_code, product, device, person, cycle, place in rows:
        line = Line(slugs[product], cycle or "", place)
        _newest(devices, (gss_code or "", product, device.casefold()), line)
        if person:
            _newest(people, (gss_code or "", product, person.casefold()), line)
        else:
            nameless.add((gss_code or "", product))
    by_device = [
        (Metric.DEVICE, Need(gss_code, line, 1, device)) for (gss_code, _, device), line in sorted(devices.items())
    ]
    # Where a tool names no user for some machine, how many people use it is not known.
    by_person = [
        (Metric.NAMED_USER, Need(gss_code, line, 1, person))
        for (gss_code, product, person), line in sorted(people.items())
        if (gss_code, product) not in nameless
    ]
    return [*by_device, *by_person]


def _newest(known: dict[_Key, Line], key: _Key, line: Line) -> None:
    before = known.get(key)
    if before is None or (line.place is not None and (before.place is None or line.place < before.place)):
        known[key] = line


def _counted(account: Account, slugs: dict[int, str]) -> list[tuple[Metric, Need]]:
    """The newest counts; and, for subscriptions that nobody counted, the users of the systems that are the product."""
    found: dict[tuple[str, int, str], int] = {}
    counts = access.visible(account, CountedUse.objects.filter(product__in=slugs)).order_by("counted_on", "pk")
    for gss_code, product, metric, amount in counts.values_list("council__gss_code", "product", "metric", "amount"):
        found[gss_code or "", product, metric] = amount
    systems = access.visible(account, System.objects.filter(product__in=slugs, users__isnull=False, retired_on=None))
    users: dict[tuple[str, int, str], int] = defaultdict(int)
    for gss_code, product, number in systems.order_by().values_list("council__gss_code", "product", "users"):
        for metric in (Metric.SUBSCRIPTION, Metric.NAMED_USER):
            users[gss_code or "", product, metric.value] += number or 0
    return [
        (Metric(metric), Need(gss_code, Line(slugs[product]), amount))
        for (gss_code, product, metric), amount in sorted({**users, **found}.items())
    ]


@dataclass(frozen=True, slots=True)
class Row:
    """A position with the names that a page shows."""

    position: Position
    product: Product
    council: Council | None

    @property
    def standing(self) -> Standing:
        return self.position.standing


def positions(
    account: Account, on: datetime.date, *, council: Council | None = None, product: Product | None = None
) -> list[Row]:
    """The position of every product for which there is a licence that an account may see; the pressing ones first.

    Shared licences are reckoned over all councils whose use the account may see.
    """
    held = list(licences(account))
    known = {one.pk: one for licence in held for one in licence.products.all()}
    if product is not None:
        known = {pk: one for pk, one in known.items() if pk == product.pk}
    entitled = [entitlement_of(licence) for licence in held]
    used = _without_doubles(needs(account, list(known.values())))
    by_slug = {one.slug: one for one in known.values()}
    councils = {one.gss_code: one for one in partnership.councils()}
    rows = [
        Row(one, by_slug[one.product], councils.get(one.council))
        for one in entitlements.positions(entitled, used, on=on)
        if one.product in by_slug and (council is None or one.council in ("", council.gss_code))
    ]
    order = [Standing.SHORT, Standing.UNKNOWN, Standing.OVER, Standing.RIGHT]
    return sorted(
        rows,
        key=lambda row: (
            order.index(row.standing),
            -row.position.missing,
            row.product.title.casefold(),
            row.council.name if row.council else "",
        ),
    )


def _without_doubles(used: list[tuple[Metric, Need]]) -> list[tuple[Metric, Need]]:
    """A number that somebody counted holds instead of what discovery found by the same metric, not beside it."""
    counted = {(metric, need.council, need.line.product) for metric, need in used if not need.holder}
    return [
        (metric, need)
        for metric, need in used
        if not need.holder or (metric, need.council, need.line.product) not in counted
    ]


def terms(account: Account, *, but: Publication | None = None) -> list[renewals.Term]:
    """Every licence and every system's contract that an account may see, as what ends on some day.

    A licence that belongs to a system whose contract costs something is counted in the contract's price, not again.

    but: a publication state whose records are left out.
    """
    left_out = but.value if but is not None else ""
    running = System.objects.filter(retired_on__isnull=True).exclude(publication=left_out)
    systems = access.visible(account, running).select_related("council__successor")
    with_cost = {system.pk for system in systems if system.cost_pence}
    site = settings.SITE_ADDRESS
    found = [
        renewals.Term(
            reference=system.reference,
            title=system.name,
            council=system.council.name if system.council else "",
            cost_pence=system.cost_pence,
            starts=system.contract_starts_on,
            ends=system.contract_ends_on,
            notice=system.notice_on,
            address=_place(site, system),
            until=succession.note(system.council, short=True),
        )
        for system in systems
    ]
    found += [
        renewals.Term(
            reference=licence.reference,
            title=licence.name,
            council=licence.council.name if licence.council else "",
            cost_pence=None if licence.system_id in with_cost else licence.cost_pence,
            starts=licence.starts_on,
            ends=licence.ends_on,
            notice=licence.notice_on,
            address=f"{site}{licence.get_absolute_url()}",
            until=succession.note(licence.council, short=True),
        )
        for licence in licences(account).exclude(publication=left_out)
    ]
    return found


def known_of(system: System) -> list[tuple[str, str]]:
    """What the register knows of a system, as a software audit asks about it: names and texts."""
    found = system.installations.filter(gone_on__isnull=True).count()
    release: Release | None = system.release
    facts = [
        ("What it is for", system.function),
        ("Supplier", system.supplier),
        ("Product", str(release or system.product or "")),
        ("Version", system.version),
        ("Support", lifecycle_of(release).explained(timezone.localdate()) if release else ""),
        ("Users", f"{system.users:,}" if system.users is not None else ""),
        ("Contract ends", in_words(system.contract_ends_on) if system.contract_ends_on else ""),
        ("Installations found", f"{found:,}" if found else ""),
        ("Licences", ", ".join(f"{one.reference} ({one.counts})" for one in system.licences.all())),
    ]
    return [(name, value or "Not known") for name, value in facts]


def titles(products: Iterable[Product]) -> str:
    """The names of some products, in one line."""
    return ", ".join(product.title for product in products)


def _place(site: str, system: System) -> str:
    try:
        return f"{site}{system.get_absolute_url()}"
    except NoReverseMatch:
        return ""

"""Keeping licences, and counts of what is used."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sightline.estate.domain.entitlements import Metric
from sightline.estate.models import CountedUse, Licence, Product, Release, System
from sightline.kernel.errors import SightlineError
from sightline.partnership import access, succession
from sightline.partnership.actions import keep_attachment
from sightline.partnership.models import Attachment, Council, User
from sightline.partnership.records import keep, keep_links

KEEP = "estate.keep_licence"


class CannotKeepLicence(SightlineError):
    """A licence or count cannot be kept as asked; nothing was changed. ``field`` is the one to mend."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class LicenceFacts:
    """What a licence says. quantity: None where not known or unlimited. cost_pence: a year."""

    name: str
    metric: Metric
    quantity: int | None = None
    council: Council | None = None
    supplier: str = ""
    products: tuple[Product, ...] = ()
    release: Release | None = None
    names_product: str = ""
    covers_together: bool = False
    upgrade: bool = False
    downgrade: bool = False
    system: System | None = None
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    notice_on: datetime.date | None = None
    cost_pence: int | None = None
    file: tuple[str, bytes] | None = field(default=None, repr=False)


@transaction.atomic
def keep_licence(*, facts: LicenceFacts, by: User, licence: Licence | None = None) -> Licence:
    """Keep a new licence, or change one that is kept. Whose it is stays as it was once it is kept.

    Raises:
        Refused: the account may not keep licences for the council.
        CannotKeepLicence: it ends before it starts; nothing says what it covers; an unlimited one has a quantity.
    """
    council = licence.council if licence is not None else facts.council
    access.require(by, KEEP, council=council)
    _check(facts)
    new = licence is None
    if new:
        _check_council(council, "licence")
    if licence is None:
        licence = Licence(council=council, reference=next_reference("L", Licence, timezone.localdate().year))
    keep(
        licence,
        by=by,
        reason="licence kept" if new else "licence changed",
        name=_line(facts.name),
        supplier=_line(facts.supplier),
        metric=facts.metric.value,
        quantity=facts.quantity,
        release=facts.release,
        names_product=_line(facts.names_product),
        covers_together=facts.covers_together,
        upgrade=facts.upgrade,
        downgrade=facts.downgrade,
        system=facts.system,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
        notice_on=facts.notice_on,
        cost_pence=facts.cost_pence,
        **_document(facts, by),
    )
    keep_links(licence, "products", facts.products, by=by, reason="what the licence covers")
    return licence


def _line(text: str) -> str:
    return " ".join(text.split())


def _document(facts: LicenceFacts, by: User) -> dict[str, Any]:
    if facts.file is None:
        return {}
    attachment, name = attached(*facts.file, by=by)
    return {"document": attachment, "document_name": name}


def attached(name: str, content: bytes, *, by: User) -> tuple[Attachment, str]:
    """A file as it was received, and its name without folders.

    Raises:
        CannotKeepLicence: it is empty or too large.
    """
    name = _line(name.replace("\\", "/").rsplit("/", 1)[-1])[-255:] or "document"
    if not content:
        raise CannotKeepLicence("file", f"“{name}” is empty. Check that the whole file was saved.")
    if len(content) > settings.UPLOAD_LIMIT_BYTES:
        most = settings.UPLOAD_LIMIT_BYTES // 1024 // 1024
        raise CannotKeepLicence("file", f"“{name}” is larger than {most} MB. Send the pages that matter.")
    kept = keep_attachment(name=name, media_type="application/octet-stream", content=content, by=by)
    return kept, name


def _check(facts: LicenceFacts) -> None:
    if facts.starts_on and facts.ends_on and facts.ends_on < facts.starts_on:
        raise CannotKeepLicence("ends_on", "It cannot end before it starts. Check both days.")
    if facts.notice_on and facts.ends_on and facts.notice_on > facts.ends_on:
        raise CannotKeepLicence("notice_on", "The last day to give notice cannot lie after its end.")
    if facts.quantity is not None and facts.quantity < 0:
        raise CannotKeepLicence("quantity", "How many must be 0 or more.")
    if facts.cost_pence is not None and facts.cost_pence < 0:
        raise CannotKeepLicence("cost", "What it costs must be 0 or more.")
    if facts.metric is Metric.UNLIMITED and facts.quantity is not None:
        raise CannotKeepLicence("quantity", "An unlimited licence has no quantity. Leave it empty.")
    if not facts.products and not facts.names_product.strip():
        raise CannotKeepLicence("products", "Say what it covers: choose products, or give its own words.")
    if facts.release is not None and [facts.release.product_id] != [product.pk for product in facts.products]:
        raise CannotKeepLicence("release", "A release line can be given where the licence covers its product alone.")


def _check_council(council: Council | None, what: str, on: datetime.date | None = None) -> None:
    try:
        succession.require_lasting(council, what=what, on=on)
    except succession.CouncilHasEnded as error:
        raise CannotKeepLicence("council", error.message) from error


def next_reference(letters: str, kind: Any, year: int) -> str:
    """The next reference of a year, such as L2026-004. Whoever asks holds the lock until their transaction ends."""
    kind.objects.select_for_update(of=("self",)).order_by("-pk").first()
    begins = f"{letters}{year}-"
    given = kind.objects.filter(reference__startswith=begins).values_list("reference", flat=True)
    last = max((int(one.removeprefix(begins)) for one in given), default=0)
    return f"{begins}{last + 1:03d}"


@transaction.atomic
def count_use(
    *,
    product: Product,
    council: Council | None,
    metric: Metric,
    amount: int,
    counted_on: datetime.date,
    source: str,
    by: User,
) -> CountedUse:
    """Keep how much of a product was counted to be used on a day.

    Raises:
        Refused: the account may not keep licences for the council.
        CannotKeepLicence: the day lies ahead; the amount is negative; nothing says how it was counted.
    """
    access.require(by, KEEP, council=council)
    if counted_on > timezone.localdate():
        raise CannotKeepLicence("counted_on", "The day of the count must be today or earlier.")
    _check_council(council, "count", counted_on)
    if amount < 0:
        raise CannotKeepLicence("amount", "How many must be 0 or more.")
    if not source.strip():
        raise CannotKeepLicence("source", "Say how it was counted, such as the name of the report.")
    count = CountedUse(
        product=product,
        council=council,
        metric=metric.value,
        amount=amount,
        counted_on=counted_on,
        source=_line(source),
    )
    keep(count, by=by, reason="use counted")
    return count


def products_called(slugs: Iterable[str]) -> tuple[Product, ...]:
    """The products with some slugs, in the order of the list; what names none is left out."""
    known = {product.slug: product for product in Product.objects.filter(slug__in=list(slugs))}
    return tuple(known[slug] for slug in slugs if slug in known)

"""The partnership's own entries of the catalogue: what no public catalogue covers, each with its source."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from sightline.estate.models import Product, Release
from sightline.kernel.errors import SightlineError
from sightline.partnership import access
from sightline.partnership.domain.slugs import slug_of
from sightline.partnership.models import User
from sightline.partnership.records import keep

KEEP = "estate.keep_catalogue"
REASON = "own entry"


class CannotKeepProduct(SightlineError):
    """An entry cannot be kept as asked; nothing was changed. ``field`` is the one to mend."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Line:
    """A release line as its keeper says it. ends: the last day of support; None where nobody knows."""

    cycle: str
    ends: datetime.date | None


@transaction.atomic
def keep_product(
    *,
    by: User,
    title: str,
    supplier: str,
    lines: Sequence[Line],
    source: str,
    checked_on: datetime.date | None,
    source_url: str = "",
    record: Product | None = None,
) -> Product:
    """Add an entry, or, with ``record``, change one. A release line that is no longer named stays, as left.

    lines: the newest first.

    Raises:
        Refused: the account may not keep the catalogue.
        CannotKeepProduct: something is missing, stands twice, or the entry is not the partnership's own.
    """
    access.require(by, KEEP, council=None)
    if record is not None and not record.own:
        raise CannotKeepProduct("title", f"{record.title} is from {record.source}: it is changed there, not here.")
    if not source.strip() or checked_on is None:
        raise CannotKeepProduct(
            "source" if not source.strip() else "checked_on", "Say where this is from, and when you looked."
        )
    cycles = [line.cycle for line in lines]
    if doubled := next((cycle for cycle in cycles if cycles.count(cycle) > 1), None):
        raise CannotKeepProduct("lines", f"The release line {doubled} stands twice. Leave one.")
    slug = record.slug if record is not None else slug_of(title)
    if not slug:
        raise CannotKeepProduct("title", "The name holds no letter or digit.")
    if record is None and (other := Product.objects.filter(slug=slug).first()) is not None:
        raise CannotKeepProduct("title", f"{other.title} is in the catalogue already.")
    record = record or Product(slug=slug)
    sourced = {"source": source.strip(), "source_url": source_url, "checked_on": checked_on}
    keep(
        record, by=by, reason=REASON, title=title.strip(), supplier=supplier.strip(), own=True, left_on=None, **sourced
    )
    known = {row.cycle: row for row in record.releases.all()}
    for place, line in enumerate(lines):
        row = known.pop(line.cycle, None) or Release(product=record, cycle=line.cycle)
        facts = {"security_on": line.ends, "security_over": None, "place": place, "left_on": None}
        keep(row, by=by, reason=REASON, **facts, **sourced)
    for row in known.values():
        if row.left_on is None:
            keep(row, by=by, reason=REASON, left_on=checked_on)
    return record

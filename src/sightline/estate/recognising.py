"""Recognising again what was found before: the catalogue has learnt something since, or systems have moved."""

from __future__ import annotations

from django.db import transaction

from sightline.estate.catalogue_queries import catalogue_on_record
from sightline.estate.domain.recognition import Recogniser
from sightline.estate.domain.recognition.outcome import Recognition
from sightline.estate.models import Installation, Product, Release, System
from sightline.partnership import access
from sightline.partnership.models import Council, User
from sightline.partnership.records import keep_changes

IMPORT = "estate.import_inventory"
MEANT = ("product", "release", "version", "edition", "confidence", "why", "system")
_TOGETHER = 2000


class Meanings:
    """What recognition's answers are on record: products and release lines by their keys, and whose software it is."""

    def __init__(self, council: Council | None) -> None:
        self._products = dict(Product.objects.values_list("slug", "pk"))
        self._releases = {
            (slug, cycle): pk for slug, cycle, pk in Release.objects.values_list("product__slug", "cycle", "pk")
        }
        self._by_machine, self._by_product = systems_by_what_they_run_on(council)

    def facts(self, device: str, meant: Recognition) -> dict[str, object]:
        """The fields of an installation that recognition fills."""
        product = self._products.get(meant.product or "")
        return {
            "product_id": product,
            "release_id": self._releases.get((meant.product or "", meant.cycle or "")),
            "version": (meant.version or "")[:200],
            "edition": (meant.edition or "")[:120],
            "confidence": meant.confidence,
            "why": meant.why[:500],
            "system_id": self._by_machine.get(device) or self._by_product.get(product or 0),
        }


def systems_by_what_they_run_on(council: Council | None) -> tuple[dict[str, int], dict[int, int]]:
    """For one council's machines: which system each machine belongs to, and each product that is one system alone."""
    systems = System.objects.filter(retired_on=None)
    systems = systems.filter(council=None) if council is None else systems.filter(councils=council)
    by_machine: dict[str, int] = {}
    by_product: dict[int, int] = {}
    twice: set[int] = set()
    for pk, machines, product in systems.order_by("pk").values_list("pk", "machines", "product"):
        by_machine.update(dict.fromkeys((machine for machine in machines if machine not in by_machine), pk))
        if product is not None:
            if product in by_product:
                twice.add(product)
            by_product[product] = pk
    return by_machine, {product: pk for product, pk in by_product.items() if product not in twice}


@transaction.atomic
def recognise_again(*, council: Council | None, by: User | None) -> int:
    """Recognise everything that is still found at a council again, and say how many installations mean another thing.

    by: who asks; None for the scheduler.

    Raises:
        Refused: the account may not import for that council.
    """
    if by is not None:
        access.require(by, IMPORT, council=council)
    recogniser, meanings = Recogniser(catalogue_on_record()), Meanings(council)
    changed: list[Installation] = []
    many = 0
    for row in Installation.objects.filter(council=council, gone_on=None).order_by("pk").iterator(_TOGETHER):
        facts = meanings.facts(row.device, recogniser.recognise(row.raw_name, row.raw_version, row.publisher))
        if any(getattr(row, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(row, name, value)
            changed.append(row)
    for start in range(0, len(changed), _TOGETHER):
        keep_changes(changed[start : start + _TOGETHER], Installation, MEANT, by=by, reason="recognised again")
        many += len(changed[start : start + _TOGETHER])
    return many

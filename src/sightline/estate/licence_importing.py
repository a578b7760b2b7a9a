"""Importing a table of licences: every row means a licence and is kept, or none is."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from sightline.estate.domain.licence_files import LicenceRow, UnreadableLicences
from sightline.estate.licence_actions import KEEP, LicenceFacts, keep_licence
from sightline.estate.models import Licence, Product, Release, System
from sightline.partnership import access
from sightline.partnership.models import Council, User
from sightline.partnership.records import Kept, lock

_KEPT_AS = (
    "name", "supplier", "quantity", "release", "names_product", "covers_together", "upgrade", "downgrade", "system",
    "starts_on", "ends_on", "notice_on", "cost_pence",
)  # fmt: skip


@dataclass
class ImportedLicences:
    """What became of each row: the licence, or None where it was only checked, and whether it is new."""

    became: list[tuple[LicenceRow, Licence | None, Kept]] = field(default_factory=list)

    def many(self, kept: Kept) -> int:
        return sum(one is kept for _, _, one in self.became)


@transaction.atomic
def import_licences(
    rows: Sequence[LicenceRow], *, name: str, council: Council | None, by: User, only_check: bool = False
) -> ImportedLicences:
    """Keep the licences of a file for one council. One that is on record, by its reference or by its name and supplier,
    is changed where the file says something else; what the file does not name stays as it is.

    name: of the file, for what is said of it. council: whose they are; None for those that the councils share.
    only_check: say what would become of each row, and keep nothing.

    Raises:
        Refused: the account may not keep licences for the council.
        UnreadableLicences: rows name products, release lines, systems, licences or councils that are not known; each is
            named, and nothing was changed.
    """
    access.require(by, KEEP, council=council)
    if council is not None:
        # Two imports at one council wait for each other: the second compares with what the first kept.
        lock(council)
    meaning = _Meaning(council, by)
    meant = [(row, *meaning.of(row)) for row in rows]
    if meaning.problems:
        raise UnreadableLicences(name, meaning.problems)
    done = ImportedLicences()
    for row, facts, known in meant:
        assert facts is not None
        kept = Kept.NEW if known is None else Kept.CHANGED if _differs(known, facts) else Kept.SAME
        licence = known
        if kept is not Kept.SAME and not only_check:
            licence = keep_licence(facts=facts, by=by, licence=known)
        done.became.append((row, licence, kept))
    return done


def _differs(known: Licence, facts: LicenceFacts) -> bool:
    if known.metric != facts.metric.value or any(getattr(known, one) != getattr(facts, one) for one in _KEPT_AS):
        return True
    return {product.pk for product in known.products.all()} != {product.pk for product in facts.products}


class _Meaning:
    """What the words of rows mean on record; what means nothing leaves a problem."""

    def __init__(self, council: Council | None, by: User) -> None:
        self.problems: list[str] = []
        self._council = council
        self._products: dict[str, Product] = {}
        for product in Product.objects.order_by("-pk"):
            self._products[product.title.casefold()] = product
        self._products |= {product.slug: product for product in list(self._products.values())}
        self._titles = {product.title.casefold(): product.title for product in self._products.values()}
        self._systems = {one.reference.casefold(): one for one in access.visible(by, System.objects.all())}
        self._licences: dict[tuple[str, ...], list[Licence]] = defaultdict(list)
        for one in (
            Licence.objects.filter(council=council).select_related("release", "system").prefetch_related("products")
        ):
            self._licences[one.reference.casefold(),].append(one)
            self._licences[one.name.casefold(), one.supplier.casefold()].append(one)

    def of(self, row: LicenceRow) -> tuple[LicenceFacts | None, Licence | None]:
        """What a row says, and which licence on record it is; None for what is wrong and for a new one."""
        before = len(self.problems)
        self._check_council(row)
        known = self._known(row)
        products = [found for one in row.products if (found := self._product(row, one)) is not None]
        release = self._release(row, products) if row.release_line else None
        system = self._systems.get(row.system.casefold()) if row.system else None
        if row.system and system is None:
            self._wrong(
                row, f"no system has the reference “{row.system}”. Look it up in the register, or leave it empty."
            )
        if len(self.problems) > before:
            return None, None
        return LicenceFacts(
            name=row.name, metric=row.metric, quantity=row.quantity, council=self._council, supplier=row.supplier,
            products=tuple(dict.fromkeys(products)), release=release, names_product=row.product_named,
            covers_together=row.covers_together, upgrade=row.upgrade, downgrade=row.downgrade, system=system,
            starts_on=row.starts_on, ends_on=row.ends_on, notice_on=row.notice_on, cost_pence=row.cost_pence,
        ), known  # fmt: skip

    def _wrong(self, row: LicenceRow, says: str) -> None:
        self.problems.append(f"row {row.number}: {says}")

    def _check_council(self, row: LicenceRow) -> None:
        ours = self._council
        names = {ours.gss_code, ours.name, ours.abbreviation, ours.slug} if ours is not None else {"shared"}
        if row.council and row.council.casefold() not in {one.casefold() for one in names}:
            whose = ours.name if ours is not None else "the councils together"
            self._wrong(row, f"is of “{row.council}”, and the file is imported for {whose}. Import it by itself.")

    def _known(self, row: LicenceRow) -> Licence | None:
        key = (row.reference.casefold(),) if row.reference else (row.name.casefold(), row.supplier.casefold())
        found = self._licences.get(key, [])
        if row.reference and not found:
            self._wrong(row, f"no licence of theirs has the reference “{row.reference}”. Leave it empty for a new one.")
        if len(found) > 1:
            which = " and ".join(sorted(one.reference for one in found))
            self._wrong(row, f"{which} have that name and supplier. Say in “reference” which of them it is.")
        return found[0] if len(found) == 1 else None

    def _product(self, row: LicenceRow, called: str) -> Product | None:
        found = self._products.get(called.casefold())
        if found is None:
            near = difflib.get_close_matches(called.casefold(), self._titles, n=2, cutoff=0.7)
            hint = f"Did you mean {' or '.join(self._titles[one] for one in near)}? " if near else ""
            self._wrong(
                row,
                f"the catalogue knows no product “{called}”. {hint}Mend it, or write it in “product_named”, in the"
                " licence's own words.",
            )
        return found

    def _release(self, row: LicenceRow, products: Sequence[Product]) -> Release | None:
        if len(products) != 1:
            if len(row.products) != 1:
                self._wrong(row, "a release line can be given where one product is. Leave “release_line” empty.")
            return None
        found = Release.objects.filter(product=products[0], cycle__iexact=row.release_line).first()
        if found is None:
            lines = ", ".join(Release.objects.filter(product=products[0]).values_list("cycle", flat=True)[:8])
            self._wrong(row, f"{products[0]} has no release line “{row.release_line}”. It has {lines or 'none'}.")
        return found

"""The reads that the estate's pages, downloads and figures share."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet

from sightline.estate.assessing import Assessor, Standing
from sightline.estate.domain.dependencies import reached
from sightline.estate.domain.legacy import Verdict
from sightline.estate.domain.lifecycle import State
from sightline.estate.domain.overlap import Overlap, Runs, overlaps
from sightline.estate.models import Installation, InventoryImport, InventoryUpload, Release, System
from sightline.partnership import access, succession
from sightline.partnership import queries as partnership
from sightline.partnership.access import Account
from sightline.partnership.models import Council

SEE = "partnership.see_internal"


def systems(account: Account, *, retired: bool = False) -> QuerySet[System]:
    """The systems that an account may see: those that are run; or those that no longer are."""
    return (
        access.visible(account, System.objects.filter(retired_on__isnull=not retired))
        .select_related("council", "service_owner", "ict_owner", "product", "release__product")
        .prefetch_related("councils")
    )


def system(account: Account, reference: str) -> System | None:
    """The system of that reference, still run or not; None where there is none that may be seen."""
    found = access.visible(account, System.objects.all()).filter(reference=reference)
    return found.select_related("council", "service_owner", "ict_owner", "product", "release__product").first()


def system_called(account: Account, reference: str) -> System:
    """The system of that reference, still run or not.

    Raises:
        NotKnown: there is none, or none that may be seen; both are told alike.
    """
    seen = access.visible(account, System.objects.select_related("council"))
    found = seen.filter(reference__iexact=reference.strip()).first()
    if found is None:
        raise partnership.NotKnown(f"There is no system “{reference}” that you may see. Look its reference up.")
    return found


def hanging_on(account: Account, found: System) -> list[System]:
    """The systems that need one by way of others, as far as an account may see them; those that are no longer run need
    nothing."""
    needed_by: dict[int, list[int]] = {}
    links = System.depends_on.through._default_manager.filter(from_system__retired_on=None)
    for one, other in links.values_list("from_system_id", "to_system_id"):
        needed_by.setdefault(other, []).append(one)
    beyond = reached(needed_by.get(found.pk, ()), needed_by) - {found.pk, *needed_by.get(found.pk, ())}
    return list(access.visible(account, System.objects.filter(pk__in=beyond)).order_by("name"))


@dataclass(frozen=True, slots=True)
class SystemFilter:
    """What a list of systems is narrowed to, and by what it is sorted. retired: only those that are no longer run."""

    council: Council | None = None
    kind: str = ""
    verdict: Verdict | None = None
    words: str = ""
    sort: str = "name"
    retired: bool = False


SYSTEM_SORTS = {
    "name": ("name", "Name"),
    "function": ("function", "What it is for"),
    "ends": ("contract_ends_on", "End of the contract"),
    "cost": ("-cost_pence", "Cost, the highest first"),
    "users": ("-users", "Users, the most first"),
}


@dataclass(frozen=True, slots=True)
class Standings:
    """Systems with how each stands."""

    assessor: Assessor
    lines: dict[int, list[int | None]]

    def of(self, row: System) -> Standing:
        return self.assessor.standing(row, self.lines.get(row.pk, ()))


def standings(on: datetime.date) -> Standings:
    """How every system stands on a day; nothing is read of one that is not asked for."""
    found = Installation.objects.filter(gone_on=None, system__isnull=False)
    lines: dict[int, list[int | None]] = {}
    for pk, release in found.order_by().values_list("system", "release").distinct():
        lines.setdefault(pk, []).append(release)
    return Standings(Assessor(on), lines)


def narrowed_systems(found: QuerySet[System], by: SystemFilter, known: Standings) -> QuerySet[System]:
    """Systems narrowed and sorted; what is sorted by and not known comes last."""
    if by.council is not None:
        found = found.filter(Q(council=by.council) | Q(councils=by.council)).distinct()
    if by.kind:
        found = found.filter(kind=by.kind)
    for word in by.words.split():
        found = found.filter(
            Q(name__icontains=word) | Q(function__icontains=word) | Q(supplier__icontains=word)
            | Q(reference__iexact=word)
        )  # fmt: skip
    if by.verdict is not None:
        keys = [row.pk for row in found if known.of(row).judgement.verdict is by.verdict]
        found = found.filter(pk__in=keys)
    column = SYSTEM_SORTS.get(by.sort, SYSTEM_SORTS["name"])[0]
    order = F(column.removeprefix("-"))
    way = order.desc(nulls_last=True) if column.startswith("-") else order.asc(nulls_last=True)
    return found.order_by(way, "reference")


@dataclass(frozen=True, slots=True)
class InstallationFilter:
    """What a list of installations is narrowed to, and by what it is sorted. system: a reference."""

    council: Council | None = None
    state: State | None = None
    verdict: Verdict | None = None
    product: str = ""
    system: str = ""
    words: str = ""
    gone: bool = False
    sort: str = "device"


INSTALLATION_SORTS = {
    "device": ("device", "Machine"),
    "name": ("raw_name", "Name as found"),
    "ends": ("release__security_on", "End of support"),
    "confidence": ("confidence", "How sure the recognition is"),
}


def installations(account: Account) -> QuerySet[Installation]:
    """The installations that an account may see."""
    return access.visible(account, Installation.objects.all()).select_related(
        "council", "product", "release__product", "system"
    )


def narrowed_installations(
    found: QuerySet[Installation], by: InstallationFilter, assessor: Assessor
) -> QuerySet[Installation]:
    """Installations narrowed and sorted on the server."""
    found = found.exclude(gone_on=None) if by.gone else found.filter(gone_on=None)
    if by.council is not None:
        found = found.filter(council=by.council)
    if by.product:
        found = found.filter(product__slug=by.product)
    if by.system:
        found = found.filter(system__reference=by.system)
    for word in by.words.split():
        found = found.filter(
            Q(device__icontains=word) | Q(raw_name__icontains=word) | Q(product__title__icontains=word)
        )
    if by.state is not None or by.verdict is not None:
        found = found.filter(_those(found, by, assessor))
    column = INSTALLATION_SORTS.get(by.sort, INSTALLATION_SORTS["device"])[0]
    return found.order_by(F(column).asc(nulls_last=True), "device", "raw_name", "pk")


def _those(found: QuerySet[Installation], by: InstallationFilter, assessor: Assessor) -> Q:
    """The pairs of release line and system that stand as asked, as a condition."""
    by_system: dict[int | None, set[int | None]] = {}
    for release, of in found.order_by().values_list("release", "system").distinct():
        if by.state is not None and assessor.state(release, system=of) is not by.state:
            continue
        if by.verdict is not None and assessor.judgement(release, of).verdict is not by.verdict:
            continue
        by_system.setdefault(of, set()).add(release)
    condition = Q(pk__in=[])
    for whose, releases in by_system.items():
        known = Q(release__in=[one for one in releases if one is not None])
        condition |= Q(system=whose) & (known | Q(release=None) if None in releases else known)
    return condition


@dataclass
class Totals:
    """How many installations at one council stand how; council is None for those that the councils share."""

    council: Council | None
    states: Counter[State] = field(default_factory=Counter)
    verdicts: Counter[Verdict] = field(default_factory=Counter)

    @property
    def all(self) -> int:
        return sum(self.states.values())

    def of(self, state: State) -> int:
        return self.states[state]

    @property
    def legacy(self) -> int:
        return self.verdicts[Verdict.LEGACY]


Group = tuple[int | None, int | None, int | None, int]
"""A council, a release line and a system by their keys, and how many installations they have together."""


def grouped() -> list[Group]:
    """What is found today, counted by council, release line and system."""
    return list(
        Installation.objects.filter(gone_on=None)
        .order_by()
        .values_list("council", "release", "system")
        .annotate(many=Count("pk"))
    )


def totals(on: datetime.date, assessor: Assessor, groups: Iterable[Group]) -> list[Totals]:
    """How many installations stand how at each council on a day, if nothing of what is found now changes."""
    counted: dict[int | None, Totals] = {council.pk: Totals(council) for council in partnership.councils()}
    for council, release, of, many in groups:
        here = counted.setdefault(council, Totals(None))
        here.states[assessor.state(release, on=on, system=of)] += many
        if on == assessor.on:
            here.verdicts[assessor.judgement(release, of).verdict] += many
    # A council that has ended is told of as long as something is still found there.
    return [one for one in counted.values() if one.all or not succession.has_ended(one.council, assessor.on)]


def as_of() -> datetime.date | None:
    """The day of the newest inventory; None where there is none."""
    newest = InventoryImport.objects.order_by("-imported_at").values_list("imported_at", flat=True).first()
    return newest.date() if newest is not None else None


@dataclass(frozen=True, slots=True)
class Ending:
    """A release line whose support ends, where it is found. systems: those at the council that run on it."""

    release: Release
    on: datetime.date
    many: int
    machines: int
    systems: tuple[System, ...]


def endings(account: Account, council: Council, *, after: datetime.date, until: datetime.date) -> list[Ending]:
    """What reaches its end of support at a council within two days, the soonest first."""
    rows = (
        access.visible(account, Installation.objects.all())
        .filter(council=council, gone_on=None, release__security_on__gt=after, release__security_on__lte=until)
        .order_by()
        .values_list("release", "system")
        .annotate(many=Count("pk"))
    )
    many: Counter[int] = Counter()
    owned: dict[int, set[int]] = {}
    for release, of, count in rows:
        many[release] += count
        if of is not None:
            owned.setdefault(release, set()).add(of)
    ours = systems(account).filter(Q(council=council) | Q(councils=council)).distinct()
    for row in ours.filter(release__security_on__gt=after, release__security_on__lte=until):
        owned.setdefault(row.release_id or 0, set()).add(row.pk)
    known = {row.pk: row for row in ours}
    found = []
    for release in Release.objects.filter(pk__in={*many, *owned}).select_related("product"):
        assert release.security_on is not None
        here = Installation.objects.filter(council=council, gone_on=None, release=release)
        found.append(
            Ending(
                release,
                release.security_on,
                many[release.pk],
                here.order_by().values("device").distinct().count(),
                tuple(sorted((known[pk] for pk in owned.get(release.pk, ()) if pk in known), key=lambda one: one.name)),
            )
        )
    return sorted(found, key=lambda one: (one.on, one.release.product.title, one.release.cycle))


def elsewhere(release: Release, council: Council) -> list[tuple[Council, int, int]]:
    """At each other council: how many installations of the same release line, and of the product in all."""
    rows = Installation.objects.filter(gone_on=None, product=release.product)
    found = []
    for other in partnership.councils():
        if other.pk != council.pk:
            here = rows.filter(council=other)
            found.append((other, here.filter(release=release).count(), here.count()))
    return [row for row in found if row[2] or not succession.has_ended(row[0])]


def overlap_map(account: Account) -> list[Overlap]:
    """Every function that several products serve, of the systems that an account may see."""
    return overlaps(runs_of(systems(account)))


def runs_of(found: Iterable[System]) -> list[Runs]:
    """Systems as the overlap map takes them."""
    return [
        Runs(
            key=row.reference,
            function=row.function,
            product=row.product.title if row.product is not None else row.name,
            councils=tuple(council.abbreviation for council in row.councils.all()),
            users=row.users,
            cost_pence=row.cost_pence,
            ends=row.contract_ends_on,
            notice=row.notice_on,
        )
        for row in found
    ]


def imports(account: Account) -> QuerySet[InventoryImport]:
    """The imports that an account may see, the newest first."""
    return access.visible(account, InventoryImport.objects.all()).select_related("council", "imported_by__person")


def uploads(account: Account) -> QuerySet[InventoryUpload]:
    """The files that were sent for councils whose inventories an account may import."""
    return InventoryUpload.objects.filter(access.reaches(account, "estate.import_inventory")).select_related(
        "council", "attachment", "told", "uploaded_by__person"
    )


def quarters(on: datetime.date, many: int = 13) -> Sequence[datetime.date]:
    """The first days of this quarter and those to come."""
    start = on.year * 4 + (on.month - 1) // 3
    return [datetime.date(n // 4, n % 4 * 3 + 1, 1) for n in range(start, start + many)]

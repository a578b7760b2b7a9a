"""Importing an inventory: read and recognised first, then compared and kept in one transaction, or not at all."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from sightline.estate.catalogue_queries import catalogue_on_record
from sightline.estate.domain.inventory import Found, Inventory
from sightline.estate.domain.inventory.matching import Known, matched, stem_of
from sightline.estate.domain.recognition import Recogniser
from sightline.estate.inventory_stage import Recognised, Stage
from sightline.estate.models import Installation, InstallationChange, InventoryImport
from sightline.estate.recognising import IMPORT, MEANT, Meanings
from sightline.kernel.errors import SightlineError
from sightline.partnership import access, succession
from sightline.partnership.models import Attachment, Council, User
from sightline.partnership.records import keep, keep_changes, keep_many, lock

REASON = "inventory imported"
RAW = ("raw_name", "raw_version", "publisher")
SAID = (*RAW, "installed_on", "person")
CHANGING = (*SAID, *MEANT, "gone_on")
_TOGETHER = 2000
"""How many rows are compared and kept at once, in whole machines."""

Tell = Callable[[int, str], None]


class NothingFound(SightlineError):
    """An inventory without a single row: it would say that everything has gone; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The import on record. new: false where the same file was the last one of its scope, and nothing was changed."""

    record: InventoryImport
    new: bool


def import_inventory(
    inventory: Inventory,
    *,
    council: Council | None,
    by: User,
    only_these: bool = False,
    attachment: Attachment | None = None,
    told: Tell = lambda percent, doing: None,
) -> Imported:
    """Keep what an inventory found, compared with the one before of the same scope at the same council.

    council: whose machines they are; None for those that the councils run together.
    only_these: the file tells of some machines alone, so what was found on others has not gone.
    told: hears how far it has come, in per cent, and what is being done.

    Raises:
        Refused: the account may not for that council.
        UnreadableInventory: a row cannot be read; the message names it. Nothing was changed.
        NothingFound: there is no row.
        CouncilHasEnded: the council has.
    """
    access.require(by, IMPORT, council=council)
    succession.require_lasting(council, what="inventory")
    fingerprint = _fingerprint(inventory.path)
    last = InventoryImport.objects.filter(council=council, scope=inventory.scope).first()
    if last is not None and last.fingerprint == fingerprint and not only_these:
        return Imported(last, new=False)
    size = max(inventory.path.stat().st_size, 1)
    recogniser = Recogniser(catalogue_on_record())

    def recognised() -> Iterator[Recognised]:
        for row in inventory.rows():
            yield row, recogniser.recognise(row.name, row.version, row.publisher)

    def read(rows: int) -> None:
        # How many rows there are is known at the end; a row of an inventory has some 100 bytes.
        told(min(60, 5 + rows * 5500 // size), f"{rows:,} rows read and recognised")

    with tempfile.TemporaryDirectory() as folder, Stage(Path(folder) / "stage.sqlite3") as stage:
        stage.fill(recognised(), read)
        if not stage.kept:
            raise NothingFound(f"{inventory.name}: there is no row in it, so nothing was changed.")
        told(65, f"Comparing {stage.kept:,} installations with what is known")
        with transaction.atomic():
            record = _kept(inventory, stage, fingerprint, council=council, by=by, attachment=attachment)
            comparison = _Comparison(record, by)
            comparison.compare(stage, told)
            if not only_these:
                comparison.end_machines_without(stage)
            keep(record, by=by, reason="inventory compared", **comparison.counts)
    told(100, "")
    return Imported(record, new=True)


def _fingerprint(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1024 * 1024):
            digest.update(chunk)
    return digest.hexdigest()


def _kept(
    inventory: Inventory,
    stage: Stage,
    fingerprint: str,
    *,
    council: Council | None,
    by: User,
    attachment: Attachment | None,
) -> InventoryImport:
    if council is not None:
        # Two imports at one council wait for each other: the second compares with what the first kept.
        lock(council)
    record = InventoryImport(council=council, imported_by=by)
    keep(
        record,
        by=by,
        reason=REASON,
        scope=inventory.scope[:200],
        profile=inventory.profile,
        file_name=inventory.name[:200],
        attachment=attachment,
        fingerprint=fingerprint,
        rows=stage.rows,
        doubled=stage.rows - stage.kept,
        left_out=[{"row": one.number, "why": one.why} for one in inventory.left_out],
        recognised=stage.recognised,
    )
    return record


@dataclass
class _Comparison:
    """One import compared with what is known, machine by machine, and kept."""

    record: InventoryImport
    by: User
    counts: dict[str, int] = field(default_factory=lambda: {"came": 0, "went": 0, "changed": 0, "same": 0})

    def __post_init__(self) -> None:
        self._meanings = Meanings(self.record.council)
        self._today = timezone.localdate()

    def compare(self, stage: Stage, told: Tell) -> None:
        machines: list[tuple[str, list[Recognised]]] = []
        waiting = done = 0
        for machine in stage.by_machine():
            machines.append(machine)
            waiting += len(machine[1])
            if waiting >= _TOGETHER:
                self._compare_some(machines)
                done += waiting
                machines, waiting = [], 0
                told(65 + 34 * done // stage.kept, f"{done:,} of {stage.kept:,} installations compared")
        self._compare_some(machines)

    def end_machines_without(self, stage: Stage) -> None:
        """What was found on machines that are no longer named has gone."""
        named = self._known().filter(gone_on=None).order_by("device").values_list("device", flat=True).distinct()
        silent = [device for device in named if not stage.holds(device)]
        for start in range(0, len(silent), 500):
            rows = list(self._known().filter(gone_on=None, device__in=silent[start : start + 500]))
            self._end(rows)
            keep_changes(rows, Installation, ("gone_on",), by=self.by, reason=REASON)

    def _known(self) -> QuerySet[Installation]:
        return Installation.objects.filter(council=self.record.council, scope=self.record.scope)

    def _compare_some(self, machines: list[tuple[str, list[Recognised]]]) -> None:
        known: dict[str, list[Installation]] = {}
        for row in self._known().filter(device__in=[device for device, _ in machines]).order_by("pk"):
            known.setdefault(row.device, []).append(row)
        new: list[Installation] = []
        changed: list[Installation] = []
        went: list[Installation] = []
        log: list[InstallationChange] = []
        for device, rows in machines:
            meant = {(row.name, row.version, row.publisher): facts for row, facts in rows}
            before = known.get(device, [])
            taken = _numbers(before)
            for pair in matched(
                [row for row, _ in rows],
                [Known(row.raw_name, row.raw_version, row.gone_on is not None, row) for row in before],
            ):
                if pair.found is None:
                    assert pair.known is not None
                    went.append(pair.known.row)
                    continue
                recognition = meant[pair.found.name, pair.found.version, pair.found.publisher]
                facts = self._facts((pair.found, recognition))
                if pair.known is None:
                    new.append(self._new(pair.found, facts, taken))
                elif self._change(pair.known.row, facts, log):
                    changed.append(pair.known.row)
        keep_many(new, Installation, by=self.by, reason=REASON)
        keep_changes(changed, Installation, CHANGING, by=self.by, reason=REASON)
        self._end(went)
        keep_changes(went, Installation, ("gone_on",), by=self.by, reason=REASON)
        InstallationChange.objects.bulk_create(log)
        self.counts["came"] += len(new)

    def _facts(self, row: Recognised) -> dict[str, object]:
        found, meant = row
        return {
            "raw_name": found.name,
            "raw_version": found.version,
            "publisher": found.publisher,
            "installed_on": found.installed_on,
            "person": found.person,
            **self._meanings.facts(found.device, meant),
        }

    def _new(self, found: Found, facts: dict[str, object], taken: dict[str, int]) -> Installation:
        stem = stem_of(found.name)
        taken[stem] = taken.get(stem, 0) + 1
        told = f"{found.device}\0{stem}\0{taken[stem]}"
        return Installation(
            council=self.record.council,
            scope=self.record.scope,
            key=hashlib.sha256(told.encode()).hexdigest(),
            device=found.device,
            first_import=self.record,
            **facts,
        )

    def _change(self, row: Installation, facts: dict[str, object], log: list[InstallationChange]) -> bool:
        before = {name: getattr(row, name) for name in facts}
        back = row.gone_on is not None
        if not back and before == facts:
            self.counts["same"] += 1
            return False
        told = {name: (before[name], facts[name]) for name in RAW if before[name] != facts[name]}
        for name, value in facts.items():
            setattr(row, name, value)
        row.gone_on = None
        if back or told:
            kind = InstallationChange.Kind.CAME_BACK if back else InstallationChange.Kind.CHANGED
            log.append(
                InstallationChange(
                    told_by=self.record,
                    installation=row,
                    kind=kind,
                    before={name: old for name, (old, _) in told.items()},
                    after={name: new for name, (_, new) in told.items()},
                )
            )
        self.counts["came" if back else "changed" if told else "same"] += 1
        return True

    def _end(self, rows: list[Installation]) -> None:
        for row in rows:
            row.gone_on = self._today
        InstallationChange.objects.bulk_create(
            InstallationChange(told_by=self.record, installation=row, kind=InstallationChange.Kind.WENT) for row in rows
        )
        self.counts["went"] += len(rows)


def _numbers(rows: list[Installation]) -> dict[str, int]:
    taken: dict[str, int] = {}
    for row in rows:
        # What is known may have changed its name within its stem, never its stem.
        stem = stem_of(row.raw_name)
        taken[stem] = taken.get(stem, 0) + 1
    return taken

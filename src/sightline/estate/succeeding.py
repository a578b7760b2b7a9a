"""What a council that has ended leaves to its successor: systems, licences, and what is still found on its machines."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from sightline.estate import actions, licence_actions
from sightline.estate.models import (
    AuditCampaign,
    AuditQuestion,
    CountedUse,
    Installation,
    LegacyException,
    Licence,
    RiskAssessment,
    System,
)
from sightline.estate.recognising import IMPORT
from sightline.kernel.errors import SightlineError
from sightline.partnership import access, succession
from sightline.partnership.models import Council, User
from sightline.partnership.records import change_many, keep_changes, keep_links, lock

RIGHTS = (actions.KEEP, licence_actions.KEEP, IMPORT)
_TOGETHER = 2000

Tell = Callable[[int], None]


class CannotHandOver(SightlineError):
    """There is nothing to hand over, or nobody to hand it to; nothing was changed."""


@transaction.atomic
def hand_over(*, council: Council, by: User, told: Tell = lambda rows: None) -> dict[str, int]:
    """Make what a council had the record of its successor, and say how much of each kind that was.

    What is over stays where it was: retired systems, closed software audits, installations that have gone, and imports.
    So the successor's next inventory of the same tool is compared with what was found before. What the successor's own
    inventories name already is not there twice: of the council that ended it has gone.

    told: hears how many records have been handed over, from time to time.

    Raises:
        Refused: the account may not keep the estate of both councils.
        CannotHandOver: the council has not ended, or its successor is not known.
    """
    for right in RIGHTS:
        access.require(by, right, council=council)
    if not succession.has_ended(council):
        raise CannotHandOver(f"{council.name} has not ended, so it keeps what it has.")
    heir = succession.heir_of(council)
    if heir is None:
        raise CannotHandOver(
            f"The partnership file names no successor of {council.name}. Name it there, and load the file again."
        )
    for right in RIGHTS:
        access.require(by, right, council=heir)
    # An import for the successor waits until this is through.
    lock(heir)
    reason = f"handed over from {council.abbreviation}, which has ended, to {heir.abbreviation}"
    done = {"systems": _systems(council, heir, by, reason)}
    told(sum(done.values()))
    of_those = {"council": council, "system__retired_on": None}
    kinds: dict[str, QuerySet[Model]] = {
        "scores": RiskAssessment.objects.filter(**of_those),
        "exceptions": LegacyException.objects.filter(**of_those),
        "licences": Licence.objects.filter(council=council),
        "counts": CountedUse.objects.filter(council=council),
        "audits": AuditCampaign.objects.filter(council=council, closed_on=None),
        "questions": AuditQuestion.objects.filter(council=council, campaign__closed_on=None),
    }
    for name, rows in kinds.items():
        done[name] = _moved(rows, heir, by, reason)
        told(sum(done.values()))
    before = sum(done.values())
    done["installations"], done["found twice"] = _installations(
        council, heir, by, reason, told=lambda rows: told(before + rows)
    )
    return done


def _moved(found: QuerySet[Model], heir: Council, by: User, reason: str) -> int:
    rows = list(found.order_by("pk").select_for_update(of=("self",)))
    change_many(rows, found.model, by=by, reason=reason, council=heir)
    return len(rows)


def _systems(council: Council, heir: Council, by: User, reason: str) -> int:
    """Systems of the council, and the successor's name wherever the council is one of those that use a system."""
    for row in System.objects.filter(access.reaches(by, actions.KEEP), councils=council, retired_on=None):
        users = {one.pk: one for one in row.councils.all() if one.pk != council.pk} | {heir.pk: heir}
        keep_links(row, "councils", users.values(), by=by, reason=reason)
    return _moved(System.objects.filter(council=council, retired_on=None), heir, by, reason)


def _installations(council: Council, heir: Council, by: User, reason: str, *, told: Tell) -> tuple[int, int]:
    today = timezone.localdate()
    known = set(Installation.objects.filter(council=heir).values_list("scope", "key"))
    found = Installation.objects.filter(council=council, gone_on=None).order_by("pk")
    moved = twice = 0
    numbers = list(found.values_list("pk", flat=True))
    for start in range(0, len(numbers), _TOGETHER):
        rows = list(found.filter(pk__in=numbers[start : start + _TOGETHER]))
        there = [row for row in rows if (row.scope, row.key) in known]
        for row in there:
            row.gone_on = today
        keep_changes(there, Installation, ("gone_on",), by=by, reason=reason)
        new = [row for row in rows if (row.scope, row.key) not in known]
        change_many(new, Installation, by=by, reason=reason, council=heir)
        moved, twice = moved + len(new), twice + len(there)
        told(moved + twice)
    return moved, twice

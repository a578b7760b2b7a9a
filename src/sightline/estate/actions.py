"""What people do to the register of systems."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from sightline.estate.models import System
from sightline.kernel.errors import SightlineError
from sightline.partnership import access
from sightline.partnership.models import Council, User
from sightline.partnership.records import keep, keep_links

KEEP = "estate.keep_system"
_NUMBER = re.compile(r"SYS-(\d+)$")
FACTS = frozenset(
    """name function kind service_area service_owner ict_owner supplier hosting users cost_pence contract_starts_on
    contract_ends_on notice_on purchased_on data_held exit_plan machines product release version in_use extended_until
    what_is_done""".split()
)


class CannotKeepSystem(SightlineError):
    """A system cannot be kept as asked; nothing was changed. ``field`` is the one to mend."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


@transaction.atomic
def keep_system(
    *,
    by: User,
    council: Council | None,
    councils: Iterable[Council],
    depends_on: Iterable[System] = (),
    record: System | None = None,
    reason: str = "system described",
    **facts: Any,
) -> System:
    """Add a system, internal until somebody decides otherwise; or, with ``record``, change one.

    council: whose record it is; None for a system that the councils run together. councils: which of them use it.
    facts: fields of a system, by their names.

    Raises:
        Refused: the account may not for that council.
        CannotKeepSystem: something is missing, or two dates contradict each other.
    """
    access.require(by, KEEP, council=council)
    if record is not None and record.council_id != (council.pk if council else None):
        access.require(by, KEEP, council=record.council)
    users = list(councils) or ([council] if council is not None else [])
    unknown = set(facts) - FACTS
    if unknown:
        raise ValueError(f"{sorted(unknown)} are no facts of a system")
    _check(facts, users, council)
    if "machines" in facts:
        facts["machines"] = sorted({machine.strip().lower() for machine in facts["machines"] if machine.strip()})
    record = record or System(reference=_next_reference())
    keep(record, by=by, reason=reason, council=council, **facts)
    keep_links(record, "councils", users, by=by, reason=reason)
    keep_links(record, "depends_on", [one for one in depends_on if one.pk != record.pk], by=by, reason=reason)
    return record


@transaction.atomic
def retire_system(*, record: System, by: User, on: datetime.date, reason: str) -> System:
    """Say that a system is no longer run. It stays on record, and so does what was found of it.

    Raises:
        Refused: the account may not for that council.
        CannotKeepSystem: the day lies ahead, or no reason is given.
    """
    access.require(by, KEEP, council=record.council)
    if on > timezone.localdate():
        raise CannotKeepSystem("on", "That day lies ahead. Give the day on which it was switched off.")
    if not reason.strip():
        raise CannotKeepSystem("reason", "Say why it is no longer run, or what took its place.")
    keep(record, by=by, reason=reason, retired_on=on, in_use=False)
    return record


def _check(facts: dict[str, Any], users: list[Council], council: Council | None) -> None:
    for field, says in (("name", "Name the system."), ("function", "Say what it is for.")):
        if field in facts and not facts[field].strip():
            raise CannotKeepSystem(field, says)
    if not users:
        raise CannotKeepSystem("councils", "Choose the councils that use it.")
    if council is not None and council not in users:
        raise CannotKeepSystem("councils", f"It is {council.name}'s, so {council.name} uses it. Choose it too.")
    starts, ends, notice = (facts.get(name) for name in ("contract_starts_on", "contract_ends_on", "notice_on"))
    if starts and ends and ends < starts:
        raise CannotKeepSystem("contract_ends_on", "The contract ends before it starts. Mend one of the two days.")
    if ends and notice and notice > ends:
        raise CannotKeepSystem("notice_on", "Notice cannot be given after the contract has ended.")
    release, product = facts.get("release"), facts.get("product")
    if release is not None and release.product != product:
        raise CannotKeepSystem("release", "That release line is another product's.")


def _next_reference() -> str:
    known = System.objects.select_for_update().values_list("reference", flat=True)
    numbers = [int(found[1]) for reference in known if (found := _NUMBER.match(reference))]
    return f"SYS-{max(numbers, default=0) + 1:03}"

"""What people do to the register of systems."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from sightline.estate.domain.dependencies import line_to
from sightline.estate.models import System
from sightline.kernel.errors import SightlineError
from sightline.partnership import access, succession
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
        CannotKeepSystem: something is missing; two dates contradict each other; it would depend on itself.
    """
    access.require(by, KEEP, council=council)
    if record is not None and record.council_id != (council.pk if council else None):
        access.require(by, KEEP, council=record.council)
    users = list(councils) or ([council] if council is not None else [])
    unknown = set(facts) - FACTS
    if unknown:
        raise ValueError(f"{sorted(unknown)} are no facts of a system")
    _check(facts, users, council)
    _check_councils(record, council, users)
    if "machines" in facts:
        facts["machines"] = sorted({machine.strip().lower() for machine in facts["machines"] if machine.strip()})
    new = record is None
    record = record or System(reference=_next_reference())
    keep(record, by=by, reason=reason, council=council, **facts)
    keep_links(record, "councils", users, by=by, reason=reason)
    if new:
        keep_links(record, "depends_on", depends_on, by=by, reason=reason)
    else:
        _depend(record, list(depends_on), by=by, reason=reason)
    return record


def _check_councils(record: System | None, council: Council | None, users: list[Council]) -> None:
    """A council that has ended keeps what it had, and gets nothing new."""
    had = {record.council_id, *record.councils.values_list("pk", flat=True)} if record is not None else set()
    try:
        if record is None or record.council_id != (council.pk if council else None):
            succession.require_lasting(council, what="system")
        for one in users:
            if one.pk not in had:
                succession.require_lasting(one, what="use of a system")
    except succession.CouncilHasEnded as error:
        raise CannotKeepSystem("councils", error.message) from error


def _depend(record: System, wanted: list[System], *, by: User, reason: str) -> None:
    """Link a system to those it depends on, unless one of them depends on it already, by however many others."""
    if set(record.depends_on.values_list("pk", flat=True)) == {one.pk for one in wanted}:
        return
    # Two who link two systems to each other at once: the second waits, and is told.
    by_key = {one.pk: one for one in System.objects.select_for_update(of=("self",)).order_by("pk")}
    links: dict[int, list[int]] = {}
    through = System.depends_on.through._default_manager.order_by("pk")
    for one, other in through.values_list("from_system_id", "to_system_id"):
        links.setdefault(one, []).append(other)
    line = line_to(record.pk, [one.pk for one in wanted], links)
    if len(line) == 1:
        raise CannotKeepSystem("depends_on", "A system cannot depend on itself. Take it out of the list.")
    if line:
        seen = set(access.visible(by, System.objects.filter(pk__in=line)).values_list("pk", flat=True))
        names = [by_key[pk].name if pk in seen else "a system that you may not see" for pk in line]
        between = f", by way of {', '.join(names[1:-1])}" if names[1:-1] else ""
        raise CannotKeepSystem(
            "depends_on",
            f"{names[0]} depends on {record.name} already{between}. Two systems cannot depend on each other: take "
            f"{names[0]} out of the list, or change what it depends on.",
        )
    keep_links(record, "depends_on", wanted, by=by, reason=reason)


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
    for field, says in (("users", "How many people use it"), ("cost_pence", "What it costs")):
        if (facts.get(field) or 0) < 0:
            raise CannotKeepSystem(field.replace("cost_pence", "cost"), f"{says} must be 0 or more.")
    release, product = facts.get("release"), facts.get("product")
    if release is not None and release.product != product:
        raise CannotKeepSystem("release", "That release line is another product's.")


def _next_reference() -> str:
    known = System.objects.select_for_update().values_list("reference", flat=True)
    numbers = [int(found[1]) for reference in known if (found := _NUMBER.match(reference))]
    return f"SYS-{max(numbers, default=0) + 1:03}"

"""Every line of the table of rights as a Django permission, so that templates and views can ask ``user.has_perm``."""

from __future__ import annotations

from typing import Any

import rules

from sightline.partnership.access import Account, may
from sightline.partnership.domain.rights import RIGHTS, Right
from sightline.partnership.models import Council, Partnership


def council_of(record: Any) -> Council | None:
    """Whose a record is: a council's, or None for the partnership's (and for no record at all)."""
    if record is None or isinstance(record, Partnership):
        return None
    if isinstance(record, Council):
        return record
    council: Council | None = record.council
    return council


def predicate_for(right: Right) -> rules.Predicate:
    """The table's answer as a predicate. Without a record the question is "on anything at all": whoever may
    do something for one council may do it for what the councils share."""

    def allowed(account: Account, record: Any = None) -> bool:
        return may(account, right.action, council=council_of(record))

    return rules.Predicate(allowed, name=right.action)


def register() -> None:
    """Make every right a permission; calling it again changes nothing."""
    for right in RIGHTS:
        rules.set_perm(right.action, predicate_for(right))

"""What an administrator does with the audit log: take it out of the house. That stands in the log too."""

from __future__ import annotations

from collections.abc import Iterator

from sightline.partnership import audit, audit_queries
from sightline.partnership.audit_queries import Entry, Narrowed
from sightline.partnership.domain.audit_chain import Kind
from sightline.partnership.models import User


def read_out(*, by: User, narrowed: Narrowed) -> Iterator[Entry]:
    """Every entry that an account may see, the newest first, some hundreds at a time.

    Raises:
        Refused: it may see none.
    """
    found = audit_queries.entries(by, narrowed)
    audit.note(Kind.EXPORTED, by=by, what="audit log read out", council=narrowed.council)
    return audit_queries.in_parts(found)

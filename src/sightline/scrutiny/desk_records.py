"""Keeps recommendations and commitments in step with the passages they came from.

A passage that becomes a recommendation or a commitment gets its record; one that stops being one has its record
withdrawn, with the reason. No record is deleted, and what the desk withdrew by mistake comes back under its reference.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from sightline.kernel.errors import SightlineError
from sightline.partnership.models import User
from sightline.partnership.records import keep
from sightline.scrutiny.domain.commitments import Act, CommitmentState, after
from sightline.scrutiny.domain.passages import PassageKind, PassageState
from sightline.scrutiny.models import Commitment, Minute, Passage, Recommendation
from sightline.scrutiny.recording import asks, keep_records

# What stands in a commitment's history when it was the desk that withdrew it: only that is the desk's to take back.
WITHDRAWN_AT_THE_DESK = "withdrawn at the desk"


class HasRecord(SightlineError):
    """A passage cannot be given up, since what came of it is done already; nothing was changed."""


def keep_in_step(*, minute: Minute, passages: Iterable[Passage], by: User, reason: str) -> None:
    """Bring the records of ``passages``, and of what hangs on them, in step. Within the caller's transaction.

    Raises:
        HasRecord: a commitment that was accepted as done would be withdrawn.
    """
    numbers = {passage.pk for passage in passages}
    # A resolution that comes to RECOMMEND makes each of its parts a recommendation.
    numbers |= set(Passage.objects.filter(parent__in=numbers).values_list("pk", flat=True))
    both = list(
        Passage.objects.filter(pk__in=numbers)
        .select_related("parent", "recommendation", "commitment", "merged_into")
        .order_by("start", "pk")
    )
    new: list[Passage] = []
    for passage in both:
        live = passage.is_live and (passage.parent is None or passage.parent.is_live)
        asked, promised = live and asks(passage, minute), live and passage.kind == PassageKind.COMMITMENT
        recommendation: Recommendation | None = getattr(passage, "recommendation", None)
        commitment: Commitment | None = getattr(passage, "commitment", None)
        if recommendation is not None:
            _keep_recommendation(recommendation, passage, asked=asked, by=by, reason=reason)
        if commitment is not None:
            _keep_commitment(commitment, passage, promised=promised, by=by, reason=reason)
        if (asked and recommendation is None) or (promised and commitment is None):
            new.append(passage)
    if new:
        keep_records(minute=minute, passages=new, by=by)


def _keep_recommendation(record: Recommendation, passage: Passage, *, asked: bool, by: User, reason: str) -> None:
    if asked:
        facts: dict[str, Any] = {"text": passage.text, "number": passage.label[:20]}
        keep(record, by=by, reason=reason, withdrawn_at=None, withdrawn_why="", **facts)
    elif not record.is_withdrawn:
        keep(record, by=by, reason=reason, withdrawn_at=timezone.now(), withdrawn_why=_why(record, passage))


def _keep_commitment(record: Commitment, passage: Passage, *, promised: bool, by: User, reason: str) -> None:
    state = CommitmentState(record.state)
    today = timezone.localdate()
    if promised:
        facts: dict[str, Any] = {"text": passage.text, "said_by": passage.said_by}
        last = record.history.first() if state is CommitmentState.WITHDRAWN else None
        if last is not None and last.history_change_reason == WITHDRAWN_AT_THE_DESK:
            why = "The passage it came from was taken back."
            facts |= {"state": after(state, Act.REOPEN, reason=why).value, "state_reason": why, "state_on": today}
        keep(record, by=by, reason=reason, **facts)
    elif state is CommitmentState.ACCEPTED:
        raise HasRecord(
            f"{record.reference} came of this passage and is accepted as done. Open the commitment again first."
        )
    elif state is not CommitmentState.WITHDRAWN:
        why = _why(record, passage)
        facts = {"state": after(state, Act.WITHDRAW, reason=why).value, "state_reason": why, "state_on": today}
        keep(record, by=by, reason=WITHDRAWN_AT_THE_DESK, **facts)


def _why(record: Recommendation | Commitment, passage: Passage) -> str:
    """Why a record no longer stands, as its page says it."""
    state = PassageState(passage.state)
    if state is PassageState.REJECTED:
        return passage.why
    if state is PassageState.MERGED:
        into = passage.merged_into
        other = getattr(into, "recommendation", None) or getattr(into, "commitment", None)
        return f"Its words now stand in {other.reference}." if other else "Its words now stand in another passage."
    if passage.parent is not None and not passage.parent.is_live:
        return passage.parent.why or "The resolution it was part of does not stand."
    kind = PassageKind(passage.kind)
    if kind is PassageKind.PART:
        return "The resolution it is part of recommends nothing."
    return f"The minutes hold no {record._meta.verbose_name} here: the clerk read it as a {kind.label.lower()}."

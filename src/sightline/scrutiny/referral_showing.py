"""Prepares one council's referral for a page: what happened and what is still to come, in its order."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from sightline.scrutiny.domain.referrals import ReferralState
from sightline.scrutiny.referral_queries import Course


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a council's timeline. ``kind`` tells the template which ``record`` it holds."""

    kind: str
    title: str
    when: datetime.date | None
    done: bool = True
    record: Any = None
    late_by_days: int = 0


_ORDER = ("asked", "consideration", "decision", "in-session", "call-in", "update")


def entries(course: Course, today: datetime.date) -> list[Entry]:
    """Asked, considered, decided, called in until, what was told since; then what is still waited for."""
    found = [Entry("asked", "Asked", course.referral.referred_on)]
    found += [
        Entry("consideration", one.get_outcome_display(), one.considered_on, record=one)
        for one in course.considerations
    ]
    found += [Entry("decision", one.get_outcome_display(), one.decided_on, record=one) for one in course.decisions]
    found += [Entry("in-session", ReferralState.DECIDED_EXEMPT.label, one.on, record=one) for one in course.in_session]
    ends_on = course.call_in_ends_on
    if ends_on is not None and course.state.decision is not None:
        over = ends_on < today
        title = "Call-in ended" if over else "Call-in ends"
        found.append(Entry("call-in", title, ends_on, done=over, record=course.holding))
    found += [Entry("update", one.get_claims_display(), one.on, record=one) for one in course.updates]
    found.sort(key=lambda one: (one.when or datetime.date.max, _ORDER.index(one.kind)))
    if course.state is ReferralState.WAITING:
        found.append(Entry("to-consider", "Consideration", None, done=False))
    if course.state.is_open:
        due = course.referral.due_on
        found.append(Entry("to-decide", "Decision due", due, done=False, late_by_days=course.late_by_days))
    return found

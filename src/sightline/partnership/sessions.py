"""How long somebody stays signed in, and what ends it: quiet, a working day, a new password, the end of a role."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from sightline.partnership import access
from sightline.partnership.models import User
from sightline.partnership.records import keep

BEGAN = "sightline.began_at"
SEEN = "sightline.seen_at"
ROLES = "sightline.roles"
# Written at most that often, so that reading pages does not write to the database each time.
SEEN_EVERY = datetime.timedelta(seconds=60)


def remember(account: User, *, by: User | None, reason: str) -> None:
    """Leave a row in an account's history though nothing of it changed: something was done about it."""
    account._history_user = by  # type: ignore[attr-defined]
    account._change_reason = reason[:100]  # type: ignore[attr-defined]
    account.save()


def end_sessions(account: User, *, by: User | None, reason: str) -> None:
    """End every session of an account at once, wherever it is."""
    keep(account, by=by, reason=reason, session_number=account.session_number + 1)


def begin(request: HttpRequest) -> None:
    """Start the clocks of a session in which somebody has just signed in."""
    now = timezone.now().isoformat()
    request.session[BEGAN] = request.session[SEEN] = now
    request.session[ROLES] = _roles_held(request)


def why_ended(request: HttpRequest) -> str:
    """Why the session of a request is over, in a sentence; empty where it goes on, and then its clock is set."""
    session, now = request.session, timezone.now()
    began, seen = _moment(session.get(BEGAN)), _moment(session.get(SEEN))
    if began is None or seen is None:
        begin(request)
        return ""
    if now - began >= settings.SESSION_LONGEST or began > now + SEEN_EVERY:
        return "You were signed out, since you signed in a long time ago. Sign in again to go on."
    if now - seen >= settings.SESSION_IDLE:
        return "You were signed out, since nothing happened for a while. Sign in again to go on."
    held = _roles_held(request)
    if not set(session.get(ROLES, [])) <= set(held):
        return "You were signed out, since one of your roles has ended. Sign in again to go on."
    if session.get(ROLES) != held:
        session[ROLES] = held
    if now - seen >= SEEN_EVERY:
        session[SEEN] = now.isoformat()
    return ""


def _roles_held(request: HttpRequest) -> list[str]:
    """The roles that the account of a request holds today, as text that is the same next time."""
    today = timezone.localdate()
    return sorted(
        f"{role.kind.value} {role.council or '-'} {role.started_on.isoformat()}"
        for role in access.roles_of(request.user)
        if role.holds_on(today)
    )


def _moment(value: Any) -> datetime.datetime | None:
    return parse_datetime(value) if isinstance(value, str) else None

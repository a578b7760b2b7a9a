"""The weekly letter to everybody for whom something waits: one a week and person, on whichever day it is asked for."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from sightline.partnership import daily, notices, tasks, waiting
from sightline.partnership.domain.posting import NoticeState
from sightline.partnership.models import User

LISTED = 10


def week_of(day: datetime.date) -> str:
    """The week of a day, as 2024-W18 (ISO 8601)."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def run_digests(on: datetime.date) -> dict[str, int]:
    """Write to everybody for whom something waits, once a week. Each letter is written wholly or not at all."""
    written = 0
    accounts = User.objects.filter(is_active=True, person__isnull=False).exclude(email="").select_related("person")
    for account in accounts.order_by("pk"):
        written += _write(account, on)
    return {"letters": written}


def run_posting(_on: datetime.date) -> dict[str, int]:
    """Have the worker send whatever is still waiting: within a daily job's own transaction nothing can be sent."""
    transaction.on_commit(lambda: tasks.post_due.enqueue())
    return {"waiting": notices.notices(NoticeState.WAITING).count()}


def register() -> None:
    daily.register("digests", "Weekly letters to those for whom something waits", run_digests)
    daily.register("posting", "Notices by e-mail that are still waiting", run_posting)


@transaction.atomic
def _write(account: User, on: datetime.date) -> bool:
    key = f"digest:{week_of(on)}:{account.pk}"
    if notices.is_put(key):
        return False
    kinds = waiting.waiting_for(account, on)
    if not kinds:
        return False
    count = sum(kind.count for kind in kinds)
    notices.put(
        key=key,
        to=account.email,
        subject=f"{count} thing{'' if count == 1 else 's'} wait{'s' if count == 1 else ''} for you",
        text=f"{account.get_full_name()},\n\n{_text(kinds)}\nAll of it: {settings.SITE_ADDRESS}{reverse('waiting')}\n",
    )
    return True


def _text(kinds: list[waiting.Kind]) -> str:
    parts = []
    for kind in kinds:
        lines = [f"{kind.called} ({kind.count})"]
        for item in kind.items[:LISTED]:
            says = f" ({item.says})" if item.says else ""
            lines.append(f"- {item.title}{says}\n  {settings.SITE_ADDRESS}{item.address}")
        if kind.count > LISTED:
            lines.append(f"- and {kind.count - LISTED} more")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)

"""E-mail that tells the owner of an account what happened to it. The worker sends it; signing in never waits for it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from sightline.partnership import tasks
from sightline.partnership.models import Partnership, User


def tell(user: User, template: str, context: dict[str, Any]) -> None:
    """Send the owner of an account a notice, once the transaction is through; none where there is no address.

    template: the first part of two templates' names, ``…_subject.txt`` and ``…_message.txt``. They say when and what,
    and name no address that a request came from.
    """
    if not user.email:
        return
    known = {
        "partnership": Partnership.objects.first(),
        "name": user.get_full_name(),
        "username": user.username,
        "timestamp": timezone.localtime(),
        **context,
    }
    subject = render_to_string(f"{template}_subject.txt", known).strip()
    text = render_to_string(f"{template}_message.txt", known).strip()
    transaction.on_commit(lambda: tasks.send_notice.enqueue(user.pk, subject, text))


def send_password_link(user: AbstractBaseUser, site: str) -> None:
    """Send the link that sets a new password."""
    transaction.on_commit(lambda: tasks.send_password_link.enqueue(user.pk, site))

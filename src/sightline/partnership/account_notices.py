"""E-mail that tells the owner of an account what happened to it: through the outbox, so that none is lost or sent
twice, and signing in never waits for a mail server."""

from __future__ import annotations

import uuid
from typing import Any

import structlog
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.base_user import AbstractBaseUser
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from sightline.partnership import notices
from sightline.partnership.models import Partnership, User

NEW_PASSWORD = "partnership.new-password"  # noqa: S105  (a kind of link)

log = structlog.get_logger("sightline.notices")


def tell(user: User, template: str, context: dict[str, Any]) -> None:
    """Send the owner of an account a notice, once the transaction is through; none where there is no address.

    template: the first part of two templates' names, ``…_subject.txt`` and ``…_message.txt``. They say when and what,
    and name no address that a request came from.
    """
    known = {
        "name": user.get_full_name(),
        "username": user.username,
        "timestamp": timezone.localtime(),
        **context,
    }
    _put(user, template, known)


def send_password_link(user: AbstractBaseUser) -> None:
    """Send the link that sets a new password. It is made as the letter is sent, and kept nowhere."""
    assert isinstance(user, User)
    template = "account/email/password_reset_key"
    _put(user, template, {"username": user.username}, link=notices.Link(NEW_PASSWORD, user.pk))


def _put(user: User, template: str, context: dict[str, Any], link: notices.Link | None = None) -> None:
    if not user.email or not user.is_active:
        return
    known = {"partnership": Partnership.objects.first(), **context}
    try:
        # Whatever happens to an account happens anew, so that each letter has a key of its own.
        notices.put(
            key=f"account:{user.pk}:{uuid.uuid4()}",
            to=user.email,
            subject=render_to_string(f"{template}_subject.txt", known),
            text=render_to_string(f"{template}_message.txt", known),
            link=link,
        )
    except notices.CannotPut:
        # An address that no letter reaches keeps nobody out of their account.
        log.warning("account has no address to write to", account=user.pk)


def password_path(number: int) -> str | None:
    """The place of the page that sets a new password; None for an account that is closed, or has no address."""
    user = User.objects.filter(pk=number, is_active=True).exclude(email="").first()
    if user is None:
        return None
    token = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": token})

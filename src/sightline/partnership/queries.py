"""What pages, commands and other contexts read of the partnership."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from sightline.kernel.errors import SightlineError
from sightline.partnership import access
from sightline.partnership.domain import bodies as bodies_domain
from sightline.partnership.models import Body, Council, Partnership, User


class NotKnown(SightlineError):
    """A slug, code or name that stands for nothing here."""


def the_partnership() -> Partnership | None:
    """The partnership of this installation; None until its file has been loaded."""
    return Partnership.objects.first()


def lazy_partnership() -> Any:
    """The partnership, read from the database only when something of it is used."""
    return SimpleLazyObject(the_partnership)


def lazy_roles(request: HttpRequest) -> Any:
    """What the account of a request may do, for menus; read only when used."""
    return SimpleLazyObject(lambda: SignedIn(request.user))


class SignedIn:
    """What a menu asks of the account that looks at it."""

    def __init__(self, account: access.Account) -> None:
        self.account = account

    @property
    def may_upload_minutes(self) -> bool:
        return access.may_anywhere(self.account, "scrutiny.upload_minute")

    @property
    def role_names(self) -> list[str]:
        today = timezone.localdate()
        return sorted({role.kind.label for role in access.roles_of(self.account) if role.holds_on(today)})


def councils() -> QuerySet[Council]:
    return Council.objects.select_related("successor").order_by("name")


def current_councils(on: datetime.date) -> QuerySet[Council]:
    """The councils that existed on a day."""
    return councils().filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on))


def bodies() -> QuerySet[Body]:
    """Every body; those of the partnership first."""
    return Body.objects.select_related("council").order_by(F("council__name").asc(nulls_first=True), "name")


def body_called(slug: str) -> Body:
    """The body with a slug.

    Raises:
        NotKnown: there is none; the message lists those there are.
    """
    body = bodies().filter(slug=slug).first()
    if body is None:
        known = ", ".join(bodies().values_list("slug", flat=True).order_by("slug")) or "none"
        raise NotKnown(f"There is no body “{slug}”. The bodies of this partnership are: {known}.")
    return body


def is_called(body: Body, said: str) -> bool:
    """Whether minutes that call their body ``said`` may be those of ``body``."""
    return bodies_domain.is_called([body.name, str(body), *body.aliases], said)


def user_called(username: str) -> User:
    """The active account with a user name.

    Raises:
        NotKnown: there is none.
    """
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise NotKnown(f"There is no active account “{username}”. Ask an administrator, or check the spelling.")
    return user

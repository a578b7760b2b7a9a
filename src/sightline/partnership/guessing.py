"""What guards passwords against guessing: django-axes counts failures for an account from one place, and then pauses.

What is counted by holds no personal data: a place is the keyed digest of an address, written as one, and a name that
no account has is a digest too, since people type passwords into the wrong field.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from axes.utils import reset
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from sightline.kernel.errors import SightlineError
from sightline.partnership import access
from sightline.partnership.models import User
from sightline.partnership.sessions import remember

_SALT = "sightline.partnership.guessing"


def account_tried(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """The user name of the account that somebody tries to log in to, by user name or by e-mail address."""
    given = credentials or {}
    typed = given.get("username") or given.get("email") or (request.POST.get("login", "") if request else "")
    typed = str(typed or "").strip()[:300]
    known: dict[str, str] = getattr(request, "_accounts_tried", {}) if request is not None else {}
    if typed not in known:
        found = User.objects.filter(Q(username__iexact=typed) | Q(email__iexact=typed))
        name = found.values_list("username", flat=True).first() if typed and "\0" not in typed else None
        known[typed] = name or f"unknown {salted_hmac(_SALT, typed.casefold()).hexdigest()[:24]}"
        if request is not None:
            request._accounts_tried = known  # type: ignore[attr-defined]
    return known[typed]


def address_of(request: HttpRequest) -> str:
    """The address a request came from: of the caller, or as the proxy in front names it, where there is one."""
    address = request.META.get("REMOTE_ADDR") or ""
    if settings.BEHIND_PROXY:
        # The last one is what our own proxy saw; those before it are what the caller claims.
        address = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or address
    return address


def place_of(request: HttpRequest) -> str:
    """Where a request came from, as a digest that looks like an address, since axes stores no other form."""
    digest = salted_hmac(_SALT, _network(address_of(request)), algorithm="sha256").digest()
    return str(ipaddress.IPv6Address(digest[:16]))


def _network(address: str) -> str:
    """One household or office: an IPv4 address; of IPv6 the first half, since each of its devices has the rest."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def locked_out(request: HttpRequest, _response: HttpResponse | None, _credentials: Any) -> HttpResponse:
    """What is said to whoever has guessed too often."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "account/locked_out.html", {"minutes": minutes}, status=429)


class NothingToUnlock(SightlineError):
    """No failed attempts are counted for an account."""


@transaction.atomic
def unlock(*, account: User, by: User | None = None) -> int:
    """Forget the failed attempts at an account, from wherever they came, and return how many places that were.

    by: an administrator; None where it is the operator at the machine.

    Raises:
        Refused: the account may not manage people, for every council at which the owner holds a role.
        NothingToUnlock: none are counted.
    """
    if by is not None:
        access.require_over_person(by, "partnership.manage_people", account)
    count: int = reset(username=account.username)
    if not count:
        raise NothingToUnlock(f"“{account}” is not locked: no failed attempt is counted.")
    remember(account, by=by, reason="unlocked after failed attempts")
    return count

"""Following a recommendation by e-mail with no account: ask, confirm by the link in a letter, be told, leave.

Nobody learns here whether an address follows anything: asking is answered alike whatever there is. The address is kept
for this alone and is gone, with what letters said, when its owner leaves.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer, TimestampSigner
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from sightline.partnership import access, daily, notices, privacy
from sightline.partnership.actions import forget_letters
from sightline.partnership.models import User
from sightline.scrutiny import follower_queries as queries
from sightline.scrutiny.models import Follower, Recommendation

CONFIRM, LEAVE = "scrutiny.follow-confirm", "scrutiny.follow-leave"
# A link that confirms is good for so long after its letter was sent; who did not follow it is forgotten soon after.
CONFIRM_WITHIN = datetime.timedelta(days=3)
UNCONFIRMED_DAYS = 7
# More letters that ask for confirmation than this wait for no address at once: nobody floods a stranger from here.
MOST_UNCONFIRMED = 10

_confirm = TimestampSigner(salt=CONFIRM)
_leave = Signer(salt=LEAVE)


@transaction.atomic
def ask_to_follow(*, recommendation: Recommendation, address: str) -> None:
    """Send an address a letter by which its owner says that it was them: one a day for each recommendation."""
    address = address.strip().lower()
    # The recommendation is the lock: the same form twice at once makes one follower.
    Recommendation.objects.select_for_update().filter(pk=recommendation.pk).first()
    follower = Follower.objects.filter(recommendation=recommendation, address=address).first()
    if follower is None:
        if Follower.objects.filter(address=address, confirmed_at__isnull=True).count() >= MOST_UNCONFIRMED:
            return
        follower = Follower.objects.create(recommendation=recommendation, address=address)
    reference, today = recommendation.reference, timezone.localdate().isoformat()
    if follower.confirmed_at is not None:
        notices.put(
            key=f"{_key(follower)}already:{today}",
            to=address,
            subject=f"You already follow recommendation {reference}",
            text=f"Somebody, probably you, asked for e-mails about recommendation {reference} at this address. You get"
            " them already.\n\nTo stop them, open this link and press the button:",
            link=notices.Link(LEAVE, follower.pk),
            unsubscribe=notices.Link(LEAVE, follower.pk),
        )
        return
    notices.put(
        key=f"{_key(follower)}ask:{today}",
        to=address,
        subject=f"Confirm that you want e-mails about recommendation {reference}",
        text=f"Somebody, probably you, asked for an e-mail to this address whenever recommendation {reference} changes."
        f"\n\nIf it was you, open this link within {CONFIRM_WITHIN.days} days and press the button. If it was not, do"
        " nothing: you will hear no more of it, and the address is forgotten within a week.",
        link=notices.Link(CONFIRM, follower.pk),
    )


def _key(follower: Follower) -> str:
    """How the keys of all letters to one follower begin."""
    return f"follow:{follower.pk}:"


def confirm_path(number: int) -> str | None:
    """The place of the page that confirms, for a letter about to be sent; None where there is nothing to confirm."""
    if not Follower.objects.filter(pk=number, confirmed_at__isnull=True).exists():
        return None
    return reverse("follow-confirm", args=[_confirm.sign(str(number))])


def leave_path(number: int) -> str | None:
    """The place of the page that ends it, for a letter about to be sent; None for who has left."""
    if not Follower.objects.filter(pk=number).exists():
        return None
    return reverse("follow-leave", args=[_leave.sign(str(number))])


def to_confirm(token: str) -> Follower | None:
    """Whom a link confirms; None where it is forged or too old, or they have left or been forgotten."""
    try:
        number = int(_confirm.unsign(token, max_age=CONFIRM_WITHIN))
    except (BadSignature, ValueError):
        return None
    return Follower.objects.select_related("recommendation").filter(pk=number).first()


def is_leave_link(token: str) -> bool:
    """Whether a link was made by us, for somebody who may have left by now."""
    return _number_of(token) is not None


def _number_of(token: str) -> int | None:
    try:
        return int(_leave.unsign(token))
    except (BadSignature, ValueError):
        return None


@transaction.atomic
def confirm(*, token: str) -> Follower | None:
    """From now on a follower is told; the same link again changes nothing."""
    follower = to_confirm(token)
    if follower is not None and follower.confirmed_at is None:
        follower.confirmed_at = timezone.now()
        follower.save()
    return follower


@transaction.atomic
def leave(*, token: str) -> bool:
    """Forget a follower, and what letters to them said. Whether the link was ours; leaving twice is leaving once."""
    number = _number_of(token)
    if number is None:
        return False
    follower = Follower.objects.filter(pk=number).first()
    if follower is not None:
        _forget(follower)
    return True


@transaction.atomic
def forget_address(*, address: str, by: User) -> int:
    """Forget an address wherever it follows something, because its owner asked for it; returns how often it did.

    Raises:
        Refused: the account may not.
    """
    access.require(by, "partnership.handle_personal_data", council=None)
    followers = list(Follower.objects.filter(address=address.strip().lower()))
    for follower in followers:
        _forget(follower)
    return len(followers)


def _under(addresses: Collection[str]) -> list[dict[str, Any]]:
    """What some addresses follow, for their owner's copy of everything that is held on them."""
    return [
        {
            "record": "scrutiny.follower",
            "number": one.pk,
            "address": one.address,
            "follows": one.recommendation.reference,
            "asked_at": one.asked_at.isoformat(),
            "confirmed_at": one.confirmed_at.isoformat() if one.confirmed_at else None,
        }
        for one in Follower.objects.filter(address__in=addresses).select_related("recommendation")
    ]


def _forget_under(addresses: Collection[str]) -> str:
    """Forget some addresses wherever they follow something."""
    followers = list(Follower.objects.filter(address__in=addresses))
    for follower in followers:
        _forget(follower)
    many = len(followers)
    return f"their address from {many} recommendation{'s' if many > 1 else ''} that they followed" if many else ""


UNDER_ADDRESS = privacy.UnderAddress(_under, _forget_under)


def _forget(follower: Follower) -> None:
    forget_letters(key_begins=_key(follower))
    follower.delete()


@transaction.atomic
def tell_followers(recommendation: Recommendation) -> int:
    """Write each follower a letter for each change since they confirmed; how many. Asked again it writes none anew."""
    followers = queries.followed(recommendation)
    if not followers:
        return 0
    wanted = {
        f"{_key(follower)}{change.key}": (follower, change)
        for change in queries.changes(recommendation)
        for follower in followers
        if follower.confirmed_at is not None and change.at > follower.confirmed_at
    }
    told = notices.already_put(wanted)
    page = f"{settings.SITE_ADDRESS}{recommendation.get_absolute_url()}"
    for key, (follower, change) in wanted.items():
        if key in told:
            continue
        notices.put(
            key=key,
            to=follower.address,
            subject=f"Recommendation {recommendation.reference} has changed",
            text=f"{change.says}\n\nRead it all: {page}\n\nYou get this because you asked for it on that page. To stop"
            " these e-mails, open this link and press the button:",
            link=notices.Link(LEAVE, follower.pk),
            unsubscribe=notices.Link(LEAVE, follower.pk),
        )
    return len(wanted) - len(told)


def run_followers(day: datetime.date) -> dict[str, int]:
    """Once a day: forget whom nobody confirmed, and whom retention ends; then tell what nobody told yet."""
    began = daily.began(day - datetime.timedelta(days=UNCONFIRMED_DAYS))
    forgotten = 0
    gone = [Follower.objects.filter(confirmed_at__isnull=True, asked_at__lt=began)]
    if (before := daily.first_day_kept("followers", day)) is not None:
        gone.append(Follower.objects.filter(confirmed_at__lt=daily.began(before)))
    for followers in gone:
        for follower in followers:
            _forget(follower)
            forgotten += 1
    daily.carried_out("followers", forgotten)
    followed = Recommendation.objects.filter(followers__confirmed_at__isnull=False).distinct()
    return {"forgotten": forgotten, "told": sum(tell_followers(one) for one in followed.iterator())}

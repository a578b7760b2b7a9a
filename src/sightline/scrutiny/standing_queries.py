"""Which recommendations stand as asked at a council, and how many: for lists, and for a council's page."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from sightline.partnership import access
from sightline.partnership.access import Account
from sightline.partnership.models import Council
from sightline.scrutiny.domain import standings
from sightline.scrutiny.domain.referrals import ReferralState
from sightline.scrutiny.models import Recommendation, Referral
from sightline.scrutiny.referral_queries import OPEN, seen_of, state_seen


def standing_so(account: Account, *, council: Council | None, state: ReferralState | None, late: bool) -> Q:
    """The recommendations that stand as asked at one council or at any, for an account.

    Read from what the recommendation itself holds of that. Its referrals are looked at only where a day is asked for,
    or where what is internal to one council makes a difference.
    """
    reach = seen_of(account)
    number = council.pk if council else None
    wanted = standings.says(council=number, state=state)
    exactly = Q(Exists(_at_a_council(account, council=council, state=state, late=late)))
    if reach.every_council or (council is not None and council.gss_code in reach.councils):
        stands = Q(standing__contains=wanted)
        return stands & exactly if late else stands
    stands = Q(public_standing__contains=wanted)
    if reach.councils and council is None:
        # At any council, and only of their own what is internal.
        alike = Q(standing=F("public_standing"))
        return exactly if late else (alike & stands) | (~alike & exactly)
    return stands & Q(unanswered_due_on__lt=timezone.localdate()) & exactly if late else stands


def _at_a_council(
    account: Account, *, council: Council | None, state: ReferralState | None, late: bool
) -> QuerySet[Referral]:
    """The referrals of one recommendation (an outer query's) that stand as asked, at one council or at any."""
    at: Any = Referral.objects.filter(recommendation=OuterRef("pk"))
    if council is not None:
        at = at.filter(council=council)
    at = at.annotate(seen_state=state_seen(account))
    if state is not None:
        at = at.filter(seen_state=state.value)
    if late:
        at = at.filter(seen_state__in=OPEN, due_on__lt=timezone.localdate())
    narrowed: QuerySet[Referral] = at
    return narrowed


def counted_by_state(account: Account, council: Council) -> list[tuple[ReferralState, int]]:
    """How many recommendations that an account may see stand where at a council, in the order of their way."""
    seen = access.visible(account, Recommendation.objects.filter(withdrawn_at__isnull=True))
    at = Referral.objects.filter(council=council, recommendation__in=seen).annotate(seen_state=state_seen(account))
    found: dict[str, int] = dict(at.order_by().values_list("seen_state").annotate(Count("pk")))
    return [(state, found[state.value]) for state in ReferralState if state.value in found]


def late_at(account: Account, council: Council) -> int:
    """How many recommendations that an account may see wait for a council's decision longer than they should."""
    seen = access.visible(account, Recommendation.objects.filter(withdrawn_at__isnull=True))
    at: Any = Referral.objects.filter(council=council, recommendation__in=seen, due_on__lt=timezone.localdate())
    late: int = at.annotate(seen_state=state_seen(account)).filter(seen_state__in=OPEN).count()
    return late

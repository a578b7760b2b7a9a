"""What pages, commands and other contexts read of scrutiny. Nothing here is shown to an account that may not see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from sightline.kernel.errors import SightlineError
from sightline.partnership import access
from sightline.partnership import queries as partnership
from sightline.partnership.access import Account
from sightline.partnership.models import Body, Council
from sightline.scrutiny import referral_queries, standing_queries
from sightline.scrutiny.domain.passages import CERTAIN, PassageKind
from sightline.scrutiny.domain.referrals import ReferralState
from sightline.scrutiny.models import (
    Commitment,
    Meeting,
    Minute,
    MinuteItem,
    MinuteUpload,
    Passage,
    Recommendation,
)
from sightline.scrutiny.models.passages import CONFIRMED_STATES, GONE_STATES


class NotKnown(SightlineError):
    """A number that stands for no record, or for none that the account may see."""


@dataclass(frozen=True, slots=True)
class RecommendationFilter:
    """What a list of recommendations is narrowed to. A state without a council means: at any council.

    late: a decision is overdue. divergent: councils decided differently, by what is public.
    """

    council: Council | None = None
    body: Body | None = None
    state: ReferralState | None = None
    late: bool = False
    divergent: bool = False


def recommendations(account: Account, narrowed: RecommendationFilter | None = None) -> QuerySet[Recommendation]:
    """Recommendations that an account may see, newest first, each with its referrals. Those withdrawn are left out."""
    found = access.visible(account, Recommendation.objects.filter(withdrawn_at__isnull=True))
    return (
        _narrowed(account, found, narrowed)
        .select_related("asked_by__council", "withdrawal")
        .prefetch_related(Prefetch("referrals", referral_queries.referrals_seen(account)))
    )


def _narrowed(
    account: Account, found: QuerySet[Recommendation], narrowed: RecommendationFilter | None
) -> QuerySet[Recommendation]:
    if narrowed is not None:
        if narrowed.body is not None:
            found = found.filter(asked_by=narrowed.body)
        if narrowed.divergent:
            found = found.filter(diverges=True)
        if narrowed.late and narrowed.council is None and narrowed.state is None:
            # At any council, by what is public: one look at an index.
            found = found.filter(unanswered_due_on__lt=timezone.localdate())
        elif narrowed.council is not None or narrowed.state is not None:
            found = found.filter(
                standing_queries.standing_so(
                    account, council=narrowed.council, state=narrowed.state, late=narrowed.late
                )
            )
    return found


def latest_recommendations(account: Account, how_many: int) -> QuerySet[Recommendation]:
    return recommendations(account)[:how_many]


def recommendation(account: Account, reference: str) -> Recommendation | None:
    """One recommendation with the passage it came from, one that was withdrawn too; None where there is none that the
    account may see."""
    return (
        access.visible(account, Recommendation.objects.all())
        .select_related("asked_by__council", "passage__item__minute__meeting__body", "passage__parent", "council")
        .filter(reference=reference)
        .first()
    )


def commitments(account: Account) -> QuerySet[Commitment]:
    return access.visible(account, Commitment.objects.all()).select_related("passage__item__minute__meeting__body")


def meetings(account: Account, body: Body | None = None) -> QuerySet[Meeting]:
    """Meetings that an account may see, newest first, each with those of its minutes that it may see."""
    found = access.visible(account, Meeting.objects.all())
    if body is not None:
        found = found.filter(body=body)
    return found.select_related("body__council").prefetch_related(
        Prefetch("minutes", access.visible(account, Minute.objects.defer("text")))
    )


def latest_minutes(account: Account, how_many: int) -> QuerySet[Minute]:
    return minutes(account).defer("text")[:how_many]


def minutes(account: Account) -> QuerySet[Minute]:
    return access.visible(account, Minute.objects.all()).select_related("meeting__body__council")


def minute_numbered(account: Account, number: int) -> Minute:
    """The minute with a number.

    Raises:
        NotKnown: there is none, or the account may not see it.
    """
    minute = minutes(account).filter(pk=number).first()
    if minute is None:
        raise NotKnown(
            f"There is no minute {number} that you may see. `sightline minutes list --as …` names those there are."
        )
    return minute


def digests_of_minutes() -> set[str]:
    """The digests of all the files that minutes were recorded from."""
    return set(Minute.objects.order_by().values_list("attachment__sha256", flat=True))


def minute_of_file(sha256: str) -> Minute | None:
    """The minute that was recorded from the file with a digest, without its text; whoever asks has the file."""
    return (
        Minute.objects.filter(attachment__sha256=sha256).select_related("meeting__body__council").defer("text").first()
    )


def was_ever_public(minute: Minute) -> bool:
    """Whether a minute is or was public: one that somebody withdrew is not published again in passing."""
    return bool(minute.history.filter(publication="public").exists())


def other_minutes_of_meeting(minute: Minute) -> list[int]:
    """The numbers of other minutes of the same meeting."""
    return list(
        Minute.objects.filter(meeting=minute.meeting_id)
        .exclude(pk=minute.pk)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def items_of(minute: Minute) -> QuerySet[MinuteItem]:
    """The items of a minute with the passages that its page shows, in the order of the text; three queries however
    long it is. Of a public minute those that are public, to everybody; of another all that were not rejected."""
    standing = minute.items.filter(joined_into__isnull=True).order_by("start", "position")
    return standing.prefetch_related(
        Prefetch(
            "passages",
            _shown(minute).select_related("recommendation", "commitment").order_by("start", "-end", "position"),
        )
    )


def _shown(minute: Minute) -> QuerySet[Passage]:
    found = Passage.objects.filter(item__minute=minute).exclude(state__in=GONE_STATES)
    return found.filter(published_at__isnull=False) if minute.publication == "public" else found


def to_be_published(minute: Minute) -> QuerySet[Passage]:
    """The confirmed passages of a minute that are not public yet: without those that hang on an unconfirmed one."""
    return Passage.objects.filter(item__minute=minute, published_at__isnull=True, state__in=CONFIRMED_STATES).filter(
        Q(parent__isnull=True) | Q(parent__state__in=CONFIRMED_STATES)
    )


def left_to_confirm(minute: Minute) -> int:
    """How many passages of a minute wait for somebody to confirm them."""
    return Passage.objects.filter(item__minute=minute, state="proposed").count()


def uncertain(minute: Minute) -> int:
    """How many of them were read from weaker signs, so that publishing does not accept them."""
    return Passage.objects.filter(item__minute=minute, state="proposed", confidence__lt=CERTAIN).count()


def counted(minute: Minute) -> dict[str, int]:
    """How many passages of each kind the page of a minute shows, and how many items."""
    kinds = _shown(minute).order_by().values_list("kind").annotate(Count("pk"))
    items = minute.items.filter(joined_into__isnull=True).count()
    return {"items": items, **dict.fromkeys((kind.value for kind in PassageKind), 0), **dict(kinds)}


def references_of(minute: Minute) -> list[str]:
    """The references of the recommendations that came out of a minute, in their order, but those withdrawn."""
    found = Recommendation.objects.filter(passage__item__minute=minute, withdrawn_at__isnull=True).order_by("reference")
    return list(found.values_list("reference", flat=True))


def uploads(account: Account) -> QuerySet[MinuteUpload]:
    """The uploads of the bodies for which an account may upload, newest first, without the files themselves."""
    councils = [
        council
        for council in (None, *partnership.councils())
        if access.may(account, "scrutiny.upload_minute", council=council)
    ]
    whose = Q(body__council__in=[council for council in councils if council is not None])
    if None in councils:
        whose |= Q(body__council__isnull=True)
    return (
        MinuteUpload.objects.filter(whose)
        .select_related("attachment", "body__council", "uploaded_by", "minute")
        .defer("attachment__content", "reading", "text")
    )


def bodies_for_upload(account: Account, bodies: Sequence[Body]) -> list[Body]:
    """Those of the bodies whose minutes an account may upload."""
    return [body for body in bodies if access.may(account, "scrutiny.upload_minute", council=body.council)]


def minutes_that_name(name: str, around: int = 120) -> Iterator[tuple[Minute, list[str]]]:
    """The minutes in which a name stands, each with the words around every place; for nobody's page but a subject's own
    copy of what is held on them, so no account is asked."""
    wanted = name.casefold().strip()
    if not wanted:
        return
    found = Minute.objects.filter(text__icontains=name.strip()).select_related("meeting__body__council")
    for minute in found.iterator(chunk_size=20):
        text, places, at = minute.text, [], minute.text.casefold().find(wanted)
        while at >= 0:
            places.append(" ".join(text[max(0, at - around) : at + len(wanted) + around].split()))
            at = text.casefold().find(wanted, at + len(wanted))
        yield minute, places

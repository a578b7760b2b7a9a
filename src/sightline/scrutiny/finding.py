"""What of scrutiny is found by full-text search."""

from __future__ import annotations

from django.db.models import Q

from sightline.partnership import searching
from sightline.partnership.models import Council
from sightline.scrutiny.domain import standings
from sightline.scrutiny.domain.flow import flowing
from sightline.scrutiny.models import Commitment, Minute, Recommendation


def register() -> None:
    """Let recommendations, commitments and minutes be found, in this order where they are of one day."""
    searching.register(
        searching.Kind(
            key="recommendation",
            one="Recommendation",
            many="Recommendations",
            model=Recommendation,
            columns=("reference", "text"),
            dated_by="asked_on",
            body="asked_by",
            of_council=_referred_to,
            related=("asked_by__council",),
            title=lambda found: f"Recommendation {found.reference}",
            shown=lambda found: found.heading,
            about=lambda found: str(found.asked_by),
        )
    )
    searching.register(
        searching.Kind(
            key="commitment",
            one="Commitment",
            many="Commitments",
            model=Commitment,
            columns=("reference", "text"),
            dated_by="made_on",
            body="asked_by",
            of_council=lambda council: Q(council=council),
            related=("asked_by__council",),
            title=lambda found: f"Commitment {found.reference}",
            shown=lambda found: found.heading,
            about=lambda found: str(found.asked_by),
        )
    )
    searching.register(
        searching.Kind(
            key="minute",
            one="Minutes",
            many="Minutes",
            model=Minute,
            columns=("text",),
            dated_by="meeting__held_on",
            body="meeting__body",
            of_council=lambda council: Q(council=council),
            related=("meeting__body__council",),
            title=lambda found: f"Minutes of {found.meeting.body.name}",
            shown=lambda found: flowing(found.text),
            about=lambda found: str(found.meeting.body),
        )
    )


def _referred_to(council: Council) -> Q:
    """A recommendation interests every council that has to decide on it, whoever asked."""
    return Q(council=council) | Q(public_standing__contains=standings.says(council=council.pk))

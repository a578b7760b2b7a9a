"""What scrutiny adds to the pages of councils and bodies."""

from __future__ import annotations

from django.http import HttpRequest

from sightline.partnership import access
from sightline.partnership.models import Body, Council
from sightline.partnership.sections import Section
from sightline.scrutiny import queries, standing_queries

A_FEW = 5


def of_council(request: HttpRequest, council: Council) -> Section:
    """How many recommendations stand where, at one council."""
    return Section(
        "scrutiny/_of_council.html",
        {
            "council": council,
            "counted": standing_queries.counted_by_state(request.user, council),
            "late": standing_queries.late_at(request.user, council),
        },
    )


def of_body(request: HttpRequest, body: Body) -> Section:
    """What a body asked for last, and when it met."""
    asked = queries.recommendations(request.user, queries.RecommendationFilter(body=body))
    return Section(
        "scrutiny/_of_body.html",
        {
            "body": body,
            "may_see_brief": access.may(request.user, "scrutiny.see_brief", council=body.council),
            "recommendations": list(asked[:A_FEW]),
            "meetings": list(queries.meetings(request.user, body)[:A_FEW]),
        },
    )

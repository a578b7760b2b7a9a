"""Councils and bodies, for programs."""

from __future__ import annotations

import datetime

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from sightline.partnership import queries
from sightline.partnership.api import address_of
from sightline.partnership.models import Body, Council

router = Router(tags=["Partnership"])


class CouncilOut(Schema):
    id: str = Field(description="Its address, which stays.")
    name: str
    abbreviation: str
    slug: str
    gss_code: str = Field(description="The code that the Office for National Statistics gives it.")
    website: str
    ended_on: datetime.date | None = Field(description="Its last day, where it is no more.")
    successor: str | None = Field(description="The GSS code of the council that took its place.")

    @staticmethod
    def resolve_id(one: Council) -> str:
        return address_of(one)

    @staticmethod
    def resolve_successor(one: Council) -> str | None:
        return one.successor.gss_code if one.successor else None


class BodyOut(Schema):
    id: str = Field(description="Its address, which stays.")
    name: str
    slug: str
    kind: str
    council: str | None = Field(description="The GSS code of its council; null for one of the partnership.")

    @staticmethod
    def resolve_id(one: Body) -> str:
        return address_of(one)

    @staticmethod
    def resolve_council(one: Body) -> str | None:
        return one.council.gss_code if one.council else None


@router.get("/councils", response=list[CouncilOut], url_name="api-councils", summary="Every council")
def councils(request: HttpRequest) -> list[Council]:
    """Those that are no more too, with the council that took their place."""
    return list(queries.councils())


@router.get("/bodies", response=list[BodyOut], url_name="api-bodies", summary="Every body")
def bodies(request: HttpRequest) -> list[Body]:
    """The committees of each council, and those of the partnership."""
    return list(queries.bodies())

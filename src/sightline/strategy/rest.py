"""The glossary, for programs."""

from __future__ import annotations

import datetime

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from sightline.partnership.api import PUBLIC, address_of
from sightline.strategy import queries
from sightline.strategy.models import GlossaryTerm

router = Router(tags=["Glossary"])


class TermOut(Schema):
    id: str = Field(description="Its address, which stays.")
    term: str
    aliases: list[str] = Field(description="Other words for the same thing.")
    explanation: str
    source: str
    source_url: str
    checked_on: datetime.date | None = Field(description="The day on which the source was last looked up.")
    publication: str

    @staticmethod
    def resolve_id(one: GlossaryTerm) -> str:
        return address_of(one)


class TermsAsked(Schema):
    """Which terms, as in the glossary."""

    text: str = Field("", max_length=100, description="What must stand in the term or its explanation.")


@router.get(
    "/glossary", response={200: list[TermOut], **PUBLIC}, url_name="api-glossary", summary="Every technical term"
)
def glossary(request: HttpRequest, asked: Query[TermsAsked]) -> list[GlossaryTerm]:
    """With its plain explanation and where that is from."""
    return list(queries.terms(request.user, text=asked.text))

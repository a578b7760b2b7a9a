"""The estate, for programs: totals for everybody; the register for whoever holds a role, narrowed as on its pages."""

from __future__ import annotations

from typing import Any, Literal

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from sightline.estate import catalogue_queries, licence_queries, queries, rest_records
from sightline.estate.assessing import Assessor
from sightline.estate.domain.entitlements import Metric, Standing
from sightline.estate.domain.legacy import Verdict
from sightline.estate.domain.lifecycle import State
from sightline.estate.forms import InstallationFilterForm, SystemFilterForm
from sightline.estate.licence_forms import LicenceFilterForm, PositionFilterForm
from sightline.estate.rest_records import (
    InstallationOut,
    LicenceOut,
    PositionOut,
    ProductOut,
    ProductWithReleases,
    SystemOut,
    TotalsOut,
)
from sightline.partnership.api import (
    ROLE,
    SIGNED_IN,
    Page,
    WhichPage,
    checked,
    narrowed,
    only_with_a_role,
    page_of,
)

router = Router(tags=["Software estate"])
Nothing = Literal[""]
WORDS = Field("", max_length=100, description="Words that all must stand in it.")
COUNCIL = Field("", description="The slug of a council.")


@router.get("/estate/totals", response=list[TotalsOut], url_name="api-estate-totals", summary="Totals by council")
def totals(request: HttpRequest) -> list[dict[str, Any]]:
    """How many installations stand how today, at each council and run together. Never which."""
    today = timezone.localdate()
    as_of = queries.as_of()
    found = queries.totals(today, Assessor(today), queries.grouped())
    return [rest_records.of_totals(one, as_of) for one in found if one.council is not None or one.all]


class SystemsAsked(Schema):
    """Which systems, as on their page."""

    council: str = COUNCIL
    kind: Literal["", "centralised", "business"] = ""
    verdict: Verdict | Nothing = ""
    words: str = WORDS
    sort: Literal["", "function", "ends", "cost", "users"] = Field("", description="By name, where it is empty.")


@router.get(
    "/systems",
    response={200: Page[SystemOut], **ROLE},
    auth=SIGNED_IN,
    url_name="api-systems",
    summary="Systems that are run",
)
def systems(request: HttpRequest, asked: Query[SystemsAsked], which: WhichPage) -> dict[str, Any]:
    """Those that the account may see."""
    only_with_a_role(request)
    known = queries.standings(timezone.localdate())
    found = queries.narrowed_systems(queries.systems(request.user), narrowed(SystemFilterForm(asked.dict())), known)
    return page_of(request, found, which, lambda rows: rest_records.of_systems(rows, known))


@router.get(
    "/systems/{reference}",
    response={200: SystemOut, **ROLE},
    auth=SIGNED_IN,
    url_name="api-system",
    summary="One system",
)
def system(request: HttpRequest, reference: str) -> dict[str, Any]:
    """One that is no longer run, too."""
    found = queries.system(request.user, reference)
    if found is None:
        raise Http404("no system that may be seen")
    return rest_records.of_systems([found], queries.standings(timezone.localdate()))[0]


class InstallationsAsked(Schema):
    """Which installations, as on their page."""

    council: str = COUNCIL
    state: State | Nothing = ""
    verdict: Verdict | Nothing = ""
    product: str = Field("", max_length=120, description="The slug of a product.")
    system: str = Field("", max_length=20, description="The reference of a system.")
    words: str = WORDS
    gone: bool = Field(False, description="Those that the newest inventory no longer names.")
    sort: Literal["", "name", "ends", "confidence"] = Field("", description="By machine, where it is empty.")


@router.get(
    "/installations",
    response={200: Page[InstallationOut], **ROLE},
    auth=SIGNED_IN,
    url_name="api-installations",
    summary="What inventories found",
)
def installations(request: HttpRequest, asked: Query[InstallationsAsked], which: WhichPage) -> dict[str, Any]:
    """With what it is taken for, how it stands today and why."""
    only_with_a_role(request)
    assessor = Assessor(timezone.localdate())
    found = queries.narrowed_installations(
        queries.installations(request.user), narrowed(InstallationFilterForm(asked.dict())), assessor
    )
    return page_of(request, found, which, lambda rows: rest_records.of_installations(rows, assessor))


@router.get(
    "/installations/{int:number}",
    response={200: InstallationOut, **ROLE},
    auth=SIGNED_IN,
    url_name="api-installation",
    summary="One installation",
)
def installation(request: HttpRequest, number: int) -> dict[str, Any]:
    """One that has gone, too."""
    found = queries.installations(request.user).filter(pk=number).first()
    if found is None:
        raise Http404("no installation that may be seen")
    return rest_records.of_installations([found], Assessor(timezone.localdate()))[0]


class ProductsAsked(Schema):
    """Which products, as in the catalogue."""

    words: str = WORDS
    own: bool = Field(False, description="Only the partnership's own entries.")


@router.get(
    "/products",
    response={200: Page[ProductOut], **ROLE},
    auth=SIGNED_IN,
    url_name="api-products",
    summary="The catalogue of software",
)
def products(request: HttpRequest, asked: Query[ProductsAsked], which: WhichPage) -> dict[str, Any]:
    """What published lifecycle data knows, and the partnership's own entries."""
    only_with_a_role(request)
    found = catalogue_queries.products(request.user, words=asked.words, own=asked.own)
    return page_of(request, found, which, rest_records.of_products)


@router.get(
    "/products/{slug}",
    response={200: ProductWithReleases, **ROLE},
    auth=SIGNED_IN,
    url_name="api-product",
    summary="One product with its release lines",
)
def product(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Until when each release line is supported, with the source of that."""
    found = catalogue_queries.products(request.user).filter(slug=slug).first()
    if found is None:
        raise Http404("no product that may be seen")
    today, horizon = timezone.localdate(), settings.SUPPORT_HORIZON_DAYS
    releases = [rest_records.of_release(one, today, horizon) for one in found.releases.all()]
    return {**rest_records.of_products([found])[0], "releases": releases}


class LicencesAsked(Schema):
    """Which licences, as on their page."""

    council: str = Field("", description="The slug of a council, or `shared`.")
    metric: Metric | Nothing = ""
    state: Literal["", "in-force", "over", "unknown-product"] = ""
    words: str = WORDS
    sort: Literal["", "end", "cost", "supplier"] = Field("", description="By name, where it is empty.")


@router.get(
    "/licences",
    response={200: Page[LicenceOut], **ROLE},
    auth=SIGNED_IN,
    url_name="api-licences",
    summary="Licences",
)
def licences(request: HttpRequest, asked: Query[LicencesAsked], which: WhichPage) -> dict[str, Any]:
    """What the councils may use."""
    only_with_a_role(request)
    found = licence_queries.narrowed(
        licence_queries.licences(request.user), narrowed(LicenceFilterForm(asked.dict())), timezone.localdate()
    )
    return page_of(request, found, which, rest_records.of_licences)


class PositionsAsked(Schema):
    """Which positions, as on their page."""

    council: str = COUNCIL
    standing: Standing | Nothing = ""


@router.get(
    "/licences/positions",
    response={200: list[PositionOut], **ROLE},
    auth=SIGNED_IN,
    url_name="api-licence-positions",
    summary="Whether there are enough licences",
)
def positions(request: HttpRequest, asked: Query[PositionsAsked]) -> list[dict[str, Any]]:
    """What may be used beside what is used, with the sum; the pressing ones first."""
    only_with_a_role(request)
    form = checked(PositionFilterForm(asked.dict()))
    found = licence_queries.positions(request.user, timezone.localdate(), council=form.council_chosen())
    return [rest_records.of_position(row) for row in found if asked.standing in ("", row.standing)]


@router.get(
    "/licences/{reference}",
    response={200: LicenceOut, **ROLE},
    auth=SIGNED_IN,
    url_name="api-licence",
    summary="One licence",
)
def licence(request: HttpRequest, reference: str) -> dict[str, Any]:
    """What it covers, how many and until when."""
    found = licence_queries.licence(request.user, reference)
    if found is None:
        raise Http404("no licence that may be seen")
    return rest_records.of_licences([found])[0]

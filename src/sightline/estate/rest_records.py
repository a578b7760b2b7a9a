"""What programs are told of each record of the estate. People are left out: they stand on the pages alone."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from sightline.estate import licence_queries
from sightline.estate.assessing import Assessor
from sightline.estate.catalogue_queries import as_catalogued, lifecycle_of
from sightline.estate.domain.entitlements import Metric, Standing
from sightline.estate.domain.legacy import Verdict
from sightline.estate.domain.lifecycle import State
from sightline.estate.models import Installation, Licence, Product, Release, System
from sightline.estate.queries import Standings, Totals
from sightline.partnership.api import address_of

Publication = Literal["public", "internal", "exempt"]
GSS = "GSS code; null where the councils run or hold it together."


class TotalsOut(Schema):
    """How many installations at one council stand how."""

    council: str | None = Field(description=GSS)
    name: str
    supported: int
    ending: int
    extended: int
    unsupported: int
    unknown: int
    all: int
    legacy: int
    as_of: datetime.date | None = Field(description="The day of the newest inventory.")


def of_totals(one: Totals, as_of: datetime.date | None) -> dict[str, Any]:
    return {
        "council": one.council.gss_code if one.council else None,
        "name": one.council.name if one.council else "Run together",
        **{state.value: one.of(state) for state in State},
        "all": one.all,
        "legacy": one.legacy,
        "as_of": as_of,
    }


class SystemOut(Schema):
    id: str = Field(description="Its address, which stays.")
    reference: str
    name: str
    function: str
    kind: Literal["centralised", "business"]
    council: str | None = Field(description=GSS)
    councils: list[str] = Field(description="GSS codes of the councils that use it.")
    service_area: str
    supplier: str
    hosting: str
    users: int | None
    cost_pence: int | None = Field(description="A year.")
    contract_starts_on: datetime.date | None
    contract_ends_on: datetime.date | None
    notice_on: datetime.date | None
    purchased_on: datetime.date | None
    product: str | None = Field(description="The slug of its product.")
    release: str | None = Field(description="Its release line.")
    version: str
    in_use: bool | None
    extended_until: datetime.date | None
    retired_on: datetime.date | None
    publication: Publication
    verdict: Verdict
    why: str = Field(description="The verdict with the facts it rests on, in one sentence.")
    legacy_on: datetime.date | None = Field(description="The day on which the same facts make it legacy.")


_SYSTEM = (
    "reference", "name", "function", "kind", "service_area", "supplier", "hosting", "users", "cost_pence",
    "contract_starts_on", "contract_ends_on", "notice_on", "purchased_on", "version", "in_use", "extended_until",
    "retired_on", "publication",
)  # fmt: skip


def of_systems(found: Iterable[System], known: Standings) -> list[dict[str, Any]]:
    return [_system(one, known) for one in found]


def _system(one: System, known: Standings) -> dict[str, Any]:
    standing = known.of(one)
    return {
        "id": address_of(one),
        **{name: getattr(one, name) for name in _SYSTEM},
        "council": one.council.gss_code if one.council else None,
        "councils": [council.gss_code for council in one.councils.all()],
        "product": one.product.slug if one.product else None,
        "release": one.release.cycle if one.release else None,
        "verdict": standing.judgement.verdict,
        "why": standing.sentence,
        "legacy_on": standing.judgement.legacy_on,
    }


class InstallationOut(Schema):
    id: str = Field(description="Its address, which stays.")
    council: str | None = Field(description=GSS)
    device: str
    raw_name: str = Field(description="As the inventory writes it.")
    raw_version: str
    publisher: str
    installed_on: datetime.date | None
    product: str | None = Field(description="The slug of the product it is taken for; null where it is not known.")
    release: str | None
    version: str
    edition: str
    cpe: str | None
    purl: str | None
    confidence: float = Field(description="From 0 to 1: how sure the recognition is.")
    why_taken: str = Field(description="Why it is taken for that.")
    system: str | None = Field(description="The reference of the system it belongs to.")
    support_ends_on: datetime.date | None
    state: State
    verdict: Verdict
    why: str = Field(description="The verdict with the facts it rests on, in one sentence.")
    gone_on: datetime.date | None = Field(description="The day of the inventory that no longer named it.")
    publication: Publication


_INSTALLATION = (
    "device", "raw_name", "raw_version", "publisher", "installed_on", "version", "edition", "confidence", "gone_on",
    "publication",
)  # fmt: skip


def of_installations(found: Iterable[Installation], assessor: Assessor) -> list[dict[str, Any]]:
    return [_installation(one, assessor) for one in found]


def _installation(one: Installation, assessor: Assessor) -> dict[str, Any]:
    judgement = assessor.judgement(one.release_id, one.system_id)
    product = as_catalogued(one.product) if one.product is not None and one.version else None
    return {
        "id": address_of(one),
        **{name: getattr(one, name) for name in _INSTALLATION},
        "council": one.council.gss_code if one.council else None,
        "product": one.product.slug if one.product else None,
        "release": one.release.cycle if one.release else None,
        "cpe": product.cpe_of(one.version) if product else None,
        "purl": product.purl_of(one.version) if product else None,
        "why_taken": one.why,
        "system": one.system.reference if one.system else None,
        "support_ends_on": one.release.security_on if one.release else None,
        "state": assessor.state(one.release_id, system=one.system_id),
        "verdict": judgement.verdict,
        "why": judgement.sentence,
    }


class ReleaseOut(Schema):
    """One release line, and until when it is supported."""

    cycle: str
    label: str
    latest: str
    released_on: datetime.date | None
    active_support_ends_on: datetime.date | None
    support_ends_on: datetime.date | None
    extended_support_ends_on: datetime.date | None
    state: State
    source: str
    checked_on: datetime.date | None


class ProductOut(Schema):
    id: str = Field(description="Its address, which stays.")
    slug: str
    title: str
    supplier: str
    category: str
    own: bool = Field(description="The partnership's own entry.")
    identifiers: list[list[str]] = Field(description="CPE, purl and repology identifiers: kind and value.")
    source: str
    source_url: str
    checked_on: datetime.date | None


class ProductWithReleases(ProductOut):
    """A product with its release lines, the newest first."""

    releases: list[ReleaseOut]


_PRODUCT = ("slug", "title", "supplier", "category", "own", "identifiers", "source", "source_url", "checked_on")


def of_products(found: Iterable[Product]) -> list[dict[str, Any]]:
    return [{"id": address_of(one), **{name: getattr(one, name) for name in _PRODUCT}} for one in found]


def of_release(one: Release, on: datetime.date, horizon_days: int) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in ("cycle", "label", "latest", "released_on", "source", "checked_on")},
        "active_support_ends_on": one.active_on,
        "support_ends_on": one.security_on,
        "extended_support_ends_on": one.extended_on,
        "state": lifecycle_of(one).state(on, horizon_days=horizon_days),
    }


class LicenceOut(Schema):
    id: str = Field(description="Its address, which stays.")
    reference: str
    name: str
    council: str | None = Field(description=GSS)
    supplier: str
    metric: Metric
    quantity: int | None = Field(description="Null where it is not known, and for an unlimited one.")
    products: list[str] = Field(description="Slugs of the products that it covers.")
    release: str | None = Field(description="The release line it is for, where it is for one alone.")
    names_product: str = Field(description="What it covers in its own words, where the catalogue does not know it.")
    covers_together: bool
    upgrade: bool
    downgrade: bool
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    notice_on: datetime.date | None
    cost_pence: int | None = Field(description="A year.")
    system: str | None
    publication: Publication


_LICENCE = (
    "reference", "name", "supplier", "metric", "quantity", "names_product", "covers_together", "upgrade", "downgrade",
    "starts_on", "ends_on", "notice_on", "cost_pence", "publication",
)  # fmt: skip


def of_licences(found: Iterable[Licence]) -> list[dict[str, Any]]:
    return [
        {
            "id": address_of(one),
            **{name: getattr(one, name) for name in _LICENCE},
            "council": one.council.gss_code if one.council else None,
            "products": [product.slug for product in one.products.all()],
            "release": one.release.cycle if one.release else None,
            "system": one.system.reference if one.system else None,
        }
        for one in found
    ]


class PositionOut(Schema):
    """What may be used of a product at one council, beside what is used."""

    product: str
    council: str | None = Field(description=GSS)
    metric: Metric
    standing: Standing
    used: int | None
    covered: int
    missing: int
    spare: int
    licences: list[str]
    arithmetic: str = Field(description="The sum, in words.")


def of_position(row: licence_queries.Row) -> dict[str, Any]:
    position = row.position
    return {
        "product": row.product.slug,
        "council": row.council.gss_code if row.council else None,
        "standing": row.standing,
        "licences": [held.reference for held in position.held],
        **{name: getattr(position, name) for name in ("metric", "used", "covered", "missing", "spare", "arithmetic")},
    }

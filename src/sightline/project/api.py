"""The face for programs: every room's operations under /api/v1/, described by OpenAPI."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from sightline.estate.rest import router as estate
from sightline.partnership.access import Refused
from sightline.partnership.rest import router as partnership
from sightline.scrutiny.rest import router as scrutiny
from sightline.strategy.rest import router as strategy

PREFIX = "api/v1/"
ABOUT = """\
Reads what the web pages show, by the same rights. Public records need nothing. For the rest, send the cookie of a
session that was signed in on the web. Ids are addresses that stay. Councils are named by GSS codes, software by CPE and
purl where they are known. Nothing can be written here yet.
"""

api = NinjaAPI(
    title="Sightline",
    version="1",
    description=ABOUT,
    # Both need the partnership's own address or scripts from elsewhere: the description is served below.
    openapi_url=None,
    docs_url=None,
    urls_namespace="api-v1",
)
for room in (partnership, strategy, scrutiny, estate):
    api.add_router("", room)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    # The audit log tells what was refused.
    request.refusal = error  # type: ignore[attr-defined]
    return api.create_response(request, {"detail": str(error)}, status=403)


@api.exception_handler(AuthenticationError)
def _not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    told = "Sign in on the web and send the cookie of that session: this is not public."
    return api.create_response(request, {"detail": told}, status=401)


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    told = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in error.errors)
    return api.create_response(request, {"detail": f"{told}."}, status=422)


@cache
def description() -> dict[str, Any]:
    """The API as OpenAPI describes it."""
    return dict(api.get_openapi_schema(path_prefix=f"/{PREFIX}"))


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    return JsonResponse(description())


def addresses() -> list[URLPattern | URLResolver]:
    """Those of the operations, and of their description."""
    operations = [one for one in api.urls[0] if getattr(one, "name", None) != "api-root"]
    return [path("openapi.json", openapi, name="api-openapi"), *operations]

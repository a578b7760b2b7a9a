"""What every room's face for programs shares: who asks, how a list is cut into pages, and how a failure is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any, Generic, TypeVar

from django import forms
from django.conf import settings
from django.core.paginator import InvalidPage, Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from ninja import Query, Schema
from ninja.errors import HttpError
from ninja.security import django_auth
from pydantic import Field

from sightline.partnership import access

SIGNED_IN = django_auth
"""The session that signing in on the web gives: what such an operation asks for."""

MOST_A_PAGE = 1000
SEE = "partnership.see_internal"
Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")
Form = TypeVar("Form", bound=forms.Form)


class Problem(Schema):
    """Why nothing is given."""

    detail: str = Field(description="What is wrong and what to do, in one sentence.")


class Page(Schema, Generic[Item]):
    """One page of a list."""

    count: int = Field(description="How many there are in all.")
    page: int
    pages: int
    next: str | None = Field(description="The address of the next page; null on the last one.")
    items: list[Item]


class Which(Schema):
    """Which page of a list, and how long one is."""

    page: Annotated[int, Field(ge=1, description="Counted from 1.")] = 1
    per_page: Annotated[int, Field(ge=1, le=MOST_A_PAGE, description="How many items one page holds.")] = 100


PUBLIC = {404: Problem, 422: Problem}
ROLE = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
"""What an operation may answer instead: one for everybody, and one for whoever holds a role."""

WhichPage = Query[Which]


def only_with_a_role(request: HttpRequest) -> None:
    """What every list of what is not public asks first.

    Raises:
        Refused: the account holds no role.
    """
    access.require_anywhere(request.user, SEE)


def page_of(
    request: HttpRequest, found: QuerySet[Row], which: Which, made: Callable[[Iterable[Row]], list[Any]]
) -> dict[str, Any]:
    """One page of a list. made: makes items of its records.

    Raises:
        Http404: there is no such page.
    """
    paginator = Paginator(found, which.per_page)
    try:
        page = paginator.page(which.page)
    except InvalidPage as error:
        raise Http404(f"there is no page {which.page}") from error
    query = request.GET.copy()
    query["page"] = str(which.page + 1)
    return {
        "count": paginator.count,
        "page": which.page,
        "pages": paginator.num_pages,
        "next": f"{settings.SITE_ADDRESS}{request.path}?{query.urlencode()}" if page.has_next() else None,
        "items": made(page.object_list),
    }


def checked(form: Form) -> Form:
    """A page's form, filled in by a program; unlike a page, a program is told of what is not known.

    Raises:
        HttpError: 422, a value is none that may be chosen.
    """
    if not form.is_valid():
        raise HttpError(422, " ".join(f"{name}: {' '.join(map(str, told))}" for name, told in form.errors.items()))
    return form


def narrowed(form: Any) -> Any:
    """What a list is narrowed to, by a page's form that a program filled in.

    Raises:
        HttpError: 422, a value is none that may be chosen.
    """
    return checked(form).narrowed()


def address_of(record: Any) -> str:
    """The stable id of a record: the address of its page."""
    return f"{settings.SITE_ADDRESS}{record.get_absolute_url()}"

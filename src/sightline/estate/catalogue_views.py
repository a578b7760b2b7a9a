"""The catalogue: what software is known, and the partnership's own entries."""

from __future__ import annotations

import datetime

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.estate import catalogue_queries
from sightline.estate.catalogue_actions import KEEP, CannotKeepProduct, Line, keep_product
from sightline.estate.catalogue_queries import lifecycle_of
from sightline.estate.models import Product
from sightline.estate.views import only_with_a_role
from sightline.govuk.forms import DateField
from sightline.partnership import access
from sightline.partnership.models import User


class CatalogueFilterForm(forms.Form):
    """Narrows the catalogue."""

    words = forms.CharField(required=False, max_length=100, label="Words in its name or supplier")
    own = forms.BooleanField(required=False, label="Only the partnership’s own entries")


class ProductForm(forms.Form):
    """One entry of the partnership's own."""

    title = forms.CharField(max_length=200, label="Name, as inventories write it")
    supplier = forms.CharField(required=False, max_length=200, label="Supplier")
    lines = forms.CharField(
        widget=forms.Textarea,
        label="Release lines, the newest first",
        help_text="One a line, with the last day of its support where it is known: “7, 2027-03-31”.",
    )
    source = forms.CharField(
        max_length=300,
        label="Where is this from?",
        error_messages={"required": "Enter where this is from"},
        help_text="Such as the supplier’s letter.",
    )
    source_url = forms.URLField(required=False, assume_scheme="https", label="Its web address")
    checked_on = DateField(label="When did you look?", error_messages={"required": "Enter the day on which you looked"})

    def clean_lines(self) -> list[Line]:
        found = []
        for text in self.cleaned_data["lines"].splitlines():
            cycle, _, day = (part.strip() for part in text.partition(","))
            if not cycle:
                continue
            try:
                found.append(Line(cycle[:120], datetime.date.fromisoformat(day) if day else None))
            except ValueError as error:
                raise forms.ValidationError(f"“{day}” is no day. Write it as 2027-03-31, or leave it out.") from error
        return found


@login_required
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    only_with_a_role(request)
    form = CatalogueFilterForm(request.GET)
    form.is_valid()
    found = catalogue_queries.products(
        request.user, words=form.cleaned_data.get("words", ""), own=bool(form.cleaned_data.get("own"))
    )
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(
        request,
        "estate/catalogue.html",
        {
            "form": form,
            "page": page,
            "loads": catalogue_queries.loads(),
            "may_keep": access.may(request.user, KEEP, council=None),
        },
    )


def _product(request: HttpRequest, slug: str) -> Product:
    found = catalogue_queries.products(request.user).filter(slug=slug).first()
    if found is None:
        raise Http404("no product that may be seen")
    return found


@login_required
@require_safe
def product(request: HttpRequest, slug: str) -> HttpResponse:
    found = _product(request, slug)
    today = timezone.localdate()
    rows = [(row, lifecycle_of(row).explained(today)) for row in found.releases.all()]
    may_keep = found.own and access.may(request.user, KEEP, council=None)
    return render(request, "estate/product.html", {"product": found, "rows": rows, "may_keep": may_keep})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    access.require(request.user, KEEP, council=None)
    return _form(request, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str) -> HttpResponse:
    found = _product(request, slug)
    access.require(request.user, KEEP, council=None)
    if not found.own:
        raise Http404("it is not the partnership's own")
    return _form(request, found)


def _form(request: HttpRequest, record: Product | None) -> HttpResponse:
    form = ProductForm(request.POST if request.method == "POST" else None, initial=_as_typed(record))
    if request.method == "POST" and form.is_valid():
        assert isinstance(request.user, User)
        try:
            kept = keep_product(by=request.user, record=record, **form.cleaned_data)
        except access.Refused:
            raise
        except CannotKeepProduct as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, f"{kept.title} is kept. Import or recognise inventories again to find it.")
            return redirect(kept)
    context = {"form": form, "product": record}
    return render(request, "estate/product_form.html", context, status=422 if form.errors else 200)


def _as_typed(record: Product | None) -> dict[str, object]:
    if record is None:
        return {"checked_on": timezone.localdate()}
    lines = [
        f"{row.cycle}, {row.security_on.isoformat()}" if row.security_on else row.cycle
        for row in record.releases.filter(left_on=None)
    ]
    same = ("title", "supplier", "source", "source_url", "checked_on")
    return {**{name: getattr(record, name) for name in same}, "lines": "\n".join(lines)}

"""Pages of the partnership: its councils and their bodies; and the stylesheet of the councils' colours."""

from __future__ import annotations

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from sightline.partnership import queries, sections
from sightline.partnership.domain.colours import text_on


@require_safe
def councils(request: HttpRequest) -> HttpResponse:
    every = list(queries.councils_with_bodies())
    today = timezone.localdate()
    return render(
        request,
        "partnership/councils.html",
        {
            "current": [council for council in every if council.exists_on(today)],
            "ended": [council for council in every if not council.exists_on(today)],
        },
    )


@require_safe
def council(request: HttpRequest, slug: str) -> HttpResponse:
    found = queries.councils_with_bodies().filter(slug=slug).first()
    if found is None:
        raise Http404(f"There is no council “{slug}”.")
    return render(
        request,
        "partnership/council.html",
        {
            "council": found,
            "exists": found.exists_on(timezone.localdate()),
            "predecessors": found.predecessors.all(),
            "sections": sections.of_council(request, found),
        },
    )


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    return render(request, "partnership/bodies.html", {"groups": queries.bodies_by_council()})


@require_safe
def body(request: HttpRequest, slug: str) -> HttpResponse:
    found = queries.bodies_with_panels().filter(slug=slug).first()
    if found is None:
        raise Http404(f"There is no body “{slug}”.")
    return render(request, "partnership/body.html", {"body": found, "sections": sections.of_body(request, found)})


def _stylesheet() -> str:
    """One rule a council. Slugs and colours are checked when they are stored, so they cannot end a rule early."""
    return "".join(
        f".council--{slug} {{ --council-colour: {colour}; --council-text: {text_on(colour)}; }}\n"
        for slug, colour in queries.council_colours()
    )


def _stylesheet_tag(request: HttpRequest) -> str:
    return f'"{hashlib.sha256(_stylesheet().encode()).hexdigest()[:32]}"'


@require_safe
@cache_control(public=True, max_age=300)
@condition(etag_func=_stylesheet_tag)
def council_colours(request: HttpRequest) -> HttpResponse:
    """The councils' colours as a stylesheet: no page may hold a style of its own."""
    return HttpResponse(_stylesheet(), content_type="text/css; charset=utf-8")

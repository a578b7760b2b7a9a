"""Links technical terms on every page."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase

from sightline.strategy import queries
from sightline.strategy.domain.glossary import Linker


class GlossaryMiddleware:
    """Links the first use of each public term in the main part of a page to its explanation.

    The linker is kept from one page to the next, and made anew when the glossary has changed: one small query a page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        # One pair, replaced as a whole: two threads may do the work twice, but never see half of it.
        self._kept: tuple[tuple[int, datetime.datetime] | None, Linker] = (None, Linker(()))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if (
            not isinstance(response, HttpResponse)  # a stream
            or response.status_code != 200
            or response.has_header("Content-Encoding")
            or not response.get("Content-Type", "").startswith("text/html")
        ):
            return response
        page = response.content.decode(response.charset)
        linked = self._linker().link(page, own_address=request.path)
        if linked is not page:
            response.content = linked.encode(response.charset)
        return response

    def _linker(self) -> Linker:
        version = queries.version()
        kept_version, linker = self._kept
        if version != kept_version:
            linker = Linker(queries.public_terms())
            self._kept = (version, linker)
        return linker

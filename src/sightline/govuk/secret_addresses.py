"""Pages whose address alone opens them, as signed links in letters do."""

from __future__ import annotations

from django.http import HttpResponse


def alone(response: HttpResponse) -> HttpResponse:
    """Keep the address of a page to the one who holds it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response

"""The site's addresses, and some that fail, so that what is then said can be looked at."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from sightline.project import urls, views

handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404
handler500 = urls.handler500


def bad_request(request: HttpRequest) -> HttpResponse:
    raise BadRequest("on purpose")


def server_error(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


def csrf(request: HttpRequest) -> HttpResponse:
    return views.csrf_failure(request, reason="on purpose")


urlpatterns = [
    path("fails/400/", bad_request, name="fails-400"),
    path("fails/500/", server_error, name="fails-500"),
    path("fails/csrf/", csrf, name="fails-csrf"),
    path("", include("sightline.project.urls")),
]

"""The root of all addresses: each context's own, then the pages that belong to none."""

from __future__ import annotations

from django.urls import include, path

from sightline.project import api, search, views

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", search.results, name="search"),
    path("healthz", views.healthz, name="healthz"),
    path("waiting/", views.waiting, name="waiting"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("cookies/", views.cookies, name="cookies"),
    path(api.PREFIX, include(api.addresses())),
    path("", include("sightline.partnership.urls")),
    path("", include("sightline.strategy.urls")),
    path("", include("sightline.estate.urls")),
    path("", include("sightline.estate.licence_urls")),
    path("", include("sightline.scrutiny.urls")),
]

handler400 = "sightline.project.views.bad_request"
handler403 = "sightline.project.views.forbidden"
handler404 = "sightline.project.views.not_found"
handler500 = "sightline.project.views.server_error"

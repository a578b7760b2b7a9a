"""Addresses of the glossary. A term keeps its address when it is renamed."""

from __future__ import annotations

from django.urls import path

from sightline.strategy import views

urlpatterns = [
    path("glossary/", views.glossary, name="glossary"),
    path("glossary/terms/add/", views.add_term, name="glossary-add"),
    path("glossary/<slug:slug>/", views.term, name="glossary-term"),
    path("glossary/<slug:slug>/change/", views.change_term, name="glossary-change"),
    path("glossary/<slug:slug>/publish/", views.publish_term, name="glossary-publish"),
]

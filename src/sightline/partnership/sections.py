"""The hook by which higher rooms add to the pages of councils and bodies.

A room registers a function in its ``AppConfig.ready``; the function gets the request and the council or body, and gives
a section or None::

    sections.add_to_council_page(recommendations_waiting)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from sightline.partnership.models import Body, Council


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: a template of the room that adds it (it begins with an h2), and what the template needs."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


CouncilSection = Callable[[HttpRequest, Council], Section | None]
BodySection = Callable[[HttpRequest, Body], Section | None]

_of_councils: list[CouncilSection] = []
_of_bodies: list[BodySection] = []


def add_to_council_page(make: CouncilSection) -> None:
    """Ask ``make`` for a section of every council's page."""
    if make not in _of_councils:
        _of_councils.append(make)


def add_to_body_page(make: BodySection) -> None:
    """Ask ``make`` for a section of every body's page."""
    if make not in _of_bodies:
        _of_bodies.append(make)


def of_council(request: HttpRequest, council: Council) -> list[SafeString]:
    """The sections of one council's page, rendered, in the order in which they were registered."""
    return [_rendered(request, section) for make in _of_councils if (section := make(request, council))]


def of_body(request: HttpRequest, body: Body) -> list[SafeString]:
    """The sections of one body's page, rendered, in the order in which they were registered."""
    return [_rendered(request, section) for make in _of_bodies if (section := make(request, body))]


def _rendered(request: HttpRequest, section: Section) -> SafeString:
    return render_to_string(section.template, section.context, request=request)

"""The Design System's own markup: one function that renders any of its components.

The macros come from govuk-frontend-jinja, a line-by-line port of the official ones, so that the markup of a release is
adopted whole and nothing of it is written out here. Parameters bear the official names (`describedBy`), as on
https://design-system.service.gov.uk/components/.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from jinja2 import Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

_NAME = re.compile(r"[a-z]+(-[a-z]+)*")


@functools.cache
def _environment() -> Environment:
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


@functools.cache
def _macro(name: str) -> Callable[[Mapping[str, Any]], Markup]:
    if not _NAME.fullmatch(name):
        raise ValueError(f"“{name}” is no component of the Design System: its names are lower case with hyphens.")
    module = _environment().get_template(f"govuk_frontend_jinja/components/{name}/macro.html").module
    macro: Callable[[Mapping[str, Any]], Markup] = getattr(module, "govuk" + name.title().replace("-", ""))
    return macro


def _without_none(value: Any) -> Any:
    """The macros ask whether a key is there, so a key without a value must not be."""
    if isinstance(value, dict):
        return {key: _without_none(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_without_none(inner) for inner in value if inner is not None]
    return value


def component(name: str, params: Mapping[str, Any]) -> SafeString:
    """The HTML of a component.

    ``text`` parameters are escaped, ``html`` parameters are trusted.

    Raises:
        jinja2.TemplateNotFound: the Design System has no component of this name.
    """
    # A macro's result is Markup, which says of itself that it is escaped.
    return format_html("{}", _macro(name)(_without_none(dict(params))).strip())

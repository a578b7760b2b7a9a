"""What every page knows: whose partnership this is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from sightline.partnership import queries


def site(request: HttpRequest) -> dict[str, Any]:
    """The partnership, and the roles of the one who is logged in, both read only when a page asks."""
    return {"partnership": queries.lazy_partnership(), "signed_in": queries.lazy_roles(request)}

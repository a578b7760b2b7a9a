"""How the estate's pages write money: `{% load estate_tags %}`."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def pounds(pence: int | None) -> str:
    """An amount in pence as pounds, whole ones where there are no pence: "£1,200"; unknown is said."""
    if pence is None:
        return "Not known"
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}.{rest:02d}" if rest else f"£{whole:,}"

"""How the estate's pages write money, and councils that have ended: `{% load estate_tags %}`."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sightline.partnership import succession
from sightline.partnership.models import Council

register = template.Library()


@register.filter
def until(council: Council | None, length: str = "") -> SafeString:
    """What is said behind the name of a council that has ended: until when it was, and what it is now.

    length: “short” for its successor by its abbreviation, beside a council by its own.
    """
    said = succession.note(council, short=length == "short")
    return (
        format_html('<br><span class="govuk-body-s">{}</span>', said[:1].upper() + said[1:]) if said else SafeString("")
    )


@register.filter
def pounds(pence: int | None) -> str:
    """An amount in pence as pounds, whole ones where there are no pence: "£1,200"; unknown is said."""
    if pence is None:
        return "Not known"
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}.{rest:02d}" if rest else f"£{whole:,}"

"""The tracker report as a page that stands alone: one file, to be sent or put on another site."""

from __future__ import annotations

from django.template.loader import render_to_string

from sightline.scrutiny.domain.tracker import Report, as_data


def as_page(report: Report) -> bytes:
    """The report as HTML in UTF-8; it needs nothing beside it."""
    return render_to_string("scrutiny/tracker_alone.html", {"report": as_data(report)}).encode()

"""How a recommendation is cited, in plain words that can be copied anywhere."""

from __future__ import annotations

from django.conf import settings

from sightline.scrutiny.models import Recommendation


def citation(recommendation: Recommendation) -> str:
    """Who asked for what and when, in which minutes it stands, under which reference and at which lasting address.

    The passage's item, minute and meeting have been fetched.
    """
    item = recommendation.passage.item
    held_on = item.minute.meeting.held_on
    return (
        f"{recommendation.asked_by}, recommendation {recommendation.reference}, {held_on.day} {held_on:%B %Y}:"
        f" “{recommendation.heading.rstrip('.')}.” In: minutes of {item.minute.meeting.body},"
        f" {held_on.day} {held_on:%B %Y}, item “{item.title}”."
        f" {settings.SITE_ADDRESS}{recommendation.get_absolute_url()}"
    )

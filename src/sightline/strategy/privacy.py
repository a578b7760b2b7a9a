"""What the strategy's records hold of people."""

from __future__ import annotations

from sightline.partnership import privacy
from sightline.partnership.privacy import DONE_BY
from sightline.strategy.models import GlossaryTerm

privacy.holds(
    GlossaryTerm,
    not_personal=(
        "id", "council", "publication", "exempt_paragraph", "published_at", "source", "source_url", "checked_on",
        "term", "slug", "explanation", "aliases", "edited_here",
    ),
    published_by=DONE_BY,
)  # fmt: skip

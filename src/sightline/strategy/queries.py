"""What pages and the middleware read of the glossary."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet

from sightline.kernel.publication import Publication
from sightline.partnership import access
from sightline.strategy.domain.glossary import Linkable
from sightline.strategy.models import GlossaryTerm


def terms(account: access.Account, *, text: str = "") -> QuerySet[GlossaryTerm]:
    """The terms that an account may see, in order of the alphabet; those that hold ``text``, where it is given."""
    found = access.visible(account, GlossaryTerm.objects.all())
    if text:
        # The aliases are kept as JSON, which both databases search as text.
        found = found.filter(Q(term__icontains=text) | Q(explanation__icontains=text) | Q(aliases__icontains=text))
    return found


def by_letter(found: QuerySet[GlossaryTerm]) -> list[tuple[str, list[GlossaryTerm]]]:
    """Terms under their first letters, in the order in which they come; those that begin with a sign under "Other"."""
    letters: dict[str, list[GlossaryTerm]] = {}
    for term in found:
        first = term.term[:1].upper()
        letters.setdefault(first if first.isalnum() else "Other", []).append(term)
    return list(letters.items())


def public_terms() -> list[Linkable]:
    """The terms that every page links."""
    public = GlossaryTerm.objects.filter(publication=Publication.PUBLIC.value)
    return [Linkable(term.term, term.get_absolute_url(), tuple(term.aliases)) for term in public]


def version() -> tuple[int, datetime.datetime] | None:
    """What changes with every change to the glossary: its last row of history. The date tells apart rows that take
    the number of one that was rolled back."""
    last: tuple[int, datetime.datetime] | None = (
        GlossaryTerm.history.order_by("-history_id").values_list("history_id", "history_date").first()
    )
    return last

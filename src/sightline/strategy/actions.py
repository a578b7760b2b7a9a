"""What people do to the glossary."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from sightline.kernel.errors import SightlineError
from sightline.kernel.publication import Publication
from sightline.partnership import access
from sightline.partnership.actions import LoadReport, keep, publish, withdraw_publication
from sightline.partnership.domain.slugs import slug_of
from sightline.partnership.models import User
from sightline.strategy.models import GlossaryTerm

if TYPE_CHECKING:
    from sightline.partnership.domain.partnership_facts import PartnershipFile

KEEP = "strategy.keep_glossary"


class CannotKeepTerm(SightlineError):
    """A term cannot be kept as asked; nothing was changed. ``field`` is the one to mend."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


@transaction.atomic
def keep_term(
    *,
    term: str,
    explanation: str,
    by: User,
    aliases: Sequence[str] = (),
    source: str = "",
    source_url: str = "",
    checked_on: datetime.date | None = None,
    record: GlossaryTerm | None = None,
) -> GlossaryTerm:
    """Add a term, internal until it is published; or, with ``record``, change one. A renamed term keeps its address.

    Raises:
        Refused: the account may not keep the glossary.
        CannotKeepTerm: the term or an alias is explained already, or something is missing.
    """
    access.require(by, KEEP, council=None)
    term = " ".join(term.split())
    names = list(dict.fromkeys(" ".join(alias.split()) for alias in aliases if alias.strip()))
    if not explanation.strip():
        raise CannotKeepTerm("explanation", "Explain the term in plain words.")
    if not slug_of(term):
        raise CannotKeepTerm("term", f"“{term}” holds no letter or digit, so no address can be made from it.")
    others = GlossaryTerm.objects.select_for_update()
    if record is not None:
        others = others.exclude(pk=record.pk)
    taken = {name.casefold(): other.term for other in others for name in (other.term, *other.aliases)}
    for name in (term, *names):
        if other := taken.get(name.casefold()):
            raise CannotKeepTerm(
                "term" if name == term else "aliases", f"“{name}” is explained already, under “{other}”."
            )
    slug = record.slug if record else slug_of(term)
    if other_slug := others.filter(slug=slug).first():
        raise CannotKeepTerm(
            "term", f"“{term}” would have the same address as “{other_slug.term}”. Choose another name."
        )
    record = record or GlossaryTerm(slug=slug)
    keep(
        record,
        by=by,
        reason="term explained",
        term=term,
        explanation=explanation.strip(),
        aliases=[name for name in names if name.casefold() != term.casefold()],
        source=source.strip(),
        source_url=source_url,
        checked_on=checked_on,
        edited_here=True,
    )
    return record


def publish_term(*, record: GlossaryTerm, by: User) -> GlossaryTerm:
    """Let everybody see a term, and link it on every page.

    Raises:
        Refused: the account may not keep the glossary.
    """
    return publish(record, by=by, action=KEEP)


def withdraw_term(*, record: GlossaryTerm, by: User, reason: str) -> GlossaryTerm:
    """Take a term off the public pages.

    Raises:
        Refused: the account may not keep the glossary.
        CannotPublish: no reason was given.
    """
    return withdraw_publication(record, by=by, action=KEEP, reason=reason)


def load_glossary(file: PartnershipFile, report: LoadReport, by: User) -> None:
    """Bring the terms of a partnership file into the glossary, public. A term that somebody changed here since stays
    as it is. Called within the transaction that loads the file."""
    known = {term.slug: term for term in GlossaryTerm.objects.all()}
    by_name = {name.casefold(): term for term in known.values() for name in (term.term, *term.aliases)}
    for facts in file.glossary:
        record = known.pop(slug_of(facts.term), None) or by_name.get(facts.term.casefold())
        said = f"term {facts.term}"
        if record is not None and record.edited_here:
            known.pop(record.slug, None)
            report.left.append(said)
            continue
        clash = next((by_name[name.casefold()] for name in facts.aliases if name.casefold() in by_name), None)
        if clash is not None and clash.edited_here:
            report.left.append(said)
            continue
        new = record is None
        record = record or GlossaryTerm(
            slug=slug_of(facts.term),
            publication=Publication.PUBLIC.value,
            published_at=timezone.now(),
            published_by=by,
        )
        known.pop(record.slug, None)
        kept = keep(
            record,
            by=by,
            reason="partnership file loaded",
            term=facts.term,
            explanation=facts.explanation,
            aliases=list(facts.aliases),
            source=facts.source,
            source_url=facts.source_url,
            checked_on=facts.checked_on,
        )
        report.tell(said, kept)
        if new:
            by_name.update({name.casefold(): record for name in (facts.term, *facts.aliases)})
    report.missing += [f"term {term.term}" for term in known.values() if not term.edited_here]

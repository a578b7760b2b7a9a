"""Keeps what is told of a commitment or a referral, with the evidence for it. Updates are added, never changed."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils import timezone

from sightline.kernel.errors import SightlineError
from sightline.partnership.actions import keep_attachment, publish
from sightline.partnership.models import Council, Person, User
from sightline.partnership.records import keep
from sightline.scrutiny.domain.typed import in_one_line, says_something, tidied
from sightline.scrutiny.models import Commitment, Evidence, Referral, Update
from sightline.scrutiny.reading import file_name_only

LONGEST_TEXT = 10_000
MOST_EVIDENCE = 20

# Pages that are records or figures: their addresses keep their meaning. Pages of work, such as forms, are no evidence.
RECORDS = frozenset({"recommendation", "commitment", "meeting", "minute", "body", "council", "glossary-term"})

_IS_URL = URLValidator(schemes=["https", "http"])


class CannotTell(SightlineError):
    """An update cannot be kept as it was sent; nothing was kept. ``field`` is what to mend."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece of evidence as somebody gives it: a file (``name`` and ``content``), or an ``address``.

    The address is a link that begins with http, or the place of a record of this site, with or without the site's own
    address before it.
    """

    title: str = ""
    address: str = ""
    name: str = ""
    content: bytes | None = None


@transaction.atomic
def keep_update(
    *,
    of: Commitment | Referral,
    council: Council | None,
    text: str,
    claims: str,
    evidence: Sequence[Shown],
    by: Person | None,
    entered_by: User | None,
    way: str,
    submission: uuid.UUID,
    account: User | None,
    on: datetime.date | None = None,
) -> tuple[Update, bool]:
    """Keep an update with its evidence; whether it is new. The same ``submission`` again keeps nothing more.

    Whoever calls has asked whether they may. ``account`` is named in the history: for a signed link, that of the person
    it was sent to.

    Raises:
        CannotTell: there is no text, or too much of it; evidence is missing or is none; the same form was sent for
            another record.
    """
    earlier = Update.objects.filter(submission=submission).first()
    if earlier is not None:
        if (earlier.commitment_id, earlier.referral_id) != _place(of):
            raise CannotTell("text", "This form was sent already, for another record. Open the page again.")
        return earlier, False
    text = tidied(text)
    if not says_something(text):
        raise CannotTell("text", "Say in a few words what was done.")
    if len(text) > LONGEST_TEXT:
        raise CannotTell("text", f"This text has {len(text):,} characters; {LONGEST_TEXT:,} are the most.")
    if len(evidence) > MOST_EVIDENCE:
        raise CannotTell("evidence", f"Give at most {MOST_EVIDENCE} pieces of evidence with one update.")
    if claims != Update.Claims.NOTHING and not evidence:
        raise CannotTell(
            "evidence", "Show at least one piece of evidence: a document, a link, or the address of a record here."
        )
    pieces = [_piece(shown) for shown in evidence]
    day = on or timezone.localdate()
    update = Update(
        council=council, text=text, claims=claims, on=day, by=by, entered_by=entered_by, way=way, submission=submission
    )
    update.commitment_id, update.referral_id = _place(of)
    reason = "answered by signed link" if way == Update.Way.SIGNED_LINK else "update written"
    keep(update, by=account, reason=reason)
    for shown, piece in zip(evidence, pieces, strict=True):
        if shown.content is not None:
            if account is None:
                raise CannotTell("evidence", "A file needs an account that it is received by. Give a link.")
            piece["attachment"] = keep_attachment(
                name=file_name_only(shown.name),
                media_type="application/octet-stream",
                content=shown.content,
                by=account,
            )
        keep(Evidence(update_shown=update, **piece), by=account, reason=reason)
    return update, True


def _place(of: Commitment | Referral) -> tuple[int | None, int | None]:
    return (of.pk, None) if isinstance(of, Commitment) else (None, of.pk)


def _piece(shown: Shown) -> dict[str, Any]:
    title = in_one_line(shown.title)[:300]
    if shown.content is not None:
        if not shown.content:
            raise CannotTell("file", f"“{in_one_line(shown.name)}” is empty. Check that the whole file was saved.")
        if len(shown.content) > settings.UPLOAD_LIMIT_BYTES:
            most = settings.UPLOAD_LIMIT_BYTES // 1024 // 1024
            raise CannotTell("file", f"“{in_one_line(shown.name)}” is larger than {most} MB. Send a part, or a link.")
        name = in_one_line(file_name_only(shown.name))
        return {"kind": Evidence.Kind.DOCUMENT.value, "title": title or name or "A document", "address": ""}
    address = in_one_line(shown.address)
    if len(address) > 1000:
        raise CannotTell("link", "The address is longer than 1,000 characters. Use its short form.")
    place = _place_here(address)
    if place is not None:
        return {"kind": Evidence.Kind.RECORD.value, "title": title or place, "address": _record(place)}
    try:
        _IS_URL(address)
    except ValidationError as error:
        raise CannotTell(
            "link",
            "The address must start with https://, such as https://www.example.org/page, or be a record’s own.",
        ) from error
    return {"kind": Evidence.Kind.LINK.value, "title": title or address[:300], "address": address}


def _place_here(address: str) -> str | None:
    """The path of an address of this site; None for one of another."""
    if address.startswith("/") and not address.startswith("//"):
        return address
    try:
        parts, own = urlsplit(address), urlsplit(settings.SITE_ADDRESS)
    except ValueError:
        return None
    if parts.scheme in ("http", "https") and parts.netloc == own.netloc:
        return parts.path or "/"
    return None


def _record(place: str) -> str:
    path = urlsplit(place).path
    try:
        name = resolve(path).url_name
    except Resolver404:
        name = None
    if name not in RECORDS:
        raise CannotTell("link", f"“{place[:80]}” is no record of this site. Copy the address of its own page.")
    return path


def publish_update(*, update: Update, by: User, action: str) -> Update:
    """Let everybody read an update, with its evidence.

    action: the line of the table of rights under which the record it tells of is published.

    Raises:
        Refused: the account may not.
    """
    return publish(update, by=by, action=action, reason="update published")

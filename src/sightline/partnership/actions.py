"""What people do to the partnership's own records, and the acts that every context shares: keep a file, publish.

Each asks the table of rights first, runs in one transaction and leaves a row of history with its actor and reason.
"""

from __future__ import annotations

import datetime
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from sightline.kernel.errors import SightlineError
from sightline.kernel.publication import Publication
from sightline.partnership import access
from sightline.partnership.domain.posting import NoticeState
from sightline.partnership.guessing import unlock
from sightline.partnership.leaving import leave
from sightline.partnership.loading import CannotLoad, LoadReport, also_load, load_partnership
from sightline.partnership.models import Attachment, Notice, PublishedRecord, User
from sightline.partnership.open_items import OpenItem, OpenItems
from sightline.partnership.open_items import register as register_open_items
from sightline.partnership.people import (
    CannotKeepPerson,
    create_first_administrator,
    create_person,
    end_role,
    give_role,
    set_password,
)
from sightline.partnership.records import Kept, keep, keep_links, keep_unless_there
from sightline.partnership.second_factor import forget as forget_second_factor
from sightline.partnership.second_factor import seal_anew as seal_second_factors_anew

__all__ = [
    "CannotKeepPerson",
    "CannotLoad",
    "CannotPublish",
    "Kept",
    "LoadReport",
    "OpenItem",
    "OpenItems",
    "also_load",
    "create_first_administrator",
    "create_person",
    "end_role",
    "forget_letters",
    "forget_second_factor",
    "give_role",
    "keep",
    "keep_attachment",
    "keep_links",
    "leave",
    "load_partnership",
    "make_exempt",
    "publish",
    "register_open_items",
    "seal_second_factors_anew",
    "set_password",
    "unlock",
    "withdraw_publication",
]

Record = TypeVar("Record", bound=PublishedRecord)


class CannotPublish(SightlineError):
    """A record cannot be given the publication state that was asked for; nothing was changed."""


def keep_attachment(*, name: str, media_type: str, content: bytes, by: User) -> Attachment:
    """Keep a file as it was received. The same content again returns the one that is kept, under its first name.

    Whoever calls has asked whether ``by`` may send it.
    """
    return take_attachment(name=name, media_type=media_type, content=content, by=by)[0]


@transaction.atomic(savepoint=False)
def take_attachment(*, name: str, media_type: str, content: bytes, by: User) -> tuple[Attachment, bool]:
    """The same, and whether the file is new.

    Two at once are safe: the digest is unique, and whoever comes second waits for the first to end and reads what it
    kept; the file stays locked until the caller's transaction ends, a new one because nobody else sees it before.
    """
    attachment = Attachment(
        sha256=Attachment.digest(content),
        name=name[-255:],
        media_type=media_type,
        size_bytes=len(content),
        content=content,
        received_by=by,
    )
    if keep_unless_there(attachment, by=by, reason="received"):
        return attachment, True
    return Attachment.objects.defer("content").select_for_update().get(sha256=attachment.sha256), False


@transaction.atomic
def publish(
    record: Record, *, by: User, action: str, at: datetime.datetime | None = None, reason: str = "published"
) -> Record:
    """Let everybody see a record. One that is public already stays as it is, with its first date.

    action: the line of the table of rights that this kind of record is published under.

    Raises:
        Refused: the account may not.
    """
    access.require(by, action, council=record.council)
    _lock(record)
    if record.publication != Publication.PUBLIC.value:
        keep(
            record,
            by=by,
            reason=reason,
            publication=Publication.PUBLIC.value,
            exempt_paragraph=None,
            published_at=at or timezone.now(),
            published_by=by,
        )
    return record


@transaction.atomic
def make_exempt(record: Record, *, by: User, action: str, paragraph: int, reason: str = "made exempt") -> Record:
    """Keep a record from the public under a paragraph (1 to 7) of Part 1 of Schedule 12A, Local Government Act 1972.

    Raises:
        Refused: the account may not.
        CannotPublish: there is no such paragraph.
    """
    access.require(by, action, council=record.council)
    if not 1 <= paragraph <= 7:
        raise CannotPublish(
            f"Schedule 12A has paragraphs 1 to 7, not {paragraph}: give the one that makes this record exempt."
        )
    _lock(record)
    keep(
        record,
        by=by,
        reason=reason,
        publication=Publication.EXEMPT.value,
        exempt_paragraph=paragraph,
        published_at=None,
        published_by=None,
    )
    return record


@transaction.atomic
def withdraw_publication(record: Record, *, by: User, action: str, reason: str) -> Record:
    """Make a public or exempt record internal again; its history still says that it was public, from when to when.

    Raises:
        Refused: the account may not.
        CannotPublish: no reason was given.
    """
    access.require(by, action, council=record.council)
    if not reason.strip():
        raise CannotPublish("Give a reason for withdrawing this record: it stays in the record's history.")
    _lock(record)
    keep(
        record,
        by=by,
        reason=reason.strip(),
        publication=Publication.INTERNAL.value,
        exempt_paragraph=None,
        published_at=None,
        published_by=None,
    )
    return record


def _lock(record: PublishedRecord) -> None:
    """Hold the record's row until the transaction ends, and read its state afresh: two who publish take turns."""
    manager = type(record)._default_manager
    manager.select_for_update().filter(pk=record.pk).values_list("pk").first()
    record.refresh_from_db(fields=["publication", "exempt_paragraph", "published_at", "published_by"])


@transaction.atomic
def forget_letters(*, key_begins: str) -> int:
    """Empty the letters of the outbox whose keys begin so, because whom they are to wants to be forgotten; returns how
    many. What they were about stays, so that none is sent twice; one that waits is not sent."""
    count = 0
    for letter in Notice.objects.select_for_update().filter(key__startswith=key_begins).exclude(recipient=""):
        state = NoticeState(letter.state)
        if state in (NoticeState.CLAIMED, NoticeState.HANDED_OVER):
            continue  # On its way this very moment; it is emptied with the other old letters.
        letter.state = (NoticeState.WITHDRAWN if state is NoticeState.WAITING else state).value
        letter.recipient = letter.subject = letter.text = letter.link = letter.unsubscribe = letter.problem = ""
        letter.save()
        count += 1
    return count

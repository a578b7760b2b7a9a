"""Takes in a backlog: every file of a folder is recorded, once, and what cannot be is reported with the reason.

Each file is kept in a transaction of its own. Whatever stops an import, a second run goes on where it stopped, and
one over the same files again changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from sightline.kernel.errors import SightlineError
from sightline.partnership import audit
from sightline.partnership import queries as partnership
from sightline.partnership.models import Body, User
from sightline.scrutiny import queries
from sightline.scrutiny.actions import Recorded, publish_minute, record_minute, require_may_record
from sightline.scrutiny.domain import documents
from sightline.scrutiny.domain.documents.refusal import printable
from sightline.scrutiny.looking_up import LookedUp
from sightline.scrutiny.models import Minute
from sightline.scrutiny.reading import Reading
from sightline.scrutiny.reading_many import Readers
from sightline.scrutiny.whose import Map, whose

SEALED_AFTER = 40
"""After how many files what the audit log has to tell of them is sealed: about as much as is sealed at once."""


class Outcome(StrEnum):
    """What became of a file."""

    RECORDED = "recorded"
    THERE = "already there"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Imported:
    """One file of an import: what became of it, as which minute, and why it was refused.

    file: its path within the folder, fit to print. notes: what somebody should look at.
    """

    file: str
    outcome: Outcome
    minute: Minute | None = None
    why: str = ""
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The plain values that ``sightline minutes import --json`` prints."""
        minute = self.minute
        return {
            "file": self.file,
            "outcome": self.outcome.value,
            "minute": minute.pk if minute else None,
            "body": minute.meeting.body.slug if minute else None,
            "date": minute.meeting.held_on.isoformat() if minute else None,
            "publication": minute.publication if minute else None,
            "why": self.why or None,
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class Backlog:
    """A folder and how to take it in.

    body: whose minutes all of them are. map: which files are whose, and of which day. Without either, the minutes' own
    words tell. publish: accept all that is certain in each, and make it public.
    """

    folder: Path
    by: User
    body: Body | None = None
    map: Map = field(default_factory=Map)
    publish: bool = False


def files_in(folder: Path) -> list[Path]:
    """Every file in a folder and below it, in the order of their paths; none that is hidden, and no link.

    Raises:
        UnreadableDocument: it is no folder.
    """
    if not folder.is_dir():
        raise documents.UnreadableDocument(str(folder), "there is no such folder; check its name.")
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not path.is_symlink()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def import_files(backlog: Backlog, files: Sequence[Path], *, jobs: int = 1) -> Iterator[Imported]:
    """Record each of ``files``, one after the other as the iterator is asked; each is kept before it is handed out.

    jobs: how many processes read.

    Raises:
        Refused: the account may not record minutes for the one body that is named.
    """
    if backlog.body is not None:
        require_may_record(body=backlog.body, by=backlog.by)
    known = LookedUp()
    digests = queries.digests_of_minutes()
    recorded = 0
    try:
        with Readers[tuple[Path, Imported | None]](jobs) as readers:
            for (path, there), content, answer in readers.read(_to_be_read(backlog, files, digests)):
                if there is not None:
                    yield there
                elif isinstance(answer, str) or answer is None:
                    yield Imported(_name(backlog, path), Outcome.REFUSED, why=answer or "")
                else:
                    one = _record(backlog, path, answer, known)
                    if one.minute is not None:
                        digests.add(one.minute.attachment.sha256)
                        recorded += 1
                        if recorded % SEALED_AFTER == 0:
                            audit.seal_pending()
                    yield one
                del content
    finally:
        audit.seal_pending()


def _to_be_read(
    backlog: Backlog, files: Sequence[Path], digests: Collection[str]
) -> Iterator[tuple[tuple[Path, Imported | None], str, bytes | None]]:
    """Each file with its content, or with what is known of it already: it is there, or it cannot be opened.

    digests: of what is recorded. What somebody else records meanwhile is found when it is to be recorded once more.
    """
    for path in files:
        name = _name(backlog, path)
        try:
            content = documents.read_bytes(path, limit_bytes=settings.UPLOAD_LIMIT_BYTES)
            digest = hashlib.sha256(content).hexdigest()
            known = _there(backlog, path, digest) if digest in digests else None
        except SightlineError as error:
            known = Imported(name, Outcome.REFUSED, why=str(error))
        if known is not None:
            yield (path, known), name, None
        else:
            yield (path, None), name, content


def _there(backlog: Backlog, path: Path, digest: str) -> Imported | None:
    """What is known of a file that was recorded before, here or by hand."""
    minute = queries.minute_of_file(digest)
    if minute is None:
        return None
    body = minute.meeting.body
    require_may_record(body=body, by=backlog.by)
    wanted = backlog.body or backlog.map.body_of(_inside(backlog, path))
    if wanted is not None and wanted != body:
        return Imported(
            _name(backlog, path),
            Outcome.REFUSED,
            why=f"{path.name}: this file is recorded already, as minute {minute.pk} of {body}.",
        )
    notes: tuple[str, ...] = ()
    if backlog.publish and minute.publication == "internal" and not queries.was_ever_public(minute):
        # An import that was stopped between the two, or one that did not publish.
        publish_minute(minute=minute, by=backlog.by)
        notes = ("published now",)
    return Imported(_name(backlog, path), Outcome.THERE, minute, notes=notes)


def _record(backlog: Backlog, path: Path, reading: Reading, known: LookedUp) -> Imported:
    name, inside = _name(backlog, path), _inside(backlog, path)
    try:
        with audit.sealed_later(), _one_act(backlog.publish):
            body = backlog.body or backlog.map.body_of(inside) or whose(reading, known.bodies)
            day = backlog.map.date_of(inside)
            recorded = record_minute(reading=reading, body=body, by=backlog.by, held_on=day, known=known)
            minute = recorded.minute
            notes = tuple(_notes(reading, recorded)) if recorded.new else ()
            if backlog.publish and recorded.new:
                publish_minute(minute=minute, by=backlog.by)
    except SightlineError as error:
        return Imported(name, Outcome.REFUSED, why=str(error))
    return Imported(name, Outcome.RECORDED if recorded.new else Outcome.THERE, minute, notes=notes)


@contextmanager
def _one_act(publish: bool) -> Iterator[None]:
    """One transaction for recording and publishing; recording alone is one by itself."""
    if not publish:
        yield
        return
    with transaction.atomic(), audit.together():
        yield


def _notes(reading: Reading, recorded: Recorded) -> Iterator[str]:
    minute = recorded.minute
    said = reading.minute.body
    if said and not partnership.is_called(minute.meeting.body, said):
        yield f"the minutes call their body “{said}”"
    if not recorded.first_of_meeting and (others := queries.other_minutes_of_meeting(minute)):
        yield f"minute {', '.join(map(str, others))} is of the same meeting"
    if not reading.minute.items:
        yield "no items were found in it"


def _inside(backlog: Backlog, path: Path) -> str:
    return path.relative_to(backlog.folder).as_posix()


def _name(backlog: Backlog, path: Path) -> str:
    return printable(_inside(backlog, path))

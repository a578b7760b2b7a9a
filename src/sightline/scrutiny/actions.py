"""What a clerk does with the minutes of a meeting: upload, record, publish.

A file is read outside the transaction (reading may take seconds and touches no record); everything that is then kept,
is kept in one transaction: after a crash the minute is wholly there or not at all.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from sightline.kernel.errors import SightlineError
from sightline.kernel.publication import Publication
from sightline.partnership import access
from sightline.partnership import queries as partnership
from sightline.partnership.actions import keep_attachment, publish, take_attachment
from sightline.partnership.models import Attachment, Body, Person, User
from sightline.partnership.records import change_many, keep, keep_unless_there, together
from sightline.scrutiny import queries
from sightline.scrutiny.desk_actions import accept_certain
from sightline.scrutiny.domain import documents
from sightline.scrutiny.link_actions import propose_links_when_new
from sightline.scrutiny.looking_up import LookedUp
from sightline.scrutiny.models import Commitment, Meeting, Minute, MinuteUpload, Passage, Recommendation
from sightline.scrutiny.reading import Reading, file_name_only, read_minutes_file
from sightline.scrutiny.recording import keep_items
from sightline.scrutiny.referral_actions import publish_resting_on
from sightline.scrutiny.tasks import read_upload


class CannotRecord(SightlineError):
    """The minutes cannot be recorded as asked; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a file of minutes: ``new`` is false where it had been recorded before and nothing was changed.

    first_of_meeting: no other minutes of the same meeting are recorded.
    """

    minute: Minute
    new: bool
    first_of_meeting: bool = False


RECORD = "scrutiny.record_minute"


def require_may_record(*, body: Body, by: User, on_behalf_of: Person | None = None) -> None:
    """Refuse early, before a long file is read.

    Raises:
        Refused: the account may not record minutes for the body's council; or not for that person.
    """
    access.require_for(by, RECORD, council=body.council, on_behalf_of=on_behalf_of)


def record_minute(
    *,
    reading: Reading,
    body: Body,
    by: User,
    held_on: datetime.date | None = None,
    on_behalf_of: Person | None = None,
    known: LookedUp | None = None,
) -> Recorded:
    """Keep the minutes of a meeting of ``body``, internal until published. The same file twice changes nothing.

    held_on: the day of the meeting where the minutes do not say it, or say it wrongly.
    on_behalf_of: the clerk whose record it is, where a colleague enters it; both names are kept.
    known: what was looked up of the partnership already, where many minutes are recorded.

    Raises:
        Refused: the account may not record minutes for the body's council; or may not act for others there; or the
            clerk it would act for may not record them.
        CannotRecord: the minutes name no date and none is given; the date lies ahead; the same file was recorded
            for another body.
    """
    require_may_record(body=body, by=by, on_behalf_of=on_behalf_of)
    held_on = held_on or reading.minute.date
    if held_on is None:
        raise CannotRecord(
            f"{reading.name}: the minutes do not say the date of the meeting. Give it as day, month and year."
        )
    if held_on > timezone.localdate():
        raise CannotRecord(
            f"{reading.name}: the meeting would be on {held_on.day} {held_on:%B %Y}, which lies ahead. Check the date."
        )
    known = known or LookedUp()
    with transaction.atomic(), together():
        attachment, new_file = take_attachment(
            name=reading.name, media_type=reading.document.media_type, content=reading.content, by=by
        )
        # The kept file is the lock: of two who record it at once, the second waits here and finds the first's minute.
        earlier = None if new_file else _recorded_from(attachment)
        if earlier is not None:
            if earlier.meeting.body_id != body.pk:
                raise CannotRecord(
                    f"{reading.name}: this file is recorded already, as minute {earlier.pk} of {earlier.meeting.body}."
                    " Choose that body, or check that this is the right file."
                )
            return Recorded(minute=earlier, new=False)
        meeting, new_meeting = _meeting(body, held_on, by)
        minute = Minute(
            meeting=meeting,
            council=body.council,
            attachment=attachment,
            text=reading.document.text,
            recorded_by=by,
            on_behalf_of=on_behalf_of if on_behalf_of != getattr(by, "person", None) else None,
        )
        keep(minute, by=by, reason="recorded")
        kept = keep_items(minute=minute, items=reading.minute.items, by=by, known=known)
        propose_links_when_new(minute=minute, kept=kept, by=by, known=known)
    return Recorded(minute=minute, new=True, first_of_meeting=new_meeting)


def _recorded_from(attachment: Attachment) -> Minute | None:
    """The minute that was recorded from a file."""
    return Minute.objects.select_related("meeting__body").filter(attachment=attachment).order_by().first()


def _meeting(body: Body, held_on: datetime.date, by: User) -> tuple[Meeting, bool]:
    """The meeting of a body on a day, and whether it is new; the first minutes of it bring it in."""
    meeting = Meeting.objects.filter(body=body, held_on=held_on).order_by().first()
    new = meeting is None
    if meeting is None:
        meeting = Meeting(body=body, held_on=held_on, council=body.council)
        new = keep_unless_there(meeting, by=by, reason="held")
        if not new:
            # Somebody recorded other minutes of the same meeting at this very moment.
            meeting = Meeting.objects.get(body=body, held_on=held_on)
    meeting.body = body
    return meeting, new


@transaction.atomic
def publish_minute(*, minute: Minute, by: User) -> Minute:
    """Make the minutes of a meeting public, with what was confirmed in them.

    First all that is certain is accepted, in the name of whoever publishes. What nobody has confirmed stays internal
    at the desk; publishing again makes public what was confirmed since. Where there is nothing, it changes nothing.

    Raises:
        Refused: the account may not publish minutes for the council.
    """
    access.require(by, "scrutiny.publish_minute", council=minute.council)
    accept_certain(minute=minute, by=by)
    for record in (minute.meeting, minute):
        publish(record, by=by, action="scrutiny.publish_minute")
    _publish_passages(minute, by)
    public = {"passage__item__minute": minute, "passage__published_at__isnull": False}
    records: list[Recommendation | Commitment] = [
        *Recommendation.objects.filter(**public),
        *Commitment.objects.filter(**public),
    ]
    for came_of_it in records:
        if came_of_it.publication == Publication.INTERNAL.value and not came_of_it.is_withdrawn:
            publish(came_of_it, by=by, action="scrutiny.publish_minute")
    publish_resting_on(minute=minute, by=by)
    return minute


def _publish_passages(minute: Minute, by: User) -> None:
    """Make confirmed passages public: one that hangs on another with it, never before it."""
    passages = list(queries.to_be_published(minute))
    change_many(passages, Passage, by=by, reason="published", published_at=timezone.now())


def upload_minute(*, name: str, content: bytes, body: Body, by: User) -> MinuteUpload:
    """Take a file to be read in the background. The same file sent twice for one body is one upload.

    Raises:
        Refused: the account may not upload minutes for the body's council.
        UnreadableDocument: the file cannot be read; nothing was kept.
    """
    access.require(by, "scrutiny.upload_minute", council=body.council)
    name = file_name_only(name)
    # Turning the file into text is quick and tried at once, so that a file that cannot be read leaves nothing behind.
    # Finding passages in a long text is not, and is left to the worker.
    media_type = documents.read_document_bytes(content, name).media_type
    with transaction.atomic():
        attachment = keep_attachment(name=name, media_type=media_type, content=content, by=by)
        upload = MinuteUpload.objects.filter(attachment=attachment, body=body).first()
        if upload is not None:
            return upload
        upload = MinuteUpload(attachment=attachment, body=body, uploaded_by=by)
        keep(upload, by=by, reason="uploaded")
        transaction.on_commit(lambda: read_upload.enqueue(upload.pk))
    return upload


def record_upload(
    *, upload: MinuteUpload, by: User, held_on: datetime.date | None = None, on_behalf_of: Person | None = None
) -> Recorded:
    """Record the minute of an upload, as ``record_minute`` does.

    The file is read again, so that what is kept is what today's reader finds.
    """
    reading = read_minutes_file(name=upload.attachment.name, content=bytes(upload.attachment.content))
    with transaction.atomic():
        recorded = record_minute(reading=reading, body=upload.body, by=by, held_on=held_on, on_behalf_of=on_behalf_of)
        keep(upload, by=by, reason="recorded", minute=recorded.minute, state=MinuteUpload.State.RECORDED)
    return recorded


def read_again(*, upload: MinuteUpload, by: User) -> None:
    """Queue an upload once more, after its reading was interrupted or the reader was improved."""
    access.require(by, "scrutiny.upload_minute", council=upload.body.council)
    with transaction.atomic():
        keep(upload, by=by, reason="read again", state=MinuteUpload.State.WAITING, progress_percent=0)
        transaction.on_commit(lambda: read_upload.enqueue(upload.pk))


def called_otherwise(*, reading: Reading, body: Body) -> str:
    """The name the minutes give to their body, where it is none of ``body``'s; empty where they agree or do not say."""
    said = reading.minute.body
    return said if said and not partnership.is_called(body, said) else ""

"""What of scrutiny waits for a person who leaves: minutes that they sent and that nobody has recorded yet."""

from __future__ import annotations

from sightline.partnership import access
from sightline.partnership.actions import OpenItem, OpenItems, keep
from sightline.partnership.models import User
from sightline.scrutiny.models import MinuteUpload


def uploads_waiting(account: User) -> list[OpenItem]:
    """The uploads of an account that are not recorded; those that could not be read are left out, being done with."""
    done = (MinuteUpload.State.RECORDED, MinuteUpload.State.REFUSED)
    uploads = MinuteUpload.objects.filter(uploaded_by=account).exclude(state__in=done)
    return [
        OpenItem(
            key=upload.pk,
            title=f"{upload.attachment.name}, {upload.body.name}",
            address=upload.get_absolute_url(),
            council=upload.body.council,
        )
        for upload in uploads.select_related("attachment", "body__council").order_by("pk")
    ]


def may_record(account: User, item: OpenItem) -> bool:
    """Whether an account may record the minutes of an upload."""
    return access.may(account, "scrutiny.record_minute", council=item.council)


def hand_over(item: OpenItem, receiver: User, by: User) -> None:
    """Make an upload wait for another account; its history keeps who sent it, and who handed it over."""
    upload = MinuteUpload.objects.select_for_update().select_related("uploaded_by").get(pk=item.key)
    giver = upload.uploaded_by
    reason = f"handed over by {by} from {giver} to {receiver}"
    keep(upload, by=by, reason=reason, uploaded_by=receiver)


UPLOADS = OpenItems(
    called="minutes not yet recorded", waiting=uploads_waiting, may_take=may_record, hand_over=hand_over
)

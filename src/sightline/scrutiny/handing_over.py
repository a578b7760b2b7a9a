"""What of scrutiny waits for a person who leaves: minutes that they sent and that nobody has recorded, and what they
have promised."""

from __future__ import annotations

from sightline.partnership import access
from sightline.partnership.actions import OpenItem, OpenItems, keep
from sightline.partnership.models import User
from sightline.scrutiny import answer_links, commitment_letters
from sightline.scrutiny.commitment_rights import ANSWER
from sightline.scrutiny.escalating import WAITING
from sightline.scrutiny.models import Commitment, MinuteUpload


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


def commitments_waiting(account: User) -> list[OpenItem]:
    """The commitments that an account has still to do."""
    own = Commitment.objects.filter(owner__user=account, state__in=WAITING).select_related("council").order_by("pk")
    return [OpenItem(key=one.pk, title=str(one), address=one.get_absolute_url(), council=one.council) for one in own]


def may_own(account: User, item: OpenItem) -> bool:
    """Whether an account may answer for a commitment."""
    return access.may(account, ANSWER, council=item.council)


def hand_commitment_over(item: OpenItem, receiver: User, by: User) -> None:
    """Make a commitment another person's to do: they are told, and the leaver's links end."""
    commitment = Commitment.objects.select_for_update().get(pk=item.key)
    giver = commitment.owner
    reason = f"handed over by {by} from {giver} to {receiver}"
    keep(commitment, by=by, reason=reason, owner=receiver.person)
    commitment = Commitment.objects.select_related("council", "asked_by", "owner__user").get(pk=item.key)
    answer_links.revoke(commitment, by=by, but_of=commitment.owner)
    commitment_letters.tell_owner_assigned(commitment)


COMMITMENTS = OpenItems(
    called="commitments to be done",
    waiting=commitments_waiting,
    may_take=may_own,
    hand_over=hand_commitment_over,
)

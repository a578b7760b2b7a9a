"""Who may answer for a commitment, and who says whether it is done: the table of rights, and whose it is."""

from __future__ import annotations

from django.utils import timezone

from sightline.partnership import access
from sightline.partnership import queries as partnership
from sightline.partnership.models import Person, User
from sightline.scrutiny.models import Commitment

KEEP = "scrutiny.keep_commitment"
ANSWER = "scrutiny.answer_commitment"
CHECK = "scrutiny.check_commitment"


def owns(account: User, commitment: Commitment) -> bool:
    """Whether a commitment is an account's own to answer for."""
    person: Person | None = getattr(account, "person", None)
    return person is not None and person.pk == commitment.owner_id


def why_not_answer(account: User, commitment: Commitment) -> str:
    """Why an account may not write an update; empty where it may: its owner may, and a clerk of its council."""
    if owns(account, commitment):
        return access.why_not(account, ANSWER, council=commitment.council)
    return access.why_not(account, KEEP, council=commitment.council)


def why_not_check(account: User, commitment: Commitment) -> str:
    """Why an account may not accept or return what is claimed done; empty where it may."""
    if owns(account, commitment):
        return "Nobody accepts or returns what they have claimed themselves: that is for the body that asked."
    if reason := access.why_not(account, CHECK, council=commitment.council):
        return reason
    if access.may(account, KEEP, council=commitment.council):
        return ""
    person: Person | None = getattr(account, "person", None)
    if person is not None and partnership.sits_on(person, commitment.asked_by, timezone.localdate()):
        return ""
    return f"Only {commitment.asked_by}, which asked, accepts or returns this: its members and its clerk."


def require_may_answer(account: User, commitment: Commitment) -> None:
    """Refuse unless an account may write an update.

    Raises:
        Refused: it neither owns the commitment nor keeps commitments for the council.
    """
    access.require(account, ANSWER if owns(account, commitment) else KEEP, council=commitment.council)


def require_may_check(account: User, commitment: Commitment) -> None:
    """Refuse unless an account may accept or return what is claimed done.

    Raises:
        Refused: it is not of the body that asked, or owns the commitment.
    """
    if not owns(account, commitment):
        access.require(account, CHECK, council=commitment.council)
    if why := why_not_check(account, commitment):
        code = commitment.council.gss_code if commitment.council else ""
        raise access.Refused(why, action=CHECK, council_code=code, account=account)

"""What people do about commitments: say who owns them, tell what was done, accept or return it, withdraw.

Each locks the commitment first: of two who act at once, the second sees what the first did, and is told.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from sightline.kernel.errors import SightlineError
from sightline.partnership import access
from sightline.partnership import queries as partnership
from sightline.partnership.models import Person, RoleTitle, User
from sightline.partnership.records import keep
from sightline.scrutiny import answer_links
from sightline.scrutiny import commitment_letters as letters
from sightline.scrutiny.answer_links import Use
from sightline.scrutiny.commitment_rights import KEEP, require_may_answer, require_may_check
from sightline.scrutiny.domain.commitments import Act, CommitmentState, NotNow, after
from sightline.scrutiny.domain.typed import tidied
from sightline.scrutiny.models import Commitment, Update
from sightline.scrutiny.update_actions import LONGEST_TEXT, Shown, keep_update, publish_update

FURTHEST_DUE = datetime.timedelta(days=10 * 366)


class CannotKeepCommitment(SightlineError):
    """A commitment cannot be kept as asked; nothing was changed. ``field`` is the one to mend."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


def _locked(commitment: Commitment) -> Commitment:
    return (
        Commitment.objects.select_for_update(of=("self",))
        .select_related("council", "asked_by", "owner__user")
        .get(pk=commitment.pk)
    )


@transaction.atomic
def assign(
    *,
    commitment: Commitment,
    by: User,
    owner_title: RoleTitle | None,
    owner: Person | None,
    portfolio_title: RoleTitle | None,
    due_on: datetime.date | None,
) -> Commitment:
    """Say which post is to do it and who holds it, whose portfolio it belongs to, and by when it is due.

    The owner is told by e-mail, with a link to answer by. A new day due starts the schedule anew.

    Raises:
        Refused: the account may not keep commitments for the council.
        CannotKeepCommitment: the owner holds no role that reaches this council; the day lies before the promise.
        NotNow: the commitment is over.
    """
    access.require(by, KEEP, council=commitment.council)
    commitment = _locked(commitment)
    if commitment.standing.is_over:
        raise NotNow(f"{commitment.reference} is over: {commitment.standing.label.lower()}. Open it again first.")
    _check_due(commitment, due_on)
    _check_owner(commitment, owner)
    before = (commitment.owner_id, commitment.due_on)
    keep(
        commitment,
        by=by,
        reason="owner and day set",
        owner_title=owner_title,
        owner=owner,
        portfolio_title=portfolio_title,
        due_on=due_on,
    )
    if commitment.owner_id != before[0]:
        answer_links.revoke(commitment, by=by, but_of=owner)
    if owner is not None and (commitment.owner_id, commitment.due_on) != before and commitment.standing.waits_for_owner:
        letters.tell_owner_assigned(commitment)
    return commitment


def _check_due(commitment: Commitment, due_on: datetime.date | None) -> None:
    if due_on is None:
        return
    if due_on < commitment.made_on:
        made = commitment.made_on
        raise CannotKeepCommitment(
            "due_on", f"It was promised on {made.day} {made:%B %Y}: the day it is due cannot lie before that"
        )
    if due_on > max(commitment.made_on, timezone.localdate()) + FURTHEST_DUE:
        raise CannotKeepCommitment("due_on", f"{due_on.year} is more than ten years ahead. Check the year")


def _check_owner(commitment: Commitment, owner: Person | None) -> None:
    if owner is None or owner.pk == commitment.owner_id:
        return
    held = partnership.roles_held(timezone.localdate(), reaching=commitment.council).filter(person=owner)
    if not held.exists():
        whose = commitment.council.name if commitment.council else "the partnership"
        raise CannotKeepCommitment("owner", f"{owner.name} holds no role for {whose} today. Choose somebody who does")


@transaction.atomic
def tell(
    *,
    commitment: Commitment,
    by: User,
    text: str,
    claims: str,
    evidence: Sequence[Shown],
    submission: uuid.UUID,
    told_by: Person | None = None,
    on: datetime.date | None = None,
) -> Update:
    """Write an update on a commitment; with ``claims`` "done" its owner claims that it is done.

    told_by, on: whose word a clerk enters that came by letter or was said at a meeting, and on which day.

    Raises:
        Refused: the account neither owns the commitment nor keeps commitments for the council; or it enters what
            somebody else told or what was told earlier, and does not keep them.
        CannotKeepCommitment: it cannot have been told on that day.
        CannotTell: the text or the evidence cannot be kept.
        NotNow: it is over, or claimed done already.
    """
    commitment = _locked(commitment)
    require_may_answer(by, commitment)
    if told_by is not None or on is not None:
        access.require(by, KEEP, council=commitment.council)
        _check_day(commitment, on)
    person: Person | None = told_by or getattr(by, "person", None)
    return write(
        commitment=commitment,
        text=text,
        claims=claims,
        evidence=evidence,
        submission=submission,
        person=person,
        entered_by=by,
        account=by,
        way=Update.Way.PAGE,
        on=on,
    )


def _check_day(commitment: Commitment, on: datetime.date | None) -> None:
    if on is not None and not commitment.made_on <= on <= timezone.localdate():
        raise CannotKeepCommitment(
            "on", f"{on.day} {on:%B %Y} lies ahead, or before it was promised. Check the day on which it was said"
        )


def write(
    *,
    commitment: Commitment,
    text: str,
    claims: str,
    evidence: Sequence[Shown],
    submission: uuid.UUID,
    person: Person | None,
    entered_by: User | None,
    account: User | None,
    way: str,
    on: datetime.date | None = None,
) -> Update:
    """Keep an update, within the transaction of a caller who has asked whether it may be written."""
    commitment = _locked(commitment)
    update, new = keep_update(
        of=commitment,
        council=commitment.council,
        text=text,
        claims=claims,
        evidence=evidence,
        by=person,
        entered_by=entered_by,
        way=way,
        submission=submission,
        account=account,
        on=on,
    )
    if not new:
        return update
    if commitment.standing.is_over:
        raise NotNow(
            f"{commitment.reference} is over: {commitment.standing.label.lower()}. Nothing more is to be told."
        )
    if claims == Update.Claims.DONE:
        _move(commitment, Act.CLAIM, by=account, reason="", on=on)
        letters.tell_checkers(commitment)
    answer_links.revoke(commitment, by=account)
    return update


class LinkOfNoUse(SightlineError):
    """A signed link does not let anybody answer; ``use`` says why."""

    def __init__(self, use: Use) -> None:
        self.use = use
        super().__init__("This link is of no use any more.")


@transaction.atomic
def answer_by_link(*, token: str, text: str, claims: str, evidence: Sequence[Shown], submission: uuid.UUID) -> Update:
    """Write an update as the person whom a signed link was sent to. The same form again is the same answer.

    Raises:
        LinkOfNoUse: the link is forged, used, revoked or too old.
        CannotTell: the text or the evidence cannot be kept.
        NotNow: somebody was quicker.
    """
    followed = answer_links.follow(token)
    if followed.link is None:
        raise LinkOfNoUse(followed.use)
    # Its row is the lock; what the link is good for is asked again behind it.
    _locked(followed.link.commitment)
    followed = answer_links.follow(token)
    link = followed.link
    if link is None:
        raise LinkOfNoUse(followed.use)
    if link.answer is not None and link.answer.submission == submission:
        return link.answer
    if followed.use is not Use.GOOD:
        raise LinkOfNoUse(followed.use)
    update = write(
        commitment=link.commitment,
        text=text,
        claims=claims,
        evidence=evidence,
        submission=submission,
        person=link.person,
        entered_by=None,
        account=link.person.user,
        way=Update.Way.SIGNED_LINK,
    )
    link.refresh_from_db()
    keep(link, by=link.person.user, reason="answered by signed link", answer=update)
    return update


@transaction.atomic
def ask_for_link(*, reference: str, email: str) -> None:
    """Send whoever owns a commitment a new link, where ``email`` is theirs; whoever asks is told nothing of that. At
    most one an hour."""
    commitment = (
        Commitment.objects.select_related("council", "asked_by", "owner__user")
        .filter(reference=reference.strip().upper())
        .first()
    )
    if commitment is None or commitment.owner is None or not commitment.standing.waits_for_owner:
        return
    account = commitment.owner.user
    if account is None or not account.email or account.email.casefold() != email.strip().casefold():
        return
    letters.send_new_link(commitment)


def _move(commitment: Commitment, act: Act, *, by: User | None, reason: str, on: datetime.date | None = None) -> None:
    reason = tidied(reason)
    if len(reason) > LONGEST_TEXT:
        raise NotNow(f"The reason has {len(reason):,} characters; {LONGEST_TEXT:,} are the most.")
    state = after(commitment.standing, act, reason=reason)
    keep(
        commitment,
        by=by,
        reason=f"commitment: {act.value}",
        state=state.value,
        state_reason=reason,
        state_on=on or timezone.localdate(),
    )


@transaction.atomic
def decide(
    *,
    commitment: Commitment,
    by: User,
    accept: bool,
    reason: str,
    publish: bool = False,
    on: datetime.date | None = None,
) -> Commitment:
    """Accept what is claimed done, or return it with the reason: the word of the body that asked.

    publish: let everybody read the claim and its evidence too. The same decision sent twice is one.
    on: the day of the meeting at which the body said so, where a clerk enters it later.

    Raises:
        Refused: the account is not of the body that asked, or made the claim itself; or it enters what was said earlier
            and does not keep commitments for the council.
        CannotKeepCommitment: it cannot have been said on that day.
        NotNow: nothing is claimed, or it is returned without a reason.
    """
    commitment = _locked(commitment)
    require_may_check(by, commitment)
    if on is not None:
        access.require(by, KEEP, council=commitment.council)
        _check_day(commitment, on)
    wanted = CommitmentState.ACCEPTED if accept else CommitmentState.RETURNED
    if commitment.standing is wanted and commitment.state_reason == tidied(reason):
        return commitment
    claim = commitment.updates.filter(claims=Update.Claims.DONE).order_by("pk").last()
    if (
        claim is not None
        and claim.by_id is not None
        and claim.by_id == getattr(getattr(by, "person", None), "pk", None)
    ):
        raise access.Refused("Nobody accepts or returns what they have claimed themselves. Ask somebody else.")
    _move(commitment, Act.ACCEPT if accept else Act.RETURN, by=by, reason=reason, on=on)
    if publish and claim is not None and access.may(by, KEEP, council=commitment.council):
        publish_update(update=claim, by=by, action=KEEP)
    if accept:
        answer_links.revoke(commitment, by=by)
        letters.tell_owner_accepted(commitment)
    else:
        letters.tell_owner_returned(commitment)
    return commitment


@transaction.atomic
def withdraw(*, commitment: Commitment, by: User, reason: str) -> Commitment:
    """Say that nobody need do it any more, and why. It stays readable.

    Raises:
        Refused: the account may not keep commitments for the council.
        NotNow: it is over already, or no reason is given.
    """
    access.require(by, KEEP, council=commitment.council)
    commitment = _locked(commitment)
    if commitment.standing is CommitmentState.WITHDRAWN and commitment.state_reason == tidied(reason):
        return commitment
    _move(commitment, Act.WITHDRAW, by=by, reason=reason)
    answer_links.revoke(commitment, by=by)
    return commitment


@transaction.atomic
def reopen(*, commitment: Commitment, by: User, reason: str) -> Commitment:
    """Open a commitment again that was accepted or withdrawn by mistake.

    Raises:
        Refused: the account may not keep commitments for the council.
        NotNow: it is not over, or no reason is given.
    """
    access.require(by, KEEP, council=commitment.council)
    commitment = _locked(commitment)
    if not commitment.standing.is_over and commitment.state_reason == tidied(reason):
        return commitment
    _move(commitment, Act.REOPEN, by=by, reason=reason)
    return commitment


@transaction.atomic
def publish(*, update: Update, by: User) -> Update:
    """Let everybody read an update on a commitment, with its evidence.

    Raises:
        Refused: the account may not keep commitments for the council.
        NotNow: the commitment itself is not public.
    """
    access.require(by, KEEP, council=update.council)
    commitment = update.commitment
    if commitment is None or commitment.publication != "public":
        raise NotNow("Publish the minutes of the commitment first: what is told of it is public no sooner than it.")
    return publish_update(update=update, by=by, action=KEEP)

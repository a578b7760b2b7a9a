"""What scrutiny's records hold of people, where they name them, and who may see what changed of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sightline.kernel.publication import Publication
from sightline.partnership import access, daily, histories, privacy
from sightline.partnership.domain.rights import SEE
from sightline.partnership.privacy import DONE_BY, DONE_FOR, LASTING, LEGAL_OBLIGATION, Personal
from sightline.scrutiny import queries, retention
from sightline.scrutiny.follower_actions import UNDER_ADDRESS, run_followers
from sightline.scrutiny.models import (
    AnswerLink,
    Commitment,
    Consideration,
    Decision,
    DeskAct,
    EscalationStep,
    Evidence,
    Follower,
    Link,
    Meeting,
    Minute,
    MinuteItem,
    MinuteUpload,
    Passage,
    Proposal,
    Recommendation,
    ReferenceSeries,
    Referral,
    Update,
    Withdrawal,
)

PUBLISHED = ("id", "council", "publication", "exempt_paragraph", "published_at")
SPAN = ("id", "start", "end", "position")

IN_MINUTES = Personal(
    "who spoke, answered, promised or was to act, as the minutes name them",
    "residents, staff, members",
    "the law asks councils to keep and publish the minutes of their meetings (Local Government Act 1972, Part VA)",
    basis=LEGAL_OBLIGATION,
    kept=LASTING,
)
OWNER = Personal(
    "who is to do what was promised, told of it, and was told when it was late",
    "staff, members",
    "so that nothing that was promised is lost",
    kept=LASTING,
)
TOLD = Personal(
    "whoever is named in what was told of a promise or a recommendation",
    "staff, members",
    "so that everybody can see what became of it",
    kept=LASTING,
)
DECIDED_BY = Personal(
    "which portfolio holder decided, or answers for the decision",
    "members",
    "the law asks councils to record the decisions of their executives (SI 2012/2089, regulations 12 and 13)",
    basis=LEGAL_OBLIGATION,
    kept=LASTING,
)
FOLLOWING = Personal(
    "an e-mail address to which changes of one recommendation are told",
    "anybody who entered it and confirmed it",
    "to send the e-mails that its owner asked for",
    basis="consent, Article 6(1)(a)",
    kept="followers",
)
UPLOADED = Personal(
    "whoever is named in minutes that were sent and not recorded",
    "residents, staff, members",
    "so that a clerk can check what was read before it is recorded",
    kept="uploads",
)


def register() -> None:
    """Say it all; called when this module is found."""
    privacy.holds(Meeting, not_personal=(*PUBLISHED, "body", "held_on"), published_by=DONE_BY)
    privacy.holds(
        Minute,
        not_personal=(*PUBLISHED, "meeting", "attachment", "recorded_at"),
        text=IN_MINUTES,
        published_by=DONE_BY,
        recorded_by=DONE_BY,
        on_behalf_of=DONE_FOR,
    )
    privacy.holds(
        MinuteItem,
        not_personal=(*SPAN, "minute", "joined_into", "read_start", "read_end"),
        title=IN_MINUTES,
        presented_by=IN_MINUTES,
        read_title=IN_MINUTES,
        read_presented_by=IN_MINUTES,
    )
    privacy.holds(
        Passage,
        not_personal=(
            *SPAN, "item", "parent", "kind", "label", "confidence", "state", "in_bulk", "merged_into", "published_at",
        ),
        text=IN_MINUTES,
        said_by=IN_MINUTES,
        why=IN_MINUTES,
    )  # fmt: skip
    privacy.holds(
        Proposal,
        not_personal=(
            "id", "start", "end", "passage", "hung_on", "kind", "label", "confidence", "reader", "proposed_at",
        ),
        text=IN_MINUTES,
        said_by=IN_MINUTES,
    )  # fmt: skip
    privacy.holds(
        DeskAct,
        not_personal=("id", "minute", "number", "verb", "passages", "items", "at", "fingerprint", "undoes"),
        says=IN_MINUTES,
        by=DONE_BY,
    )
    privacy.holds(
        Recommendation,
        not_personal=(
            *PUBLISHED,
            "reference",
            "number",
            "asked_by",
            "asked_on",
            "passage",
            "diverges",
            "unanswered_due_on",
            "standing",
            "public_standing",
            "withdrawn_at",
        ),
        text=IN_MINUTES,
        purpose=IN_MINUTES,
        withdrawn_why=IN_MINUTES,
        published_by=DONE_BY,
    )
    privacy.holds(
        Commitment,
        not_personal=(
            *PUBLISHED, "reference", "made_on", "passage", "asked_by", "owner_title", "portfolio_title", "due_on",
            "state", "state_on",
        ),
        text=IN_MINUTES,
        said_by=IN_MINUTES,
        state_reason=TOLD,
        owner=OWNER,
        published_by=DONE_BY,
    )  # fmt: skip
    privacy.holds(
        Update,
        not_personal=(*PUBLISHED, "commitment", "referral", "claims", "on", "way", "submission", "written_at"),
        text=TOLD,
        by=OWNER,
        entered_by=DONE_BY,
        published_by=DONE_BY,
    )
    privacy.holds(Evidence, not_personal=("id", "update_shown", "kind", "attachment"), title=TOLD, address=TOLD)
    privacy.holds(EscalationStep, not_personal=("id", "commitment", "due_on", "stage", "on", "taken_at"), told=OWNER)
    privacy.holds(
        AnswerLink,
        not_personal=("id", "commitment", "made_at", "expires_at", "answer", "revoked_at"),
        person=OWNER,
    )
    privacy.holds(Referral, not_personal=privacy.field_names(Referral))
    privacy.holds(
        Consideration,
        not_personal=(
            *PUBLISHED, "referral", "body", "outcome", "considered_on", "passage", "superseded_by", "recorded_at",
        ),
        comments=IN_MINUTES,
        published_by=DONE_BY,
        recorded_by=DONE_BY,
    )  # fmt: skip
    privacy.holds(
        Decision,
        not_personal=(
            *PUBLISHED, "referral", "body", "outcome", "decided_on", "call_in_ends_on", "fact_public", "passage",
            "superseded_by", "recorded_at",
        ),
        reason=IN_MINUTES,
        portfolio_holder=DECIDED_BY,
        on_behalf_of=DECIDED_BY,
        published_by=DONE_BY,
        recorded_by=DONE_BY,
    )  # fmt: skip
    privacy.holds(
        Withdrawal,
        not_personal=("id", "recommendation", "withdrawn_on", "superseded_by", "recorded_at", "asked_again_on"),
        reason=IN_MINUTES,
        recorded_by=DONE_BY,
        asked_again_why=IN_MINUTES,
        asked_again_by=DONE_BY,
    )
    privacy.holds(
        Link,
        not_personal=(
            "id", "passage", "referral", "step", "outcome", "confidence", "state", "proposed_at", "settled_at",
        ),
        why=IN_MINUTES,
        settled_by=DONE_BY,
    )  # fmt: skip
    privacy.holds(ReferenceSeries, not_personal=privacy.field_names(ReferenceSeries))
    privacy.holds(
        MinuteUpload,
        not_personal=("id", "attachment", "body", "state", "progress_percent", "doing", "minute", "uploaded_at"),
        text=UPLOADED,
        reading=UPLOADED,
        refusal=UPLOADED,
        uploaded_by=DONE_BY,
    )
    privacy.holds(
        Follower,
        not_personal=("id", "recommendation", "asked_at", "confirmed_at"),
        address=FOLLOWING,
    )
    daily.register("followers", "Followers of recommendations: told of changes, or forgotten", run_followers)
    daily.register("uploads", "Files that were sent and not recorded", retention.clear_uploads)
    privacy.finds_mentions(mentions_in_minutes)
    privacy.holds_under_address(UNDER_ADDRESS)
    histories.seen_through(MinuteItem, "minute")
    histories.seen_through(Passage, "item__minute")
    histories.seen_through(Proposal, "passage__item__minute")
    histories.seen_through(DeskAct, "minute")
    # A referral's state knows what is internal to its council.
    histories.seen_if(
        Referral, lambda account, referral: access.may(account, SEE[Publication.INTERNAL], council=referral.council)
    )
    histories.seen_through(Withdrawal, "recommendation")
    histories.seen_through(Link, "passage__item__minute")
    histories.seen_through(Evidence, "update_shown")
    histories.seen_through(EscalationStep, "commitment")
    histories.seen_through(AnswerLink, "commitment")
    histories.seen_if(
        MinuteUpload,
        lambda account, upload: access.may(account, "scrutiny.upload_minute", council=upload.body.council),
    )


def mentions_in_minutes(name: str) -> Iterator[dict[str, Any]]:
    """Where the minutes of meetings name a person. Of minutes that are exempt only that they do, not what they say."""
    for minute, places in queries.minutes_that_name(name):
        yield {
            "record": "scrutiny.minute",
            "number": minute.pk,
            "called": str(minute),
            "address": minute.get_absolute_url(),
            "publication": minute.publication,
            "passages": [] if minute.publication == "exempt" else places,
            "kept": "The law asks councils to keep the minutes of their meetings, so names stay in them.",
        }


register()

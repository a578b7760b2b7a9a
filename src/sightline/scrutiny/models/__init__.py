"""What is recorded of scrutiny: meetings, their minutes, the passages read in them, and what must be followed up."""

from __future__ import annotations

from sightline.scrutiny.models.commitments import AnswerLink, Commitment, EscalationStep, Evidence, Update
from sightline.scrutiny.models.desk import DeskAct, Proposal
from sightline.scrutiny.models.following import Follower
from sightline.scrutiny.models.meetings import Meeting, Minute, MinuteUpload
from sightline.scrutiny.models.passages import MinuteItem, Passage, Span
from sightline.scrutiny.models.recommendations import Recommendation, ReferenceSeries, Referral
from sightline.scrutiny.models.referrals import Consideration, Decision, Link, Withdrawal

__all__ = [
    "AnswerLink",
    "Commitment",
    "Consideration",
    "Decision",
    "DeskAct",
    "EscalationStep",
    "Evidence",
    "Follower",
    "Link",
    "Meeting",
    "Minute",
    "MinuteItem",
    "MinuteUpload",
    "Passage",
    "Proposal",
    "Recommendation",
    "ReferenceSeries",
    "Referral",
    "Span",
    "Update",
    "Withdrawal",
]

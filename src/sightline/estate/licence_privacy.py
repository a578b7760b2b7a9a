"""What the records of licences, risks and software audits hold of people."""

from __future__ import annotations

from sightline.estate.models import (
    AuditAnswer,
    AuditCampaign,
    AuditLink,
    AuditQuestion,
    CountedUse,
    LegacyException,
    Licence,
    RiskAssessment,
)
from sightline.partnership import histories, privacy
from sightline.partnership.privacy import DONE_BY, Personal

ANSWERS_FOR = Personal(
    "who answers for keeping a legacy system",
    "staff, members",
    "so that nothing out of support stays without somebody who answers for it",
)
ASKED = Personal(
    "who was asked about a system in a software audit, and answered",
    "staff",
    "so that licences and support can be shown for every system",
)
NAMED = Personal(
    "whoever is named in what was told of a system",
    "staff",
    "so that licences and support can be shown for every system",
)

privacy.holds(Licence, not_personal=privacy.field_names(Licence) - {"published_by"}, published_by=DONE_BY)
privacy.holds(CountedUse, not_personal=privacy.field_names(CountedUse) - {"published_by"}, published_by=DONE_BY)
privacy.holds(
    RiskAssessment,
    not_personal=privacy.field_names(RiskAssessment) - {"published_by", "assessed_by", "reasons"},
    reasons=NAMED,
    assessed_by=DONE_BY,
    published_by=DONE_BY,
)
privacy.holds(
    LegacyException,
    not_personal=privacy.field_names(LegacyException) - {"published_by", "agreed_by", "owner", "reason", "ended_why"},
    owner=ANSWERS_FOR,
    reason=NAMED,
    ended_why=NAMED,
    agreed_by=DONE_BY,
    published_by=DONE_BY,
)
privacy.holds(
    AuditCampaign,
    not_personal=privacy.field_names(AuditCampaign) - {"published_by", "opened_by", "scope", "conclusion"},
    scope=NAMED,
    conclusion=NAMED,
    opened_by=DONE_BY,
    published_by=DONE_BY,
)
privacy.holds(
    AuditQuestion,
    not_personal=privacy.field_names(AuditQuestion)
    - {"published_by", "countersigned_by", "asked", "known", "state_reason"},
    asked=ASKED,
    known=NAMED,
    state_reason=NAMED,
    countersigned_by=DONE_BY,
    published_by=DONE_BY,
)
privacy.holds(
    AuditAnswer,
    not_personal=privacy.field_names(AuditAnswer) - {"by", "entered_by", "text", "document_name", "licence_link"},
    by=ASKED,
    text=NAMED,
    document_name=NAMED,
    licence_link=NAMED,
    entered_by=DONE_BY,
)
privacy.holds(AuditLink, not_personal=privacy.field_names(AuditLink) - {"person"}, person=ASKED)
histories.seen_through(AuditAnswer, "question")
histories.seen_through(AuditLink, "question")

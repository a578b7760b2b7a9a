"""The reads of software audits: campaigns, questions, how far they have come, and the closing report's facts."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils import timezone

from sightline.estate.domain.audit_report import Line, Report
from sightline.estate.domain.campaigns import Progress, QuestionState, progress
from sightline.estate.models import AuditAnswer, AuditCampaign, AuditQuestion, System
from sightline.partnership import access, succession
from sightline.partnership import queries as partnership
from sightline.partnership.access import Account
from sightline.partnership.models import Council, User

OVER = [state.value for state in QuestionState if state.is_over]


def campaigns(account: Account) -> QuerySet[AuditCampaign]:
    """The campaigns that an account may see, newest first, with how many are asked and complete."""
    found = AuditCampaign.objects.select_related("council").annotate(
        asked=Count("questions"), complete=Count("questions", filter=Q(questions__state__in=OVER))
    )
    # Said once more: a query that counts forgets its model's own order.
    return access.visible(account, found).order_by("-opened_on", "-pk")


def campaign(account: Account, reference: str) -> AuditCampaign | None:
    """One campaign that an account may see."""
    return campaigns(account).filter(reference=reference).first()


def questions(account: Account) -> QuerySet[AuditQuestion]:
    """The questions that an account may see: those of campaigns that it may see."""
    found = AuditQuestion.objects.select_related(
        "campaign__council", "council", "system", "asked__user", "countersigned_by"
    )
    return access.visible(account, found).order_by(F("system__name").asc(), "pk")


def question(account: Account, number: int) -> AuditQuestion | None:
    """One question that an account may see."""
    answers = Prefetch("answers", AuditAnswer.objects.select_related("by", "document").defer("document__content"))
    return questions(account).filter(pk=number).prefetch_related(answers).first()


@dataclass(frozen=True, slots=True)
class QuestionFilter:
    """What the questions of a campaign are narrowed by."""

    council: Council | None = None
    state: str = ""
    kind: str = ""


def narrowed(found: QuerySet[AuditQuestion], by: QuestionFilter) -> QuerySet[AuditQuestion]:
    """A list of questions, narrowed."""
    if by.council is not None:
        found = found.filter(council=by.council)
    if by.state:
        found = found.filter(state=by.state)
    if by.kind:
        found = found.filter(system__kind=by.kind)
    return found


def by_council(found: QuerySet[AuditQuestion]) -> tuple[Progress, ...]:
    """How far each council's systems have come."""
    rows = found.order_by().values_list("council__name", "state")
    return progress((name or "Shared by the councils", QuestionState(state)) for name, state in rows)


def by_service(found: QuerySet[AuditQuestion]) -> tuple[Progress, ...]:
    """How far each service's systems have come."""
    rows = found.order_by().values_list("service_area", "state")
    return progress((name or "No service named", QuestionState(state)) for name, state in rows)


def own_questions(account: User) -> QuerySet[AuditQuestion]:
    """The questions of open campaigns that are an account's own to answer; a council that has ended owes no answer."""
    waiting = [state.value for state in QuestionState if state.waits_for_owner]
    return (
        AuditQuestion.objects.filter(asked__user=account, state__in=waiting, campaign__closed_on__isnull=True)
        .exclude(council__ended_on__lt=timezone.localdate())
        .select_related("campaign", "system", "council")
        .order_by("campaign__closes_on", "pk")
    )


def to_countersign(account: User, action: str) -> QuerySet[AuditQuestion]:
    """The answers that wait for an account's countersignature."""
    answered = AuditQuestion.objects.filter(
        access.reaches(account, action), state=QuestionState.ANSWERED.value, campaign__closed_on__isnull=True
    ).exclude(answers__by__user=account)
    return access.visible(account, answered).select_related("campaign", "system", "council").order_by("state_on", "pk")


def asked_elsewhere(account: Account, campaign: AuditCampaign) -> QuerySet[AuditQuestion]:
    """What an audit that was open already asked of systems in the scope of a campaign, which therefore does not ask:
    the one answer serves both."""
    others = questions(account).filter(campaign__pk__lt=campaign.pk)
    others = others.filter(
        Q(campaign__closed_on__isnull=True) | Q(campaign__closed_on__gt=campaign.opened_on),
        system__in=System.objects.exclude(audit_questions__campaign=campaign),
    )
    if campaign.council_id is not None:
        others = others.filter(council=campaign.council_id)
    if campaign.kind:
        others = others.filter(system__kind=campaign.kind)
    return others


def report(account: Account, campaign: AuditCampaign, made_on: datetime.date) -> Report:
    """The report of a campaign, of what an account may see."""
    ours = partnership.the_partnership()
    found = questions(account).filter(campaign=campaign)
    answers = Prefetch("answers", AuditAnswer.objects.select_related("by").order_by("pk"))
    lines = [_line(one) for one in found.prefetch_related(answers)]
    return Report(
        partnership=ours.name if ours else "",
        is_invented=bool(ours and ours.is_invented),
        reference=campaign.reference,
        name=campaign.name,
        scope=campaign.scope,
        whose=campaign.council.name if campaign.council else "All councils",
        opened_on=campaign.opened_on,
        closes_on=campaign.closes_on,
        closed_on=campaign.closed_on,
        conclusion=campaign.conclusion,
        made_on=made_on,
        by_council=by_council(found),
        by_service=by_service(found),
        lines=tuple(lines),
        elsewhere=tuple(
            _line(one, audit=one.campaign.reference)
            for one in asked_elsewhere(account, campaign).prefetch_related(answers)
        ),
    )


def _name_of(question: AuditQuestion) -> str:
    if question.council is None:
        return "Shared by the councils"
    ended = succession.note(question.council)
    return f"{question.council.name} ({ended})" if ended else question.council.name


def _line(one: AuditQuestion, audit: str = "") -> Line:
    return Line(
        system=one.system.name,
        reference=one.system.reference,
        kind="Centralised" if one.system.kind == "centralised" else "Business",
        council=_name_of(one),
        service=one.service_area,
        state=one.standing,
        reason=one.state_reason,
        answers=tuple(_said(answer) for answer in one.answers.all()),
        has_licence=any(answer.document_id or answer.licence_link for answer in one.answers.all()),
        audit=audit,
    )


def _said(answer: AuditAnswer) -> str:
    said = ["What is known is right." if answer.confirms else f"To be corrected: {answer.text}"]
    if answer.confirms and answer.text:
        said.append(answer.text)
    if answer.users is not None:
        said.append(f"{answer.users:,} users.")
    if answer.in_use is False:
        said.append("It is no longer in use.")
    if answer.document_id or answer.licence_link:
        said.append("The licence was shown.")
    return " ".join(said)

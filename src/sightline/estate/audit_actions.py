"""What people do in a software audit: open it, answer, countersign or return, make an exception, close it.

Each locks the question first: of two who act at once, the second sees what the first did, and is told.
"""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from sightline.estate import audit_letters as letters
from sightline.estate import audit_links
from sightline.estate.audit_links import Use
from sightline.estate.domain.campaigns import Act, CampaignNotNow, QuestionState, after
from sightline.estate.licence_actions import attached, next_reference
from sightline.estate.licence_queries import known_of
from sightline.estate.models import AuditAnswer, AuditCampaign, AuditQuestion, System
from sightline.kernel.errors import SightlineError
from sightline.partnership import access, succession
from sightline.partnership.models import Council, Person, User
from sightline.partnership.records import keep

RUN = "estate.run_audit"
ANSWER = "estate.answer_audit"
LONGEST_TEXT = 10_000


class CannotAudit(SightlineError):
    """A campaign or an answer cannot be kept as asked; nothing was changed. ``field`` is the one to mend."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


class LinkOfNoUse(SightlineError):
    """A signed link does not let anybody answer; ``use`` says why."""

    def __init__(self, use: Use) -> None:
        self.use = use
        super().__init__("This link is of no use any more.")


@dataclass(frozen=True, slots=True)
class Opened:
    """A campaign that was opened. left_out: systems that another open campaign asks about already. ended: those of
    councils that have ended."""

    campaign: AuditCampaign
    asked: int
    left_out: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)


@transaction.atomic
def open_campaign(
    *, name: str, scope: str, closes_on: datetime.date, council: Council | None, kind: str, by: User
) -> Opened:
    """Open a campaign and ask about every system in its scope. Systems that another open campaign asks about are left
    out, and named: nobody is asked the same thing twice at once. So are those of councils that have ended.

    council: whose systems; None for those of all councils and those they share. kind: one of ``System.Kind``, or "".

    Raises:
        Refused: the account may not for the council; or not for one of the councils whose systems are in the scope.
        CannotAudit: the closing date is not ahead, or there is no system to ask about.
    """
    access.require(by, RUN, council=council)
    today = timezone.localdate()
    if closes_on <= today:
        raise CannotAudit("closes_on", "The closing date must lie ahead.")
    if closes_on > today + datetime.timedelta(days=366):
        raise CannotAudit("closes_on", "The closing date lies more than a year ahead. Check the year.")
    try:
        succession.require_lasting(council, what="software audit")
    except succession.CouncilHasEnded as error:
        raise CannotAudit("council", error.message) from error
    systems = System.objects.filter(retired_on__isnull=True).select_related(
        "council__successor", "service_owner__user", "ict_owner__user", "product", "release__product"
    )
    if council is not None:
        systems = systems.filter(council=council)
    else:
        systems = systems.filter(access.reaches(by, RUN))
    if kind:
        systems = systems.filter(kind=kind)
    reference = next_reference("SA", AuditCampaign, today.year)
    busy = set(AuditQuestion.objects.filter(campaign__closed_on__isnull=True).values_list("system", flat=True))
    lasting = [system for system in systems if not succession.has_ended(system.council, today)]
    ended = [system.name for system in systems if succession.has_ended(system.council, today)]
    wanted = [system for system in lasting if system.pk not in busy]
    left_out = [system.name for system in lasting if system.pk in busy]
    if not wanted:
        why = "each is asked about by another open campaign" if left_out else "no system matches"
        why = "each is of a council that has ended" if ended and not left_out else why
        raise CannotAudit("kind", f"There is no system to ask about: {why}. Choose others, or close that campaign.")
    campaign = AuditCampaign(
        council=council,
        reference=reference,
        name=" ".join(name.split()),
        scope=scope.strip(),
        kind=kind,
        opened_on=today,
        closes_on=closes_on,
        opened_by=by,
    )
    keep(campaign, by=by, reason="software audit opened")
    for system in wanted:
        _ask(campaign, system, by)
    return Opened(campaign, len(wanted), left_out, ended)


def _ask(campaign: AuditCampaign, system: System, by: User) -> None:
    business = system.kind == System.Kind.BUSINESS
    question = AuditQuestion(
        council=system.council,
        publication=system.publication if system.publication == "exempt" else "internal",
        exempt_paragraph=system.exempt_paragraph if system.publication == "exempt" else None,
        campaign=campaign,
        system=system,
        asked=system.service_owner if business else system.ict_owner,
        service_area=system.service_area,
        known=known_of(system),
        state_on=timezone.localdate(),
    )
    keep(question, by=by, reason="asked")
    if business:
        letters.tell_asked(question)


def _locked(question: AuditQuestion) -> AuditQuestion:
    return (
        AuditQuestion.objects.select_for_update(of=("self",))
        .select_related("council", "campaign", "system", "asked__user")
        .get(pk=question.pk)
    )


def _move(question: AuditQuestion, act: Act, *, by: User | None, reason: str = "", **facts: object) -> None:
    if not question.campaign.is_open:
        raise CampaignNotNow(f"{question.campaign.reference} is closed, so nothing in it changes any more.")
    if len(reason) > LONGEST_TEXT:
        raise CampaignNotNow(f"The reason has {len(reason):,} characters; {LONGEST_TEXT:,} are the most.")
    state = after(question.standing, act, reason=reason)
    keep(
        question,
        by=by,
        reason=f"software audit: {act.value}",
        state=state.value,
        state_reason=reason.strip(),
        state_on=timezone.localdate(),
        **facts,
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody answers. users, in_use: None where they say nothing. file: name and content."""

    confirms: bool
    text: str = ""
    in_use: bool | None = None
    users: int | None = None
    licence_link: str = ""
    file: tuple[str, bytes] | None = field(default=None, repr=False)


def answers_for(account: User, question: AuditQuestion) -> bool:
    """Whether a question is an account's own to answer."""
    person: Person | None = getattr(account, "person", None)
    return person is not None and person.pk == question.asked_id


def may_answer(account: User, question: AuditQuestion) -> bool:
    """Whether an account may answer: whoever is asked, and ICT for whom the campaign is theirs to run."""
    action = ANSWER if answers_for(account, question) else RUN
    return access.may(account, action, council=question.council)


@transaction.atomic
def answer(*, question: AuditQuestion, told: Told, submission: uuid.UUID, by: User) -> AuditAnswer:
    """Answer a question on its page. For a centralised system the answer of ICT completes it.

    Raises:
        Refused: the account is neither asked nor ICT.
        CannotAudit: a correction says nothing. CampaignNotNow: it is answered already, or the campaign is closed.
    """
    question = _locked(question)
    access.require(by, ANSWER if answers_for(by, question) else RUN, council=question.council)
    person: Person | None = getattr(by, "person", None)
    return _write(question, told, submission, person=person, account=by, way=AuditAnswer.Way.PAGE)


def _write(
    question: AuditQuestion, told: Told, submission: uuid.UUID, *, person: Person | None, account: User | None, way: str
) -> AuditAnswer:
    earlier = AuditAnswer.objects.filter(submission=submission).first()
    if earlier is not None:
        if earlier.question_id != question.pk:
            raise CannotAudit("text", "This form was sent already, for another system. Open the page again.")
        return earlier
    if not told.confirms and not any(letter.isalnum() for letter in told.text):
        raise CannotAudit("text", "Say what is to be corrected.")
    if len(told.text) > LONGEST_TEXT:
        raise CannotAudit("text", f"This text has {len(told.text):,} characters; {LONGEST_TEXT:,} are the most.")
    if told.licence_link and not told.licence_link.startswith(("https://", "http://")):
        raise CannotAudit("licence_link", "The address must start with https://, such as https://www.example.org/page.")
    document, name = None, ""
    if told.file is not None:
        if account is None:
            raise CannotAudit("file", "A file needs an account that it is received by. Give a link.")
        document, name = attached(*told.file, by=account)
    by_link = way == AuditAnswer.Way.SIGNED_LINK
    made = AuditAnswer(
        question=question,
        confirms=told.confirms,
        in_use=told.in_use,
        users=told.users,
        text=told.text.strip(),
        licence_link=told.licence_link,
        document=document,
        document_name=name,
        on=timezone.localdate(),
        by=person,
        entered_by=None if by_link else account,
        way=way,
        submission=submission,
    )
    _move(question, Act.ANSWER, by=account)
    keep(made, by=account, reason="answered by signed link" if by_link else "answered")
    audit_links.revoke(question, by=account)
    by_ict = account is not None and not by_link and access.may(account, RUN, council=question.council)
    if question.system.kind == System.Kind.CENTRALISED and by_ict:
        _move(question, Act.COUNTERSIGN, by=account, countersigned_by=account)
    return made


@transaction.atomic
def answer_by_link(*, token: str, told: Told, submission: uuid.UUID) -> AuditAnswer:
    """Answer as the person whom a signed link was sent to. The same form again is the same answer.

    Raises:
        LinkOfNoUse: the link is forged, used, revoked or too old.
        CannotAudit: the answer cannot be kept. CampaignNotNow: somebody was quicker.
    """
    followed = audit_links.follow(token)
    if followed.link is None:
        raise LinkOfNoUse(followed.use)
    # Its row is the lock; what the link is good for is asked again behind it.
    _locked(followed.link.question)
    followed = audit_links.follow(token)
    link = followed.link
    if link is None:
        raise LinkOfNoUse(followed.use)
    if link.answer is not None and link.answer.submission == submission:
        return link.answer
    if followed.use is not Use.GOOD:
        raise LinkOfNoUse(followed.use)
    made = _write(
        link.question,
        told,
        submission,
        person=link.person,
        account=link.person.user,
        way=AuditAnswer.Way.SIGNED_LINK,
    )
    link.refresh_from_db()
    keep(link, by=link.person.user, reason="answered by signed link", answer=made, revoked_at=None)
    return made


@transaction.atomic
def ask_for_link(*, campaign: str, email: str) -> None:
    """Send whoever is asked new links, where ``email`` is theirs; whoever asks for them is told nothing of that."""
    waiting = [state.value for state in QuestionState if state.waits_for_owner]
    asked = AuditQuestion.objects.select_related("campaign", "system", "asked__user").filter(
        campaign__reference=campaign.strip().upper(),
        campaign__closed_on__isnull=True,
        state__in=waiting,
        asked__user__email__iexact=email.strip(),
    )
    for question in asked:
        letters.send_new_link(question)


@transaction.atomic
def answer_from_discovery(*, campaign: AuditCampaign, by: User) -> int:
    """Answer for every centralised system of a campaign of which discovery found something: what is known is right.
    Returns how many were answered.

    Raises:
        Refused: the account may not run campaigns for the council of one of them.
    """
    access.require(by, RUN, council=campaign.council)
    waiting = [state.value for state in QuestionState if state.waits_for_owner]
    found = (
        campaign.questions.filter(
            access.reaches(by, RUN), system__kind=System.Kind.CENTRALISED.value, state__in=waiting
        )
        .filter(system__installations__gone_on__isnull=True, system__installations__isnull=False)
        .distinct()
    )
    count = 0
    person: Person | None = getattr(by, "person", None)
    for number in list(found.values_list("pk", flat=True)):
        question = _locked(AuditQuestion(pk=number))
        _write(
            question,
            Told(confirms=True, in_use=True),
            uuid.uuid5(uuid.NAMESPACE_URL, f"discovery:{number}:{question.answers.count()}"),
            person=person,
            account=by,
            way=AuditAnswer.Way.DISCOVERY,
        )
        count += 1
    return count


@transaction.atomic
def settle(*, question: AuditQuestion, act: Act, reason: str, by: User) -> AuditQuestion:
    """Countersign an answer, return it with the reason, make an exception, or ask again: the word of ICT.

    Raises:
        Refused: the account may not; or it gave the answer to a business system itself.
        CampaignNotNow: the act is not possible, or its reason is missing.
    """
    question = _locked(question)
    access.require(by, RUN, council=question.council)
    if act is Act.ANSWER:
        raise CampaignNotNow("An answer is given on its form.")
    latest = question.answers.order_by("-pk").first()
    person: Person | None = getattr(by, "person", None)
    if act is Act.COUNTERSIGN and latest is not None and person is not None and latest.by_id == person.pk:
        raise access.Refused("Nobody countersigns what they have answered themselves. Ask somebody else in ICT.")
    _move(question, act, by=by, reason=reason, countersigned_by=by if act is Act.COUNTERSIGN else None)
    if act in (Act.RETURN, Act.ASK_AGAIN):
        letters.tell_returned(question)
    else:
        audit_links.revoke(question, by=by)
    return question


def ask_no_longer(system: System, *, by: User, reason: str) -> int:
    """Make an exception of a system in every open campaign that waits for its owner: it is no longer run. Whoever calls
    has asked for the right. Returns how many campaigns that were."""
    waiting = [state.value for state in QuestionState if state.waits_for_owner]
    found = system.audit_questions.filter(campaign__closed_on__isnull=True, state__in=waiting)
    numbers = list(found.order_by("pk").values_list("pk", flat=True))
    for number in numbers:
        question = _locked(AuditQuestion(pk=number))
        _move(question, Act.EXCEPT, by=by, reason=reason)
        audit_links.revoke(question, by=by)
    return len(numbers)


@transaction.atomic
def close_campaign(*, campaign: AuditCampaign, conclusion: str, by: User) -> AuditCampaign:
    """Close a campaign: nothing in it changes any more, and its report is final. What is open stays open, and the
    report says so.

    Raises:
        Refused: the account may not for the council.
        CannotAudit: no conclusion is given. CampaignNotNow: it is closed.
    """
    access.require(by, RUN, council=campaign.council)
    campaign = AuditCampaign.objects.select_for_update(of=("self",)).select_related("council").get(pk=campaign.pk)
    if not campaign.is_open:
        raise CampaignNotNow(f"{campaign.reference} is closed already.")
    if not any(letter.isalnum() for letter in conclusion):
        raise CannotAudit("conclusion", "Say in a few words what it found.")
    keep(
        campaign,
        by=by,
        reason="software audit closed",
        closed_on=timezone.localdate(),
        conclusion=conclusion.strip(),
    )
    for question in campaign.questions.all():
        audit_links.revoke(question, by=by)
    return campaign

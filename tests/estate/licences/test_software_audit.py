"""A software audit from its opening to its report: letters, signed links, countersignatures, exceptions, reminders."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from sightline.estate import audit_actions as doing
from sightline.estate import audit_letters, audit_links, audit_queries
from sightline.estate.audit_actions import CannotAudit, LinkOfNoUse, Told
from sightline.estate.domain.campaigns import Act, CampaignNotNow, QuestionState
from sightline.estate.legacy_actions import agree_exception
from sightline.estate.models import AuditAnswer, AuditCampaign, AuditLink, AuditQuestion
from sightline.partnership.access import Refused
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import Notice
from tests.estate.licences.conftest import Estate
from tests.scrutiny.conftest import account

pytestmark = [pytest.mark.django_db, pytest.mark.measured]


@pytest.fixture
def campaign(estate: Estate) -> AuditCampaign:
    closes = timezone.localdate() + datetime.timedelta(days=30)
    opened = doing.open_campaign(
        name="Every licence", scope="Are licences in place?", closes_on=closes, council=None, kind="", by=estate.ict
    )
    assert (opened.asked, opened.left_out) == (2, [])
    return opened.campaign


def asked(name: str) -> AuditQuestion:
    return AuditQuestion.objects.get(system__name=name)


def test_from_the_letter_to_the_countersignature(estate: Estate, campaign: AuditCampaign) -> None:
    [letter] = Notice.objects.all()
    assert letter.recipient == "planner@example.invalid"
    assert "Users: 40" in letter.text
    assert "/answer/" not in letter.text
    link = AuditLink.objects.get()
    token, submission = audit_links.token_of(link.pk), uuid.uuid4()
    told = Told(confirms=False, text="There are 55 users.", users=55, file=("../licence.pdf", b"%PDF-1"))
    given = {doing.answer_by_link(token=token, told=told, submission=submission).pk for _ in range(2)}
    assert len(given) == 1
    answer = AuditAnswer.objects.get()
    assert (answer.by, answer.entered_by, answer.way, answer.document_name) == (
        estate.owner.person, None, "signed-link", "licence.pdf",
    )  # fmt: skip
    assert answer.history.latest().history_user == estate.owner
    with pytest.raises(LinkOfNoUse):
        doing.answer_by_link(token=token, told=told, submission=uuid.uuid4())
    assert audit_links.follow(token + "x").use is audit_links.Use.FORGED
    assert audit_queries.to_countersign(estate.second, doing.RUN).count() == 1
    question = doing.settle(question=asked("Planning"), act=Act.RETURN, reason="Which version?", by=estate.second)
    assert question.standing is QuestionState.RETURNED
    assert Notice.objects.filter(text__contains="Which version?").count() == 1
    doing.answer(question=question, told=Told(confirms=True), submission=uuid.uuid4(), by=estate.owner)
    with pytest.raises(Refused):
        doing.settle(question=question, act=Act.COUNTERSIGN, reason="", by=estate.owner)
    question = doing.settle(question=question, act=Act.COUNTERSIGN, reason="", by=estate.second)
    assert (question.standing, question.countersigned_by) == (QuestionState.COUNTERSIGNED, estate.second)


def test_nobody_countersigns_their_own_answer_but_ict_answers_for_what_it_runs(
    estate: Estate, campaign: AuditCampaign
) -> None:
    doing.answer(question=asked("Planning"), told=Told(confirms=True), submission=uuid.uuid4(), by=estate.ict)
    with pytest.raises(Refused, match="Nobody countersigns"):
        doing.settle(question=asked("Planning"), act=Act.COUNTERSIGN, reason="", by=estate.ict)
    # Of the directory nothing was found yet, so discovery says nothing.
    assert doing.answer_from_discovery(campaign=campaign, by=estate.ict) == 0
    estate.found("pc1", estate.newer)
    estate.found("pc2", estate.newer)
    assert doing.answer_from_discovery(campaign=campaign, by=estate.ict) == 1
    assert asked("Directory").standing is QuestionState.COUNTERSIGNED
    assert AuditAnswer.objects.get(question__system__name="Directory").way == "discovery"
    with pytest.raises(Refused):
        doing.answer(question=asked("Planning"), told=Told(True), submission=uuid.uuid4(),
                     by=estate.places.accounts["officer"])  # fmt: skip


def test_a_system_is_in_one_open_campaign_at_a_time(estate: Estate, campaign: AuditCampaign) -> None:
    closes = timezone.localdate() + datetime.timedelta(days=3)
    again = {"name": "Again", "scope": "", "closes_on": closes, "council": estate.places.north, "by": estate.second}
    with pytest.raises(CannotAudit, match="asked about by another open campaign"):
        doing.open_campaign(kind="", **again)
    with pytest.raises(CannotAudit, match="must lie ahead"):
        doing.open_campaign(kind="", **{**again, "closes_on": timezone.localdate()})
    doing.close_campaign(campaign=campaign, conclusion="Done.", by=estate.ict)
    assert doing.open_campaign(kind="business", **again).asked == 1
    assert [one.name for one in audit_queries.campaigns(estate.ict)] == ["Again", "Every licence"]


def test_reminders_are_sent_once_and_stop_with_the_answer(estate: Estate, campaign: AuditCampaign) -> None:
    closes = campaign.closes_on
    days = [closes - datetime.timedelta(days=n) for n in (20, 14, 13, 7, 1, -1, -5)]
    # The directory's owner in ICT is reminded too: nobody else would tell them.
    assert [audit_letters.run_reminders(day)["reminders"] for day in days] == [0, 2, 0, 2, 2, 2, 0]
    assert audit_letters.run_reminders(days[1])["reminders"] == 0
    doing.settle(question=asked("Planning"), act=Act.EXCEPT, reason="It is replaced in May.", by=estate.ict)
    assert all(audit_links.use_of(link) is audit_links.Use.REVOKED for link in asked("Planning").links.all())
    doing.ask_for_link(campaign=campaign.reference.lower(), email="planner@example.invalid")
    assert not Notice.objects.filter(subject__contains="new link").exists()
    doing.ask_for_link(campaign=campaign.reference, email="ICT@example.invalid")
    assert Notice.objects.filter(subject__contains="new link").count() == 1


def test_the_report_adds_up_and_is_final(estate: Estate, campaign: AuditCampaign) -> None:
    doing.settle(question=asked("Planning"), act=Act.EXCEPT, reason="It is replaced in May.", by=estate.ict)
    with pytest.raises(CannotAudit, match="what it found"):
        doing.close_campaign(campaign=campaign, conclusion=" ", by=estate.ict)
    closed = doing.close_campaign(campaign=campaign, conclusion="One licence is missing.", by=estate.ict)
    with pytest.raises(CampaignNotNow, match="is closed"):
        doing.settle(question=asked("Planning"), act=Act.ASK_AGAIN, reason="After all.", by=estate.ict)
    report = audit_queries.report(estate.ict, closed, timezone.localdate())
    assert "2 systems asked about: 0 complete, 1 excepted, 0 answered and not countersigned, 1 not answered." in (
        report.summary
    )
    assert [(line.system, line.reason) for line in report.exceptions] == [("Planning", "It is replaced in May.")]
    assert [line.system for line in report.not_answered] == ["Directory"]
    assert sum(one.asked for one in report.by_council) == sum(one.asked for one in report.by_service) == 2


def test_what_a_leaver_answers_for_is_handed_over_in_one_go(estate: Estate, campaign: AuditCampaign) -> None:
    """A colleague takes over on the administrator's page: the system, the exception and the question, with a letter."""
    administrator = account("administrator", RoleKind.ADMINISTRATOR, estate.places.north)
    colleague = account("colleague", RoleKind.OFFICER, estate.places.north)
    ahead = timezone.localdate() + datetime.timedelta(days=90)
    exception = agree_exception(
        system=estate.planning,
        owner=estate.owner.person,
        reason="It is replaced in May.",
        expires_on=ahead,
        by=estate.ict,
    )
    client = Client()
    client.force_login(administrator, backend="allauth.account.auth_backends.AuthenticationBackend")
    place = f"/people/{estate.owner.person.pk}/leaving/"
    page = client.get(place).content.decode()
    assert page.count("Planning") >= 3
    assert client.post(place, {"when": "at-once", "take_over": colleague.pk}).status_code == 302
    estate.planning.refresh_from_db()
    exception.refresh_from_db()
    question = asked("Planning")
    assert estate.planning.service_owner == exception.owner == question.asked == colleague.person
    assert "handed over by administrator" in question.history.latest().history_change_reason
    assert AuditLink.objects.filter(person=estate.owner.person, revoked_at__isnull=True).count() == 0
    assert Notice.objects.filter(recipient="colleague@example.invalid").count() == 1

"""Software audits: who was asked about which system, and what they answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from sightline.estate.domain.campaigns import QuestionState
from sightline.estate.models.systems import EXEMPT_SEEN_BY, System
from sightline.partnership.models import AnswerLinkRow, Attachment, Person, PublishedRecord, User


class AuditCampaign(PublishedRecord):
    """One software audit. ``council``: whose systems are asked about; none for those of all councils.

    kind: which systems; empty for centralised and business ones.
    """

    exempt_seen_by = EXEMPT_SEEN_BY

    reference = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    scope = models.TextField("what it is to find out")
    kind = models.CharField("which systems", max_length=12, choices=System.Kind.choices, blank=True)
    opened_on = models.DateField()
    closes_on = models.DateField("closing date")
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    conclusion = models.TextField("what it found, in plain words", blank=True)

    history = HistoricalRecords()

    class Meta(PublishedRecord.Meta):
        ordering = ("-opened_on", "-pk")
        constraints: ClassVar = [
            *PublishedRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(closes_on__gte=F("opened_on")), name="audit_closes_after_it_opens"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.name}"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    def get_absolute_url(self) -> str:
        return reverse("software-audit", args=[self.reference])


class AuditQuestion(PublishedRecord):
    """What one campaign asks about one system.

    asked: who is to answer, the system's service owner or, for a centralised one, its owner in ICT.
    service_area: of the system when it was asked. known: what the register knew then, as pairs of a name and a text.
    """

    exempt_seen_by = EXEMPT_SEEN_BY

    campaign = models.ForeignKey(AuditCampaign, on_delete=models.CASCADE, related_name="questions")
    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="audit_questions")
    asked = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    service_area = models.CharField(max_length=200, blank=True)
    known = models.JSONField(default=list, blank=True)
    state = models.CharField(
        max_length=13,
        choices=[(state.value, state.label) for state in QuestionState],
        default=QuestionState.ASKED.value,
    )
    state_reason = models.TextField("why it stands so", blank=True)
    state_on = models.DateField("since when it stands so")
    countersigned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    history = HistoricalRecords()

    class Meta(PublishedRecord.Meta):
        ordering = ("campaign", "system__name", "pk")
        constraints: ClassVar = [
            *PublishedRecord.Meta.constraints,
            models.UniqueConstraint(fields=["campaign", "system"], name="audit_question_once_a_system"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign.reference}, {self.system.name}"

    @property
    def standing(self) -> QuestionState:
        return QuestionState(self.state)

    def get_absolute_url(self) -> str:
        return reverse("audit-question", args=[self.pk])


class AuditAnswer(models.Model):
    """What was answered of one system. It is never changed, only followed by another.

    confirms: that what is known is right. users, in_use: as whoever answers says; empty where they say nothing.
    submission: the number of the form that sent it, so that sending it twice keeps it once.
    """

    class Way(models.TextChoices):
        PAGE = "page", "On its page"
        SIGNED_LINK = "signed-link", "By signed link"
        DISCOVERY = "discovery", "From discovery"

    question = models.ForeignKey(AuditQuestion, on_delete=models.CASCADE, related_name="answers")
    confirms = models.BooleanField("what is known is right")
    in_use = models.BooleanField(null=True, blank=True)
    users = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField("what is to be corrected", blank=True)
    licence_link = models.CharField(max_length=1000, blank=True)
    document = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    document_name = models.CharField(max_length=255, blank=True)
    on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    way = models.CharField(max_length=12, choices=Way.choices, default=Way.PAGE)
    submission = models.UUIDField(unique=True)
    written_at = models.DateTimeField(auto_now_add=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.question}: {'confirmed' if self.confirms else 'corrected'}"


class AuditLink(AnswerLinkRow):
    """A link in a letter by which one person answers one question, once, without logging in. The link itself is this
    row's number with a signature; it is made when the letter is sent and kept nowhere."""

    question = models.ForeignKey(AuditQuestion, on_delete=models.CASCADE, related_name="links")
    answer = models.OneToOneField(AuditAnswer, on_delete=models.SET_NULL, null=True, blank=True, related_name="link")

    history = HistoricalRecords()

    class Meta(AnswerLinkRow.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.person} for {self.question}"

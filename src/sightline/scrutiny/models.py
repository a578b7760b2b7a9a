"""What is recorded of scrutiny: meetings, their minutes, the passages read in them, and what must be followed up.

A passage is a span of the minute's text. Points, responses and resolutions are passages and nothing more; a
recommendation and a commitment are also records of their own, since somebody has to act on them.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from sightline.partnership.models import Attachment, Body, Council, PublishedRecord, User
from sightline.scrutiny.domain.passages import PassageKind
from sightline.scrutiny.domain.referrals import Consideration, Decision, ReferralState


class Meeting(PublishedRecord):
    """One sitting of one body."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()

    history = HistoricalRecords()

    class Meta(PublishedRecord.Meta):
        ordering = ("-held_on", "body__name")
        constraints = [
            *PublishedRecord.Meta.constraints,
            models.UniqueConstraint(fields=["body", "held_on"], name="meeting_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.body.name}, {self.held_on.day} {self.held_on:%B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.pk])


class Minute(PublishedRecord):
    """The minutes of one meeting, as they were received: the plain text that every passage points into."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="minute")
    text = models.TextField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    history = HistoricalRecords(excluded_fields=["text"])

    class Meta(PublishedRecord.Meta):
        ordering = ("-meeting__held_on", "pk")

    def __str__(self) -> str:
        return f"Minutes: {self.meeting}"

    def get_absolute_url(self) -> str:
        return reverse("minute", args=[self.pk])


class Span(models.Model):
    """A half-open span ``[start, end)`` of a minute's text, in code points."""

    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="%(app_label)s_%(class)s_span_not_empty"),
        ]


class MinuteItem(Span):
    """One matter of substance within the minutes of a meeting."""

    minute = models.ForeignKey(Minute, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=500)
    presented_by = models.CharField(max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta(Span.Meta):
        ordering = ("minute", "position")
        constraints = [
            *Span.Meta.constraints,
            models.UniqueConstraint(fields=["minute", "position"], name="item_position_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Passage(Span):
    """A span of the minute with a meaning: a recommendation, point, response, commitment, resolution or part of one.

    parent: a response's point; a part's resolution.
    said_by: who answered, promised or is to act, in the minute's own words.
    label: a part's or recommendation's number; a resolution's verb.
    """

    item = models.ForeignKey(MinuteItem, on_delete=models.CASCADE, related_name="passages")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="parts")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.label) for kind in PassageKind])
    position = models.PositiveIntegerField("order in which it was read within its item")
    text = models.TextField()
    said_by = models.CharField(max_length=300, blank=True)
    label = models.CharField(max_length=40, blank=True)
    confidence = models.FloatField()

    history = HistoricalRecords()

    class Meta(Span.Meta):
        ordering = ("item", "position")
        constraints = [
            *Span.Meta.constraints,
            models.UniqueConstraint(fields=["item", "position"], name="passage_position_once"),
            models.CheckConstraint(condition=Q(confidence__range=(0, 1)), name="passage_confidence_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:80]}"


class Recommendation(PublishedRecord):
    """What scrutiny asks for. Decided by each council for itself, through its own referral."""

    reference = models.CharField(max_length=20, unique=True)
    text = models.TextField()
    number = models.CharField(max_length=20, blank=True)
    asked_by = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="recommendations")
    asked_on = models.DateField()
    passage = models.OneToOneField(Passage, on_delete=models.PROTECT, related_name="recommendation")

    history = HistoricalRecords()

    class Meta(PublishedRecord.Meta):
        ordering = ("-asked_on", "-pk")
        indexes = [
            models.Index(fields=["publication", "-asked_on", "-id"], name="recommendation_public_newest"),
            models.Index(fields=["asked_by", "-asked_on"], name="recommendation_by_body"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.text[:80]}"

    @property
    def heading(self) -> str:
        """The text as it stands by itself: a part of a list ends in a semicolon and may begin small."""
        text = self.text.rstrip(" ;,")
        return text[:1].upper() + text[1:]

    def get_absolute_url(self) -> str:
        return reverse("recommendation", args=[self.reference])


class Referral(models.Model):
    """A recommendation on its way through one council: its scrutiny panel's consideration, then its own decision."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="referrals")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="referrals")
    state = models.CharField(
        max_length=20,
        choices=[(state.value, state.label) for state in ReferralState],
        default=ReferralState.WAITING.value,
    )
    consideration = models.CharField(
        max_length=20, choices=[(value.value, value.label) for value in Consideration], blank=True
    )
    considered_by = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    considered_on = models.DateField(null=True, blank=True)
    comments = models.TextField(blank=True)
    decision = models.CharField(max_length=20, choices=[(value.value, value.label) for value in Decision], blank=True)
    decided_by = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ("recommendation", "council__name")
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "council"], name="referral_once_a_council"),
        ]
        indexes = [models.Index(fields=["council", "state"], name="referral_by_council_and_state")]

    def __str__(self) -> str:
        return f"{self.recommendation.reference} at {self.council.name}"


class Commitment(PublishedRecord):
    """What somebody said they would do."""

    reference = models.CharField(max_length=20, unique=True)
    text = models.TextField()
    said_by = models.CharField("who said it or is to do it, in the minute's words", max_length=300, blank=True)
    made_on = models.DateField()
    passage = models.OneToOneField(Passage, on_delete=models.PROTECT, related_name="commitment")

    history = HistoricalRecords()

    class Meta(PublishedRecord.Meta):
        ordering = ("-made_on", "-pk")

    def __str__(self) -> str:
        return f"{self.reference}: {self.text[:80]}"


class ReferenceSeries(models.Model):
    """The last number given out in one year's series of references. A counter, so it keeps no history."""

    letter = models.CharField(max_length=1)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "reference series"
        constraints = [models.UniqueConstraint(fields=["letter", "year"], name="reference_series_once")]

    def __str__(self) -> str:
        return f"{self.letter}{self.year}"


class MinuteUpload(models.Model):
    """A file that a clerk sent to be read, until its minute is recorded."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be read"
        READING = "reading", "Being read"
        READ = "read", "Read, ready to be checked"
        REFUSED = "refused", "Could not be read"
        RECORDED = "recorded", "Recorded"

    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="uploads")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    progress_percent = models.PositiveSmallIntegerField(default=0)
    doing = models.CharField("what is being done", max_length=120, blank=True)
    text = models.TextField("plain text, as read", blank=True)
    # What was read, in the form of `sightline minutes read --json`; the preview shows it.
    reading = models.JSONField(null=True, blank=True)
    refusal = models.TextField("why it could not be read", blank=True)
    minute = models.ForeignKey(Minute, on_delete=models.SET_NULL, null=True, blank=True, related_name="uploads")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    history = HistoricalRecords(excluded_fields=["reading", "text", "progress_percent", "doing"])

    class Meta:
        ordering = ("-uploaded_at",)

    def __str__(self) -> str:
        return f"{self.attachment.name} ({self.get_state_display()})"

    def get_absolute_url(self) -> str:
        return reverse("minute-upload", args=[self.pk])

"""Meetings, their minutes, and the files that minutes are read from."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from sightline.partnership.models import Attachment, Body, EnteredForSomebody, PublishedRecord, User


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


class Minute(PublishedRecord, EnteredForSomebody):
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

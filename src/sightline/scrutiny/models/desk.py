"""What the reader proposed, kept as it was, and what was done at the clerk's desk, act by act."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from sightline.partnership.models import User
from sightline.scrutiny.domain.passages import PassageKind
from sightline.scrutiny.models.meetings import Minute
from sightline.scrutiny.models.passages import Passage, Span


class Proposal(Span):
    """A passage as the reader proposed it. Never changed: what the clerk made of it is its passage.

    hung_on: the passage whose response or part this was read as.
    reader: which release of the reader read it; see `reading.reader_version`.
    """

    passage = models.OneToOneField(Passage, on_delete=models.PROTECT, related_name="proposal")
    hung_on = models.ForeignKey(Passage, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.label) for kind in PassageKind])
    text = models.TextField()
    said_by = models.CharField(max_length=300, blank=True)
    label = models.CharField(max_length=40, blank=True)
    confidence = models.FloatField()
    reader = models.CharField("release of the reader", max_length=60)
    proposed_at = models.DateTimeField()

    history = HistoricalRecords()

    class Meta(Span.Meta):
        ordering = ("pk",)
        indexes = [models.Index(fields=["proposed_at", "kind"], name="proposal_by_month_and_kind")]

    def __str__(self) -> str:
        return f"Proposed {PassageKind(self.kind).label.lower()}: {self.text[:80]}"


class DeskAct(models.Model):
    """One thing that was done to the passages of a minute at the desk.

    number: counts the acts of one minute from 1; the number of the last is the minute's version at the desk.
    passages, items: those that it changed. Their history holds what they were before and after.
    fingerprint: of the form that was sent and by whom, so that one that is sent twice is done once.
    """

    class Verb(models.TextChoices):
        ACCEPT = "accept", "accepted"
        ACCEPT_CERTAIN = "accept-certain", "accepted all that is certain"
        CORRECT = "correct", "corrected"
        SPLIT = "split", "split"
        MERGE = "merge", "merged"
        REJECT = "reject", "rejected"
        MARK = "mark", "marked"
        MOVE = "move", "moved"
        CORRECT_ITEM = "correct-item", "corrected the item"
        JOIN_ITEM = "join-item", "joined the item"
        DIVIDE_ITEM = "divide-item", "divided the item"
        TAKE_BACK = "take-back", "took back"

    minute = models.ForeignKey(Minute, on_delete=models.PROTECT, related_name="desk_acts")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=20, choices=Verb.choices)
    says = models.CharField("what was done, in words", max_length=300)
    passages = models.JSONField(default=list)
    items = models.JSONField(default=list)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64)
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="taken_back_by")

    history = HistoricalRecords()

    class Meta:
        ordering = ("minute", "number")
        constraints = [
            models.UniqueConstraint(fields=["minute", "number"], name="desk_act_number_once"),
            models.UniqueConstraint(fields=["minute", "fingerprint"], name="desk_act_sent_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="desk_act_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.says}"

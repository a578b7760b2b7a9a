"""What was read in a minute: its items, and the spans of its text that have a meaning.

A passage is a span of the minute's text. Points, responses and resolutions are passages and nothing more; a
recommendation and a commitment are also records of their own, since somebody has to act on them.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from sightline.scrutiny.domain.passages import CONFIRMED, GONE, PassageKind, PassageState
from sightline.scrutiny.models.meetings import Minute


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
    """One matter of substance within the minutes of a meeting.

    joined_into: the item that took over its passages; no item is ever deleted.
    read_title, read_presented_by, read_start, read_end: what the reader proposed; never changed, and empty where a
    clerk made the item.
    """

    minute = models.ForeignKey(Minute, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=500)
    presented_by = models.CharField(max_length=300, blank=True)
    joined_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="joined")
    read_title = models.CharField("title as it was read", max_length=500, blank=True)
    read_presented_by = models.CharField("presented by, as it was read", max_length=300, blank=True)
    read_start = models.PositiveIntegerField(null=True, blank=True)
    read_end = models.PositiveIntegerField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta(Span.Meta):
        ordering = ("minute", "position")
        constraints = [
            *Span.Meta.constraints,
            models.UniqueConstraint(fields=["minute", "position"], name="item_position_once"),
            models.CheckConstraint(
                condition=Q(joined_into__isnull=True) | ~Q(joined_into=F("id")), name="item_not_joined_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Passage(Span):
    """A span of the minute with a meaning: a recommendation, point, response, commitment, resolution or part of one.

    parent: a response's point; a part's resolution.
    said_by: who answered, promised or is to act, in the minute's own words.
    label: a part's or recommendation's number; a resolution's verb.
    state, why: what the clerk made of it, and why it was rejected. No passage is ever deleted.
    in_bulk: it was accepted with all that is certain, not looked at by itself.
    merged_into: the passage that took over its words.
    published_at: since when everybody may see that it was read here; a passage is confirmed before.
    """

    item = models.ForeignKey(MinuteItem, on_delete=models.CASCADE, related_name="passages")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="parts")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.label) for kind in PassageKind])
    position = models.PositiveIntegerField("order in which it was read within its item")
    text = models.TextField()
    said_by = models.CharField(max_length=300, blank=True)
    label = models.CharField(max_length=40, blank=True)
    confidence = models.FloatField()
    state = models.CharField(
        max_length=10,
        choices=[(state.value, state.label) for state in PassageState],
        default=PassageState.PROPOSED.value,
    )
    why = models.CharField("why it was rejected", max_length=500, blank=True)
    in_bulk = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta(Span.Meta):
        ordering = ("item", "position")
        constraints = [
            *Span.Meta.constraints,
            models.UniqueConstraint(fields=["item", "position"], name="passage_position_once"),
            models.CheckConstraint(condition=Q(confidence__range=(0, 1)), name="passage_confidence_is_a_share"),
            models.CheckConstraint(
                condition=~Q(state=PassageState.REJECTED.value) | ~Q(why=""), name="passage_rejected_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state=PassageState.MERGED.value) | Q(merged_into__isnull=False),
                name="passage_merged_into_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=PassageState.PROPOSED.value) | Q(published_at__isnull=True),
                name="passage_confirmed_before_public",
            ),
        ]
        indexes = [models.Index(fields=["state", "item"], name="passage_by_state")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:80]}"

    @property
    def is_confirmed(self) -> bool:
        return PassageState(self.state).is_confirmed

    @property
    def is_live(self) -> bool:
        return PassageState(self.state).is_live


CONFIRMED_STATES = sorted(state.value for state in CONFIRMED)
GONE_STATES = sorted(state.value for state in GONE)

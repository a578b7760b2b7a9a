"""What somebody said they would do."""

from __future__ import annotations

from django.db import models
from simple_history.models import HistoricalRecords

from sightline.partnership.models import PublishedRecord
from sightline.scrutiny.models.passages import Passage


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

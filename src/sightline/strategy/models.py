"""What is recorded of the strategy: so far, the glossary of technical terms."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from simple_history.models import HistoricalRecords

from sightline.partnership.models import PublishedRecord, SourcedFact


class GlossaryTerm(PublishedRecord, SourcedFact):
    """A technical term with its plain explanation."""

    term = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    explanation = models.TextField("plain explanation")
    # Other words for the same thing, linked to it as well.
    aliases = models.JSONField(default=list, blank=True)
    # Somebody changed it here, so loading the partnership file again leaves it as it is.
    edited_here = models.BooleanField(default=False)

    history = HistoricalRecords()

    class Meta(PublishedRecord.Meta):
        ordering = (Lower("term"),)

    def __str__(self) -> str:
        return self.term

    def get_absolute_url(self) -> str:
        return reverse("glossary-term", args=[self.slug])

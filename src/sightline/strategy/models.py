"""What is recorded of the strategy: so far, the glossary of technical terms."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from sightline.partnership.models import PublishedRecord


class GlossaryTerm(PublishedRecord):
    """A technical term with its plain explanation."""

    term = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    explanation = models.TextField("plain explanation")
    source = models.CharField(max_length=300, blank=True)
    source_url = models.URLField(blank=True)
    checked_on = models.DateField("date the source was checked", null=True, blank=True)
    # Other words for the same thing, linked to it as well.
    aliases = models.JSONField(default=list, blank=True)

    history = HistoricalRecords()

    class Meta(PublishedRecord.Meta):
        ordering = ("term",)

    def __str__(self) -> str:
        return self.term

    def get_absolute_url(self) -> str:
        return reverse("glossary-term", args=[self.slug])

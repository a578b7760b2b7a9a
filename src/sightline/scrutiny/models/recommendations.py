"""What scrutiny asks for, and its way through each council."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from sightline.partnership.models import Body, Council, PublishedRecord
from sightline.scrutiny.domain.referrals import Consideration, Decision, ReferralState
from sightline.scrutiny.models.passages import Passage
from sightline.scrutiny.models.withdrawing import Withdrawable


class Recommendation(Withdrawable, PublishedRecord):
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
        constraints = [*PublishedRecord.Meta.constraints, *Withdrawable.Meta.constraints]
        indexes = [
            models.Index(
                fields=["publication", "withdrawn_at", "-asked_on", "-id"], name="recommendation_public_newest"
            ),
            # For those who see more than is public: read in order, asking each, until a page is full.
            models.Index(fields=["-asked_on", "-id"], name="recommendation_newest"),
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

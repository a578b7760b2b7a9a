"""What scrutiny asks for, and its way through each council."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from sightline.partnership.models import Body, Council, PublishedRecord
from sightline.scrutiny.domain.referrals import ReferralState, late_by_days
from sightline.scrutiny.models.passages import Passage
from sightline.scrutiny.models.withdrawing import Withdrawable


class Recommendation(Withdrawable, PublishedRecord):
    """What scrutiny asks for. Decided by each council for itself, through its own referral.

    purpose: what it is to achieve, in the clerk's words.
    diverges, unanswered_due_on: derived from what is public of its referrals, for narrowing lists: whether councils
        decided differently, and by when the first open one was to be decided.
    standing, public_standing: derived from the states of its referrals, for narrowing lists; see domain/standings.
    """

    reference = models.CharField(max_length=20, unique=True)
    text = models.TextField()
    number = models.CharField(max_length=20, blank=True)
    asked_by = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="recommendations")
    asked_on = models.DateField()
    passage = models.OneToOneField(Passage, on_delete=models.PROTECT, related_name="recommendation")
    purpose = models.TextField("what it is to achieve", blank=True)
    diverges = models.BooleanField(default=False)
    unanswered_due_on = models.DateField(null=True, blank=True)
    standing = models.TextField(blank=True)
    public_standing = models.TextField(blank=True)

    history = HistoricalRecords(excluded_fields=["diverges", "unanswered_due_on", "standing", "public_standing"])

    class Meta(PublishedRecord.Meta):
        ordering = ("-asked_on", "-pk")
        constraints = [*PublishedRecord.Meta.constraints, *Withdrawable.Meta.constraints]
        indexes = [
            # Holds all that the public list is narrowed by, so that counting reads nothing but the index.
            models.Index(
                fields=[
                    "publication",
                    "withdrawn_at",
                    "-asked_on",
                    "-id",
                    "public_standing",
                    "asked_by",
                    "council",
                    "diverges",
                    "unanswered_due_on",
                ],
                name="recommendation_public_newest",
            ),
            # For those who see more than is public: read in order, asking each, until a page is full.
            models.Index(
                fields=[
                    "-asked_on",
                    "-id",
                    "withdrawn_at",
                    "publication",
                    "council",
                    "public_standing",
                    "standing",
                    "asked_by",
                ],
                name="recommendation_newest",
            ),
            models.Index(fields=["asked_by", "-asked_on"], name="recommendation_by_body"),
            models.Index(fields=["unanswered_due_on"], name="recommendation_unanswered"),
            models.Index(
                fields=["-asked_on", "-id"], condition=models.Q(diverges=True), name="recommendation_diverging"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.text[:80]}"

    @property
    def heading(self) -> str:
        """The text as it stands by itself: a part of a list ends in a semicolon and may begin small."""
        text = self.text.rstrip(" ;,")
        return text[:1].upper() + text[1:]

    @property
    def standing_withdrawal(self) -> Any:
        """That scrutiny no longer asks for it; None where it does."""
        withdrawal = getattr(self, "withdrawal", None)
        return withdrawal if withdrawal is not None and withdrawal.stands else None

    def get_absolute_url(self) -> str:
        return reverse("recommendation", args=[self.reference])


class Referral(models.Model):
    """A recommendation on its way through one council: its scrutiny panel's consideration, then its own decision.

    state: derived from every consideration and decision that is recorded.
    public_state: derived from those alone that are public: what everybody sees.
    due_on: the last day for a decision, by the response clock.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="referrals")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="referrals")
    state = models.CharField(
        max_length=20,
        choices=[(state.value, state.label) for state in ReferralState],
        default=ReferralState.WAITING.value,
    )
    public_state = models.CharField(
        max_length=20,
        choices=[(state.value, state.label) for state in ReferralState],
        default=ReferralState.WAITING.value,
    )
    referred_on = models.DateField()
    due_on = models.DateField()

    history = HistoricalRecords()

    class Meta:
        ordering = ("recommendation", "council__name")
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "council"], name="referral_once_a_council"),
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("referred_on")), name="referral_due_after_it_was_made"
            ),
        ]
        indexes = [
            # Holds all that "what waits for me" asks of every open one.
            models.Index(
                fields=["council", "state", "due_on", "id", "recommendation"], name="referral_by_council_and_state"
            ),
            models.Index(fields=["council", "public_state", "due_on"], name="referral_by_public_state"),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation.reference} at {self.council.name}"

    def get_absolute_url(self) -> str:
        return f"{self.recommendation.get_absolute_url()}#{self.council.slug}"

    @property
    def seen(self) -> ReferralState:
        """Where it stands for whoever looks: a query that knows the account says so, else what everybody sees."""
        return ReferralState(getattr(self, "seen_state", self.public_state))

    @property
    def late_by_days(self) -> int:
        """How many days a decision is overdue today, by what whoever looks may see."""
        return late_by_days(self.seen, self.due_on, timezone.localdate())


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

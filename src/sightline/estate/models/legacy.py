"""How risky a legacy system is by the government's framework, and what was agreed about keeping it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from sightline.estate.domain.legacy import Assessment
from sightline.estate.models.systems import EXEMPT_SEEN_BY, System
from sightline.partnership.models import Person, PublishedRecord, User


class RiskAssessment(PublishedRecord):
    """The answers to the framework's criteria for one system on one day. The newest is the one that holds.

    answers: by the criterion's code; what is not answered is left out. reasons: why, by the same codes.
    """

    exempt_seen_by = EXEMPT_SEEN_BY

    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="risk_assessments")
    answers = models.JSONField(default=dict)
    reasons = models.JSONField(default=dict, blank=True)
    assessed_on = models.DateField()
    assessed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    history = HistoricalRecords()

    class Meta(PublishedRecord.Meta):
        ordering = ("-assessed_on", "-pk")
        constraints: ClassVar = [*PublishedRecord.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.system.reference}: {self.assessment.sentence}"

    @property
    def assessment(self) -> Assessment:
        return Assessment(self.answers)


class LegacyException(PublishedRecord):
    """Somebody answers for keeping a legacy system for a time. It holds until its last day, or until it is ended."""

    exempt_seen_by = EXEMPT_SEEN_BY

    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="legacy_exceptions")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="who answers for it")
    reason = models.TextField()
    agreed_on = models.DateField()
    expires_on = models.DateField("last day")
    agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    ended_why = models.TextField(blank=True)

    history = HistoricalRecords()

    class Meta(PublishedRecord.Meta):
        ordering = ("expires_on", "pk")
        constraints: ClassVar = [
            *PublishedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("agreed_on")), name="legacy_exception_expires_after_it_is_agreed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system.reference}, until {self.expires_on.isoformat()}"

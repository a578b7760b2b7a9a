"""What the councils may use, and what they were counted to use."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from sightline.estate.domain.entitlements import Metric
from sightline.estate.models.catalogue import Product, Release
from sightline.estate.models.systems import EXEMPT_SEEN_BY, System
from sightline.partnership.models import Attachment, PublishedRecord

METRICS = [(metric.value, metric.label) for metric in Metric]


class Licence(PublishedRecord):
    """What a council may use, as its licence or contract says. ``council``: none where the councils share it.

    quantity: of the metric; empty where nobody knows, and for an unlimited one.
    products: what it covers; release: the release line it is for, where it is for one line of one product.
    names_product: what it covers in its own words, where the catalogue does not know it.
    covers_together: one licence covers all its products on one device.
    upgrade, downgrade: whether newer and older release lines may be used too.
    """

    exempt_seen_by = EXEMPT_SEEN_BY

    reference = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    supplier = models.CharField(max_length=200, blank=True)
    metric = models.CharField("what it is counted in", max_length=12, choices=METRICS)
    quantity = models.PositiveIntegerField("how many", null=True, blank=True)
    products = models.ManyToManyField(Product, related_name="licences", blank=True)
    release = models.ForeignKey(
        Release, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="release line"
    )
    names_product = models.CharField("product in the licence's own words", max_length=200, blank=True)
    covers_together = models.BooleanField("one covers all its products on one device", default=False)
    upgrade = models.BooleanField("newer release lines may be used", default=False)
    downgrade = models.BooleanField("older release lines may be used", default=False)
    system = models.ForeignKey(System, on_delete=models.PROTECT, null=True, blank=True, related_name="licences")
    starts_on = models.DateField("first day", null=True, blank=True)
    ends_on = models.DateField("last day", null=True, blank=True)
    notice_on = models.DateField("last day to give notice", null=True, blank=True)
    cost_pence = models.PositiveBigIntegerField("cost a year, in pence", null=True, blank=True)
    document = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    document_name = models.CharField(max_length=255, blank=True)

    history = HistoricalRecords(m2m_fields=[products])

    class Meta(PublishedRecord.Meta):
        ordering = ("name", "reference")
        constraints: ClassVar = [
            *PublishedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="licence_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(metric="unlimited") | Q(quantity__isnull=True), name="licence_unlimited_has_no_quantity"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["ends_on"], name="licence_by_end")]

    def __str__(self) -> str:
        return f"{self.reference}: {self.name}"

    @property
    def counts(self) -> str:
        """How many of what, in words."""
        metric = Metric(self.metric)
        if metric is Metric.UNLIMITED:
            return "Unlimited"
        return metric.counted(self.quantity) if self.quantity is not None else f"{metric.label}, quantity not known"

    def get_absolute_url(self) -> str:
        return reverse("licence", args=[self.reference])


class CountedUse(PublishedRecord):
    """How much of a product a council was counted to use on a day, where discovery cannot tell: cores, people at once.

    The newest count of a product, council and metric is the one that holds.
    """

    exempt_seen_by = EXEMPT_SEEN_BY

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="counted_uses")
    metric = models.CharField("what is counted", max_length=12, choices=METRICS)
    amount = models.PositiveIntegerField("how many are used")
    counted_on = models.DateField("day of the count")
    source = models.CharField("how it was counted", max_length=200)

    history = HistoricalRecords()

    class Meta(PublishedRecord.Meta):
        ordering = ("-counted_on", "-pk")
        constraints: ClassVar = [*PublishedRecord.Meta.constraints]
        indexes: ClassVar = [models.Index(fields=["product", "metric", "-counted_on"], name="counted_use_newest")]

    def __str__(self) -> str:
        return f"{self.product}: {Metric(self.metric).counted(self.amount)}, {self.counted_on.isoformat()}"

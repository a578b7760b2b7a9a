"""Systems: what a service runs on, who owns it, what its contract says and what it hangs on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from simple_history.models import HistoricalRecords

from sightline.estate.models.catalogue import Product, Release
from sightline.partnership.models import Council, Person, PublishedRecord

# Beside those who see what is exempt elsewhere, ICT: red systems are exempt, and it is theirs to mend them.
EXEMPT_SEEN_BY = ("partnership.see_exempt", "estate.see_exempt")


class System(PublishedRecord):
    """Something a service runs on. ``council``: whose record it is; none where the councils run it together.

    councils: which councils use it.
    machines: the machines it runs on, in small letters: what is found there belongs to it.
    product, release: what it is in the catalogue, where it is one product; its other software is in its installations.
    extended_until: the last day of extended support that is bought.
    in_use: None where nobody has said.
    """

    class Kind(models.TextChoices):
        CENTRALISED = "centralised", "Centralised: ICT manages it"
        BUSINESS = "business", "Business: a service area manages it"

    class Hosting(models.TextChoices):
        UNKNOWN = "unknown", "Not known"
        COUNCIL = "council", "On a council's premises"
        PROVIDER = "provider", "In the provider's data centre"
        CLOUD = "cloud", "On servers in a public cloud"
        SUPPLIER = "supplier", "By its supplier, as a service"

    exempt_seen_by = EXEMPT_SEEN_BY

    reference = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    function = models.CharField("what it is for", max_length=200)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    councils = models.ManyToManyField(Council, related_name="systems")
    service_area = models.CharField(max_length=200, blank=True)
    service_owner = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    ict_owner = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    supplier = models.CharField(max_length=200, blank=True)
    hosting = models.CharField(max_length=10, choices=Hosting.choices, default=Hosting.UNKNOWN)
    users = models.PositiveIntegerField("number of users", null=True, blank=True)
    cost_pence = models.PositiveBigIntegerField("cost a year, in pence", null=True, blank=True)
    contract_starts_on = models.DateField(null=True, blank=True)
    contract_ends_on = models.DateField(null=True, blank=True)
    notice_on = models.DateField("last day to give notice", null=True, blank=True)
    purchased_on = models.DateField(null=True, blank=True)
    data_held = models.TextField("data it holds", blank=True)
    exit_plan = models.TextField(blank=True)
    depends_on = models.ManyToManyField("self", symmetrical=False, related_name="needed_by", blank=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, blank=True, related_name="systems")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, blank=True, related_name="systems")
    version = models.CharField(max_length=120, blank=True)
    machines = models.JSONField("machines it runs on", default=list, blank=True)
    in_use = models.BooleanField(null=True, blank=True)
    extended_until = models.DateField("extended support bought until", null=True, blank=True)
    retired_on = models.DateField("no longer run since", null=True, blank=True)
    retired_why = models.TextField("why it is no longer run", blank=True)
    what_is_done = models.TextField("what is being done about it, as residents may read it", blank=True)

    history = HistoricalRecords(m2m_fields=[councils, depends_on])

    class Meta(PublishedRecord.Meta):
        ordering = (Lower("name"), "reference")
        constraints: ClassVar = [
            *PublishedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(contract_ends_on__isnull=True)
                | Q(contract_starts_on__isnull=True)
                | Q(contract_ends_on__gte=models.F("contract_starts_on")),
                name="system_contract_ends_after_it_starts",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["council", "kind"], name="system_by_council_and_kind"),
            models.Index(fields=["contract_ends_on"], name="system_by_contract_end"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("system", args=[self.reference])

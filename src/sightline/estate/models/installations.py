"""What was found on the estate: imports of inventories, the installations they report, and what changed between."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from sightline.estate.models.catalogue import Product, Release
from sightline.estate.models.systems import EXEMPT_SEEN_BY, System
from sightline.partnership.models import Attachment, Council, PublishedRecord, User


class InventoryImport(PublishedRecord):
    """One inventory that was taken in whole, and how it differs from the one before.

    scope: what it tells of, such as one discovery tool, or the packages of one machine: the next import of the same
        scope at the same council is compared with it, and what it no longer names has gone.
    rows: as the file holds them; several may be one installation.
    """

    exempt_seen_by = EXEMPT_SEEN_BY

    scope = models.CharField(max_length=200)
    profile = models.CharField("shape of the file", max_length=60)
    file_name = models.CharField(max_length=200)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    fingerprint = models.CharField("SHA-256 of the file", max_length=64)
    rows = models.PositiveIntegerField()
    doubled = models.PositiveIntegerField("rows that repeat another", default=0)
    left_out = models.JSONField("rows that were left out, and why", default=list, blank=True)
    came = models.PositiveIntegerField(default=0)
    went = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    recognised = models.PositiveIntegerField(default=0)
    imported_at = models.DateTimeField(auto_now_add=True)
    imported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    history = HistoricalRecords()

    class Meta(PublishedRecord.Meta):
        ordering = ("-imported_at", "-pk")
        constraints: ClassVar = [*PublishedRecord.Meta.constraints]
        indexes: ClassVar = [models.Index(fields=["council", "scope", "-imported_at"], name="import_newest_of_scope")]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.imported_at.date().isoformat()}"

    def get_absolute_url(self) -> str:
        return reverse("inventory-import", args=[self.pk])


class InventoryUpload(models.Model):
    """A file that somebody sent to be imported, until it is.

    council: whose machines it tells of; none for those that the councils run together.
    heading, sample, guess: of a table whose columns nobody has said yet, for the page that asks. columns: what was said
        then, fact by fact, by the heading of its column.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be read"
        ASKING = "asking", "Its columns have to be confirmed"
        IMPORTING = "importing", "Being imported"
        IMPORTED = "imported", "Imported"
        REFUSED = "refused", "Could not be imported"

    council = models.ForeignKey(Council, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    machine = models.CharField("machine it is of, for a listing of packages", max_length=200, blank=True)
    partly = models.BooleanField("leave out rows that cannot be read", default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    progress_percent = models.PositiveSmallIntegerField(default=0)
    doing = models.CharField("what is being done", max_length=120, blank=True)
    heading = models.JSONField(default=list, blank=True)
    sample = models.JSONField("its first rows", default=list, blank=True)
    guess = models.JSONField(default=dict, blank=True)
    columns = models.JSONField(default=dict, blank=True)
    refusal = models.TextField("why it could not be imported", blank=True)
    told = models.ForeignKey(InventoryImport, on_delete=models.SET_NULL, null=True, blank=True, related_name="uploads")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    history = HistoricalRecords(excluded_fields=["sample", "progress_percent", "doing"])

    class Meta:
        ordering = ("-uploaded_at", "-pk")

    def __str__(self) -> str:
        return f"{self.attachment.name} ({self.get_state_display()})"

    def get_absolute_url(self) -> str:
        return reverse("inventory-upload", args=[self.pk])


class Installation(PublishedRecord):
    """One piece of software found on one machine, in the words of whoever found it, and what those words mean.

    key: what makes it the same one in the next import: machine, name without its version, and its number among equals.
    product, release, version, edition, confidence, why: what recognition made of it; product is empty for unknown.
    gone_on: the day of the import that no longer named it; it stays on record.
    """

    exempt_seen_by = EXEMPT_SEEN_BY

    scope = models.CharField(max_length=200)
    key = models.CharField(max_length=64)
    device = models.CharField("machine", max_length=200)
    raw_name = models.CharField("name as found", max_length=400)
    raw_version = models.CharField("version as found", max_length=200, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    installed_on = models.DateField(null=True, blank=True)
    person = models.CharField("who uses the machine, as the tool says", max_length=200, blank=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, blank=True, related_name="installations")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, blank=True, related_name="installations")
    version = models.CharField(max_length=200, blank=True)
    edition = models.CharField(max_length=120, blank=True)
    confidence = models.FloatField(default=0.0)
    why = models.CharField("why it is taken for that", max_length=500, blank=True)
    system = models.ForeignKey(System, on_delete=models.SET_NULL, null=True, blank=True, related_name="installations")
    first_import = models.ForeignKey(InventoryImport, on_delete=models.PROTECT, related_name="firsts")
    gone_on = models.DateField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta(PublishedRecord.Meta):
        ordering = ("device", "raw_name", "pk")
        constraints: ClassVar = [
            *PublishedRecord.Meta.constraints,
            models.UniqueConstraint(fields=["council", "scope", "key"], name="installation_once_a_scope"),
            models.UniqueConstraint(
                fields=["scope", "key"], condition=Q(council__isnull=True), name="installation_once_a_shared_scope"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["council", "gone_on", "release"], name="installation_by_release"),
            models.Index(fields=["council", "gone_on", "device"], name="installation_by_device"),
            models.Index(fields=["system", "gone_on"], name="installation_by_system"),
        ]

    def __str__(self) -> str:
        return f"{self.raw_name} {self.raw_version}".strip() + f" on {self.device}"

    def get_absolute_url(self) -> str:
        return reverse("installation", args=[self.pk])


class InstallationChange(models.Model):
    """What one import said that was new of an installation known before: a log, written once.

    before, after: the facts that differ, by name; empty where it went or came back.
    """

    class Kind(models.TextChoices):
        WENT = "went", "Gone"
        CAME_BACK = "back", "Found again"
        CHANGED = "changed", "Changed"

    told_by = models.ForeignKey(InventoryImport, on_delete=models.CASCADE, related_name="changes")
    installation = models.ForeignKey(Installation, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.installation}"

"""The catalogue on record: products, their release lines, and the loads of lifecycle data they came with."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from simple_history.models import HistoricalRecords

from sightline.partnership.models import PublishedRecord, SourcedFact, User


class LifecycleLoad(models.Model):
    """One time lifecycle data was taken in.

    source: who publishes it. address: the file or address it was read from. etag, fingerprint: by which it is known
    that nothing is new. dated_releases: release lines whose end of life is known.
    """

    source = models.CharField(max_length=100)
    address = models.CharField(max_length=500)
    etag = models.CharField(max_length=300, blank=True)
    fingerprint = models.CharField("SHA-256 of what was read", max_length=64)
    products = models.PositiveIntegerField()
    releases = models.PositiveIntegerField()
    dated_releases = models.PositiveIntegerField()
    confirmed = models.BooleanField("somebody confirmed that it has shrunk", default=False)
    checked_on = models.DateField("date the source was last found unchanged or taken in")
    loaded_at = models.DateTimeField(auto_now_add=True)
    loaded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    history = HistoricalRecords()

    class Meta:
        ordering = ("-loaded_at", "-pk")

    def __str__(self) -> str:
        return f"{self.source}, {self.checked_on.isoformat()}"


class Product(PublishedRecord, SourcedFact):
    """What a piece of software or a device is, from published lifecycle data or as the partnership's own entry.

    own: the partnership keeps it itself, as for a council's line-of-business system that no public catalogue covers;
        loading lifecycle data leaves it as it is.
    shipped: it is from the small table that comes with Sightline; published data takes its place.
    left_on: the day on which its source no longer named it; it stays.
    """

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    supplier = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=60, blank=True)
    tags = models.JSONField(default=list, blank=True)
    other_names = models.JSONField(default=list, blank=True)
    identifiers = models.JSONField("CPE, purl and repology identifiers, as pairs", default=list, blank=True)
    own = models.BooleanField("the partnership's own entry", default=False)
    shipped = models.BooleanField("from the table that comes with Sightline", default=False)
    left_on = models.DateField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta(PublishedRecord.Meta):
        ordering = (Lower("title"), "slug")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("product", args=[self.slug])


class Release(SourcedFact):
    """A release line of a product, and until when it is supported.

    Of each end either the day is known, or whether it is over, or nothing: ``active`` support, ``security`` support
    (the end of life), ``extended`` support. problems: what was wrong with the facts, one sentence each.
    place: its place in the source's own order, newest first.
    """

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="releases")
    cycle = models.CharField("release line", max_length=120)
    label = models.CharField(max_length=200, blank=True)
    codename = models.CharField(max_length=120, blank=True)
    latest = models.CharField("newest version", max_length=120, blank=True)
    released_on = models.DateField(null=True, blank=True)
    active_on = models.DateField("end of active support", null=True, blank=True)
    active_over = models.BooleanField(null=True, blank=True)
    security_on = models.DateField("end of life", null=True, blank=True)
    security_over = models.BooleanField(null=True, blank=True)
    extended_on = models.DateField("end of extended support", null=True, blank=True)
    extended_over = models.BooleanField(null=True, blank=True)
    problems = models.JSONField(default=list, blank=True)
    place = models.PositiveIntegerField(default=0)
    left_on = models.DateField("date its source no longer named it", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ("product", "place", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["product", "cycle"], name="release_once_a_product"),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{end}_on__isnull": True}) | models.Q(**{f"{end}_over__isnull": True}),
                    name=f"release_{end}_a_day_or_a_yes",
                )
                for end in ("active", "security", "extended")
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["security_on"], name="release_by_end_of_life")]

    def __str__(self) -> str:
        """“Microsoft Windows Server 2012 R2”: words that end the product's title and begin the line's are said once."""
        title, line = self.product.title.split(), (self.label or self.cycle).split()
        same = next((n for n in range(min(len(title), len(line) - 1), 0, -1) if _same(title[-n:], line[:n])), 0)
        return " ".join([*title, *line[same:]])


def _same(some: list[str], others: list[str]) -> bool:
    return [word.casefold() for word in some] == [word.casefold() for word in others]

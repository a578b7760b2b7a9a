"""What records of every room are made on: whose they are, who sees them, whose act they note, where they are from."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from sightline.kernel.publication import Publication
from sightline.partnership import seeing

if TYPE_CHECKING:
    from sightline.partnership.models import User


class SourcedFact(models.Model):
    """Base of what was taken from outside: where from, and when somebody last checked."""

    source = models.CharField(max_length=300, blank=True)
    source_url = models.URLField(blank=True)
    checked_on = models.DateField("date the source was checked", null=True, blank=True)

    class Meta:
        abstract = True


class PublishedRecord(models.Model):
    """Base of every record that has a council (none: the partnership's own) and a publication state.

    exempt_seen_by: the lines of the table of rights any of which lets somebody see an exempt one.
    """

    exempt_seen_by: ClassVar[tuple[str, ...]] = ("partnership.see_exempt",)

    council = models.ForeignKey(
        "partnership.Council", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    publication = models.CharField(
        max_length=10, choices=[(state.value, state.value) for state in Publication], default=Publication.INTERNAL.value
    )
    exempt_paragraph = models.PositiveSmallIntegerField(
        "paragraph of Schedule 12A, Local Government Act 1972", null=True, blank=True
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        "partnership.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                # A check lets unknown pass, so an absent paragraph must be refused by name.
                condition=Q(publication="exempt", exempt_paragraph__isnull=False, exempt_paragraph__range=(1, 7))
                | (~Q(publication="exempt") & Q(exempt_paragraph__isnull=True)),
                name="%(app_label)s_%(class)s_exempt_with_paragraph",
            ),
            models.CheckConstraint(
                condition=~Q(publication="public") | Q(published_at__isnull=False, published_by__isnull=False),
                name="%(app_label)s_%(class)s_published_by_someone",
            ),
        ]

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **options: Any) -> Self:
        """Read a row; who reads exempt material is noticed here, whatever query it comes from."""
        record = super().from_db(db, field_names, values, **options)
        seeing.noticed(record)
        return record

    @property
    def is_exempt(self) -> bool:
        """Whether only those who may see exempt records read it."""
        return self.publication == Publication.EXEMPT.value


class EnteredForSomebody(models.Model):
    """Base of a record of something that one person does and another may enter: a portfolio holder decides, and the
    clerk types it. Who entered it is the record's own field or its history's user; whose act it is, stands here.

    An action that takes ``on_behalf_of`` asks ``access.require_for`` and shows both names with ``acted_by``.
    """

    on_behalf_of = models.ForeignKey(
        "partnership.Person",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="whose act it is",
    )

    class Meta:
        abstract = True

    def acted_by(self, entered_by: User) -> str:
        """Both names, in words: "Aurelia Finch on behalf of Hector Idle"; one, where somebody acted for themselves."""
        entered = entered_by.get_full_name()
        return f"{entered} on behalf of {self.on_behalf_of.name}" if self.on_behalf_of else entered


class AnswerLinkRow(models.Model):
    """Base of a link in a letter by which one person answers one question, once, without logging in.

    The link itself is the row's number with a signature; it is made when the letter is sent and kept nowhere. The room
    adds the question and ``answer``, its answer, which the page keeps.
    """

    person = models.ForeignKey("partnership.Person", on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    answer_id: int | None

    class Meta:
        abstract = True
        ordering = ("-made_at", "-pk")

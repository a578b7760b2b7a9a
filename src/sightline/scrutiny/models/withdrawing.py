"""The base of records that came out of a minute and may turn out not to stand in it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Withdrawable(models.Model):
    """Base of a record that can be withdrawn, with the reason: it stays readable, and is never deleted."""

    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField("why it was withdrawn", max_length=500, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
                name="%(app_label)s_%(class)s_withdrawn_with_reason",
            ),
        ]

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

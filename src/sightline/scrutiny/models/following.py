"""Who asked to be told by e-mail when a recommendation changes. No record: it is gone when they leave."""

from __future__ import annotations

from django.db import models

from sightline.scrutiny.models.recommendations import Recommendation


class Follower(models.Model):
    """One e-mail address that asked to be told of one recommendation, with no account.

    confirmed_at: when its owner said by the link in a letter that it was them; nothing is told before.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="followers")
    address = models.EmailField()
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "address"], name="follower_once_a_recommendation"),
        ]
        indexes = [
            models.Index(fields=["address"], name="follower_by_address"),
            models.Index(fields=["confirmed_at", "asked_at"], name="follower_by_age"),
        ]

    def __str__(self) -> str:
        return f"follower {self.pk} of {self.recommendation.reference}"

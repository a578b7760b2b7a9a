"""The outbox: every notice by e-mail, from the moment it is written until the mail server has it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sightline.partnership.domain.posting import NoticeState


class Notice(models.Model):
    """One letter to one address, sent once. It is no record: it keeps its own attempts, and is emptied after a while.

    key: what it is about and to whom, such as ``commitment:C2024-003:reminder:2024-05-01:17``: the same key is never
        sent twice.
    link: what the link that stands under the text leads to, as ``kind:number``. The link itself lets somebody in, so
        it is made when the letter is sent and never kept.
    """

    key = models.CharField(max_length=200, unique=True)
    message_id = models.CharField(max_length=120, unique=True)
    recipient = models.EmailField(blank=True)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    link = models.CharField(max_length=80, blank=True)
    unsubscribe = models.CharField(
        "where it is left by one click: an address, or kind:number", max_length=300, blank=True
    )
    state = models.CharField(
        max_length=12, choices=[(state.value, state.label) for state in NoticeState], default=NoticeState.WAITING.value
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    claim = models.CharField("who is sending it", max_length=32, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    problem = models.CharField("why it could not be sent", max_length=300, blank=True)
    put_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("put_at", "pk")
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="notice_waiting"),
            models.Index(fields=["state", "claimed_until"], name="notice_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({NoticeState(self.state).label.lower()})"

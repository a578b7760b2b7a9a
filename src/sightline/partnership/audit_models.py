"""The tables of the audit log and of what `sightline daily` did. They are logs, so they keep no history themselves.

No foreign key leaves the log: an entry names accounts and records by number, so that it can stay as it was written
when the person behind an account is erased.
"""

from __future__ import annotations

from django.db import models

from sightline.partnership.domain import audit_chain


class AuditEntry(models.Model):
    """One entry of the audit log. ``content`` is what is sealed; the columns repeat it, to be searched by."""

    number = models.BigIntegerField(primary_key=True)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    # As text, in UTC and of one width, so that a change of one byte is seen and the order is that of time.
    at = models.CharField(max_length=27)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.label) for kind in audit_chain.Kind])
    actor = models.CharField(max_length=40)
    record = models.CharField("kind of record", max_length=100, blank=True)
    record_id = models.CharField("number of the record", max_length=40, blank=True)
    council = models.CharField("GSS code", max_length=9, blank=True)

    class Meta:
        ordering = ("-number",)
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["record", "record_id", "-number"], name="audit_by_record"),
            models.Index(fields=["actor", "-number"], name="audit_by_actor"),
            models.Index(fields=["kind", "-number"], name="audit_by_kind"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"Audit entry {self.number}"


class AuditPending(models.Model):
    """What is to become an entry: written in the transaction of what it tells of, sealed right after."""

    facts = models.TextField()

    class Meta:
        verbose_name_plural = "audit entries to be sealed"

    def __str__(self) -> str:
        return f"To be sealed: {self.pk}"


class AuditHead(models.Model):
    """The one row that whoever seals entries holds meanwhile: how many there are, and the digest of the last."""

    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=audit_chain.START)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="audit_head_is_one")]

    def __str__(self) -> str:
        return f"{self.number} {self.digest}"


class DailyRun(models.Model):
    """What one daily job did on one day; a job that has its row with an end is not done again for that day."""

    day = models.DateField()
    job = models.CharField(max_length=80)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    did = models.JSONField("what was done, counted", default=dict)
    failure = models.CharField("kind of failure", max_length=200, blank=True)

    class Meta:
        ordering = ("-day", "job")
        constraints = [models.UniqueConstraint(fields=["day", "job"], name="daily_run_once")]

    def __str__(self) -> str:
        return f"{self.job}, {self.day}"

"""How long scrutiny keeps what is no record: files that were sent to be read, and what was read in them."""

from __future__ import annotations

import datetime

from simple_history.utils import get_history_manager_for_model

from sightline.partnership.daily import carried_out, first_day_kept
from sightline.partnership.records import remove_attachment
from sightline.scrutiny.models import Evidence, MinuteUpload


def clear_uploads(day: datetime.date) -> dict[str, int]:
    """Remove old uploads that were not recorded, with their files, in history too; of those that were recorded, what
    the recorded minutes say anyway. Minutes of record are never touched."""
    before = first_day_kept("uploads", day)
    if before is None:
        return {"removed": 0, "redacted": 0}
    old = MinuteUpload.objects.select_related("attachment").defer("attachment__content").filter(uploaded_at__lt=before)
    removed = redacted = 0
    for upload in old.exclude(state=MinuteUpload.State.RECORDED).order_by("pk"):
        attachment, number = upload.attachment, upload.pk
        upload._change_reason = "retention carried out"  # type: ignore[attr-defined]
        upload.delete()
        for row in get_history_manager_for_model(MinuteUpload).filter(id=number):
            row.refusal = ""
            row.save()
        evidence = Evidence.objects.filter(attachment=attachment)
        if not attachment.uploads.exists() and not hasattr(attachment, "minute") and not evidence.exists():
            remove_attachment(attachment, reason="retention carried out")
        removed += 1
    for upload in old.filter(state=MinuteUpload.State.RECORDED).exclude(text="", reading__isnull=True):
        upload.text, upload.reading = "", None
        # What is taken away is no change of the record.
        upload.skip_history_when_saving = True  # type: ignore[attr-defined]
        upload.save(update_fields=["text", "reading"])
        redacted += 1
    carried_out("uploads", removed + redacted)
    return {"removed": removed, "redacted": redacted}

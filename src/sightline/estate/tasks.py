"""What the worker does for the estate: import inventories that were sent on a page."""

from __future__ import annotations

from django_tasks import task

from sightline.estate.models import InventoryUpload
from sightline.kernel.errors import SightlineError
from sightline.partnership.records import keep

State = InventoryUpload.State


@task()
def import_upload(upload_id: int) -> None:
    """Import an uploaded inventory. Doing it twice changes nothing the second time."""
    # Uploads are taken in by actions, which ask for this job.
    from sightline.estate.inventory_actions import import_inventory
    from sightline.estate.upload_actions import opened

    upload = InventoryUpload.objects.select_related("attachment", "council", "uploaded_by").filter(pk=upload_id).first()
    if upload is None or upload.state in (State.ASKING, State.IMPORTED):
        return

    def tell(percent: int, doing: str) -> None:
        upload.state, upload.progress_percent, upload.doing = State.IMPORTING, percent, doing
        # How far it has come is no history.
        upload.skip_history_when_saving = True  # type: ignore[attr-defined]
        upload.save(update_fields=["state", "progress_percent", "doing"])
        del upload.skip_history_when_saving  # type: ignore[attr-defined]

    tell(2, "Opening the file")
    try:
        with opened(
            bytes(upload.attachment.content),
            upload.attachment.name,
            columns=upload.columns or None,
            machine=upload.machine,
            partly=upload.partly,
        ) as inventory:
            done = import_inventory(
                inventory, council=upload.council, by=upload.uploaded_by, attachment=upload.attachment, told=tell
            )
    except SightlineError as error:
        keep(upload, by=None, reason="refused", state=State.REFUSED, refusal=str(error), progress_percent=100, doing="")
    else:
        keep(
            upload,
            by=upload.uploaded_by,
            reason="imported",
            state=State.IMPORTED,
            told=done.record,
            progress_percent=100,
            doing="",
        )

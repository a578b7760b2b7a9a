"""What the worker does for scrutiny: read uploaded minutes."""

from __future__ import annotations

from django_tasks import task

from sightline.kernel.errors import SightlineError
from sightline.scrutiny.domain import minutes
from sightline.scrutiny.models import MinuteUpload
from sightline.scrutiny.reading import read_minutes_file


@task()
def read_upload(upload_id: int) -> None:
    """Read an uploaded file and keep the reading for its preview. Doing it twice gives the same."""
    upload = MinuteUpload.objects.select_related("attachment").filter(pk=upload_id).first()
    if upload is None or upload.state == MinuteUpload.State.RECORDED:
        return

    def tell(percent: int, doing: str) -> None:
        upload.state = MinuteUpload.State.READING
        upload.progress_percent = percent
        upload.doing = doing
        upload.save_without_historical_record(update_fields=["state", "progress_percent", "doing"])

    try:
        reading = read_minutes_file(
            name=upload.attachment.name, content=bytes(upload.attachment.content), progress=tell
        )
    except SightlineError as error:
        upload.state, upload.refusal = MinuteUpload.State.REFUSED, str(error)
    else:
        upload.state, upload.refusal = MinuteUpload.State.READ, ""
        upload.reading = minutes.as_json(reading.minute)
        upload.text = reading.document.text
    upload.progress_percent, upload.doing = 100, ""
    upload.save()

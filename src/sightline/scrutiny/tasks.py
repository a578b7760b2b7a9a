"""What the worker does for scrutiny: read uploaded minutes."""

from __future__ import annotations

from typing import Any

from django_tasks import task

from sightline.kernel.errors import SightlineError
from sightline.partnership.records import keep
from sightline.scrutiny.domain import minutes
from sightline.scrutiny.models import MinuteUpload, Recommendation
from sightline.scrutiny.reading import read_minutes_file


@task()
def tell_followers(recommendation_id: int) -> None:
    """Write the letters to those who follow a recommendation. What this leaves out, `sightline daily` tells."""
    # Letters are written by actions, which ask for this job.
    from sightline.scrutiny import follower_actions

    recommendation = Recommendation.objects.filter(pk=recommendation_id).first()
    if recommendation is not None:
        follower_actions.tell_followers(recommendation)


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
        # How far it has come is no history.
        upload.skip_history_when_saving = True  # type: ignore[attr-defined]
        upload.save(update_fields=["state", "progress_percent", "doing"])
        del upload.skip_history_when_saving  # type: ignore[attr-defined]

    done: dict[str, Any] = {"progress_percent": 100, "doing": ""}
    try:
        reading = read_minutes_file(
            name=upload.attachment.name, content=bytes(upload.attachment.content), progress=tell
        )
    except SightlineError as error:
        done |= {"state": MinuteUpload.State.REFUSED, "refusal": str(error)}
    else:
        done |= {
            "state": MinuteUpload.State.READ,
            "refusal": "",
            "reading": minutes.as_json(reading.minute),
            "text": reading.document.text,
        }
    keep(upload, by=None, reason="read", **done)

"""Files that are sent on a page: taken in, their columns confirmed, and imported by the worker."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction

from sightline.estate.domain.inventory import Inventory, open_inventory
from sightline.estate.domain.inventory.profiles import FACTS
from sightline.estate.models import InventoryUpload
from sightline.estate.recognising import IMPORT
from sightline.estate.tasks import import_upload
from sightline.partnership import access, succession
from sightline.partnership.actions import keep_attachment
from sightline.partnership.models import Council, User
from sightline.partnership.records import keep

State = InventoryUpload.State
MEDIA_TYPE = "application/octet-stream"


def upload_inventory(
    *, name: str, content: bytes, council: Council | None, by: User, machine: str = "", partly: bool = False
) -> InventoryUpload:
    """Take an inventory in. Where it is known what its columns mean the worker imports it at once; where they are only
    guessed, it waits for somebody to confirm them.

    Raises:
        Refused: the account may not import for that council.
        UnreadableInventory: it is none of the kinds that are read; nothing was kept.
        CouncilHasEnded: the council has.
    """
    access.require(by, IMPORT, council=council)
    succession.require_lasting(council, what="inventory")
    name = Path(name.replace("\\", "/")).name[-200:]
    with opened(content, name, machine=machine, partly=partly) as inventory, transaction.atomic():
        places = inventory.columns.places if inventory.columns is not None else {}
        attachment = keep_attachment(name=name, media_type=MEDIA_TYPE, content=content, by=by)
        upload = InventoryUpload(council=council, attachment=attachment, uploaded_by=by)
        keep(
            upload,
            by=by,
            reason="uploaded",
            machine=machine.strip().lower(),
            partly=partly,
            state=State.WAITING if inventory.certain else State.ASKING,
            heading=list(inventory.heading),
            sample=[list(row) for row in inventory.sample],
            guess={fact: inventory.heading[place] for fact, place in places.items()},
        )
        if inventory.certain:
            transaction.on_commit(lambda: import_upload.enqueue(upload.pk))
    return upload


def confirm_columns(*, upload: InventoryUpload, columns: Mapping[str, str], by: User) -> None:
    """Say what the columns of an upload hold (fact → heading), and let the worker import it.

    Raises:
        Refused: the account may not import for that council.
        UnreadableInventory: a column is not there, stands twice, or one that is needed is not said.
    """
    access.require(by, IMPORT, council=upload.council)
    said = {fact: heading for fact, heading in columns.items() if fact in FACTS and heading}
    with opened(bytes(upload.attachment.content), upload.attachment.name, columns=said), transaction.atomic():
        keep(upload, by=by, reason="columns confirmed", columns=said, state=State.WAITING, refusal="")
        transaction.on_commit(lambda: import_upload.enqueue(upload.pk))


def import_again(*, upload: InventoryUpload, by: User) -> None:
    """Queue an upload once more, after its import was broken off or refused.

    Raises:
        Refused: the account may not import for that council.
    """
    access.require(by, IMPORT, council=upload.council)
    with transaction.atomic():
        keep(upload, by=by, reason="asked for again", state=State.WAITING, refusal="", progress_percent=0, doing="")
        transaction.on_commit(lambda: import_upload.enqueue(upload.pk))


@contextmanager
def opened(
    content: bytes, name: str, *, columns: Mapping[str, str] | None = None, machine: str = "", partly: bool = False
) -> Iterator[Inventory]:
    """An inventory that is held in memory, as one that can be read."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        yield open_inventory(Path(file.name), name=name, columns=columns, device=machine, partly=partly)

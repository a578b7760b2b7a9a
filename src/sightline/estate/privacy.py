"""What the estate's records hold of people."""

from __future__ import annotations

from importlib import import_module

from sightline.estate.models import (
    Installation,
    InstallationChange,
    InventoryImport,
    InventoryUpload,
    LifecycleLoad,
    Product,
    Release,
    System,
)
from sightline.partnership import access, histories, privacy
from sightline.partnership.privacy import DONE_BY, Personal

PUBLISHED = ("id", "council", "publication", "exempt_paragraph", "published_at")
SOURCED = ("source", "source_url", "checked_on")

OWNER = Personal(
    "who answers for a system, in the service and in ICT",
    "staff",
    "so that somebody can be asked about every system",
)
WHOSE_MACHINE = Personal(
    "whoever a machine belongs to, where a discovery tool names machines or users so",
    "staff",
    "so that what is out of support can be replaced where it stands",
)

privacy.holds(
    LifecycleLoad,
    not_personal=(
        "id", "source", "address", "etag", "fingerprint", "products", "releases", "dated_releases", "confirmed",
        "checked_on", "loaded_at",
    ),
    loaded_by=DONE_BY,
)  # fmt: skip
privacy.holds(
    Product,
    not_personal=(
        *PUBLISHED, *SOURCED, "slug", "title", "supplier", "category", "tags", "other_names", "identifiers", "own",
        "shipped", "left_on",
    ),
    published_by=DONE_BY,
)  # fmt: skip
privacy.holds(Release, not_personal=privacy.field_names(Release))
privacy.holds(
    System,
    not_personal=privacy.field_names(System) - {"service_owner", "ict_owner", "published_by"},
    service_owner=OWNER,
    ict_owner=OWNER,
    published_by=DONE_BY,
)
privacy.holds(
    InventoryImport,
    not_personal=privacy.field_names(InventoryImport) - {"imported_by", "published_by"},
    imported_by=DONE_BY,
    published_by=DONE_BY,
)
privacy.holds(
    InventoryUpload,
    not_personal=privacy.field_names(InventoryUpload) - {"sample", "uploaded_by"},
    sample=WHOSE_MACHINE,
    uploaded_by=DONE_BY,
)
privacy.holds(
    Installation,
    not_personal=privacy.field_names(Installation) - {"device", "person", "published_by"},
    device=WHOSE_MACHINE,
    person=WHOSE_MACHINE,
    published_by=DONE_BY,
)
privacy.holds(
    InstallationChange,
    not_personal=("id", "told_by", "installation", "kind"),
    before=WHOSE_MACHINE,
    after=WHOSE_MACHINE,
)
histories.seen_through(Release, "product")
histories.seen_if(
    InventoryUpload, lambda account, upload: access.may(account, "estate.import_inventory", council=upload.council)
)
histories.seen_if(LifecycleLoad, lambda account, load: access.may(account, "estate.load_lifecycle", council=None))
import_module("sightline.estate.licence_privacy")

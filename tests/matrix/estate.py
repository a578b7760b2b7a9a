"""What there is of the estate to call for: of each kind one of each publication state, for a council and for all."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from sightline.estate.models import Installation, InventoryImport, InventoryUpload, Product, Release, System
from sightline.partnership import actions as partnership
from sightline.partnership.models import Council, User
from sightline.partnership.records import keep

if TYPE_CHECKING:
    from tests.matrix.world import World


def add(world: World, own: Council, by: User) -> None:
    """Systems, installations, inventories and uploads. Their words are the marks that the minutes have, too."""
    product = Product.objects.create(slug="quillbase", title="Quillbase", own=True)
    soon = timezone.localdate() + datetime.timedelta(days=30)
    release = Release.objects.create(product=product, cycle="9", security_on=soon)
    for council in (own, None):
        owner = "own" if council else "shared"
        for publication in ("public", "internal", "exempt"):
            mark = f"zq{owner}{publication}found"
            sees = {f"partnership.see_{publication}"} | ({"estate.see_exempt"} if publication == "exempt" else set())
            world.marks[mark] = (frozenset(sees), council.gss_code if council else None)
            _add_one(world, council, own, publication, mark, release, by)
        mark = f"zq{owner}inventory"
        world.marks[mark] = (frozenset({"estate.import_inventory"}), council.gss_code if council else None)
        for kind, state in (
            ("inventory-upload", InventoryUpload.State.ASKING),
            ("inventory-refused", InventoryUpload.State.REFUSED),
        ):
            content = f"Host,Package\n{mark},{kind}\n".encode()
            upload = InventoryUpload(council=council, uploaded_by=by, state=state, heading=["Host", "Package"])
            upload.sample = [[mark, kind]]
            upload.attachment = partnership.keep_attachment(
                name=f"{mark}.csv", media_type="text/csv", content=content, by=by
            )
            keep(upload, by=by, reason="sent")
            world.add(kind, council, "", upload.pk)
    # Whoever holds a role is shown what ends, counted from what they may see.
    world.add("product", None, "internal", product.slug)
    world.add("ending", own, "public", own.slug, release.pk)


def _add_one(
    world: World, council: Council | None, own: Council, publication: str, mark: str, release: Release, by: User
) -> None:
    seen = {
        "council": council,
        "publication": publication,
        "exempt_paragraph": 7 if publication == "exempt" else None,
        "published_at": timezone.now() if publication == "public" else None,
        "published_by": by if publication == "public" else None,
    }
    system = System.objects.create(
        reference=f"Y-{mark.removeprefix('zq').removesuffix('found')}",
        name=f"Rates {mark}",
        function=f"Rates {mark}",
        kind="business",
        **seen,
    )
    system.councils.add(own)
    inventory = InventoryImport.objects.create(
        scope=mark, profile="intune", file_name=f"{mark}.csv", fingerprint="0" * 64, rows=1, imported_by=by, **seen
    )
    installation = Installation.objects.create(
        scope=mark, key=mark, device=mark, raw_name=f"Quillbase {mark}", product=release.product, release=release,
        system=system, first_import=inventory, **seen,
    )  # fmt: skip
    world.add("system", council, publication, system.reference)
    world.add("inventory", council, publication, inventory.pk)
    world.add("installation", council, publication, installation.pk)

"""A small estate: three councils, their ICT, a centralised and a business system, and what was found."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pytest

from sightline.estate.models import Installation, InventoryImport, Product, Release, System
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import Person, User
from tests.scrutiny.conftest import Places, account


@dataclass
class Estate:
    """What tests use by name. ict works for the provider; owner for the service that the planning system serves."""

    places: Places
    ict: User
    second: User
    owner: User
    editor: Product
    newer: Release
    older: Release
    directory: System
    planning: System
    taken: InventoryImport

    def found(self, device: str, release: Release | None, person: str = "") -> Installation:
        return Installation.objects.create(
            council=self.places.north,
            scope="tool",
            key=f"{device}{release}",
            device=device,
            raw_name="Editor",
            person=person,
            product=self.editor,
            release=release,
            system=self.directory,
            first_import=self.taken,
        )


@pytest.fixture
def estate(places: Places) -> Estate:
    ict = account("ict", RoleKind.ICT, None)
    second = account("second-ict", RoleKind.ICT, places.north)
    owner = account("planner", RoleKind.OFFICER, places.north)
    # The catalogue's rows are public from the first day, as lifecycle data is.
    editor = Product.objects.create(slug="editor", title="Editor", own=True)
    newer = Release.objects.create(product=editor, cycle="2024", place=0, security_on=datetime.date(2029, 10, 9))
    older = Release.objects.create(product=editor, cycle="2019", place=1, security_on=datetime.date(2025, 10, 14))
    directory = System.objects.create(
        reference="S1", name="Directory", function="Signing in", kind="centralised", council=places.north,
        release=older, product=editor, ict_owner=Person.objects.get(user=ict), cost_pence=1_000_000,
        contract_ends_on=datetime.date(2099, 3, 31),
    )  # fmt: skip
    planning = System.objects.create(
        reference="S2", name="Planning", function="Planning applications", kind="business", council=places.north,
        service_area="Planning", service_owner=Person.objects.get(user=owner), users=40,
    )  # fmt: skip
    taken = InventoryImport.objects.create(
        council=places.north, scope="tool", profile="own", file_name="a.csv", fingerprint="0" * 64, rows=0,
        imported_by=ict,
    )  # fmt: skip
    return Estate(places, ict, second, owner, editor, newer, older, directory, planning, taken)

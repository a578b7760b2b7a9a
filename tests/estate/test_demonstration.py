"""The invented estate: three councils with three histories, the same whenever it is made."""

from __future__ import annotations

import datetime

from sightline.estate.domain import demonstration

TODAY = datetime.date(2026, 11, 24)
CODES = ("ABC", "CVDC", "TDC")


def test_systems_and_what_is_found_on_their_machines() -> None:
    systems = demonstration.systems(CODES, TODAY)
    assert len(systems) == 150
    assert systems == demonstration.systems(CODES, TODAY)
    slugs = {product.slug for product in demonstration.products()}
    assert {system.product[0] for system in systems if system.product is not None} <= slugs
    for place, (history, code) in enumerate(zip(demonstration.HISTORIES, CODES, strict=True)):
        found = list(demonstration.installed(history, code, systems, place, 700, TODAY))
        assert 700 <= len(found) < 720
        assert [one.number for one in found] == list(range(1, len(found) + 1))
        assert all(one.device.startswith(f"{code}-".lower()) for one in found)
        assert all(one.installed_on < TODAY for one in found)

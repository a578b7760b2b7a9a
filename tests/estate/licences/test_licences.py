"""Licences on record, and the position that follows from them and from what was found."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from sightline.estate import licence_actions as doing
from sightline.estate import licence_queries as queries
from sightline.estate.domain.entitlements import Metric, Standing
from sightline.estate.licence_actions import CannotKeepLicence, LicenceFacts
from sightline.partnership.access import Refused
from tests.estate.licences.conftest import Estate

pytestmark = pytest.mark.django_db


def facts(estate: Estate, **more: object) -> LicenceFacts:
    return LicenceFacts(
        **{  # type: ignore[arg-type]
            "name": "Editor for everybody",
            "metric": Metric.DEVICE,
            "quantity": 2,
            "council": estate.places.north,
            "products": (estate.editor,),
            "release": estate.newer,
            "cost_pence": 24_000,
            "ends_on": datetime.date(2099, 12, 31),
            **more,
        }
    )


def test_the_position_follows_from_the_licence_and_from_what_was_found(estate: Estate) -> None:
    kept = doing.keep_licence(facts=facts(estate), by=estate.ict)
    assert kept.reference == f"L{timezone.localdate().year}-001"
    assert kept.history.latest().history_user == estate.ict
    for device, release in (("pc1", estate.newer), ("pc2", estate.older), ("PC2", estate.newer), ("pc3", estate.older)):
        estate.found(device, release)
    [row] = queries.positions(estate.ict, timezone.localdate())
    # pc2 has two lines beside each other and counts once, by the newer; pc3 needs the right to downgrade.
    assert (row.standing, row.position.used, row.position.missing) == (Standing.SHORT, 3, 1)
    doing.keep_licence(facts=facts(estate, quantity=3, downgrade=True), by=estate.ict, licence=kept)
    [row] = queries.positions(estate.ict, timezone.localdate())
    assert (row.standing, row.position.missing) == (Standing.RIGHT, 0)
    assert row.position.arithmetic.startswith(f"3 devices in use. {kept.reference} covers 3: 3 here, 0 spare.")
    # A count that somebody made holds instead of what discovery found.
    doing.count_use(
        product=estate.editor, council=estate.places.north, metric=Metric.DEVICE, amount=9,
        counted_on=timezone.localdate(), source="Walk round", by=estate.ict,
    )  # fmt: skip
    [row] = queries.positions(estate.ict, timezone.localdate())
    assert row.position.used == 9
    # Another council's ICT sees neither the licence nor the use.
    assert queries.positions(estate.places.accounts["other-clerk"], timezone.localdate()) == []


def test_what_costs_and_ends_counts_once(estate: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    doing.keep_licence(facts=facts(estate, system=estate.directory), by=estate.ict)
    doing.keep_licence(facts=facts(estate, name="Alone", council=None), by=estate.ict)
    found = {term.title: term.cost_pence for term in queries.terms(estate.ict)}
    assert found == {"Directory": 1_000_000, "Planning": None, "Editor for everybody": None, "Alone": 24_000}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends_on": datetime.date(2020, 1, 1), "starts_on": datetime.date(2020, 1, 2)}, "ends_on"),
        ({"notice_on": datetime.date(2100, 1, 1)}, "notice_on"),
        ({"quantity": -1}, "quantity"),
        ({"cost_pence": -1}, "cost"),
        ({"metric": Metric.UNLIMITED}, "quantity"),
        ({"products": (), "release": None}, "products"),
        ({"products": ()}, "products"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(estate: Estate, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(CannotKeepLicence) as refused:
        doing.keep_licence(facts=facts(estate, **wrong), by=estate.ict)
    assert refused.value.field == field
    assert not estate.editor.licences.exists()


def test_a_licence_for_an_unknown_product_is_kept_and_has_no_position(estate: Estate) -> None:
    kept = doing.keep_licence(
        facts=facts(estate, products=(), release=None, names_product="Old Thing 3"), by=estate.second
    )
    assert queries.entitlement_of(kept).covers == ()
    assert queries.positions(estate.second, timezone.localdate()) == []
    with pytest.raises(Refused):
        doing.keep_licence(facts=facts(estate, council=estate.places.east), by=estate.second)
    with pytest.raises(Refused):
        doing.keep_licence(facts=facts(estate), by=estate.owner)

"""The face for programs: described in full, told in JSON whatever happens, and given by the rights of the pages."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from sightline.estate.domain.entitlements import Metric
from sightline.estate.licence_actions import LicenceFacts, keep_licence
from sightline.estate.lifecycle_actions import load_lifecycle
from sightline.estate.models import Installation, InventoryImport, Product, System
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import User
from sightline.project import api
from tests.scrutiny.conftest import Places, account, make_places


def operations() -> list[tuple[str, dict[str, Any]]]:
    return [(address, ways["get"]) for address, ways in api.description()["paths"].items()]


def test_every_operation_is_described() -> None:
    found = operations()
    assert {"/api/v1/recommendations", "/api/v1/estate/totals", "/api/v1/systems/{reference}"} <= {
        one for one, _ in found
    }
    assert {way for ways in api.description()["paths"].values() for way in ways} == {"get"}, "nothing is written yet"
    for address, operation in found:
        assert operation["summary"], address
        assert operation["description"], address
        told = set(operation["responses"])
        assert {200, 404, 422} <= told or not operation["parameters"], address
        assert ({401, 403} <= told) is bool(operation.get("security")), address
    schemas = api.description()["components"]["schemas"]
    assert not [name for name in schemas if "person" in str(schemas[name].get("properties", {})).lower()]


@pytest.fixture
def places(db: None) -> Places:
    return make_places()


@pytest.fixture
def ict(places: Places) -> User:
    """Whoever keeps the north council's estate: three servers that are legacy, and a system that is exempt."""
    load_lifecycle("shipped", by=None)
    ict = account("ict", RoleKind.ICT, places.north)
    server = Product.objects.get(slug="windows-server")
    server.identifiers = [["cpe", "cpe:2.3:o:microsoft:windows_server_2012"]]
    server.save()
    old = server.releases.get(cycle="2012")
    told = {"council": places.north, "kind": "business", "function": "Revenues"}
    rates = System.objects.create(reference="SYS-1", name="Rates", product=server, release=old, in_use=True, **told)
    secret = System.objects.create(
        reference="SYS-2", name="Care records", publication="exempt", exempt_paragraph=7, **told
    )
    for one in (rates, secret):
        one.councils.add(places.north)
    inventory = InventoryImport.objects.create(
        council=places.north, scope="x", profile="x", file_name="x.csv", fingerprint="0" * 64, rows=3, imported_by=ict
    )
    for number in range(3):
        Installation.objects.create(
            council=places.north, scope="x", key=str(number), device=f"fen-{number}", raw_name="Windows Server 2012",
            product=server, release=old, version="6.2", first_import=inventory,
        )  # fmt: skip
    keep_licence(
        facts=LicenceFacts("Servers", Metric.DEVICE, 2, places.north, products=(server,), ends_on=timezone.localdate()),
        by=ict,
    )
    return ict


@pytest.mark.django_db
def test_whoever_holds_a_role_reads_the_register_and_nobody_else(places: Places, ict: User) -> None:
    nobody, signed_in = Client(), Client()

    def read(address: str, client: Client = signed_in) -> tuple[int, Any]:
        response = client.get(f"/api/v1/{address}")
        assert response.headers["Content-Type"].startswith("application/json"), address
        return response.status_code, response.json()

    (code, totals) = read("estate/totals", nobody)
    assert code == 200
    assert [(one["council"], one["unsupported"], one["legacy"]) for one in totals if one["all"]] == [
        (places.north.gss_code, 3, 3)
    ]
    assert read("councils", nobody)[1][0]["id"].startswith("http")
    for address in ("recommendations?only=late", "commitments?late=true", "meetings?per_page=5"):
        assert read(address, nobody) == (200, {"count": 0, "page": 1, "pages": 1, "next": None, "items": []}), address
    assert read("glossary", nobody) == (200, [])
    for address in ("systems", "systems/SYS-1", "installations", "products", "licences", "licences/positions"):
        assert read(address, nobody)[0] == 401, address

    without = account("ict-too", RoleKind.ICT, places.north)
    Authenticator.objects.filter(user=without).delete()
    signed_in.force_login(without, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert read("systems")[0] == 403, "without a second factor an account that writes reads nothing"
    member = account("member", RoleKind.MEMBER, places.east)
    signed_in.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert read("systems")[1]["count"] == 0
    assert read("systems/SYS-1")[0] == read("systems/SYS-2")[0] == read("systems/SYS-9")[0] == 404
    here = account("member-here", RoleKind.MEMBER, places.north)
    signed_in.force_login(here, backend="allauth.account.auth_backends.AuthenticationBackend")
    (code, systems) = read("systems?verdict=legacy&sort=cost")
    assert [one["reference"] for one in systems["items"]] == ["SYS-1"], "what is exempt is for others"
    assert systems["items"][0]["why"].startswith("Microsoft Windows Server 2012: Legacy: ")
    assert systems["items"][0]["councils"] == [places.north.gss_code]
    (code, page) = read("installations?per_page=2&state=unsupported")
    assert (page["count"], page["pages"], [one["device"] for one in page["items"]]) == (3, 2, ["fen-0", "fen-1"])
    (code, last) = read(page["next"].partition("/api/v1/")[2])
    assert (last["next"], last["items"][0]["state"]) == (None, "unsupported")
    assert last["items"][0]["cpe"].startswith("cpe:2.3:o:microsoft:windows_server_2012:6.2")
    assert read(f"installations/{Installation.objects.first().pk}")[1]["product"] == "windows-server"
    assert read("products/windows-server")[1]["releases"][0]["source"]
    assert read("licences?metric=device")[1]["items"][0]["quantity"] == 2
    assert read("licences/positions?standing=short")[1][0]["missing"] == 1
    assert read("licences/positions?standing=over")[1] == []

    for address in ("systems?council=nowhere", "systems?sort=colour", "systems?page=0", "systems?per_page=5000"):
        (code, told) = read(address)
        assert (code, isinstance(told["detail"], str)) == (422, True), address
    assert "nowhere is not one of the available choices" in read("systems?council=nowhere")[1]["detail"]
    assert read("systems?page=9")[0] == read("nothing")[0] == read("licences/L-1")[0] == 404
    assert nobody.post("/api/v1/systems").status_code == 405

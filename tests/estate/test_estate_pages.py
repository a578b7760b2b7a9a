"""The estate in the browser, without one: the head of ICT's morning, an upload, and the figures that residents see."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from sightline.estate import demonstrating, queries, tasks
from sightline.estate.actions import CannotKeepSystem, keep_system
from sightline.estate.assessing import Assessor
from sightline.estate.domain.legacy import Verdict
from sightline.estate.domain.lifecycle import State
from sightline.estate.models import Installation, InventoryImport, InventoryUpload, Product, System
from sightline.partnership.models import User
from tests.partnership.conftest import account, council, demonstration, demonstration_file  # noqa: F401


@pytest.fixture
def head_of_ict(demonstration: object) -> User:  # noqa: F811
    demonstrating.load(lambda _line: None, installations=750)
    return User.objects.get(username="imogen.hartwell")


@pytest.fixture
def client_of_ict(head_of_ict: User, client: Client) -> Client:
    client.force_login(head_of_ict)
    return client


def text(page: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).split())


@pytest.mark.slow
@pytest.mark.django_db
def test_the_morning_the_upload_and_the_totals(head_of_ict: User, client_of_ict: Client) -> None:
    here = client_of_ict
    # The demonstration: three councils with three histories.
    assert System.objects.count() == 150
    groups, assessor = queries.grouped(), Assessor(timezone.localdate())
    totals = {one.council.abbreviation: one for one in queries.totals(assessor.on, assessor, groups) if one.council}
    for one in totals.values():
        assert one.all == Installation.objects.filter(council=one.council, gone_on=None).count()
        assert sum(one.verdicts.values()) == one.all
    shares = [totals[code].of(State.UNSUPPORTED) for code in ("ABC", "CVDC", "TDC")]
    assert shares == sorted(shares)

    # Residents see totals, and no machine.
    everybody = Client().get("/estate/").content.decode()
    assert "Thornfen District Council" in everybody
    assert "tdc-srv01" not in everybody
    assert "/systems/" not in everybody
    told = json.loads(b"".join(Client().get("/estate.json").streaming_content))
    assert [row["unsupported"] for row in told] == shares

    # Three clicks: the estate, what ends at one council, one release.
    assert 'href="/estate/ending/thornfen/"' in here.get("/estate/").content.decode()
    ending = here.get("/estate/ending/thornfen/").content.decode()
    (address,) = re.findall(r'href="(/estate/ending/thornfen/\d+/)">Microsoft Windows Server 2016<', ending)
    page = text(here.get(address).content)
    assert "Support for Microsoft Windows Server 2016 ends on 12 January 2027. Thornfen District Council has" in page
    for heading in ("What to tell the panel", "Who owns it, and what the contract says", "What the others would gain"):
        assert heading in page
    assert "Its contract runs to" in page
    assert b"BEGIN:VEVENT" in here.get("/estate/ending/thornfen/calendar.ics").content
    assert here.get("/estate/over-time.svg").content.startswith(b"<svg")

    # What a list is narrowed to on the server is what each row's own verdict says.
    by = queries.InstallationFilter(verdict=Verdict.LEGACY, state=State.UNSUPPORTED)
    narrowed = queries.narrowed_installations(queries.installations(head_of_ict), by, assessor)
    every = Installation.objects.filter(gone_on=None)
    judged = [
        row.pk
        for row in every
        if assessor.judgement(row.release_id, row.system_id).verdict is Verdict.LEGACY
        and assessor.state(row.release_id, system=row.system_id) is State.UNSUPPORTED
    ]
    assert sorted(narrowed.values_list("pk", flat=True)) == sorted(judged)

    # An upload of unknown columns is asked about, confirmed, and imported by the worker.
    content = b"Host,Package,Ver\nTDC-NEW1,PHP 8.2,8.2.23\nTDC-NEW1,=1+1,\n"
    sent = here.post(
        "/inventories/upload/", {"file": SimpleUploadedFile("depot.csv", content), "whose": "thornfen"}, follow=True
    )
    assert "guessed from their headings" in sent.content.decode()
    upload = InventoryUpload.objects.get()
    here.post(f"/inventories/upload/{upload.pk}/", {"device": "Host", "name": "Package", "version": "Ver"})
    tasks.import_upload.call(upload.pk)
    upload.refresh_from_db()
    assert (upload.state, upload.told.came, upload.told.went) == ("imported", 2, 0)
    assert "2 came, 0 went" in text(here.get(f"/inventories/upload/{upload.pk}/").content)
    downloaded = b"".join(here.get("/installations.csv?words=tdc-new1").streaming_content).decode()
    assert ",'=1+1," in downloaded
    assert "8.2" in downloaded
    assert InventoryImport.objects.count() == 4


@pytest.mark.django_db
def test_a_system_is_kept_only_where_it_makes_sense(demonstration: object, client: Client) -> None:  # noqa: F811
    by = User.objects.get(username="imogen.hartwell")
    ours = queries.partnership.council_called("TDC")
    other = queries.partnership.council_called("ABC")
    facts = {"name": "Rates", "function": "Business rates", "kind": "business"}
    kept = keep_system(by=by, council=ours, councils=[], machines=[" TDC-1 ", "tdc-1"], **facts)
    assert (kept.reference, kept.machines, list(kept.councils.all())) == ("SYS-001", ["tdc-1"], [ours])
    for wrong, said in (
        ({"councils": [other]}, "so Thornfen District Council uses it"),
        ({"councils": [ours], "name": " "}, "Name the system"),
        ({"councils": [ours], "users": -4}, "How many people use it must be 0 or more"),
        ({"councils": [ours], "contract_starts_on": timezone.localdate(), "contract_ends_on": kept.history.first()
          .history_date.date().replace(year=2020)}, "ends before it starts"),
    ):  # fmt: skip
        with pytest.raises(CannotKeepSystem, match=said):
            keep_system(by=by, council=ours, **{**facts, **wrong})
    client.force_login(by)
    answer = client.post("/systems/add/", {"name": "", "whose": "thornfen"})
    assert answer.status_code == 422
    sent = {**facts, "whose": "thornfen", "councils": ["thornfen"], "hosting": "unknown", "cost": "12.50", "users": "4"}
    assert client.post("/systems/add/", sent).status_code == 302
    assert System.objects.get(reference="SYS-002").cost_pence == 1250
    # What it is in the catalogue, by name and release line, gives it a verdict without an inventory.
    product = Product.objects.create(slug="fencast", title="Fencast", own=True)
    line = product.releases.create(cycle="3", place=0, security_on=date(2020, 1, 31))
    page = client.post("/systems/SYS-002/change/", {**sent, "product": "fencast", "release": "9"}).content.decode()
    assert "Fencast has the release lines 3. Give one of them" in page
    assert "Name the product" in client.post("/systems/SYS-002/change/", {**sent, "release": "3"}).content.decode()
    assert client.post("/systems/SYS-002/change/", {**sent, "product": "Fencast", "release": "3"}).status_code == 302
    assert System.objects.get(reference="SYS-002").release == line
    assert "Fencast 3: Legacy" in text(client.get("/systems/SYS-002/").content)


@pytest.mark.django_db
def test_an_entry_of_our_own_is_kept_and_public_data_is_not_touched(demonstration: object, client: Client) -> None:  # noqa: F811
    by = User.objects.get(username="imogen.hartwell")
    client.force_login(by)
    day = {"checked_on_day": "1", "checked_on_month": "6", "checked_on_year": "2026"}
    sent = {"title": "Fencast", "supplier": "Fen", "lines": "3, 2027-03-31\n2", "source": "The supplier", **day}
    assert client.post("/catalogue/add/", sent).status_code == 302
    kept = Product.objects.get(slug="fencast")
    assert [(row.cycle, row.security_on) for row in kept.releases.all()] == [("3", date(2027, 3, 31)), ("2", None)]
    assert "It is unknown until when it is supported" in text(client.get("/catalogue/fencast/").content)
    refused = client.post("/catalogue/add/", {**sent, "lines": "3, soon"})
    assert (refused.status_code, "“soon” is no day" in refused.content.decode()) == (422, True)
    assert "in the catalogue already" in client.post("/catalogue/add/", sent).content.decode()
    assert client.post("/catalogue/fencast/change/", {**sent, "lines": "4\n3, 2028-03-31"}).status_code == 302
    left = {row.cycle: (row.security_on, row.left_on) for row in kept.releases.all()}
    assert left == {"4": (None, None), "3": (date(2028, 3, 31), None), "2": (None, date(2026, 6, 1))}

"""A council that leaves: what it had stays readable and says so, and nothing new is kept for it."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from sightline.estate import audit_actions, audit_letters, audit_queries, queries, retiring, succeeding, upload_actions
from sightline.estate.actions import CannotKeepSystem, keep_system
from sightline.estate.assessing import Assessor
from sightline.estate.audit_actions import CannotAudit
from sightline.estate.domain.entitlements import Metric
from sightline.estate.domain.inventory import open_inventory
from sightline.estate.inventory_actions import import_inventory
from sightline.estate.licence_actions import CannotKeepLicence, LicenceFacts, count_use, keep_licence
from sightline.estate.models import AuditQuestion, Installation, InventoryImport, System
from sightline.estate.succeeding import CannotHandOver
from sightline.partnership import succession
from sightline.partnership.access import Refused
from sightline.partnership.models import Council, Notice
from sightline.partnership.succession import CouncilHasEnded
from sightline.project.command import run
from tests.estate.licences.conftest import Estate

pytestmark = pytest.mark.django_db


def end(council: Council, on: datetime.date, successor: Council | None) -> None:
    council.ended_on, council.successor = on, successor
    council.save()


def test_nothing_new_is_kept_for_a_council_that_has_ended(estate: Estate, client: Client, tmp_path: Path) -> None:
    north, east, south = estate.places.north, estate.places.east, estate.places.south
    today = timezone.localdate()
    last = today - datetime.timedelta(days=1)
    # Its successor was succeeded too: the one that goes on is named.
    end(east, last, south)
    end(north, last, east)
    day = f"{last.day} {last:%B %Y}"
    said = f"Northmere Council ended on {day}, so no new {{}} is kept for it. Keep it for its successor, Southwick"
    file = tmp_path / "depot.csv"
    file.write_text("AssetName,Software,Version,Publisher,InstallDate\npc1,Editor,1,E,\n")
    with pytest.raises(CouncilHasEnded, match=said.format("inventory")):
        import_inventory(open_inventory(file, profile="", device=""), council=north, by=estate.ict)
    with pytest.raises(CouncilHasEnded, match=said.format("inventory")):
        upload_actions.upload_inventory(name="a.csv", content=file.read_bytes(), council=north, by=estate.ict)
    assert InventoryImport.objects.count() == 1
    facts = {"name": "Rates", "function": "Rates", "kind": "business"}
    with pytest.raises(CannotKeepSystem, match=said.format("system")):
        keep_system(by=estate.ict, council=north, councils=[north], **facts)
    with pytest.raises(CannotKeepSystem, match=said.format("use of a system")):
        keep_system(by=estate.ict, council=south, councils=[south, north], **facts)
    licence = LicenceFacts(name="Editor", metric=Metric.SITE, names_product="Editor", council=north)
    with pytest.raises(CannotKeepLicence, match=said.format("licence")):
        keep_licence(facts=licence, by=estate.ict)
    count = {"product": estate.editor, "council": north, "metric": Metric.CORE, "amount": 8, "source": "Report"}
    with pytest.raises(CannotKeepLicence, match=said.format("count")):
        count_use(**count, counted_on=today, by=estate.ict)
    assert count_use(**count, counted_on=last, by=estate.ict).amount == 8
    with pytest.raises(CannotAudit, match=said.format("software audit")):
        audit_actions.open_campaign(
            name="x", scope="x", closes_on=today + datetime.timedelta(days=9), council=north, kind="", by=estate.ict
        )
    end(east, last, None)
    assert succession.note(north) == f"until {day}"
    with pytest.raises(CouncilHasEnded, match="names no successor"):
        succession.require_lasting(north, what="inventory")
    # What it had can still be corrected, and the pages offer it for nothing new.
    kept = keep_system(
        by=estate.ict, council=north, councils=[north], record=estate.planning, **{**facts, "name": "Plans"}
    )
    assert kept.name == "Plans"
    client.force_login(estate.ict)
    for address in ("/systems/add/", "/inventories/upload/", "/licences/add/", "/software-audits/open/"):
        page = client.get(address).content.decode()
        assert ('value="southwick"' in page, 'value="northmere"' in page) == (True, False), address
    sent = {"file": SimpleUploadedFile("a.csv", file.read_bytes()), "whose": "northmere"}
    assert client.post("/inventories/upload/", sent).status_code == 422


def test_what_it_had_is_readable_and_says_until_when_and_what_it_is_now(estate: Estate, client: Client) -> None:
    north, east = estate.places.north, estate.places.east
    today = timezone.localdate()
    estate.found("pc1", estate.older)
    licence = keep_licence(
        facts=LicenceFacts(
            name="Editor", metric=Metric.DEVICE, quantity=5, council=north, products=(estate.editor,),
            release=estate.older,
        ),
        by=estate.ict,
    )  # fmt: skip
    asked = audit_actions.open_campaign(
        name="First", scope="x", closes_on=today + datetime.timedelta(days=7), council=None, kind="", by=estate.ict
    )
    end(north, today - datetime.timedelta(days=1), east)
    note = f"ntil {north.ended_on.day} {north.ended_on:%B %Y}, now Eastholt Council"  # type: ignore[union-attr]
    client.force_login(estate.ict)
    for address in (
        "/estate/", "/systems/S1/", licence.get_absolute_url(),
        "/estate/ending/northmere/", f"/software-audits/{asked.campaign.reference}/report/",
    ):  # fmt: skip
        assert note in client.get(address).content.decode(), address
    System.objects.update(contract_ends_on=today + datetime.timedelta(days=30))
    for address in ("/licences/", "/licences/positions/", "/renewals/"):
        assert note.replace("Eastholt Council", "EC") in client.get(address).content.decode(), address
    assert "Northmere Council (until" in client.get("/systems/").content.decode()
    totals = json.loads(b"".join(client.get("/estate.json").streaming_content))
    told = [(row["gss_code"], row["all"], row["ended_on"], row["successor_gss"]) for row in totals]
    assert (north.gss_code, 1, north.ended_on.isoformat(), east.gss_code) in told  # type: ignore[union-attr]
    assert (east.gss_code, 0, "", "") in told
    positions = json.loads(b"".join(client.get("/licences/positions.json").streaming_content))
    assert [(row["council_gss"], row["successor_gss"]) for row in positions] == [(north.gss_code, east.gss_code)]
    # Nobody is reminded, and another audit does not ask: it says whose systems it leaves out.
    Notice.objects.all().delete()
    assert audit_letters.run_reminders(today) == {"reminders": 0}
    assert not audit_queries.own_questions(estate.owner).exists()
    AuditQuestion.objects.all().delete()
    own = keep_system(by=estate.ict, council=east, councils=[east], name="Leisure", function="Pools", kind="business")
    opened = audit_actions.open_campaign(
        name="Next", scope="x", closes_on=today + datetime.timedelta(days=9), council=None, kind="", by=estate.ict
    )
    assert [one.system for one in opened.campaign.questions.all()] == [own]
    assert sorted(opened.ended) == ["Directory", "Planning"]
    # Where nothing is found any more, the totals tell of it no longer.
    Installation.objects.update(gone_on=today)
    rows = queries.totals(today, Assessor(today), queries.grouped())
    assert [one.council.name for one in rows if one.council] == ["Eastholt Council", "Southwick Council"]


def test_what_it_had_is_handed_over_whole_and_once(estate: Estate, capsys: pytest.CaptureFixture[str]) -> None:
    north, east = estate.places.north, estate.places.east
    today = timezone.localdate()
    with pytest.raises(CannotHandOver, match="has not ended, so it keeps"):
        succeeding.hand_over(council=north, by=estate.ict)
    estate.directory.councils.add(north)
    keep_licence(facts=LicenceFacts(name="E", metric=Metric.SITE, council=north, names_product="E"), by=estate.ict)
    opened = audit_actions.open_campaign(
        name="First", scope="x", closes_on=today + datetime.timedelta(days=7), council=north, kind="", by=estate.ict
    )
    one, two = estate.found("pc1", estate.older), estate.found("pc2", estate.newer)
    # The successor's own inventory names one of them already.
    Installation.objects.create(
        council=east, scope=two.scope, key=two.key, device="pc2", raw_name="Editor", first_import=estate.taken
    )
    retiring.retire_system(record=estate.planning, by=estate.ict, on=today, reason="Replaced")
    end(north, today - datetime.timedelta(days=1), None)
    with pytest.raises(CannotHandOver, match="names no successor of Northmere Council"):
        succeeding.hand_over(council=north, by=estate.ict)
    end(north, today - datetime.timedelta(days=1), east)
    with pytest.raises(Refused):
        succeeding.hand_over(council=north, by=estate.second)
    assert run(["systems", "hand-over", "NC", "--as", "ict", "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert done == {
        "council": north.gss_code, "systems": 1, "scores": 0, "exceptions": 0, "licences": 1, "counts": 0,
        "audits": 1, "questions": 2, "installations": 1, "found twice": 1,
    }  # fmt: skip
    estate.directory.refresh_from_db()
    assert (estate.directory.council, list(estate.directory.councils.all())) == (east, [east])
    assert "handed over from NC" in estate.directory.history.latest().history_change_reason
    estate.planning.refresh_from_db()
    opened.campaign.refresh_from_db()
    one.refresh_from_db()
    two.refresh_from_db()
    assert (estate.planning.council, opened.campaign.council, one.council, two.council) == (north, east, east, north)
    assert (one.gone_on, two.gone_on) == (None, today)
    assert {row.council.name: row.all for row in queries.totals(today, Assessor(today), queries.grouped()) if
            row.council} == {"Eastholt Council": 2, "Southwick Council": 0}  # fmt: skip
    assert run(["systems", "hand-over", "NC", "--as", "ict"]) == 0
    assert capsys.readouterr().out == "Northmere Council: nothing was left to hand over.\n"


@pytest.mark.measured
def test_two_audits_over_one_system_share_its_answer(estate: Estate, client: Client) -> None:
    closes = timezone.localdate() + datetime.timedelta(days=20)
    both = {"scope": "Are licences in place?", "closes_on": closes, "by": estate.ict}
    first = audit_actions.open_campaign(name="Planning", council=estate.places.north, kind="business", **both)
    second = audit_actions.open_campaign(name="Everything", council=None, kind="", **both)
    assert (first.asked, second.asked, second.left_out) == (1, 1, ["Planning"])
    assert Notice.objects.filter(subject__contains="Planning").count() == 1
    with pytest.raises(CannotAudit, match="each is asked about by another open campaign"):
        audit_actions.open_campaign(name="Third", council=None, kind="", **both)
    client.force_login(estate.ict)
    place = second.campaign.get_absolute_url()
    page = client.get(place).content.decode()
    assert "Answered for in another audit" in page
    assert f"in {first.campaign.reference}" in page
    assert "1 system belongs to this audit too" in page
    # The first knows nothing of the second, which was opened after it.
    assert "Answered for in another audit" not in client.get(first.campaign.get_absolute_url()).content.decode()
    report = client.get(f"{place}report/").content.decode()
    assert "1 more is answered for in another audit, and not counted here." in report
    for form, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert client.get(f"{place}report.{form}").content.startswith(begins)

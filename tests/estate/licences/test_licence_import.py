"""`sightline licences import`: a council's table of licences, taken whole or not at all."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from sightline.estate.domain.entitlements import Metric
from sightline.estate.domain.licence_files import COLUMNS, UnreadableLicences, read_licences
from sightline.estate.models import Licence, Product, Release, System
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import AuditEntry
from sightline.project.command import run
from tests.scrutiny.conftest import Places, account

HEADING = "Name,Supplier,Metric,Quantity,Products,Product_named,Starts on,End date,Cost\n"


def write(folder: Path, *rows: str, heading: str = HEADING) -> Path:
    path = folder / "licences.csv"
    path.write_text(heading + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_every_row_is_read_in_the_forms_that_people_write(tmp_path: Path) -> None:
    desks, cores, roll, plus = read_licences(
        write(
            tmp_path,
            'Desks,Quill,Named users,"1,200",Quillbase; Fencast,,2024-04-01,31/03/2027,"£12,345.50"',
            "Cores,Quill,CORE,8,quillbase,,1 Apr 2024,20270331,",
            "Roll,,site,,,RollScan 4,,,",
            "'+Plus,,unlimited,,Marlowe,,,,0",
        )
    )
    assert (desks.metric, desks.quantity, desks.products) == (Metric.NAMED_USER, 1200, ("Quillbase", "Fencast"))
    assert (desks.starts_on, desks.ends_on) == (datetime.date(2024, 4, 1), datetime.date(2027, 3, 31))
    assert (cores.starts_on, cores.ends_on) == (desks.starts_on, desks.ends_on)
    assert (desks.cost_pence, cores.cost_pence, plus.cost_pence) == (1_234_550, None, 0)
    assert (roll.quantity, roll.products, roll.product_named) == (None, (), "RollScan 4")
    assert (plus.name, plus.number) == ("+Plus", 5), "what our own downloads put before it is taken off again"


def test_all_that_is_wrong_is_said_at_once_with_its_row(tmp_path: Path) -> None:
    wrong = write(
        tmp_path,
        "A,,device,-5,Quillbase,,,,",
        "B,,seats,5,Quillbase,,,,",
        "C,,device,5,Quillbase,,2027-01-01,2026-01-01,",
        "D,,device,5,Quillbase,,31/31/2024,,",
        ",,device,5,Quillbase,,,,",
        "F,,device,5,,,,,",
        "G,,unlimited,5,Quillbase,,,,",
        "H,,device,many,Quillbase,,,,-1",
        "I,,device,5,Quillbase,,,,",
        "i,,device,6,Quillbase,,,,",
    )
    with pytest.raises(UnreadableLicences) as refused:
        read_licences(wrong)
    assert [problem.split(": ", 1)[0] for problem in refused.value.problems] == [
        "row 2", "row 3", "row 4", "row 5", "row 6", "row 7", "row 8", "row 9", "row 9", "row 11",
    ]  # fmt: skip
    told = str(refused.value)
    assert "“-5” in “quantity” must be a whole number of 0 or more" in told
    assert "“seats” is no metric. Write one of device, named-user" in told
    assert "ends on 2026-01-01, before it starts on 2027-01-01" in told
    assert "Write it as 2027-03-31, 31/03/2027, 31 Mar 2027 or 20270331" in told
    assert "is the same licence as row 10" in told
    for heading, says in (
        ("Name,Metric,Products,Colour\n", "the column “Colour” is not known"),
        ("Name,Metric,Products,Licence\n", "“name” stands in two columns"),
        ("Name,Products\n", "there is no column “metric”"),
        ("", "there is no column “name”"),
    ):
        with pytest.raises(UnreadableLicences, match=says):
            read_licences(write(tmp_path, heading=heading))


@pytest.mark.django_db
def test_a_file_is_kept_whole_or_not_at_all(places: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    account("ict", RoleKind.ICT, places.north)
    product = Product.objects.create(slug="quillbase", title="Quillbase", own=True)
    Release.objects.create(product=product, cycle="9")
    System.objects.create(reference="SYS-1", name="Rates", function="Rates", kind="business", council=places.north)
    heading = ",".join(column for column in COLUMNS if column != "cost_pence") + "\n"

    def row(**cells: str) -> str:
        return ",".join(cells.get(column, "") for column in COLUMNS if column != "cost_pence")

    def take(path: Path, *more: str) -> int:
        capsys.readouterr()
        return run(["licences", "import", str(path), "--council", "NC", "--as", "ict", *more])

    desks = {"name": "Desks", "metric": "device", "quantity": "12", "products": "QUILLBASE", "cost": "99.50"}
    good = row(**desks, release_line="9", system="sys-1", ends_on="31/03/2027", upgrade="yes")
    broken = write(
        tmp_path,
        good,
        row(name="B", metric="device", products="Quilbase"),
        row(name="C", metric="device", products="quillbase", release_line="8"),
        row(name="D", metric="device", products="quillbase", system="SYS-9"),
        row(name="E", metric="device", products="quillbase", council="Eastholt Council"),
        row(name="F", metric="device", products="quillbase", reference="L2020-001"),
        heading=heading,
    )
    assert take(broken) == 2
    told = capsys.readouterr().err
    for says in (
        "row 3: the catalogue knows no product “Quilbase”. Did you mean Quillbase?",
        "row 4: Quillbase has no release line “8”. It has 9.",
        "row 5: no system has the reference “SYS-9”.",
        "row 6: is of “Eastholt Council”, and the file is imported for Northmere Council.",
        "row 7: no licence of theirs has the reference “L2020-001”.",
    ):
        assert says in told
    assert Licence.objects.count() == 0

    assert take(write(tmp_path, good, heading=heading), "--check") == 0
    assert "1 new, 0 changed, 0 the same. Nothing was kept" in capsys.readouterr().out
    assert Licence.objects.count() == 0
    assert take(tmp_path / "licences.csv") == 0
    kept = Licence.objects.get()
    assert (kept.quantity, kept.cost_pence, kept.release.cycle, kept.upgrade) == (12, 9950, "9", True)
    assert (kept.council, kept.publication, kept.system.reference) == (places.north, "internal", "SYS-1")
    changes = (kept.history.count(), AuditEntry.objects.count())
    assert take(tmp_path / "licences.csv", "--json") == 0
    again = json.loads(capsys.readouterr().out)
    assert again == {"row": 2, "reference": kept.reference, "became": "same", "name": "Desks"}
    assert (kept.history.count(), AuditEntry.objects.count()) == changes, "the second time changes nothing"
    renewed = {**desks, "reference": kept.reference, "name": "Desktops"}
    assert take(write(tmp_path, row(**renewed, ends_on="2028-03-31"), heading=heading)) == 0
    kept.refresh_from_db()
    assert (kept.name, kept.ends_on, kept.release) == ("Desktops", datetime.date(2028, 3, 31), None)

    assert run(["licences", "show", "--as", "ict", "--council", "NC", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (shown["reference"], shown["products"], shown["positions"][0]["standing"]) == (
        kept.reference,
        ["quillbase"],
        "unknown",
    )

"""`sightline inventory import`: what came, went and changed; recognised, assessed, and nothing deleted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sightline.estate.domain.inventory import UnreadableInventory, open_inventory
from sightline.estate.inventory_actions import NothingFound, import_inventory
from sightline.estate.lifecycle_actions import load_lifecycle
from sightline.estate.models import Installation, InstallationChange, InventoryImport, Product, System
from sightline.estate.recognising import recognise_again
from sightline.partnership.access import Refused
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import User
from sightline.project.command import run
from tests.scrutiny.conftest import Places, account

pytestmark = pytest.mark.measured

HEADING = "AssetName,Software,Version,Publisher,InstallDate\n"


@pytest.fixture
def ict(places: Places) -> User:
    load_lifecycle("shipped", by=None)
    return account("ict", RoleKind.ICT, places.north)


def write(path: Path, *rows: str) -> Path:
    path.write_text(HEADING + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.django_db
def test_a_second_import_tells_what_came_went_and_changed(places: Places, ict: User, tmp_path: Path) -> None:
    said: list[tuple[int, str]] = []
    system = System.objects.create(
        reference="SYS-1", name="Rates", function="Revenues", kind="business", council=places.north, machines=["fen-2"]
    )
    system.councils.add(places.north)

    def take(*rows: str, **how: Any) -> InventoryImport:
        opened = open_inventory(write(tmp_path / "export.csv", *rows), partly=how.pop("partly", False))
        return import_inventory(
            opened, council=places.north, by=ict, told=lambda *one: said.append(one), **how
        ).record  # fmt: skip

    first = take(
        "FEN-1,Windows Server 2016 Datacenter,10.0.14393,Microsoft Corporation,",
        "fen-1,windows server 2016 datacenter,10.0.14393,Microsoft Corporation,",
        "FEN-1,Windows Server 2016 Datacenter,10.0.14393,Microsoft Corporation,",
        "FEN-2,Microsoft SQL Server 2012 (64-bit),11.4.7001.0,Microsoft Corporation,2014-05-01",
        "FEN-2,Marlowe Revenues,7.2,Marlowe,",
    )
    assert (first.rows, first.doubled, first.recognised) == (5, 1, 3)
    assert (first.came, first.went, first.changed, first.same) == (4, 0, 0, 0)
    assert said[-1] == (100, "")
    server = Installation.objects.get(raw_name="Windows Server 2016 Datacenter")
    assert (server.release.cycle, server.edition, server.product.slug) == ("2016", "Datacenter", "windows-server")
    unknown = Installation.objects.get(raw_name="Marlowe Revenues")
    assert (unknown.product, unknown.confidence, unknown.system) == (None, 0.0, system)

    again = import_inventory(open_inventory(tmp_path / "export.csv"), council=places.north, by=ict)
    assert (again.new, again.record) == (False, first)
    second = take(
        "FEN-1,Windows Server 2019 Datacenter,10.0.17763,Microsoft Corporation,",
        "FEN-2,Microsoft SQL Server 2012 (64-bit),11.4.7001.0,Microsoft Corporation,2014-05-01",
        "FEN-3,PostgreSQL 13,13.9,,",
    )
    assert (second.came, second.went, second.changed, second.same) == (1, 2, 1, 1)
    changed = InstallationChange.objects.get(told_by=second, kind="changed")
    assert changed.before["raw_version"] == "10.0.14393"
    assert changed.installation.release.cycle == "2019"
    assert changed.installation.pk == server.pk
    assert server.history.count() == 2
    third = take("FEN-2,Marlowe Revenues,7.2,Marlowe,", "FEN-9,No machine was left,,,", only_these=True)
    assert (third.came, third.went) == (2, 1)
    back = InstallationChange.objects.get(told_by=third, kind="back")
    assert back.installation == unknown
    assert Installation.objects.count() == 6
    assert Installation.objects.filter(gone_on=None).count() == 4

    # The partnership's own entry is recognised from then on.
    Product.objects.create(slug="marlowe-revenues", title="Marlowe Revenues", supplier="Marlowe", own=True)
    assert recognise_again(council=places.north, by=ict) == 1
    unknown.refresh_from_db()
    assert unknown.product is not None
    assert unknown.product.slug == "marlowe-revenues"


@pytest.mark.django_db
def test_what_is_refused_changes_nothing(
    places: Places, ict: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = write(tmp_path / "good.csv", "FEN-1,Quill,1,,")
    broken = write(tmp_path / "broken.csv", *[f"FEN-{n},Quill,1,," for n in range(50)], ",Nobody's,1,,")
    with pytest.raises(Refused, match="each council decides for itself"):
        import_inventory(open_inventory(good), council=places.east, by=ict)
    with pytest.raises(UnreadableInventory, match=r"broken\.csv, row 52: no machine is named"):
        import_inventory(open_inventory(broken), council=places.north, by=ict)
    with pytest.raises(NothingFound):
        import_inventory(open_inventory(write(tmp_path / "none.csv")), council=places.north, by=ict)
    assert (InventoryImport.objects.count(), Installation.objects.count()) == (0, 0)

    guess = tmp_path / "guess.csv"
    guess.write_text("Host,Package\nfen-1,Quill\n", encoding="utf-8")
    told = ["inventory", "import", str(guess), "--council", "NC", "--as", "ict"]
    assert run(told) == 2
    assert "its columns are guessed: device from “Host”, name from “Package”" in capsys.readouterr().err
    assert run([*told, "--confirm-columns", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["came"], facts["scope"], facts["new"]) == (1, "table", True)
    assert run(["inventory", "import", str(broken), "--leave-out", "--council", "NC", "--as", "ict"]) == 0
    assert "Left out, row 52: no machine is named" in capsys.readouterr().out

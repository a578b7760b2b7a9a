"""Inventories in every shape they come in, and every way in which a file can be wrong."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from sightline.estate.domain.inventory import Found, UnreadableInventory, open_inventory
from sightline.estate.domain.inventory.matching import Known, matched, stem_of
from sightline.estate.domain.inventory.profiles import profiles
from sightline.estate.domain.inventory.rows import the_day

LANSWEEPER = "AssetName,Software,Version,Publisher,InstallDate\nFEN-W1,Quillbase 9,9.4.1,Quill,06/03/2023\n"
DPKG = """\
Desired=Unknown/Install/Remove/Purge/Hold
| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend
|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)
||/ Name                Version      Architecture Description
+++-===================-============-============-=================
ii  libssl1.1:amd64     1.1.1n-0     amd64        Secure Sockets Layer
rc  nginx               1.18.0-6     amd64        removed, its settings left
ii  python3.9-minimal   3.9.2-1      amd64        minimal subset
"""
BILL = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.5",
    "metadata": {"component": {"type": "application", "name": "Rates-Portal"}},
    "components": [
        {"name": "django", "version": "3.2.1", "purl": "pkg:pypi/django@3.2.1", "components": [{"name": "inner"}]},
        {"name": "lying", "version": "9.0", "purl": "pkg:pypi/lying@1.0"},
        {"name": "django", "version": "3.2.1", "purl": "pkg:pypi/django@3.2.1"},
    ],
    "dependencies": [{"ref": "a", "dependsOn": ["b"]}, {"ref": "b", "dependsOn": ["a"]}],
}


def of_bill(*components: object) -> str:
    """A bill of materials of these components."""
    return json.dumps({**BILL, "components": components})


def read(folder: Path, content: str | bytes, name: str = "export.csv", **how: object) -> list[Found]:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(open_inventory(file, **how).rows())  # type: ignore[arg-type]


def test_every_kind_is_told_by_its_content(tmp_path: Path) -> None:
    expected = Found(2, "fen-w1", "Quillbase 9", "9.4.1", "Quill", date(2023, 3, 6))
    assert read(tmp_path, LANSWEEPER) == [expected]
    assert read(tmp_path, LANSWEEPER.encode("utf-16")) == [expected]
    assert read(tmp_path, LANSWEEPER.replace(",", ";")) == [expected]
    assert read(tmp_path, LANSWEEPER.replace("Quill,", "Quïll,").encode("utf-8-sig"))[0].publisher == "Quïll"
    assert read(tmp_path, LANSWEEPER.replace("Quill,", "Quïll,").encode("cp1252"))[0].publisher == "Quïll"
    assert [(row.name, row.version, row.device) for row in read(tmp_path, DPKG, device="Fen-L1")] == [
        ("libssl1.1", "1.1.1n-0", "fen-l1"),
        ("python3.9-minimal", "3.9.2-1", "fen-l1"),
    ]
    rpm = "gpg-pubkey-fd431d51-4ae0493b\nbash-5.1.8-6.el9.x86_64\npython3-pip-wheel-21.2.3-7.el9.noarch\n"
    assert [(row.name, row.version) for row in read(tmp_path, rpm, device="l2")] == [
        ("bash", "5.1.8-6.el9"),
        ("python3-pip-wheel", "21.2.3-7.el9"),
    ]
    assert [(row.device, row.name, row.version) for row in read(tmp_path, json.dumps(BILL), "bom.json")] == [
        ("rates-portal", "pkg:pypi/django", "3.2.1"),
        ("rates-portal", "inner", ""),
        ("rates-portal", "pkg:pypi/lying", ""),
    ]


def test_a_workbook_gives_its_values_and_never_its_formulas(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Estate of Fenwick, exported"])
    sheet.append([])
    sheet.append(["Device name", "Software", "Version", "Installed on", None])
    sheet.append(["FEN-1", "Quillbase", 9.0, date(2023, 3, 6)])
    sheet.append(["FEN-2", "=1+1", "2", 44991])
    book.save(tmp_path / "estate.xlsx")
    opened = open_inventory(tmp_path / "estate.xlsx")
    assert (opened.certain, opened.heading) == (False, ["Device name", "Software", "Version", "Installed on"])
    with pytest.raises(UnreadableInventory, match=r"estate\.xlsx, row 5: no software is named"):
        list(opened.rows())
    partly = open_inventory(tmp_path / "estate.xlsx", partly=True)
    assert list(partly.rows()) == [Found(4, "fen-1", "Quillbase", "9", "", date(2023, 3, 6))]
    assert [(one.number, one.why) for one in partly.left_out] == [(5, "no software is named.")]


def test_every_profile_is_told_by_its_headings(tmp_path: Path) -> None:
    for profile in profiles():
        heading = dict.fromkeys((*profile.told_by, *(names[0] for names in profile.headings.values() if names)))
        file = tmp_path / f"{profile.slug}.csv"
        file.write_text(",".join(heading) + "\n" + ",".join("x" for _ in heading) + "\n", encoding="utf-8")
        assert open_inventory(file).profile == profile.slug


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("Host,Colour\na,b\n", "no column for the software's name can be told; the heading holds “Host”, “Colour”"),
        (LANSWEEPER.replace("Publisher", "Software"), "the column “software” stands 2 times"),
        (LANSWEEPER + "FEN-W2,Only two\n", "line 3: 2 fields instead of 5"),
        (LANSWEEPER.replace("06/03/2023", "31/02/2023"), "row 2: “31/02/2023” is no day on which it was installed"),
        (LANSWEEPER.replace("FEN-W1", ""), "row 2: no machine is named"),
        (LANSWEEPER + '"never closed', "line 3"),
        (LANSWEEPER + "a\0,b,c,d,e\n", "line 3: holds bytes that are no text"),
        (b"\xd0\xcf\x11\xe0old", "workbook of the old kind"),
        (b"PK\x03\x04broken", "no workbook that can be read"),
        ("bash-5.1.8-6.el9.x86_64\n", "does not name its machine"),
        ('{"bomFormat": "SPDX"}', "no CycloneDX bill"),
        ('{"bomFormat": "CycloneDX", "specVersion": "9.9"}', "is CycloneDX '9.9'"),
        ('{"bomFormat": "CycloneDX", "specVersion": "1.5"}', "does not name what it is of"),
        ("{" * 100_000, "is not JSON"),
        ('{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": {}}', "“components” is not a list"),
        (of_bill({"version": "1"}), "component 1: has no name"),
        (of_bill({"name": "a"}, {"name": "b", "components": 7}), "component 2: “components” is not a list"),
    ],
)
def test_a_faulty_file_is_refused_with_its_place(content: str | bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableInventory) as refused:
        read(tmp_path, content)
    assert said in str(refused.value)
    assert str(refused.value).startswith("export.csv")


@pytest.mark.parametrize(
    "text",
    ["2023-03-06", "2023-03-06T10:00:00Z", "06/03/2023", "6.3.2023 10:00", "6 Mar 2023", "6-March-2023", "20230306",
     "44991", "March 6, 2023"],
)  # fmt: skip
def test_a_day_reads_the_same_however_it_is_written(text: str) -> None:
    assert the_day(text) == date(2023, 3, 6)


SOFTWARE = st.tuples(st.sampled_from(["Quill 1", "Quill 2", "Quill 3", "Fen"]), st.sampled_from(["", "1", "2"]))


@given(st.lists(SOFTWARE, unique=True), st.lists(st.tuples(SOFTWARE, st.booleans()), unique_by=lambda one: one[0]))
def test_nothing_is_paired_twice_or_lost(
    now: list[tuple[str, str]], before: list[tuple[tuple[str, str], bool]]
) -> None:
    found = [Found(n, "m", name, version) for n, (name, version) in enumerate(now)]
    known = [Known(name, version, gone, n) for n, ((name, version), gone) in enumerate(before)]
    pairs = list(matched(found, known))
    assert sorted(pair.found.number for pair in pairs if pair.found) == list(range(len(found)))
    told = [pair.known.row for pair in pairs if pair.known]
    assert len(told) == len(set(told))
    assert {one.row for one in known if not one.gone} <= set(told)
    for pair in pairs:
        if pair.found and pair.known:
            assert stem_of(pair.found.name) == stem_of(pair.known.name)
    same = {(row.name, row.version) for row in found} & {(one.name, one.version) for one in known if not one.gone}
    kept = {
        (pair.found.name, pair.found.version)
        for pair in pairs
        if pair.found and pair.known and (pair.found.name, pair.found.version) == (pair.known.name, pair.known.version)
    }
    assert same <= kept


def workbook(path: Path, *sheets: list[list[object]]) -> Path:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_workbook_is_read_from_its_first_sheet_with_a_heading(tmp_path: Path) -> None:
    heading: list[object] = ["AssetName", "Software", "Version", "Publisher", "InstallDate"]
    row: list[object] = ["FEN-W1", "Quillbase 9", 9.0, None, date(2023, 3, 6)]
    notes: list[list[object]] = [["Made by hand"]]
    found = read(tmp_path, workbook(tmp_path / "a.xlsx", notes, [["Estate"], [], heading, row]).read_bytes(), "b.xlsx")
    assert found == [Found(4, "fen-w1", "Quillbase 9", "9", "", date(2023, 3, 6))]
    with pytest.raises(UnreadableInventory, match="row 2: has more cells than the heading"):
        read(tmp_path, workbook(tmp_path / "a.xlsx", [heading, [*row, "and one more"]]).read_bytes(), "b.xlsx")
    with pytest.raises(UnreadableInventory, match="no sheet has a heading"):
        read(tmp_path, workbook(tmp_path / "a.xlsx", notes, notes * 40).read_bytes(), "b.xlsx")

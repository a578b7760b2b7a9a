"""A table of licences that cannot be taken says why, with the row or the column and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from sightline.estate.domain import licence_files
from sightline.estate.domain.licence_files import UnreadableLicences, read_licences


def refused(folder: Path, text: str) -> str:
    path = folder / "licences.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableLicences) as told:
        read_licences(path)
    return str(told.value)


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Name,Metric,Products,Colour", "the column “Colour” is not known"),
        ("Name,Name,Metric,Products", "“name” stands in two columns"),
        ("Supplier,Products", "there is no column “metric”"),
        ("Name,Metric", "there is no column “products”"),
        ("Name,Metric,Products,Cost,Cost_pence", "two columns of costs"),
    ],
)
def test_a_heading_that_cannot_be_taken_names_its_column(heading: str, said: str, tmp_path: Path) -> None:
    assert said in refused(tmp_path, heading + "\n")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("A,,Quillbase,,,,,", "row 2: no metric. Write one of"),
        ("A,device,Quillbase,many,,,,", "row 2: “many” in “quantity” is no number"),
        ("A,device,Quillbase,1.5,,,,", "row 2: “1.5” in “quantity” must be a whole number"),
        ("A,device,Quillbase,nan,,,,", "row 2: “nan” in “quantity” is no number"),
        ("A,device,Quillbase,1,dear,,,", "row 2: “dear” in “cost” is no number"),
        ("A,device,Quillbase,1,0.001,,,", "row 2: “0.001” in “cost” must be 0 or more, in whole pence"),
        ("A,device,Quillbase,1,1,2026-01-01,2026-02-01,", "row 2: notice by 2026-02-01 comes after its end"),
        ("A,device,Quillbase,1,1,,,perhaps", "row 2: “perhaps” in “upgrade” is neither yes nor no"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named(cells: str, said: str, tmp_path: Path) -> None:
    heading = "Name,Metric,Products,Quantity,Cost,Ends on,Notice on,Upgrade\n"
    assert said in refused(tmp_path, f"{heading}{cells}\n")


def test_a_file_that_holds_nothing_or_too_much_or_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no licence below its heading" in refused(tmp_path, "Name,Metric,Products\n")
    assert "2 fields instead of 3" in refused(tmp_path, "Name,Metric,Products\nA,device\n")
    monkeypatch.setattr(licence_files, "MOST_ROWS", 2)
    assert "more than 2 rows" in refused(tmp_path, "Name,Metric,Products\nA,device,Q\nB,device,Q\n")
    with pytest.raises(UnreadableLicences, match="cannot be read"):
        read_licences(tmp_path / "gone.csv")


def test_a_workbook_is_taken_like_a_table(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Name", "Metric", "Products", "Upgrade"], ["Desks", "site", "Quillbase", "yes"]):
        sheet.append(row)
    book.save(tmp_path / "licences.xlsx")
    [desks] = read_licences(tmp_path / "licences.xlsx")
    assert (desks.name, desks.products, desks.upgrade, desks.downgrade) == ("Desks", ("Quillbase",), True, False)

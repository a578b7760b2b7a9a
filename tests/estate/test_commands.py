"""`sightline software recognise`: what it prints, and what it refuses before it prints anything."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sightline.estate.domain.recognition.rows import UnreadableRows, count_rows, rows_in
from sightline.project.command import run
from tests.estate.small_catalogue import lines

HEADING = "raw_name,raw_version,publisher\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "catalogue.jsonl"
    path.write_text("\n".join(lines()), encoding="utf-8")
    return path


def rows(folder: Path, text: str | bytes) -> Path:
    path = folder / "rows.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_one_object_a_row_in_order(tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = rows(
        tmp_path,
        HEADING
        + '"Microsoft SQL Server 2012 (64-bit)",11.4.7001.0,Microsoft Corporation\n'
        + "python3.9-minimal,3.9.2-1,\n\n"
        + '"Adobe Acrobat DC (64-bit)",23.008.20470,Adobe\n'
        + '"=cmd|calc!A1 ""quoted"",\nover two lines",,\n',
    )
    assert run(["software", "recognise", str(file), "--catalogue", str(data), "--json"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["product"] for answer in told] == ["mssqlserver", "python", None, None]
    assert [answer["cycle"] for answer in told] == ["11.0-sp4", "3.9", None, None]
    assert [list(answer) for answer in told] == [["product", "cycle", "version", "edition", "confidence", "why"]] * 4
    assert told[1]["version"] == "3.9.2"


def test_columns_may_stand_in_any_order_among_others(tmp_path: Path, data: Path) -> None:
    file = rows(tmp_path, b"\xef\xbb\xbfHost,Publisher,RAW_VERSION,raw_name \nh1,Debian,15.5-0,postgresql-15\n")
    assert list(rows_in(file)) == [("postgresql-15", "15.5-0", "Debian")]
    assert count_rows(file) == 1


@pytest.mark.parametrize(
    ("encoding", "separator"), [("utf-8", ";"), ("utf-16", "\t"), ("cp1252", ","), ("utf-8-sig", "\t")]
)
def test_files_as_windows_saves_them(tmp_path: Path, encoding: str, separator: str) -> None:
    lines = [["raw_name", "raw_version"], ["Microsoft® Office Standard 2013", "15.0.4420.1017"]]
    text = "\r\n".join(separator.join(line) for line in lines) + "\r\n"
    text += f'"two{separator}\r\nlines"{separator}1\r\n\r\n'
    file = rows(tmp_path, text.encode(encoding))
    assert list(rows_in(file)) == [
        ("Microsoft® Office Standard 2013", "15.0.4420.1017", ""),
        (f"two{separator}\r\nlines", "1", ""),
    ]


def test_without_json_a_person_can_read_it(tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = rows(tmp_path, HEADING + "nginx,1.22.1-9,Debian\nMystery,1,\n")
    assert run(["software", "recognise", str(file), "--catalogue", str(data)]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("nginx\tnginx 1.22\tThe package nginx means nginx")
    assert second.startswith("Mystery\tunknown\t")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "there is no column “raw_name”; the heading holds nothing"),
        ("name,version\n", "there is no column “raw_name”; the heading holds “name”, “version”"),
        ("raw_name,raw_version,publisher,raw_name\n", "“raw_name” stands 2 times"),
        (HEADING + "a,b\n", "line 2: 2 fields instead of 3"),
        (HEADING + "a,b,c\nd,e,f,g\n", "line 3: 4 fields instead of 3"),
        (HEADING + '"a,b,c\n', "line 2: "),
        (HEADING + '"' + "a" * 100_001 + '",b,c\n', "line 2: "),
        (HEADING.encode() + b"a\0b,1,\n", "line 2: holds bytes that are no text"),
        ((HEADING + "a,1,\n").encode("utf-16")[:-1], "is not text"),
        ("raw_name,publisher\na,b\n", "there is no column “raw_version”"),
    ],
)
def test_a_faulty_file_prints_nothing_and_says_where(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str], text: str | bytes, part: str
) -> None:
    file = rows(tmp_path, text)
    assert run(["software", "recognise", str(file), "--catalogue", str(data), "--json"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "rows.csv" in printed.err
    assert part in printed.err
    assert printed.err.count("\n") == 1


def test_the_limit_on_fields_is_put_back(tmp_path: Path) -> None:
    import csv

    before = csv.field_size_limit()
    with pytest.raises(UnreadableRows):
        count_rows(rows(tmp_path, HEADING + "a,b\n"))
    assert csv.field_size_limit() == before


def test_missing_files_and_no_catalogue_are_bad_usage(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = rows(tmp_path, HEADING)
    assert run(["software", "recognise", str(tmp_path / "none.csv"), "--catalogue", str(data)]) == 2
    assert "cannot be read" in capsys.readouterr().err
    assert run(["software", "recognise", str(file), "--catalogue", str(tmp_path / "none.jsonl")]) == 2
    assert "cannot be read" in capsys.readouterr().err
    assert run(["software", "recognise", str(file)]) == 2
    assert "--catalogue FILE" in capsys.readouterr().err
    assert run(["software", "recognise", str(file), "--catalogue", str(data), "--json"]) == 0
    assert capsys.readouterr().out == ""


def test_many_rows_are_all_answered(tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = rows(tmp_path, HEADING + "nginx,1.22.1-9,Debian\n" * 20_001)
    assert run(["software", "recognise", str(file), "--catalogue", str(data), "--json"]) == 0
    assert capsys.readouterr().out.count('"nginx"') == 20_001


def test_it_starts_without_the_web_framework(tmp_path: Path, data: Path) -> None:
    file = rows(tmp_path, HEADING + "nginx,1.22.1-9,Debian\n")
    program = (
        "import sys\n"
        "from sightline.project.command import run\n"
        f"code = run(['software', 'recognise', {str(file)!r}, '--catalogue', {str(data)!r}, '--json'])\n"
        "sys.exit(code or ('django' in sys.modules and 7) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["product"]) == (0, "nginx"), done.stderr

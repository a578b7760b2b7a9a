"""`sightline minutes …` as a person calls it: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from sightline.project.command import run
from sightline.scrutiny.models import Minute, Recommendation
from tests.scrutiny.conftest import MINUTES, Places


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "panel.txt"
    path.write_text(MINUTES, encoding="utf-8")
    return path


@dataclass(frozen=True)
class Done:
    exit_code: int
    stdout: str
    stderr: str


class Call(Protocol):
    def __call__(self, *words: object) -> Done: ...


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Calls the command with some words, as main() does."""

    def calls(*words: object) -> Done:
        capsys.readouterr()
        code = run([str(word) for word in words])
        printed = capsys.readouterr()
        return Done(code, printed.out, printed.err)

    return calls


def test_text_is_what_the_offsets_point_into(call: Call, file: Path) -> None:
    text = call("minutes", "text", file)
    read = call("minutes", "read", "--json", file)
    found = json.loads(read.stdout)
    assert found["source"] == "panel.txt"
    for item in found["items"]:
        for recommendation in item["recommendations"]:
            at = text.stdout[recommendation["start"] : recommendation["end"]]
            assert " ".join(at.split()) == recommendation["text"]
    assert [r["text"] for item in found["items"] for r in item["recommendations"]] == [
        "That a glossary be added to the Strategy;",
        "That telephone waiting times be published.",
    ]


def test_several_files_are_json_lines_and_one_bad_one_does_not_stop_the_rest(
    call: Call, file: Path, tmp_path: Path
) -> None:
    missing = tmp_path / "missing.txt"
    done = call("minutes", "read", "--json", file, missing, file)
    assert done.exit_code == 2
    assert [json.loads(line)["source"] for line in done.stdout.splitlines()] == ["panel.txt", "panel.txt"]
    assert done.stderr.count("\n") == 1
    assert "missing.txt" in done.stderr


def test_the_outline_is_for_people(call: Call, file: Path) -> None:
    done = call("minutes", "read", file)
    assert "Date   4 May 2022" in done.stdout
    assert "Recommendation 1: That a glossary be added" in done.stdout


def test_record_and_publish(call: Call, file: Path, places: Places) -> None:
    recorded = call("minutes", "record", file, "--body", "north-panel", "--as", "north-clerk", "--json")
    assert recorded.exit_code == 0, recorded.output
    told = json.loads(recorded.stdout)
    assert told["new"] is True
    assert told["publication"] == "internal"
    assert told["recommendations"] == ["R2022-001", "R2022-002"]
    again = call("minutes", "record", file, "--body", "north-panel", "--as", "north-clerk")
    assert again.exit_code == 0
    assert "Recorded before, nothing changed" in again.stdout
    assert Minute.objects.count() == 1
    listed = call("minutes", "list")
    assert listed.stdout == ""
    published = call("minutes", "publish", told["minute"], "--as", "north-clerk")
    assert published.exit_code == 0, published.output
    assert set(Recommendation.objects.values_list("publication", flat=True)) == {"public"}
    assert json.loads(call("minutes", "list", "--json").stdout)["minute"] == told["minute"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ["--body", "nowhere", "--as", "north-clerk"],
            "There is no body “nowhere”. The bodies of this partnership are:",
        ),
        (["--body", "east-panel", "--as", "north-clerk"], "not for Eastholt Council"),
        (["--body", "north-panel", "--as", "nobody"], "There is no active account “nobody”"),
        (["--body", "north-panel", "--as", "former-clerk"], "ended on 31 December 2021"),
        (["--body", "north-panel"], "Missing option '--as'"),
        (["--as", "north-clerk"], "Missing option '--body'"),
        (["--body", "north-panel", "--as", "north-clerk", "--date", "yesterday"], "Invalid value for '--date'"),
    ],
)
def test_wrong_words_are_refused_and_change_nothing(
    call: Call, file: Path, places: Places, words: list[str], says: str
) -> None:
    done = call("minutes", "record", file, *words)
    assert done.exit_code == 2
    assert says in done.stderr
    assert done.stdout == ""
    assert Minute.objects.count() == 0


def test_publish_of_what_is_not_there(call: Call, places: Places) -> None:
    done = call("minutes", "publish", 99, "--as", "north-clerk")
    assert done.exit_code == 2
    assert "There is no minute 99 that you may see" in done.stderr


def test_a_file_that_is_missing_is_named(call: Call, places: Places, tmp_path: Path) -> None:
    done = call("minutes", "record", tmp_path / "gone.txt", "--body", "north-panel", "--as", "north-clerk")
    assert done.exit_code == 2
    assert "gone.txt" in done.stderr


def test_the_group_lists_its_verbs(call: Call) -> None:
    done = call("minutes", "--help")
    assert {"read", "text", "record", "publish", "list"} <= set(done.stdout.split())

"""Preparing an installation does what is needed, once."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from sightline.project import preparing
from tests.project.installations import sightline

pytestmark = [pytest.mark.slow, pytest.mark.either_database]


def count(folder: Path, table: str) -> int:
    link = sqlite3.connect(folder / "sightline.sqlite3")
    try:
        (found,) = link.execute(f"SELECT count(*) FROM {table}").fetchone()
    finally:
        link.close()
    return int(found)


def test_the_demonstration_is_prepared_once_and_then_left_alone(demonstration: tuple[Path, str]) -> None:
    folder, said = demonstration
    for step in ("Making", "Made a secret key", "Bringing the database up to date", "Gathering", "Loading", "Recorded"):
        assert step in said
    assert count(folder, "partnership_council") == 3
    assert count(folder, "scrutiny_minute") > 0
    histories = count(folder, "partnership_historicalcouncil"), count(folder, "scrutiny_historicalminute")

    again = sightline("site", "prepare", folder=folder, SIGHTLINE_PARTNERSHIP="demonstration")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert histories == (count(folder, "partnership_historicalcouncil"), count(folder, "scrutiny_historicalminute"))


def test_a_real_partnership_starts_with_no_invented_record(selcp: tuple[Path, str]) -> None:
    folder, _ = selcp
    assert count(folder, "partnership_council") == 3
    assert count(folder, "scrutiny_minute") == 0
    assert count(folder, "partnership_person") == 0


def test_a_partnership_file_that_is_wrong_is_told_by_its_key_and_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text('[partnership]\nname = "Ours"\n')
    result = sightline("site", "prepare", folder=tmp_path / "var", SIGHTLINE_PARTNERSHIP=str(file))
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert "ours.toml" in result.stderr
    assert "slug" in result.stderr
    assert not (tmp_path / "var").exists()


def test_a_partnership_that_does_not_exist_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    result = sightline("site", "prepare", folder=tmp_path / "var", SIGHTLINE_PARTNERSHIP="narnia")
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert "narnia" in result.stderr
    assert "selcp" in result.stderr
    assert not (tmp_path / "var").exists()


@pytest.mark.django_db
def test_without_the_design_system_it_is_said_how_to_build_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing.finders, "find", lambda _path: None)
    with pytest.raises(preparing.NotBuilt, match=r"scripts/build_assets\.py"):
        preparing.collect_static_files(lambda _line: None)

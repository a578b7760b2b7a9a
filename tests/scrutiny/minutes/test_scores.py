"""How much the reader finds: on the invented minutes beside this file, and on real ones where a folder of them is
named.

The figures are floors under what it reaches today, so that a change that reads worse is seen. Half of the invented
minutes (the
odd places of the sorted list) were never looked at while the rules were written; their floor says what to expect of
minutes
in a style that nobody has tried.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sightline.scrutiny.domain.documents import read_document
from sightline.scrutiny.domain.minutes import as_json, read_minute

FIXTURES = Path(__file__).parent / "fixtures"
KINDS = ("titles", "recommendations", "points", "responses", "commitments", "resolutions")


def load(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Count(int):
    """The scorer adds what is no number where the reader names nobody; here that counts as nothing."""

    def __add__(self, other: object) -> Count:
        return Count(int(self) + (1 if other else 0))


def score(scorer: ModuleType, golds: list[Path], office: Path | None) -> dict[str, list[int]]:
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    by: list[Any] = [Count(0), 0]
    for gold in golds:
        stem = gold.name[: -len(".gold.json")]
        places = [*gold.parent.glob(f"{stem}.*"), *(office.glob(f"{stem}.*") if office else ())]
        found = next(place for place in sorted(places) if place.suffix != ".json")
        predicted = as_json(read_minute(read_document(found)))
        with contextlib.redirect_stdout(io.StringIO()):
            scorer.score(predicted, json.loads(gold.read_text()), False, stem, totals, by)
    return totals


def f1(counts: list[int]) -> float:
    right, extra, missed = counts
    return 2 * right / (2 * right + extra + missed) if right else 0.0


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    load(FIXTURES / "build_office_fixtures.py", "build_office_fixtures").build_all(folder)
    return folder


@pytest.fixture(scope="module")
def scorer(samples: Path) -> ModuleType:
    return load(samples / "tools" / "score_minutes.py", "score_minutes")


@pytest.mark.samples
@pytest.mark.parametrize(
    ("half", "floors"),
    [
        (
            0,
            {
                "titles": 0.97,
                "recommendations": 0.95,
                "points": 0.91,
                "responses": 0.89,
                "commitments": 0.89,
                "resolutions": 0.91,
            },
        ),
        (
            1,
            {
                "titles": 0.84,
                "recommendations": 0.9,
                "points": 0.8,
                "responses": 0.66,
                "commitments": 0.73,
                "resolutions": 0.77,
            },
        ),
    ],
    ids=["developed on", "held apart"],
)
def test_invented_minutes(scorer: ModuleType, office: Path, half: int, floors: dict[str, float]) -> None:
    totals = score(scorer, sorted(FIXTURES.glob("*.gold.json"))[half::2], office)
    reached = {kind: round(f1(totals[kind]), 3) for kind in KINDS}
    assert {kind: value for kind, value in reached.items() if value < floors[kind]} == {}


@pytest.mark.samples
def test_real_minutes(scorer: ModuleType, samples: Path) -> None:
    totals = score(scorer, sorted((samples / "minutes").glob("*.gold.json")), None)
    assert sum(totals["recommendations"][1:]) <= 1
    assert f1(totals["resolutions"]) >= 0.9
    assert all(f1(totals[kind]) >= 0.8 for kind in ("titles", "points", "responses", "commitments"))
    assert totals["date"][2] == totals["body"][2] == 0


@pytest.mark.samples
def test_the_joint_panel_without_one_error(scorer: ModuleType, samples: Path) -> None:
    gold = next((samples / "minutes").glob("*joint-panel*.gold.json"))
    expected = json.loads(gold.read_text())
    totals = score(scorer, [gold], None)
    assert {kind: totals[kind][1:] for kind in (*KINDS, "date", "body")} == {
        kind: [0, 0] for kind in (*KINDS, "date", "body")
    }
    found = as_json(read_minute(read_document(next(gold.parent.glob("*joint-panel*.txt")))))
    assert (found["body"], found["date"]) == (expected["body"], expected["date"])
    for one, other in zip(found["items"], expected["items"], strict=True):
        assert (one["title"], one["presented_by"]) == (other["title"], other["presented_by"])
        for point, wanted in zip(one["points"], other["points"], strict=True):
            assert [answer["by"] for answer in point["responses"]] == [answer["by"] for answer in wanted["responses"]]
        hard = [each["by"] for each in other["commitments"] if not each.get("soft")]
        assert [each["by"] for each in one["commitments"]] == hard
        assert [each["verb"] for each in one["resolutions"]] == [each["verb"] for each in other["resolutions"]]

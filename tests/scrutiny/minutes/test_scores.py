"""How much the reader finds: on the invented minutes beside this file, and on real ones where a folder is named.

The figures are floors a little under what it reaches today, so that a change that reads worse is seen. The rules were
developed on all of these minutes: the figures say that nothing was lost, not what to expect of a style that nobody has
tried.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sightline.scrutiny.domain.documents import read_document
from sightline.scrutiny.domain.minutes import as_json, read_minute
from tests.scrutiny.minutes.scoring import KINDS, Score

FIXTURES = Path(__file__).parent / "fixtures"
INVENTED = {
    "titles": 0.98,
    "recommendations": 0.98,
    "points": 0.93,
    "responses": 0.89,
    "commitments": 0.9,
    "resolutions": 0.96,
}
REAL = {
    "titles": 0.95,
    "recommendations": 0.98,
    "points": 0.9,
    "responses": 0.93,
    "commitments": 0.94,
    "resolutions": 0.93,
}


def load(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def readings(golds: Sequence[Path], *folders: Path) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Of each gold file: its stem, what is read in the document beside it or in ``folders``, and the gold itself."""
    found = []
    for gold in golds:
        stem = gold.name[: -len(".gold.json")]
        places = [place for folder in (gold.parent, *folders) for place in folder.glob(f"{stem}.*")]
        document = next(place for place in sorted(places) if place.suffix != ".json")
        found.append((stem, as_json(read_minute(read_document(document))), json.loads(gold.read_text())))
    return found


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented minutes that are Word and PDF files."""
    folder = tmp_path_factory.mktemp("office")
    load(FIXTURES / "build_office_fixtures.py", "build_office_fixtures").build_all(folder)
    return folder


def test_invented_minutes(office: Path) -> None:
    score = Score()
    found = readings(sorted(FIXTURES.glob("*.gold.json")), office)
    for _, read, gold in found:
        score.add(read, gold)
    reached = {kind: round(tally.f1, 3) for kind, tally in score.kinds.items()}
    assert {kind: value for kind, value in reached.items() if value < INVENTED[kind]} == {}
    dated = [(read["date"], gold["date"]) for _, read, gold in found if gold["date"]]
    assert [one for one, _ in dated] == [other for _, other in dated]


# --- real minutes, scored by the tool that stands beside them ---


class Count(int):
    """The tool adds what is no number where the reader names nobody; here that counts as nothing."""

    def __add__(self, other: object) -> Count:
        return Count(int(self) + (1 if other else 0))


def real_totals(samples: Path, golds: Sequence[Path]) -> dict[str, list[int]]:
    scorer = load(samples / "tools" / "score_minutes.py", "score_minutes")
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for stem, read, gold in readings(golds):
        with contextlib.redirect_stdout(io.StringIO()):
            scorer.score(read, gold, False, stem, totals, [Count(0), 0])
    return totals


def f1(counts: Sequence[int]) -> float:
    right, extra, missed = counts
    return 2 * right / (2 * right + extra + missed) if right else 0.0


@pytest.mark.samples
def test_real_minutes(samples: Path) -> None:
    totals = real_totals(samples, sorted((samples / "minutes").glob("*.gold.json")))
    assert sum(totals["recommendations"][1:]) <= 1
    reached = {kind: round(f1(totals[kind]), 3) for kind in KINDS}
    assert {kind: value for kind, value in reached.items() if value < REAL[kind]} == {}
    assert totals["date"][2] == totals["body"][2] == 0


@pytest.mark.samples
def test_the_joint_panel_without_one_error(samples: Path) -> None:
    gold = next((samples / "minutes").glob("*joint-panel*.gold.json"))
    totals = real_totals(samples, [gold])
    everything = (*KINDS, "date", "body")
    assert {kind: totals[kind][1:] for kind in everything} == {kind: [0, 0] for kind in everything}
    ((_, found, expected),) = readings([gold])
    assert (found["body"], found["date"]) == (expected["body"], expected["date"])
    for one, other in zip(found["items"], expected["items"], strict=True):
        assert (one["title"], one["presented_by"]) == (other["title"], other["presented_by"])
        for point, wanted in zip(one["points"], other["points"], strict=True):
            said = [answer["by"] or "unknown" for answer in wanted["responses"]]
            assert [answer["by"] for answer in point["responses"]] == said
        hard = [each["by"] for each in other["commitments"] if not each.get("soft")]
        assert [each["by"] for each in one["commitments"]] == hard
        assert [each["verb"] for each in one["resolutions"]] == [each["verb"] for each in other["resolutions"]]

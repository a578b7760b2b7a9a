"""The gold set against the whole lifecycle data: the half that rules were made with, and the half kept apart.

`cycle` counts with the product: a right product on the wrong release line is a wrong answer.
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from sightline.estate.domain.catalogue import Catalogue
from sightline.estate.domain.recognition import Recogniser

GOLD = Path(__file__).parents[1] / "recognition_gold"
HALVES = ("development", "kept_apart")


@dataclass(frozen=True)
class Score:
    precision: float
    recall: float
    edition_and_version: float


def gold_rows(half: str) -> list[dict[str, str]]:
    with (GOLD / f"{half}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def score(recogniser: Recogniser, rows: list[dict[str, str]]) -> Score:
    named = right = asked = told = told_right = 0
    for row in rows:
        answer = recogniser.recognise(row["raw_name"], row["raw_version"], row["publisher"])
        correct = (answer.product or "", answer.cycle or "") == (row["product"], row["cycle"])
        asked += bool(row["product"])
        named += answer.product is not None
        right += correct and answer.product is not None
        for column, said in (("edition", answer.edition), ("version", answer.version)):
            told += bool(row[column])
            told_right += bool(row[column]) and said == row[column]
    return Score(right / named, right / asked, told_right / told)


@pytest.fixture(scope="module")
def whole(published: Catalogue) -> Recogniser:
    return Recogniser(published)


@pytest.mark.samples
@pytest.mark.parametrize("half", HALVES)
def test_the_bars_are_held(whole: Recogniser, half: str) -> None:
    result = score(whole, gold_rows(half))
    assert result.precision >= 0.98
    assert result.recall >= 0.90
    assert result.edition_and_version >= 0.90


@pytest.mark.samples
@pytest.mark.parametrize("half", HALVES)
def test_every_right_answer_stands_in_the_catalogue(published: Catalogue, half: str) -> None:
    for row in gold_rows(half):
        if row["product"]:
            assert row["product"] in published, row
        if row["cycle"]:
            assert published.release(row["product"], row["cycle"]) is not None, row


def test_rows_were_dealt_to_the_halves_by_their_hash() -> None:
    for half in HALVES:
        for row in gold_rows(half):
            key = "\x1f".join((row["raw_name"], row["raw_version"], row["publisher"]))
            assert (hashlib.sha256(key.encode()).digest()[0] % 2 == 1) == (half == "kept_apart"), row


def test_there_are_enough_rows_and_no_row_twice() -> None:
    rows = [tuple(row.values())[:3] for half in HALVES for row in gold_rows(half)]
    assert len(rows) >= 800
    assert len(set(rows)) == len(rows)
    assert len(gold_rows("kept_apart")) >= 400

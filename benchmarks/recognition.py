"""Recognising and assessing installations: rightness on the gold set, speed, growth and memory, beside rapidfuzz.

Rows are made from the gold set's names: half of them stand on many devices alike, four in ten have a version of their
own, one in ten a name of its own. Assessed is each row's state and legacy verdict on one day. The peer is rapidfuzz's
`process.extractOne` over the titles of the same catalogue, on a sample; it names products and no release lines, so its
answer counts as right where the product is.

Needs the lifecycle data in the folder that SIGHTLINE_SAMPLES names; without it nothing is measured.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.table import Figure
from sightline.estate.domain.catalogue import Catalogue, read_catalogue
from sightline.estate.domain.legacy import LegacyFacts, LegacyPolicy, judge
from sightline.estate.domain.recognition import Recogniser

GOLD = Path(__file__).parents[1] / "tests" / "estate" / "recognition_gold"
ROWS = 1_000_000
SAMPLE = 2_000
DAY = date(2024, 6, 30)
SURE_FROM = 90
"""The score from which the peer's answer counts as naming something; below it, as unknown."""


def gold(half: str) -> list[dict[str, str]]:
    with (GOLD / f"{half}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def installations(number: int) -> Iterator[tuple[str, str, str]]:
    """Rows as an export has them, the same ones in every run."""
    names = [(row["raw_name"], row["raw_version"], row["publisher"]) for row in gold("development")]
    for place in range(number):
        name, version, publisher = names[place * 7919 % len(names)]
        if place % 10 == 9:
            name = f"{name} ({place})"
        elif place % 10 >= 5:
            version = f"{version}.{place}"
        yield name, version, publisher


def assessed(catalogue: Catalogue, rows: Iterator[tuple[str, str, str]]) -> dict[str, int]:
    """How many rows were named, and how many stand on a release line that is legacy on the day."""
    recogniser, policy = Recogniser(catalogue), LegacyPolicy()
    counted = {"rows": 0, "named": 0, "legacy": 0}
    verdicts: dict[tuple[str, str], bool] = {}
    for answer in recogniser.recognise_all(rows):
        counted["rows"] += 1
        if answer.product is None:
            continue
        counted["named"] += 1
        key = (answer.product, answer.cycle or "")
        if key not in verdicts:
            release = catalogue.release(*key)
            facts = LegacyFacts(release.lifecycle if release else None, in_use=True)
            verdicts[key] = judge(facts, policy, on=DAY).verdict == "legacy"
        counted["legacy"] += verdicts[key]
    return counted


MEASURE = """
import json, resource, sys, time
from pathlib import Path
from benchmarks.recognition import assessed, installations
from sightline.estate.domain.catalogue import read_catalogue
catalogue = read_catalogue(Path(sys.argv[1]))
began = time.process_time()
counted = assessed(catalogue, installations(int(sys.argv[2])))
spent = time.process_time() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps(counted | {"seconds": spent, "peak_megabytes": peak / 1024}))
"""


def measured(data: Path, number: int) -> dict[str, float]:
    """One run in a process of its own, in seconds of processor time: one core, whatever else the machine does."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(data), str(number)], capture_output=True, text=True, check=True
    )
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def rightness(catalogue: Catalogue) -> tuple[float, float, list[str]]:
    """Precision and recall on the half kept apart, and the wrong answers, the surest ones first."""
    recogniser = Recogniser(catalogue)
    named = right = asked = 0
    wrong: list[tuple[float, str]] = []
    for row in gold("kept_apart"):
        answer = recogniser.recognise(row["raw_name"], row["raw_version"], row["publisher"])
        told = (answer.product or "", answer.cycle or "")
        expected = (row["product"], row["cycle"])
        named += answer.product is not None
        asked += bool(row["product"])
        right += told == expected and answer.product is not None
        if told != expected:
            said, wanted = (" ".join(filter(None, pair)) or "unknown" for pair in (told, expected))
            wrong.append((answer.confidence, f"  {row['raw_name']} {row['raw_version']}: {said}, right is {wanted}"))
    wrong.sort(key=lambda pair: -pair[0])
    return right / named, right / asked, [line for _, line in wrong[:20]]


def peer(catalogue: Catalogue) -> tuple[float, float]:
    """rapidfuzz on a sample: seconds a row, and its precision among the products it names on the half kept apart."""
    from rapidfuzz import process

    titles = {product.slug: product.title for product in catalogue}
    sample = [row for row, _ in zip(installations(SAMPLE), range(SAMPLE), strict=True)]
    began = time.process_time()
    for name, _, _ in sample:
        process.extractOne(name, titles, score_cutoff=SURE_FROM)
    spent = (time.process_time() - began) / SAMPLE
    named = right = 0
    for row in gold("kept_apart"):
        if found := process.extractOne(row["raw_name"], titles, score_cutoff=SURE_FROM):
            named += 1
            right += found[2] == row["product"]
    return spent, right / named


def run() -> list[Figure]:
    samples = os.environ.get("SIGHTLINE_SAMPLES")
    if not samples:
        print("recognition: nothing is measured without the lifecycle data; set SIGHTLINE_SAMPLES.", file=sys.stderr)
        return []
    data = Path(samples) / "data" / "lifecycle" / "endoflife_products.jsonl.gz"
    catalogue = read_catalogue(data)
    precision, recall, worst = rightness(catalogue)
    peer_seconds, peer_precision = peer(catalogue)
    tenth, whole = measured(data, ROWS // 10), measured(data, ROWS)
    return [
        Figure(
            "precision among named rows, half kept apart",
            precision,
            peer_precision,
            peer="rapidfuzz, products only",
            at_least=0.98,
            note="\n".join(["Wrong answers, the surest first:", *worst]),
        ),
        Figure("recall, half kept apart", recall, 1, peer="gold set", at_least=0.90),
        Figure(
            "1,000,000 rows recognised and assessed, s of one core", whole["seconds"], 60, peer="promise", at_most=60
        ),
        Figure(
            "rows a second",
            whole["rows"] / whole["seconds"],
            1 / peer_seconds,
            peer=f"rapidfuzz, {SAMPLE:,} rows",
        ),
        Figure(
            "time for 1,000,000 rows over time for 100,000",
            whole["seconds"] / tenth["seconds"],
            10,
            peer="ten, if linear",
            at_most=12,
        ),
        Figure("peak memory, MB", whole["peak_megabytes"], 2000, peer="promise", at_most=2000),
    ]

"""Demand that tests take at least 95 of 100 branches of every domain/ package, and of the kernel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

LEAST_PERCENT = 95.0
WANTED = Path("src/sightline")


@dataclass
class Covered:
    lines: int = 0
    of_lines: int = 0
    branches: int = 0
    of_branches: int = 0

    @property
    def lines_percent(self) -> float:
        return 100 * self.lines / self.of_lines if self.of_lines else 100.0

    @property
    def branches_percent(self) -> float:
        return 100 * self.branches / self.of_branches if self.of_branches else 100.0


def main() -> int:
    data = Path(os.environ["COVERAGE_FILE"])
    parts = [part for part in data.parent.glob(f"{data.name}*") if part.suffix != ".json"]
    if not parts:
        print(f"Error: there is no coverage in {data.parent}: did the tests run?", file=sys.stderr)
        return 1
    report = data.with_suffix(".json")
    coverage = [sys.executable, "-m", "coverage"]
    if any(part != data for part in parts):
        subprocess.run([*coverage, "combine", "--quiet", "--append"], check=True)
    subprocess.run([*coverage, "json", "--quiet", "-o", str(report)], check=True)
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    rooms = {place for place in WANTED.glob("*/domain") if place.is_dir()} | {WANTED / "kernel"}
    covered: dict[Path, Covered] = defaultdict(Covered)
    short = []
    for name, file in sorted(files.items()):
        path = Path(name)
        room = next((room for room in rooms if room in path.parents), None)
        if room is None:
            continue
        summary = file["summary"]
        found = covered[room]
        found.lines += summary["covered_lines"]
        found.of_lines += summary["num_statements"]
        found.branches += summary["covered_branches"]
        found.of_branches += summary["num_branches"]
        if summary["percent_covered"] < LEAST_PERCENT:
            short.append(f"  {path}: {summary['percent_covered']:.1f} %; lines not run: {file['missing_lines']}")
    failed = False
    for room in sorted(rooms):
        found = covered[room]
        enough = found.of_lines > 0 and min(found.lines_percent, found.branches_percent) >= LEAST_PERCENT
        failed |= not enough
        print(
            f"{room}: branches {found.branches_percent:.1f} %, lines {found.lines_percent:.1f} %"
            f"{'' if enough else f', less than {LEAST_PERCENT:.0f} %'}"
        )
    if failed:
        print("\n".join(["Files with less:", *short]))
        return 1
    print(f"{len(rooms)} packages at least {LEAST_PERCENT:.0f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Run the benchmarks and print one table: figure, ours, peer or known answer, ratio.

    scripts/bench.py              every file of benchmarks/ that measures something
    scripts/bench.py minute_book  only these

Ends with exit code 1 where a promise was not kept.
"""

from __future__ import annotations

import importlib
import sys
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT))

from benchmarks.table import Figure, printed  # noqa: E402


def main(names: list[str]) -> int:
    folder = CHECKOUT / "benchmarks"
    files = sorted(path.stem for path in folder.glob("*.py") if "\ndef run() ->" in path.read_text(encoding="utf-8"))
    if unknown := sorted(set(names) - set(files)):
        print(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(files)}.", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for name in names or files:
        began = time.perf_counter()
        print(f"Measuring {name} …", end=" ", file=sys.stderr, flush=True)
        figures += importlib.import_module(f"benchmarks.{name}").run()
        print(f"{time.perf_counter() - began:.0f} s", file=sys.stderr)
    print(printed(figures))
    return 1 if any(figure.kept is False for figure in figures) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

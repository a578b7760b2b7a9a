"""Run the benchmarks and print one table: `make bench`, or scripts/bench.py NAME... for some of them.

Exit code 1 when what was promised was not kept, or a benchmark fails.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT))

from benchmarks.table import Figure, printed  # noqa: E402

FOLDER = CHECKOUT / "benchmarks"
ONE = "--one"


def names() -> list[str]:
    """The files that measure something, which have a function ``run``."""
    return sorted(file.stem for file in FOLDER.glob("*.py") if "\ndef run(" in file.read_text(encoding="utf-8"))


def main() -> int:
    if len(sys.argv) == 3 and sys.argv[1] == ONE:
        return _run_one(sys.argv[2])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which: {', '.join(names()) or 'there are none'}")
    wanted = parser.parse_args().names or names()
    if unknown := set(wanted) - set(names()):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(names())}")
    if not wanted:
        parser.error("there is no benchmark in benchmarks/")
    os.chdir(CHECKOUT)
    figures: list[Figure] = []
    failed = []
    for count, name in enumerate(wanted, 1):
        print(f"[{count}/{len(wanted)}] {name} …", end="", flush=True, file=sys.stderr)
        began = time.perf_counter()
        # What a benchmark says of its progress goes to standard error; its figures are the last line of its output.
        done = subprocess.run(
            [sys.executable, __file__, ONE, name],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        print(f" {time.perf_counter() - began:.0f} s", file=sys.stderr)
        if done.returncode != 0:
            failed.append(name)
            continue
        figures.extend(Figure(**fields) for fields in json.loads(done.stdout.splitlines()[-1]))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print(printed(figures))
    for name in failed:
        print(f"Failed: benchmarks/{name}.py; what it said stands above.", file=sys.stderr)
    return 1 if failed or any(figure.kept is False for figure in figures) else 0


def _run_one(name: str) -> int:
    """Run one benchmark in this process, and print its figures as JSON."""
    import importlib

    found: list[Figure] = importlib.import_module(f"benchmarks.{name}").run()
    if not found:
        print(f"Error: benchmarks/{name}.py gave no figure.", file=sys.stderr)
        return 1
    print(json.dumps([asdict(figure) for figure in found]))
    return 0


if __name__ == "__main__":
    sys.exit(main())

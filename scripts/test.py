"""Run every check, the cheap ones first, several at a time.

    scripts/test.py                 every check (make test)
    scripts/test.py --quick         what can be told within a minute and a half (make check)
    scripts/test.py --only mypy     one of them, or several; --list names them

One line a step as it ends; what a failing step said is printed whole, and kept in var/checks/. A step that did
nothing has failed. With --strict a skipped test is a failure too.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from checks import runs
from checks.steps import AT_A_TIME, Step, every_step

CHECKOUT = Path(__file__).resolve().parents[1]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="only the quick checks")
    parser.add_argument("--only", nargs="+", metavar="STEP", help="only these steps")
    parser.add_argument("--list", action="store_true", help="name the steps")
    parser.add_argument("--strict", action="store_true", help="count a skipped test as a failure")
    options = parser.parse_args(arguments)
    os.chdir(CHECKOUT)
    steps = [step for step in every_step() if (step.quick if options.quick else not step.only_quick)]
    if options.list:
        print("\n".join(f"{step.name:24} {step.says}" for step in steps))
        return 0
    if options.only:
        if unknown := set(options.only) - {step.name for step in steps}:
            parser.error(f"there is no step {', '.join(sorted(unknown))}; --list names them")
        wanted = _with_needs(options.only, steps)
        steps = [step for step in steps if step.name in wanted]
    began = time.perf_counter()
    results = _run(steps)
    return _conclude(results, time.perf_counter() - began, strict=options.strict)


def _with_needs(names: list[str], steps: list[Step]) -> set[str]:
    needs = {step.name: step.needs for step in steps}
    wanted: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop()
        if name not in wanted:
            wanted.add(name)
            todo.extend(needs[name])
    return wanted


def _run(steps: list[Step]) -> list[runs.Result]:
    """Run the steps in their order, several side by side."""
    results: dict[str, runs.Result] = {}
    waiting = list(steps)
    running: dict[Future[runs.Result], Step] = {}
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        try:
            while waiting or running:
                while waiting and (step := _next(waiting, list(running.values()), results)) is not None:
                    waiting.remove(step)
                    failed = [need for need in step.needs if need in results and results[need].failed]
                    if failed:
                        results[step.name] = runs.Result(
                            step, "failed", 0.0, f"needs {', '.join(failed)}, which failed\n"
                        )
                        _report(results[step.name], len(results), len(steps))
                        continue
                    running[pool.submit(runs.run, step)] = step
                done, _ = wait(running, timeout=30, return_when=FIRST_COMPLETED)
                for future in done:
                    step = running.pop(future)
                    results[step.name] = future.result()
                    _report(results[step.name], len(results), len(steps))
                if not done:
                    for step in running.values():
                        print(f"         {step.says}: {runs.how_far(step)}", flush=True)
        except KeyboardInterrupt:
            runs.stop_all()
            raise
    return [results[step.name] for step in steps]


def _next(waiting: list[Step], running: list[Step], results: dict[str, runs.Result]) -> Step | None:
    """The first step that may start now."""
    if len(running) >= AT_A_TIME:
        return None
    names = {step.name for step in waiting} | {step.name for step in running}
    return next((step for step in waiting if all(need in results or need not in names for need in step.needs)), None)


def _report(result: runs.Result, number: int, of: int) -> None:
    mark = {"passed": "✓", "failed": "✗", "skipped": "–"}[result.outcome]
    print(f"[{number:2}/{of}] {mark} {result.step.says}: {result.summary} ({result.seconds:.0f} s)", flush=True)
    if result.failed:
        print("\n".join(f"    {line}" for line in result.output.splitlines()), flush=True)


def _conclude(results: list[runs.Result], seconds: float, *, strict: bool) -> int:
    # A step that is no pytest counts as one test.
    passed = sum(result.tests_passed or (result.outcome == "passed") for result in results)
    failed_tests = sum(result.tests_failed or result.failed for result in results)
    skips = [skip for result in results for skip in result.skips]
    skipped_steps = [result for result in results if result.outcome == "skipped"]
    failed = [result for result in results if result.failed]
    print(f"\n{'step':46} {'outcome':8} {'seconds':>7}  what it said")
    for result in results:
        print(f"{result.step.says:46} {result.outcome:8} {result.seconds:7.1f}  {result.summary}")
    print(f"{'together':46} {'':8} {seconds:7.1f}")
    for reason, tests in sorted(_by_reason(skips).items()):
        print(f"\nSkipped, {len(tests)} test{'s' if len(tests) > 1 else ''}: {reason}")
    for result in failed:
        print(f"\nFailed: {result.step.says}. All it said: {os.path.relpath(result.step.log)}")
    if strict and (skips or skipped_steps):
        print("\nFailed: something was skipped, and here nothing may be.")
    bad = len(failed) + (len(skips) + len(skipped_steps) if strict else 0)
    print(f"\n{passed} passed, {failed_tests} failed", end="")
    print(f", {len(skips) + len(skipped_steps)} skipped" if skips or skipped_steps else "")
    for result in skipped_steps:
        print(f"Not run: {result.step.says}. {result.summary}")
    return 1 if bad else 0


def _by_reason(skips: list[tuple[str, str]]) -> dict[str, list[str]]:
    reasons: dict[str, list[str]] = {}
    for test, reason in skips:
        reasons.setdefault(reason, []).append(test)
    return reasons


def _stop(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop)
    with contextlib.suppress(BrokenPipeError):
        try:
            sys.exit(main())
        except KeyboardInterrupt:
            print("\nStopped.", file=sys.stderr)
            sys.exit(130)

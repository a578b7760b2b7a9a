"""Run one step, and judge what came of it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field

from lxml import etree

from checks.steps import CHECKOUT, Step

_running: dict[str, subprocess.Popen[bytes]] = {}
_lock = threading.Lock()


@dataclass
class Result:
    """What came of a step. skips: the tests that were skipped, each with its reason."""

    step: Step
    outcome: str
    seconds: float
    output: str
    summary: str = "failed"
    tests_passed: int = 0
    tests_failed: int = 0
    skips: list[tuple[str, str]] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        return self.outcome == "failed"


def run(step: Step) -> Result:
    """Run a step to its end."""
    if reason := step.why_not():
        return Result(step, "skipped", 0.0, "", summary=reason)
    step.log.parent.mkdir(parents=True, exist_ok=True)
    command = list(step.command)
    if step.junit is not None:
        step.junit.unlink(missing_ok=True)
        command.append(f"--junit-xml={step.junit}")
    began = time.perf_counter()
    with step.log.open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=CHECKOUT,
            env={**os.environ, **step.environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        with _lock:
            _running[step.name] = process
        try:
            code = process.wait(timeout=step.longest_seconds)
            late = ""
        except subprocess.TimeoutExpired:
            _stop(process)
            code, late = -1, f"\nStopped: it ran for longer than {step.longest_seconds} seconds.\n"
        with _lock:
            del _running[step.name]
    output = step.log.read_text(encoding="utf-8", errors="replace") + late
    return _judge(step, code, output, time.perf_counter() - began)


def _judge(step: Step, code: int, output: str, seconds: float) -> Result:
    result = Result(step, "passed" if code == 0 else "failed", seconds, output, summary=f"exit code {code}")
    if step.junit is not None:
        return _judge_tests(result)
    if result.failed:
        return result
    found = step.found_work(output)
    if found is None:
        result.outcome, result.summary = "failed", "it looked at nothing"
        result.output += f"\nNothing in this says that it did its work (looked for: {step.did}).\n"
    else:
        result.summary = found[1] if found.groups() else "passed"
    return result


def _judge_tests(result: Result) -> Result:
    """Count from pytest's own record, not from what it printed."""
    record = result.step.junit
    if record is None or not record.exists():
        result.outcome, result.summary = "failed", "pytest did not get as far as running tests"
        return result
    tree = etree.parse(record, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    for case in tree.iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            result.tests_failed += 1
        elif skipped is not None:
            result.skips.append((name, skipped.get("message", "no reason given")))
        else:
            result.tests_passed += 1
    result.summary = f"{result.tests_passed} passed"
    if result.tests_failed:
        result.summary += f", {result.tests_failed} failed"
    if result.skips:
        result.summary += f", {len(result.skips)} skipped"
    if not result.tests_passed:
        result.outcome = "failed"
    return result


def how_far(step: Step) -> str:
    """Where a running step stands, from the end of what it said."""
    said = step.log.read_text(encoding="utf-8", errors="replace") if step.log.exists() else ""
    percent = re.findall(r"\[\s*(\d+%)\]", said)
    return f"running, {percent[-1]}" if percent else "running"


def stop_all() -> None:
    """End whatever still runs."""
    with _lock:
        left = list(_running.values())
    for process in left:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    for number, patience_seconds in ((signal.SIGINT, 15), (signal.SIGKILL, 5)):
        try:
            os.killpg(process.pid, number)
            process.wait(timeout=patience_seconds)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue

"""Every step of `make test`, in the order of what it costs."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from checks import chromium

CHECKOUT = Path(__file__).resolve().parents[2]
KEPT = CHECKOUT / "var" / "checks"
PROGRAMS = Path(sys.executable).parent

# Steps side by side, one more than small machines have cores: what one of them sits out waiting, the others use. Tests
# of one step are shared out among processes where there are cores left, but not before: each process collects every
# test, and makes its own database and its own world, which takes longer than it saves.
CORES = len(os.sched_getaffinity(0))
AT_A_TIME = 3
PROCESSES = max(1, (CORES + 1) // AT_A_TIME)


@dataclass(frozen=True)
class Step:
    """One check.

    name: what --only calls it.
    says: what it is, in words.
    command: the program and its arguments.
    did: what its output must hold; a check that looked at nothing has failed. Its first group, if any, is the summary.
    quick: whether `make check` runs it too.
    only_quick: whether `make check` alone runs it: `make test` has a step that holds it.
    needs: steps that must have passed before.
    why_not: says why the step cannot be run here, or nothing; then it is skipped, and said to be.
    """

    name: str
    says: str
    command: tuple[str, ...]
    did: str = ""
    quick: bool = False
    only_quick: bool = False
    needs: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    why_not: Callable[[], str] = lambda: ""
    # A bound against what hangs, not a promise: other people's machines are slower than ours.
    longest_seconds: int = 2400

    @property
    def log(self) -> Path:
        return KEPT / f"{self.name}.log"

    @property
    def junit(self) -> Path | None:
        """Where pytest writes what became of each test; None for what is no pytest."""
        return KEPT / f"{self.name}.xml" if "pytest" in self.command else None

    def found_work(self, output: str) -> re.Match[str] | None:
        return re.search(self.did, output, re.MULTILINE)


def every_step() -> list[Step]:
    """All of them; those for `make check` alone are marked by `only_quick`."""
    return [
        Step(
            "ruff",
            "ruff: lint, and what is banned",
            _program("ruff", "check", "."),
            did=r"^(All checks passed)(?![\s\S]*No Python files)",
            quick=True,
        ),
        Step("format", "ruff: format", _program("ruff", "format", "--check"), did=r"(\d+ files) already", quick=True),
        Step("imports", "import-linter: the rooms", _program("lint-imports"), did=r"(\d+ kept), 0 broken", quick=True),
        Step("mypy", "mypy: types", _program("mypy"), did=r"no issues found in ([1-9]\d* source files)", quick=True),
        Step("assets", "assets of the GOV.UK Design System", _python("scripts/build_assets.py"), quick=True),
        Step("validator", "validator of HTML, from npm", _python("scripts/checks/validator.py")),
        Step(
            "chromium",
            "Chromium",
            _python("scripts/checks/chromium.py"),
            did=r"(Chromium \S+)",
            why_not=chromium.why_not,
        ),
        Step(
            "migrations",
            "makemigrations --check",
            _python("-m", "django", "makemigrations", "--check", "--dry-run"),
            did=r"(No changes) detected",
            environment={"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": "."},
        ),
        Step("djlint", "djlint: templates", _program("djlint", "src", "--lint"), did=r"Linted ([1-9]\d* files)"),
        Step(
            "docs",
            "documentation, built strictly",
            _program("mkdocs", "build", "--strict", "--clean", "--site-dir", str(KEPT / "site")),
            did=r"Documentation (built) in",
            environment={"NO_MKDOCS_2_WARNING": "1"},
        ),
        Step(
            "quick-tests",
            "tests on SQLite, the quick ones",
            _pytest("tests", "-m", "not slow and not browser", processes=CORES),
            quick=True,
            only_quick=True,
            needs=("assets",),
        ),
        # Measuring coverage doubles a test's time: only what needs no database is measured, and it covers the domains.
        Step(
            "plain-tests",
            "tests that need no database",
            _pytest("tests", "-m", "not browser", "--only", "plain", "--cov", "--cov-report="),
            needs=("assets", "validator"),
            environment={"COVERAGE_FILE": str(KEPT / "coverage" / "data")},
        ),
        Step(
            "coverage",
            "branch coverage of every domain/",
            _python("scripts/checks/coverage_of_domains.py"),
            did=r"^(.* at least .*)$",
            needs=("plain-tests",),
            environment={"COVERAGE_FILE": str(KEPT / "coverage" / "data")},
        ),
        Step(
            "tests",
            "tests of what is stored, on SQLite",
            _pytest("tests", "-m", "not browser", "--only", "stored", "--ignore", "tests/matrix", *_held_by_browser()),
            needs=("assets", "validator"),
        ),
        Step(
            "tests-postgresql",
            "tests of what is stored, on PostgreSQL",
            _pytest("tests", "-m", "not browser", "--database", "postgresql"),
            needs=("assets", "validator"),
        ),
        Step("rights", "every address and command, as everybody", _pytest("tests/matrix"), needs=("assets",)),
        Step(
            "browser",
            "every page in Chromium, and its HTML",
            _pytest("tests/browser", "-m", "browser"),
            needs=("assets", "chromium", "validator"),
            why_not=chromium.why_not,
        ),
    ]


def _held_by_browser() -> tuple[str, ...]:
    """Leaves out the check of the pages' HTML where Chromium runs: it hands what it was served to the validator."""
    return () if chromium.why_not() else ("--ignore", "tests/browser/test_html_valid.py")


def _program(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(PROGRAMS / name), *arguments)


def _python(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, *arguments)


def _pytest(*arguments: str, processes: int = PROCESSES) -> tuple[str, ...]:
    color = "yes" if sys.stdout.isatty() and "NO_COLOR" not in os.environ else "no"
    return (
        sys.executable,
        "-m",
        "pytest",
        *arguments,
        f"--color={color}",
        *(("-n", str(processes), "--dist=worksteal") if processes > 1 else ()),
        "--no-header",
        "--durations=5",
    )

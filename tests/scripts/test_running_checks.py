"""The runner of checks tells the truth: what failed, what did nothing, and what was not run."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture(scope="module")
def modules() -> Iterator[dict[str, ModuleType]]:
    """The runner and its parts, as scripts/test.py sees them."""
    sys.path.insert(0, str(SCRIPTS))
    before = set(sys.modules)
    try:
        specification = importlib.util.spec_from_file_location("running_checks", SCRIPTS / "test.py")
        assert specification is not None
        assert specification.loader is not None
        runner = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(runner)
        yield {"runner": runner, **{name: importlib.import_module(f"checks.{name}") for name in ("steps", "chromium")}}
    finally:
        sys.path.remove(str(SCRIPTS))
        for name in set(sys.modules) - before:
            if name.startswith("checks"):
                del sys.modules[name]


@pytest.fixture
def run(
    modules: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> object:
    """Run some steps, and return the exit code and what was printed."""
    monkeypatch.setattr(modules["steps"], "KEPT", tmp_path)

    def running(*steps: object, arguments: tuple[str, ...] = ()) -> tuple[int, str]:
        monkeypatch.setattr(modules["runner"], "every_step", lambda: list(steps))
        code = modules["runner"].main(list(arguments))
        return code, capsys.readouterr().out

    return running


@pytest.fixture
def step(modules: dict[str, ModuleType]) -> object:
    def make(name: str, code: str, **more: object) -> object:
        return modules["steps"].Step(name, f"the step {name}", (sys.executable, "-c", code), **more)

    return make


def test_all_that_passed_is_told(run, step) -> None:  # type: ignore[no-untyped-def]
    code, said = run(step("one", "print('looked at 3 files')", did=r"looked at (\d+ files)"), step("two", ""))
    assert code == 0
    assert "✓ the step one: 3 files" in said
    assert said.endswith("\n2 passed, 0 failed\n")


def test_what_a_failing_step_said_is_printed_and_the_others_still_run(run, step) -> None:  # type: ignore[no-untyped-def]
    code, said = run(step("bad", "print('line 7 is wrong'); raise SystemExit(3)"), step("good", ""))
    assert code == 1
    assert "✗ the step bad: exit code 3" in said
    assert "    line 7 is wrong" in said
    assert "✓ the step good" in said
    assert "1 passed, 1 failed" in said


def test_a_step_that_looked_at_nothing_has_failed(run, step) -> None:  # type: ignore[no-untyped-def]
    code, said = run(step("idle", "print('looked at 0 files')", did=r"looked at ([1-9]\d* files)"))
    assert code == 1
    assert "it looked at nothing" in said


def test_a_step_whose_needs_failed_is_not_run_and_has_failed(run, step) -> None:  # type: ignore[no-untyped-def]
    code, said = run(step("first", "raise SystemExit(1)"), step("second", "print('ran')", needs=("first",)))
    assert code == 1
    assert "needs first, which failed" in said
    assert "0 passed, 2 failed" in said


def test_a_step_that_takes_too_long_is_ended(run, step) -> None:  # type: ignore[no-untyped-def]
    code, said = run(step("slow", "import time; time.sleep(600)", longest_seconds=1))
    assert code == 1
    assert "it ran for longer than 1 seconds" in said


def test_what_cannot_be_run_is_said_last_and_fails_only_where_nothing_may_be_skipped(run, step) -> None:  # type: ignore[no-untyped-def]
    steps = (step("one", ""), step("browser", "", why_not=lambda: "Chromium is not installed. Run, as root: x"))
    code, said = run(*steps)
    assert code == 0
    assert "1 passed, 0 failed, 1 skipped\n" in said
    assert said.endswith("Not run: the step browser. Chromium is not installed. Run, as root: x\n")
    code, said = run(*steps, arguments=("--strict",))
    assert code == 1
    assert "here nothing may be" in said


def test_skipped_tests_are_counted_from_pytests_own_record(run, modules: dict[str, ModuleType], tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "test_it.py").write_text(
        "import pytest\n"
        "def test_passes(): assert 1 == 1\n"
        "@pytest.mark.skip(reason='no samples here')\n"
        "def test_skipped(): assert 1 == 2\n"
    )
    command = (sys.executable, "-m", "pytest", "-q", str(tmp_path / "test_it.py"), "-c", "/dev/null", "-p", "no:django")
    pytest_step = modules["steps"].Step("tests", "some tests", command)
    code, said = run(pytest_step)
    assert code == 0
    assert "some tests: 1 passed, 1 skipped" in said
    assert "Skipped, 1 test: no samples here" in said
    assert "1 passed, 0 failed, 1 skipped" in said
    assert run(pytest_step, arguments=("--strict",))[0] == 1


def test_a_run_of_no_tests_has_failed(run, modules: dict[str, ModuleType], tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "test_none.py").write_text("")
    command = (sys.executable, "-m", "pytest", "-q", str(tmp_path), "-c", "/dev/null", "-p", "no:django")
    code, said = run(modules["steps"].Step("tests", "some tests", command))
    assert code == 1
    assert "some tests: 0 passed" in said


def test_one_step_brings_what_it_needs(run, step) -> None:  # type: ignore[no-untyped-def]
    steps = (step("assets", ""), step("other", ""), step("tests", "", needs=("assets",)))
    _, said = run(*steps, arguments=("--only", "tests"))
    assert "the step assets" in said
    assert "the step other" not in said


def test_the_quick_loop_leaves_out_what_is_slow(modules: dict[str, ModuleType]) -> None:
    steps = modules["steps"].every_step()
    quick = {step.name for step in steps if step.quick}
    full = {step.name for step in steps if not step.only_quick}
    assert {"ruff", "format", "imports", "mypy", "quick-tests"} <= quick
    assert {"tests", "tests-postgresql", "browser", "coverage", "docs"} <= full - quick
    assert all(need in full | quick for step in steps for need in step.needs)


def test_chromium_is_found_or_it_is_said_how_to_get_it(
    modules: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    chromium = modules["chromium"]
    monkeypatch.setattr(chromium.shutil, "which", lambda name, path=None: None)
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 1000)
    assert chromium.why_not() == f"Chromium is not installed. Run, as root: {chromium.TO_INSTALL}"
    assert chromium.main() == 1
    monkeypatch.setattr(
        chromium.shutil, "which", lambda name, path=None: "/usr/bin/chromium" if name == "chromium" else None
    )
    assert chromium.why_not() == ""

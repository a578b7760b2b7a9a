"""The checklist of docs/operators names a test for each line, and each of them exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture import house

PAGE = house.CHECKOUT / "docs" / "operators" / "security-checklist.md"
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (.+?) \| (.+?) \| `(tests/[\w/]+\.py)::(test_\w+)` \|$")


def lines() -> list[str]:
    """The rows of its tables, without their heads."""
    text = PAGE.read_text(encoding="utf-8").splitlines()
    return [line for line in text if line.startswith("| ") and not line.startswith(("| number", "| ---"))]


def names_of_tests(path: Path) -> set[str]:
    return {
        node.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_every_line_has_a_number_an_answer_and_a_test() -> None:
    wrong = [line for line in lines() if not ROW.match(line)]
    assert len(lines()) > 60
    assert wrong == []


@pytest.mark.parametrize("line", lines(), ids=lambda line: line.split(" | ")[0].strip("| "))
def test_the_test_it_names_exists(line: str) -> None:
    found = ROW.match(line)
    assert found is not None
    path = house.CHECKOUT / found[4]
    assert path.exists(), f"{found[4]} is gone: name another test for {found[1]}"
    assert found[5] in names_of_tests(path), f"{found[4]} has no {found[5]}: name another test for {found[1]}"


def test_each_number_stands_once_and_under_its_chapter() -> None:
    chapter, numbers = "", []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"## V(\d+) ", line):
            chapter = heading[1]
        if row := ROW.match(line):
            numbers.append(row[1])
            assert row[1].split(".")[0] == chapter, f"{row[1]} stands under V{chapter}"
    assert len(numbers) == len(set(numbers))

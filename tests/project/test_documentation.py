"""Documents that fail: whatever a person can set, call, visit or meet is described, and nothing that is gone is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from sightline.partnership.domain import partnership_file
from sightline.project import documenting
from tests.architecture import house

DOCS = house.CHECKOUT / "docs"
SETTING = re.compile(r"(?:SIGHTLINE_[A-Z][A-Z_]*|DATABASE_URL|EMAIL_URL)")

# A variable may be named through its file instead; secrets.py adds the ending.
IN_A_FILE = "_FILE"
# Read by tests alone, and described for developers.
OF_TESTS = {"SIGHTLINE_SAMPLES"}


def strings(path: Path) -> Iterator[str]:
    """The string constants of a file that are used, so without docstrings."""
    tree = house.tree_of(path)
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.value


def settings_read() -> set[str]:
    """Every variable that the product names as a whole string: what is read, not what a message speaks of."""
    # Few files speak of any: the others need not be taken apart.
    speaking = [path for path in house.files() if SETTING.search(path.read_text(encoding="utf-8"))]
    return {text for path in speaking for text in strings(path) if SETTING.fullmatch(text)}


def first_cells(page: Path) -> list[str]:
    """What stands in code in the first column of a page's tables."""
    return re.findall(r"^\| `([^`]+)` \|", page.read_text(encoding="utf-8"), re.MULTILINE)


def test_every_setting_is_documented_and_no_other() -> None:
    page = DOCS / "operators" / "settings.md"
    named = set(first_cells(page))
    of_make = set(re.findall(r"^([A-Z]+) \?=", (house.CHECKOUT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    read = settings_read()
    assert len(read) > 10, "the search found too little to mean anything"
    assert (read | of_make) - named == set(), f"describe them in {page.relative_to(house.CHECKOUT)}"
    gone = {name for name in named - read - of_make if not (name.endswith(IN_A_FILE) and name[:-5] in read)}
    assert gone == set(), "they are described but no longer read"


def test_each_setting_is_documented_once() -> None:
    named = first_cells(DOCS / "operators" / "settings.md")
    assert sorted(named) == sorted(set(named))


@pytest.mark.parametrize(
    ("page", "file"),
    [("commands", DOCS / "operators" / "commands.md"), ("glossary", DOCS / "residents" / "glossary.md")],
)
def test_a_page_written_from_the_product_is_up_to_date(page: str, file: Path) -> None:
    how = f"run: .venv/bin/sightline site document {page} > {file.relative_to(house.CHECKOUT)}"
    assert file.read_text(encoding="utf-8") == documenting.PAGES[page](), how


def test_every_shipped_term_is_documented() -> None:
    page = (DOCS / "residents" / "glossary.md").read_text(encoding="utf-8")
    terms = {term.term for name in partnership_file.shipped() for term in partnership_file.read(name).glossary}
    assert terms
    assert {term for term in terms if f"\n## {term}\n" not in page} == set()


def addresses() -> dict[str, str]:
    """Every address of the site by its name, as documents write it."""

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            address = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, address)
            else:
                address = re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", address).replace("^", "").replace("$", "")
                yield str(pattern.name), f"/{address}"

    return dict(walk(get_resolver("sightline.project.urls").url_patterns, ""))


def test_every_address_is_documented_and_no_other() -> None:
    text = (DOCS / "developers" / "addresses.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \| (.+) \|$", text, re.MULTILINE)
    documented = {name: address for address, name, _ in rows}
    assert documented == addresses(), "describe it in docs/developers/addresses.md"


def test_every_decision_is_listed() -> None:
    index = (DOCS / "decisions" / "index.md").read_text(encoding="utf-8")
    files = {path.name for path in (DOCS / "decisions").glob("*.md")} - {"index.md"}
    assert {name for name in files if f"({name})" not in index} == set()


def test_every_step_of_make_is_in_the_readme_or_contributing() -> None:
    make = (house.CHECKOUT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", make, re.MULTILINE)) - {"help"}
    said = "".join(
        (house.CHECKOUT / name).read_text(encoding="utf-8")
        for name in ("README.md", "CONTRIBUTING.md", "docs/developers/index.md")
    )
    assert {target for target in targets if f"make {target}" not in said} == set()

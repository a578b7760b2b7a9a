"""The documentation says what the product does: every key of the partnership file, and the table of rights."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from sightline.partnership.domain.bodies import BodyKind
from sightline.partnership.domain.partnership_facts import PartnershipFile
from sightline.partnership.domain.rights import RIGHTS, RoleKind, as_markdown

DOCS = Path(__file__).parents[2] / "docs"
FILE_PAGE = (DOCS / "operators" / "partnership-file.md").read_text(encoding="utf-8")
RIGHTS_PAGE = (DOCS / "staff" / "roles-and-rights.md").read_text(encoding="utf-8")


def tables(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A table of the file and the tables within it."""
    yield model
    for field in model.model_fields.values():
        for inner in (field.annotation, *get_args(field.annotation)):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                yield from tables(inner)


KEYS = sorted(
    (key, field.is_required())
    for table in tables(PartnershipFile)
    if table is not PartnershipFile
    for key, field in table.model_fields.items()
)


@pytest.mark.parametrize(("key", "required"), sorted(set(KEYS)))
def test_every_key_of_the_partnership_file_is_documented(key: str, required: bool) -> None:
    rows = [line for line in FILE_PAGE.splitlines() if line.startswith("| ") and f"`{key}`" in line.split(" | ")[0]]
    assert rows, f"{key} stands in no table of docs/operators/partnership-file.md"
    assert any(("*" in row.split(" | ")[0]) is required for row in rows), f"{key}: * for a key that must be there"


@pytest.mark.parametrize("table", sorted(set(PartnershipFile.model_fields) - {"partnership"}))
def test_every_table_of_the_partnership_file_has_its_heading(table: str) -> None:
    assert f"\n## `[[{table}]]`\n" in FILE_PAGE


def test_every_kind_is_listed() -> None:
    for kind in (*BodyKind, *RoleKind):
        assert f"`{kind.value}`" in FILE_PAGE


def test_no_key_is_documented_that_is_none() -> None:
    known = {key for key, _ in KEYS}
    documented = {
        key
        for line in FILE_PAGE.splitlines()
        if line.startswith("| `")
        for key in re.findall(r"`(\w+)`", line.split(" | ")[0])
    }
    assert documented == known


def test_the_table_of_rights_is_the_products_own() -> None:
    assert as_markdown(RIGHTS) in RIGHTS_PAGE, "run `sightline people rights --write docs/staff/roles-and-rights.md`"

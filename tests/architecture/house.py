"""The house as it stands: its rooms, their order, and what each file imports. The code is read, never imported."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
SOURCE = CHECKOUT / "src"
PACKAGE = SOURCE / "sightline"


@cache
def pyproject() -> dict[str, object]:
    return tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))


def contract(identity: str) -> dict[str, list[str]]:
    """One of import-linter's contracts."""
    contracts = pyproject()["tool"]["importlinter"]["contracts"]  # type: ignore[index]
    return next(contract for contract in contracts if contract["id"] == identity)


def layers() -> list[set[str]]:
    """The rooms from top to bottom; those in one set stand side by side."""
    return [{name.strip(" ()") for name in layer.split("|")} for layer in contract("layers")["layers"]]


def level_of(room: str) -> int:
    """How low a room stands: 0 is the top."""
    return next(level for level, rooms in enumerate(layers()) if room in rooms)


def rooms() -> list[str]:
    """The packages of the house."""
    return sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def files(room: str | None = None) -> list[Path]:
    """The Python files of the product, or of one of its rooms; migrations are made by machine and left out."""
    return sorted(path for path in (PACKAGE / (room or "")).rglob("*.py") if "migrations" not in path.parts)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@dataclass(frozen=True)
class Import:
    """One imported name: ``from module import name``, or ``import module`` where name is empty."""

    path: Path
    line: int
    module: str
    name: str
    bound_as: str

    @property
    def full(self) -> str:
        return f"{self.module}.{self.name}" if self.name else self.module

    def __str__(self) -> str:
        return f"{self.path.relative_to(CHECKOUT)}:{self.line} imports {self.full}"


def imports(path: Path) -> Iterator[Import]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            for name in node.names:
                yield Import(path, node.lineno, node.module, name.name, name.asname or name.name)
        elif isinstance(node, ast.Import):
            for name in node.names:
                yield Import(path, node.lineno, name.name, "", name.asname or name.name)

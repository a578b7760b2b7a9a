"""The environment is read where settings are documented, and nowhere else."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture import house

# settings and what it reads before it; the server's own; and the command, which names the settings to Django.
READERS = {"settings.py", "places.py", "secrets.py", "server.py", "command.py", "wsgi.py"}


def reads_environment(path: Path) -> list[int]:
    """Lines that use os.environ or os.getenv."""
    return [
        node.lineno
        for node in ast.walk(house.tree_of(path))
        if isinstance(node, ast.Attribute)
        and node.attr in {"environ", "getenv", "putenv"}
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
    ]


@pytest.mark.parametrize("room", house.rooms())
def test_only_settings_read_the_environment(room: str) -> None:
    readers = {path for path in house.files(room) if reads_environment(path)}
    allowed = {house.PACKAGE / "project" / name for name in READERS}
    assert readers <= allowed, "settings are read in sightline.project.settings alone, where each is documented"


def test_the_product_does_not_know_the_samples() -> None:
    knowing = [path for path in house.files() if "SIGHTLINE_SAMPLES" in path.read_text(encoding="utf-8")]
    assert knowing == []

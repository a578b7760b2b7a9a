"""Installations that are prepared once for all processes of a run, and looked at by several tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.prepared import once
from tests.project.installations import sightline


@pytest.fixture(scope="session")
def demonstration(kept: Path) -> tuple[Path, str]:
    """The demonstration's folder, and what preparing it said. A test that changes it copies it first."""
    return _prepared(kept, "demonstration")


@pytest.fixture(scope="session")
def selcp(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The real partnership's folder, and what preparing it said: a copy for each process, since it is served."""
    folder, said = _prepared(kept, "selcp")
    return Path(shutil.copytree(folder, tmp_path_factory.mktemp("installations") / "selcp")), said


def _prepared(kept: Path, partnership: str) -> tuple[Path, str]:
    said = kept / f"{partnership}.said"

    def prepare(folder: Path) -> None:
        result = sightline("site", "prepare", folder=folder, SIGHTLINE_PARTNERSHIP=partnership)
        assert (result.returncode, result.stdout) == (0, ""), result.stderr
        said.write_text(result.stderr, encoding="utf-8")

    return once(kept, f"prepared-{partnership}", prepare), said.read_text(encoding="utf-8")

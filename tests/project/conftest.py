"""Installations that are prepared once and looked at by several tests; a test that changes one copies it first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.installations import sightline


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demonstration's folder, and what preparing it said."""
    return _prepared(tmp_path_factory.mktemp("installations") / "demonstration", "demonstration")


@pytest.fixture(scope="session")
def selcp(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The real partnership's folder, and what preparing it said."""
    return _prepared(tmp_path_factory.mktemp("installations") / "selcp", "selcp")


def _prepared(folder: Path, partnership: str) -> tuple[Path, str]:
    result = sightline("site", "prepare", folder=folder, SIGHTLINE_PARTNERSHIP=partnership)
    assert (result.returncode, result.stdout) == (0, ""), result.stderr
    return folder, result.stderr

"""Fetching packages trusts what the machine trusts."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from types import ModuleType

import pytest

NAMES = ("SSL_CERT_FILE", "UV_NATIVE_TLS", "UV_SYSTEM_CERTS", "NODE_EXTRA_CA_CERTS")


@pytest.fixture
def setup(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script that makes the environment, on a machine where nothing was said of certificates."""
    path = Path(__file__).resolve().parents[2] / "scripts" / "setup.py"
    specification = importlib.util.spec_from_file_location("setting_up", path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    monkeypatch.setattr(os, "environ", {name: value for name, value in os.environ.items() if name not in NAMES})
    return module


def said() -> dict[str, str]:
    return {name: os.environ[name] for name in NAMES if name in os.environ}


def test_packages_are_fetched_with_the_certificates_of_the_machine(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ours, theirs = tmp_path / "machine.crt", tmp_path / "council.crt"
    monkeypatch.setattr(setup, "TRUSTED", (str(ours),))
    setup.trust_what_the_machine_trusts()
    assert said() == {}  # A machine that trusts nobody: uv and Node then bring their own lists.
    ours.touch()
    theirs.touch()
    setup.trust_what_the_machine_trusts()
    assert said() == {"UV_NATIVE_TLS": "1", "UV_SYSTEM_CERTS": "1", "NODE_EXTRA_CA_CERTS": str(ours)}
    os.environ["NODE_EXTRA_CA_CERTS"] = "said by whoever runs it"
    os.environ["SSL_CERT_FILE"] = str(theirs)
    setup.trust_what_the_machine_trusts()
    assert said()["NODE_EXTRA_CA_CERTS"] == "said by whoever runs it"
    del os.environ["NODE_EXTRA_CA_CERTS"]
    setup.trust_what_the_machine_trusts()
    assert said()["NODE_EXTRA_CA_CERTS"] == str(theirs)

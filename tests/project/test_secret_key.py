"""The secret key: where it is looked for, and how it is made."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from sightline.project import places, secrets


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SIGHTLINE_SECRET_KEY", "SIGHTLINE_SECRET_KEY_FILE", "SIGHTLINE_VAR", "SIGHTLINE_PARTNERSHIP"):
        monkeypatch.delenv(name, raising=False)


def test_the_variable_comes_first_then_the_file_it_names_then_the_installations_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, named = tmp_path / "own", tmp_path / "named"
    own.write_text("own\n")
    named.write_text("named\n")
    assert secrets.secret("SIGHTLINE_SECRET_KEY", default_file=own) == "own"
    monkeypatch.setenv("SIGHTLINE_SECRET_KEY_FILE", str(named))
    assert secrets.secret("SIGHTLINE_SECRET_KEY", default_file=own) == "named"
    monkeypatch.setenv("SIGHTLINE_SECRET_KEY", "said")
    assert secrets.secret("SIGHTLINE_SECRET_KEY", default_file=own) == "said"


@pytest.mark.parametrize(
    ("content", "says"), [(None, "cannot be read"), (b"", "is empty"), (b"\xff\xfe", "cannot be read (it is no text)")]
)
def test_a_missing_key_says_how_to_make_one(tmp_path: Path, content: bytes | None, says: str) -> None:
    file = tmp_path / "key"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ImproperlyConfigured) as error:
        secrets.secret("SIGHTLINE_SECRET_KEY", default_file=file)
    assert says in str(error.value)
    assert "sightline site prepare" in str(error.value)


def test_a_made_key_is_long_and_for_its_owners_eyes_alone(tmp_path: Path) -> None:
    file = tmp_path / "key"
    assert secrets.make_secret_key(file) is True
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(file.read_text().strip()) >= 64
    assert list(tmp_path.iterdir()) == [file]


def test_a_key_is_never_replaced(tmp_path: Path) -> None:
    file = tmp_path / "key"
    secrets.make_secret_key(file)
    first = file.read_text()
    assert secrets.make_secret_key(file) is False
    assert file.read_text() == first


def test_of_two_that_make_a_key_at_once_one_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "key"
    monkeypatch.setattr(Path, "exists", lambda _self: False)
    assert secrets.make_secret_key(file) is True
    first = file.read_text()
    assert secrets.make_secret_key(file) is False
    assert file.read_text() == first


def test_the_installations_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    folder, said = tmp_path / "one" / "two", list[str]()
    secrets.make_folder_and_key(folder, said.append)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert said == [f"Making {folder}", "Made a secret key"]
    secrets.make_folder_and_key(folder, said.append)
    assert len(said) == 2


def test_a_key_that_is_given_needs_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGHTLINE_SECRET_KEY", "said")
    secrets.make_folder_and_key(tmp_path / "new", lambda _line: None)
    assert list((tmp_path / "new").iterdir()) == []


def test_places_are_named_for_the_partnership(monkeypatch: pytest.MonkeyPatch) -> None:
    assert places.var() == places.CHECKOUT / "var" / "demonstration"
    monkeypatch.setenv("SIGHTLINE_PARTNERSHIP", "/etc/sightline/ours.toml")
    assert places.partnership_file() == "/etc/sightline/ours.toml"
    assert places.secret_key_file() == places.CHECKOUT / "var" / "ours" / "secret-key"
    monkeypatch.setenv("SIGHTLINE_VAR", "/srv/sightline")
    assert places.var() == Path("/srv/sightline")

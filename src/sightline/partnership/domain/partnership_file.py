"""Reads the partnership file: the facts that a partnership of councils starts from, written in TOML.

Reading gives frozen values or says what is wrong, with the key and what to do; nothing in between. What the keys mean
is documented in docs/operators/partnership-file.md.
"""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sightline.kernel.errors import SightlineError
from sightline.partnership.domain.file_keys import say
from sightline.partnership.domain.file_rules import broken_rules
from sightline.partnership.domain.partnership_facts import PartnershipFile

LARGEST_BYTES = 1024 * 1024


class PartnershipFileError(SightlineError):
    """A partnership file cannot be used.

    name: what the file is called.
    problems: one sentence each, in the order of the file.
    """

    def __init__(self, name: str, problems: tuple[str, ...]) -> None:
        self.name = name
        self.problems = problems
        more = len(problems) - 1
        rest = f" (And {more} more: see `sightline partnership check`.)" if more else ""
        super().__init__(f"{name}: {problems[0]}{rest}")


class CannotRead(PartnershipFileError):
    """There is no such file, or it cannot be opened."""


def shipped() -> dict[str, Path]:
    """The partnership files that come with the product, by name."""
    folder = Path(str(resources.files("sightline.partnership"))) / "data"
    return {file.stem: file for file in sorted(folder.glob("*.toml"))}


def read(name_or_path: str | Path) -> PartnershipFile:
    """Read a partnership file: the name of one that ships ("selcp"), or a path.

    Raises:
        CannotRead: it is not there or cannot be opened.
        PartnershipFileError: it is too large, or not as it must be.
    """
    files = shipped()
    path = files.get(str(name_or_path)) or Path(name_or_path)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        names = ", ".join(files)
        why = error.strerror or "it cannot be read"
        raise CannotRead(
            str(name_or_path), (f"{why}. Give the path of a partnership file, or a name that ships: {names}.",)
        ) from error
    return parse(content, name=path.name)


def parse(content: bytes, *, name: str) -> PartnershipFile:
    """Make the values from the bytes of a file; ``name`` is what messages call it.

    Raises:
        PartnershipFileError: the bytes are no UTF-8 or no TOML, a key is unknown, missing or wrong, or two tables
            contradict each other. ``problems`` lists every one that can be seen at once.
    """
    if len(content) > LARGEST_BYTES:
        raise PartnershipFileError(
            name, (f"larger than {LARGEST_BYTES:,} bytes, so no partnership file. Check the path.",)
        )
    try:
        tables = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise PartnershipFileError(
            name, (f"byte {error.start} is not UTF-8. Save the file with the encoding UTF-8.",)
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise PartnershipFileError(name, (f"not TOML: {error}. Mend it there; text stands in quotes.",)) from error
    except RecursionError as error:
        raise PartnershipFileError(
            name, ("tables are nested too deeply. Check that this is the right file.",)
        ) from error
    try:
        file = PartnershipFile.model_validate(_frozen(tables))
    except ValidationError as error:
        raise PartnershipFileError(name, say(error, tables, PartnershipFile)) from error
    if problems := tuple(broken_rules(file)):
        raise PartnershipFileError(name, problems)
    return file


def _frozen(value: Any) -> Any:
    """Lists as tuples: the values never change."""
    if isinstance(value, dict):
        return {key: _frozen(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return tuple(_frozen(inner) for inner in value)
    return value

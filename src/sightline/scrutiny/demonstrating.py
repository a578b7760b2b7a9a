"""Gives the invented demonstration partnership its minutes, through the same actions that a clerk uses."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable
from importlib import resources

from sightline.kernel.errors import SightlineError
from sightline.partnership import queries as partnership
from sightline.scrutiny import actions
from sightline.scrutiny.reading import read_minutes_file


class OnlyInvented(SightlineError):
    """Invented minutes were to be loaded into a partnership that is not invented."""


def load(say: Callable[[str], None]) -> None:
    """Record and publish the demonstration's minutes. What is there already stays as it is.

    Raises:
        OnlyInvented: the partnership is a real one.
    """
    here = partnership.the_partnership()
    if here is None or not here.is_invented:
        raise OnlyInvented("Invented minutes belong to an invented partnership: this one is real, so none were loaded.")
    folder = resources.files("sightline.scrutiny.demonstration")
    index = tomllib.loads(folder.joinpath("index.toml").read_text(encoding="utf-8"))
    for entry in index["minutes"]:
        by = partnership.user_called(entry["clerk"])
        reading = read_minutes_file(name=entry["file"], content=folder.joinpath(entry["file"]).read_bytes())
        recorded = actions.record_minute(reading=reading, body=partnership.body_called(entry["body"]), by=by)
        if entry["publish"]:
            actions.publish_minute(minute=recorded.minute, by=by)
        if recorded.new:
            say(f"Recorded {recorded.minute}")


def digest() -> str:
    """SHA-256 of the minutes that `load` gives, so that a start need not read them again when they are the same."""
    seen = hashlib.sha256()
    for file in sorted(resources.files("sightline.scrutiny.demonstration").iterdir(), key=lambda file: file.name):
        if file.is_file():
            content = file.read_bytes()
            seen.update(f"{file.name} {len(content)}\n".encode() + content)
    return seen.hexdigest()

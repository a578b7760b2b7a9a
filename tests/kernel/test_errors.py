"""Errors are one line that a face can print as it stands."""

from __future__ import annotations

from sightline.kernel.errors import SightlineError


def test_a_message_is_one_line() -> None:
    error = SightlineError("minutes.txt: it is empty;\n   check the file.\t")
    assert str(error) == error.message == "minutes.txt: it is empty; check the file."

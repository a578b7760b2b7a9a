"""The base of every error that Sightline says aloud."""

from __future__ import annotations


class SightlineError(Exception):
    """Something a person can understand and mend.

    The message is fit to print as it stands: one line, which names what is wrong (file, row, offset
    or key) and what to do. Faces print it and nothing more; anything else that is raised is a fault of ours.
    """

    def __init__(self, message: str) -> None:
        self.message = " ".join(message.split())
        super().__init__(self.message)

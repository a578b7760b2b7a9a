"""How a notice by e-mail comes to be sent once: its states, and when it is tried again.

A mail server takes a letter at some moment between the last byte that we send and the answer that we read. Whoever is
killed in between cannot know whether it was taken: no client of SMTP can (RFC 1047 says why). A notice is therefore
marked as handed over just before its text is sent, and as sent when the answer is read. One that is found handed over,
with nobody at work on it, is uncertain: it is not sent again by itself.
"""

from __future__ import annotations

import datetime
from enum import StrEnum


class NoticeState(StrEnum):
    """Where a notice stands."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    HANDED_OVER = "handed-over"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it by itself."""
        return self in (NoticeState.SENT, NoticeState.UNCERTAIN, NoticeState.FAILED, NoticeState.WITHDRAWN)


_LABELS = {
    NoticeState.WAITING: "Waiting to be sent",
    NoticeState.CLAIMED: "Being sent",
    NoticeState.HANDED_OVER: "Handed over, no answer yet",
    NoticeState.SENT: "Sent",
    NoticeState.UNCERTAIN: "Perhaps sent: the answer was lost",
    NoticeState.FAILED: "Could not be sent",
    NoticeState.WITHDRAWN: "Withdrawn before it was sent",
}

# How long after each failed attempt the next one is made: five days and a half in all.
PAUSES_MINUTES = (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60, 24 * 60, 24 * 60, 24 * 60)

# Longer than any one attempt can take: the connection's time limit cuts it off long before.
CLAIM = datetime.timedelta(minutes=15)


def pause_after(attempts: int) -> datetime.timedelta | None:
    """How long to wait after the ``attempts``-th attempt has failed (1 is the first); None: give up.

    Raises:
        ValueError: no attempt was made yet.
    """
    if attempts < 1:
        raise ValueError(f"{attempts} attempts: there is no pause before the first.")
    if attempts > len(PAUSES_MINUTES):
        return None
    return datetime.timedelta(minutes=PAUSES_MINUTES[attempts - 1])

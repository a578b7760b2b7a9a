"""The hook by which every room says what waits for somebody: the page "What waits for me", and the weekly letters.

A room registers in its ``AppConfig.ready``::

    waiting.register(Waits("Commitments that are yours", find=own_commitments, more="/commitments/"))
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from sightline.partnership.models import Council, User

MOST_SHOWN = 25


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits for somebody.

    title: what it is, in words that stand by themselves.
    address: where it is dealt with.
    says: where it stands, in a few words.
    due_on: by when, where there is a day.
    late: whether that day has passed.
    council: whose it is; None for the partnership's.
    """

    title: str
    address: str
    says: str = ""
    due_on: datetime.date | None = None
    late: bool = False
    council: Council | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What waits of one kind: how much in all, and the first MOST_SHOWN, most pressing first."""

    count: int
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Waits:
    """One kind of thing that can wait for somebody.

    called: the kind, as a heading: "Commitments that are yours".
    find: what waits for an account on a day; it costs the same few queries however much waits.
    more: the address of a page that lists them all, where there is one.
    """

    called: str
    find: Callable[[User, datetime.date], Found]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """What waits for somebody of one kind."""

    called: str
    count: int
    items: list[Item] = field(default_factory=list)
    more: str = ""


_kinds: list[Waits] = []


def register(kind: Waits) -> None:
    """Ask ``kind`` what waits for somebody. The same name again replaces it."""
    _kinds[:] = [known for known in _kinds if known.called != kind.called] + [kind]


def waiting_for(account: User, on: datetime.date) -> list[Kind]:
    """Everything that waits for an account on a day, by kind; kinds of which nothing waits are left out."""
    found = [(kind, kind.find(account, on)) for kind in _kinds]
    return [Kind(kind.called, one.count, one.items[:MOST_SHOWN], kind.more) for kind, one in found if one.count]

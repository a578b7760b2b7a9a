"""The hook by which higher rooms say what waits for a person, so that a leaver's work is handed over in one go.

A room registers in its ``AppConfig.ready``, through ``partnership.actions``::

    actions.register_open_items(OpenItems("minutes being read", waiting=..., may_take=..., hand_over=...))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sightline.partnership.models import Council, Person, User


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One thing that waits for a person.

    key: what the room knows it by.
    council: whose record it is; None for the partnership's.
    """

    key: int
    title: str
    address: str
    council: Council | None


@dataclass(frozen=True, slots=True)
class OpenItems:
    """One kind of thing that can wait for a person.

    called: the kind in words, in the plural: "minutes not yet recorded".
    waiting: what waits for the owner of an account.
    may_take: whether an account may do what is left to do with an item.
    hand_over: gives an item to an account, with its history; gets the item, the receiver and who does it.
    """

    called: str
    waiting: Callable[[User], list[OpenItem]]
    may_take: Callable[[User, OpenItem], bool]
    hand_over: Callable[[OpenItem, User, User], None]


_kinds: list[OpenItems] = []


def register(kind: OpenItems) -> None:
    """Ask ``kind`` what waits for a leaver."""
    if kind.called not in {known.called for known in _kinds}:
        _kinds.append(kind)


def waiting_for(person: Person) -> list[tuple[OpenItems, list[OpenItem]]]:
    """Everything that waits for a person, by kind; kinds of which nothing waits are left out."""
    if person.user is None:
        return []
    found = [(kind, kind.waiting(person.user)) for kind in _kinds]
    return [(kind, items) for kind, items in found if items]

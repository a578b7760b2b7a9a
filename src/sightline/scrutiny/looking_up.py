"""What recording looks up of the partnership: read when it is first needed, for one minute or a whole backlog."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from sightline.partnership import queries as partnership
from sightline.partnership.models import Body, Council, RoleTitle


class AskedThere(NamedTuple):
    """What was asked of a council with one referral, and where it stands. ``start``: of its passage, in characters."""

    referral: int
    number: str
    text: str
    asked_on: datetime.date
    asked_by: int
    recommendation: int
    start: int
    item: int
    minute: int
    title: str
    presented_by: str


class LookedUp:
    """Councils, bodies and posts, and what was asked, as they were when something of them was first asked for.

    asked: under the number of its referral.
    """

    def __init__(self) -> None:
        self.asked: dict[int, AskedThere] = {}
        self._posts: dict[str, RoleTitle | None] = {}

    @cached_property
    def bodies(self) -> list[Body]:
        """Every body; those of the partnership first."""
        return list(partnership.bodies())

    @cached_property
    def names_of_bodies(self) -> dict[int, tuple[bool, tuple[str, ...]]]:
        """Of every body that scrutinises: whether it is the partnership's, and what minutes call it."""
        return {
            body.pk: (body.council_id is None, (body.name, *body.aliases)) for body in self.bodies if body.scrutinises
        }

    def councils_on(self, day: datetime.date) -> list[Council]:
        """The councils that existed on a day."""
        return [council for council in self._councils if council.ended_on is None or council.ended_on >= day]

    def posts(self, texts: Iterable[str]) -> dict[str, RoleTitle]:
        """The posts that titles mean, each under the text that means it; what means none is left out."""
        wanted = set(texts)
        if new := wanted - self._posts.keys():
            self._posts |= dict.fromkeys(new) | partnership.role_titles_called(new)
        return {text: post for text in wanted if (post := self._posts[text])}

    @cached_property
    def _councils(self) -> list[Council]:
        return list(partnership.councils())

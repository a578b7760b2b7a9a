"""Compares what everybody is answered at one address with what was agreed; every difference in a sentence."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator

from sightline.partnership.second_factor import WHY
from tests.matrix.agreed import NO_RECORD, Actor, Answer, Record, Route
from tests.matrix.calling import NOTED_BY_READING, Called, call
from tests.matrix.world import World

# Where an address stands for many records, not everybody calls for each in every run: of what roles are kept out of,
# they call for half by reading and for the other half by writing; of what they are let into, for a third. Each role
# meets each council's records and each publication all the same. With this set, each calls for all in both ways.
WHOLE = os.environ.get("SIGHTLINE_WHOLE_MATRIX") == "1"
TURNS_OF_THOSE_LET_IN = 3


def has_its_turn(world: World, name: str, route: Route, method: str, actor: Actor, record: Record) -> bool:
    """Whether an actor calls for a record at an address in this run."""
    records = world.records_of(route.record) if route.record else [NO_RECORD]
    if WHOLE or len(records) <= TURNS_OF_THOSE_LET_IN:
        return True
    turn = records.index(record) + zlib.crc32(f"{name} {actor.name}".encode())
    if route.expected(method, actor, record, world.owners) is Answer.OPEN:
        return turn % TURNS_OF_THOSE_LET_IN == 0
    # An address that cannot be written to is read by all.
    return route.post is None or route.get is None or (turn % 2 == 0) == (method == "GET")


def differences(world: World, name: str, route: Route, actors: Iterable[Actor] | None = None) -> Iterator[str]:
    """Each actor against each record of an address: reading, writing, and writing without the form's token.

    Where the answer depends on no role, one of each kind calls for all.
    """
    records = world.records_of(route.record) if route.record else [NO_RECORD]
    for actor in actors if actors is not None else world.actors:
        absent: dict[str, Called] = {}
        for method in ("GET", "POST"):
            # A way that nobody can go is the same for every record.
            possible = route.get if method == "GET" else route.post
            for record in records if possible else records[:1]:
                if not actor.speaks_for_its_kind and not (possible and possible.depends_on_roles(record)):
                    continue
                if not has_its_turn(world, name, route, method, actor, record):
                    continue
                called = call(world, name, route, method, actor, record)
                where = f"{name}: {actor.name} sends {method} for {record}: "
                for wrong in _wrong(world, route, method, actor, record, called):
                    yield where + wrong
                if called.answer is Answer.HIDDEN and route.record:
                    if method not in absent:
                        absent[method] = call(world, name, route, method, actor, world.missing[route.record])
                    if not called.same_as(absent[method], *_keys(record), *_keys(world.missing[route.record])):
                        yield where + "the answer is not that for one that does not exist"
        if route.post is not None and not route.secret_address and actor.speaks_for_its_kind:
            called = call(world, name, route, "POST", actor, records[0], token=False)
            if called.answer is not Answer.NO_TOKEN or called.written - NOTED_BY_READING:
                yield f"{name}: {actor.name} sends POST without the form's token and is {called.answer.value}"


def _wrong(world: World, route: Route, method: str, actor: Actor, record: Record, called: Called) -> Iterator[str]:
    expected = route.expected(method, actor, record, world.owners)
    if called.answer is not expected:
        yield f"should be {expected.value}, and is {called.answer.value} ({called.status})"
    reasons = ("you", WHY)
    if called.answer is Answer.REFUSED and not any(reason in called.page for reason in reasons):
        yield "is refused without a reason"
    changed = called.written - NOTED_BY_READING
    if changed and (method == "GET" or called.answer is not Answer.OPEN):
        yield f"is {called.answer.value}, and yet something was written: {', '.join(sorted(changed))}"
    if route.post and method == "POST" and route.post.changes and called.answer is Answer.OPEN and not changed:
        yield f"is let in, and yet nothing was changed ({called.status}): mend the form in its declaration"
    if called.page.count('method="post"') > called.page.count('name="csrfmiddlewaretoken"'):
        yield "is given a form without its token"
    if leaked := world.leaks(actor, called.page):
        yield f"is shown what they may not see: {', '.join(sorted(leaked))}"


def _keys(record: Record) -> list[str]:
    return [str(part) for part in record.key]

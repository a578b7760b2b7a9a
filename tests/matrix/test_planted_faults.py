"""A fault that is planted is found: one rule loosened at a time, and the matrix names the address where it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from sightline.partnership import access
from sightline.partnership.domain import rights
from sightline.partnership.domain.rights import EVERY_ROLE, RIGHTS, HeldRole, Right, RoleKind
from sightline.scrutiny import queries as scrutiny
from sightline.scrutiny import uploading
from sightline.scrutiny.models import MinuteUpload
from tests.matrix.checking import differences
from tests.matrix.routes import ROUTES
from tests.matrix.world import World

Plant = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Fault:
    """plant: loosens one rule. at: the addresses that are called. found: what some difference must say of whom."""

    called: str
    plant: Plant
    at: tuple[str, ...]
    found: str


def line(action: str, **loosened: Any) -> Plant:
    """A line of the table that allows more than it should, in the product alone."""
    right: Right = rights.right_for(action)
    assert right in RIGHTS
    return lambda patch: patch.setitem(rights._BY_ACTION, action, replace(right, **loosened))


def instead(owner: Any, name: str, value: Any) -> Plant:
    return lambda patch: patch.setattr(owner, name, value)


def reaches_every_council(right: Right, role: HeldRole, council: str | None) -> bool:
    return role.kind in right.roles


def without_a_token(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(uploading.publish, "csrf_exempt", True, raising=False)


def tells_apart(request: Any, number: int) -> MinuteUpload:
    """Refuses what is there, and so says that it is there."""
    upload = MinuteUpload.objects.filter(pk=number).first()
    if upload is not None:
        access.require(request.user, "scrutiny.upload_minute", council=upload.body.council)
        return upload
    return _upload(request, number)


_upload = uploading._upload
MORE = frozenset({RoleKind.MEMBER})

FAULTS = (
    Fault(
        "members look at uploads too",
        line("scrutiny.upload_minute", roles=MORE | {RoleKind.CLERK}),
        ("minute-upload",),
        "member-own sends GET for upload of ABC: should be told that there is no such thing, and is let in",
    ),
    Fault(
        "the partnership's clerks reach every council's uploads",
        line("scrutiny.upload_minute", partnership_wide=True),
        ("minute-upload",),
        "clerk-partnership sends GET for upload of ABC: should be told that there is no such thing, and is let in",
    ),
    Fault(
        "every role sees what is exempt",
        line("partnership.see_exempt", roles=EVERY_ROLE),
        ("minute",),
        "officer-own sends GET for minute exempt of ABC: should be told that there is no such thing, and is let in",
    ),
    Fault(
        "residents see what is internal",
        line("partnership.see_internal", resident=True),
        ("recommendation",),
        "nobody sends GET for recommendation internal of ABC: should be told that there is no such thing, and is let",
    ),
    Fault(
        "residents see what is internal, in a list",
        line("partnership.see_internal", resident=True),
        ("recommendations",),
        "nobody sends GET for  : is shown what they may not see: zqowninternal",
    ),
    Fault(
        "councils share who manages people",
        line("partnership.manage_people", councils_share=True),
        ("person-leaving",),
        "administrator-other sends GET for person of the partnership: should be told that there is no such thing",
    ),
    Fault(
        "a role goes on after its last day",
        instead(HeldRole, "holds_on", lambda self, day: True),
        ("minute-upload-new",),
        "clerk-former sends GET for  : should be refused, with a reason, and is let in",
    ),
    Fault(
        "a role reaches every council",
        instead(rights, "_reaches", reaches_every_council),
        ("minute-publish", "person-leaving"),
        "clerk-other sends POST for minute public of ABC: should be refused, with a reason, and is let in",
    ),
    Fault(
        "nobody is ever refused",
        instead(access, "require", lambda account, action, *, council: None),
        ("glossary-add",),
        "officer-own sends POST for  : should be refused, with a reason, and is let in",
    ),
    Fault(
        "a list of records is not filtered",
        instead(access, "visible", lambda account, records: records),
        ("meeting",),
        "nobody sends GET for meeting exempt of ABC: should be told that there is no such thing, and is let in",
    ),
    Fault(
        "uploads are not filtered",
        instead(
            scrutiny, "uploads", lambda account: MinuteUpload.objects.select_related("attachment", "body__council")
        ),
        ("minute-upload-progress",),
        "clerk-other sends GET for upload of ABC: should be told that there is no such thing, and is let in",
    ),
    Fault(
        "a form is taken from anywhere",
        without_a_token,
        ("minute-publish",),
        "clerk-own sends POST without the form's token and is let in",
    ),
    Fault(
        "what is another council's is told from what is not there",
        instead(uploading, "_upload", tells_apart),
        ("minute-upload",),
        "clerk-other sends GET for upload of ABC: should be told that there is no such thing, and is refused",
    ),
)


@pytest.mark.django_db
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.called)
def test_a_rule_that_is_loosened_is_found(fault: Fault, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    fault.plant(monkeypatch)
    # Whoever is let in where they should not be calls alone: what everybody is answered, test_pages.py asks.
    caller = [actor for actor in world.actors if actor.name == fault.found.partition(" ")[0]]
    found = [wrong for name in fault.at for wrong in differences(world, name, ROUTES[name], caller)]
    assert [wrong for wrong in found if fault.found in wrong], "\n".join(found[:20]) or "nothing was found"

"""A small invented partnership of three councils, and minutes of one of its panels, for scrutiny's tests."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

import pytest

from sightline.partnership import second_factor
from sightline.partnership.domain.bodies import BodyKind
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import Body, Council, Partnership, Person, Role, User
from sightline.scrutiny.domain import documents, minutes
from sightline.scrutiny.reading import Reading
from tests import remembered

MINUTES = """Minutes of the Joint Scrutiny Panel held on 4 May 2022

Review of the Digital Strategy

The Chair of the Task Group presented the report. Its recommendations were:

1) That a glossary be added to the Strategy; and
2) That telephone waiting times be published.

The following points were raised:

• Members asked whether libraries could help.
The Head of ICT said that she would write to every library.

RESOLVED

(1) That the report be noted; and
(2) That the Panel look again in a year.
"""


@dataclass
class Places:
    """The councils, bodies and accounts that tests use by name."""

    north: Council
    east: Council
    south: Council
    panel: Body
    cabinet: Body
    east_panel: Body
    task_group: Body
    accounts: dict[str, User] = field(default_factory=dict)


def account(name: str, kind: RoleKind, council: Council | None, ended_on: datetime.date | None = None) -> User:
    user = User.objects.create_user(name, f"{name}@example.invalid", "a long enough password")
    person = Person.objects.create(name=name.replace("-", " ").title(), user=user)
    Role.objects.create(
        person=person, kind=kind, council=council, started_on=datetime.date(2020, 1, 1), ended_on=ended_on
    )
    # Whoever may write has a second factor; the secret is RFC 4648's letters and opens nothing.
    second_factor.activate(user, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    return user


def make_places() -> Places:
    Partnership.objects.create(
        pk=1,
        name="Three Rivers Partnership",
        short_name="Three Rivers",
        provider_name="Riverside ICT",
        is_invented=True,
    )
    north, east, south = (
        Council.objects.create(
            gss_code=f"E0799900{n}", name=f"{name} Council", abbreviation=name[0] + "C", slug=name.lower()
        )
        for n, name in enumerate(["Northmere", "Eastholt", "Southwick"], 1)
    )
    panel = Body.objects.create(
        slug="north-panel",
        name="Joint Scrutiny Panel",
        kind=BodyKind.SCRUTINY_PANEL,
        council=north,
        considers_for=north,
    )
    cabinet = Body.objects.create(
        slug="north-cabinet", name="Cabinet", kind=BodyKind.CABINET, council=north, decides_for=north
    )
    east_panel = Body.objects.create(
        slug="east-panel", name="Scrutiny Committee", kind=BodyKind.SCRUTINY_PANEL, council=east, considers_for=east
    )
    task_group = Body.objects.create(slug="task-group", name="Scrutiny Task Group", kind=BodyKind.TASK_GROUP)
    places = Places(north, east, south, panel, cabinet, east_panel, task_group)
    places.accounts = {
        "clerk": account("north-clerk", RoleKind.CLERK, north),
        "other-clerk": account("east-clerk", RoleKind.CLERK, east),
        "officer": account("north-officer", RoleKind.OFFICER, north),
        "former-clerk": account("former-clerk", RoleKind.CLERK, north, datetime.date(2021, 12, 31)),
    }
    return places


@pytest.fixture
def places(db: None) -> Places:
    return remembered.bring("places", make_places)


def make_reading(text: str = MINUTES, name: str = "panel.txt", *, promised: float = 0.85) -> Reading:
    """A reading put together by hand, so that recording is tested whatever the reader finds.

    promised: how sure the reader is of the commitment; below 0.8 it is not certain.
    """
    document = documents.read_document_bytes(text.encode(), name)

    def span(words: str) -> dict[str, object]:
        start = document.text.index(words)
        return {"start": start, "end": start + len(words), "text": " ".join(words.split())}

    title = span("Review of the Digital Strategy")
    item = minutes.Item(
        title=str(title["text"]),
        start=int(str(title["start"])),
        end=len(document.text.rstrip()),
        title_start=int(str(title["start"])),
        title_end=int(str(title["end"])),
        presented_by="The Chair of the Task Group",
        recommendations=(
            minutes.Recommendation(
                **span("That a glossary be added to the Strategy; and"), number="1", confidence=0.95
            ),
            minutes.Recommendation(**span("That telephone waiting times be published."), number="2", confidence=0.95),
        ),
        points=(
            minutes.Point(
                **span("Members asked whether libraries could help."),
                confidence=0.9,
                responses=(
                    minutes.Response(
                        **span("The Head of ICT said that she would write to every library."),
                        by="Head of ICT",
                        confidence=0.8,
                    ),
                ),
            ),
        ),
        commitments=(
            minutes.Commitment(
                **span("The Head of ICT said that she would write to every library."),
                by="Head of ICT",
                confidence=promised,
            ),
        ),
        resolutions=(
            minutes.Resolution(
                verb="RESOLVED",
                start=document.text.index("RESOLVED"),
                end=len(document.text.rstrip()),
                confidence=0.95,
                parts=(
                    minutes.Part(**span("That the report be noted; and"), number="1"),
                    minutes.Part(**span("That the Panel look again in a year."), number="2"),
                ),
            ),
        ),
    )
    return Reading(
        name=name,
        content=text.encode(),
        document=document,
        minute=minutes.Minute(source=name, body="Joint Scrutiny Panel", date=datetime.date(2022, 5, 4), items=(item,)),
    )


@pytest.fixture
def reading() -> Reading:
    return make_reading()


@pytest.fixture
def world(places: Places) -> object:
    """A published commitment of the panel, with everybody who has to do with it; see commitment_world.py."""
    from tests.scrutiny.commitment_world import make_world

    return make_world(places)

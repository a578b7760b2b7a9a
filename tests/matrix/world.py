"""A small demonstration with something of everything, and everybody who could call: made once for a test file."""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.test import Client
from django.utils import timezone

from sightline.partnership import access, second_factor
from sightline.partnership import actions as partnership
from sightline.partnership.domain import partnership_file
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import Body, Council, GroupRole, Person, Role, RoleTitle, User
from sightline.scrutiny import actions as scrutiny
from sightline.scrutiny import commitment_actions as commitments
from sightline.scrutiny import demonstrating, tasks
from sightline.scrutiny.models import Commitment, Evidence, Link, Minute, MinuteUpload, Recommendation
from sightline.scrutiny.reading import read_minutes_file
from sightline.scrutiny.update_actions import Shown
from sightline.strategy import actions as strategy
from tests.matrix import estate, licences
from tests.matrix.agreed import Actor, Record

# Councils of the demonstration: whose records are called for, and whose people come from elsewhere.
OWN, OTHER = "ABC", "TDC"
CLERK = "aurelia.finch"

MINUTES = """\
Minutes of the Panel held on {day} June 2024

{mark} REVIEW OF THE DIGITAL STRATEGY

The Chair of the Task Group presented the report. Its recommendations were:

1) That the list of {mark} be published; and
2) That telephone waiting times be published.

- Members asked whether libraries could help with {mark}.

The Head of ICT agreed to write to every library about {mark}.

RESOLVED

(1) That the report be noted.
"""


@dataclass
class World:
    """What there is to call for, and who calls.

    records: by kind. missing: for each kind, a record that does not exist.
    sessions: the session's key of each actor who is signed in.
    marks: words that stand in one record alone, with the rights any of which opens it and whose it is.
    """

    owners: tuple[str | None, ...]
    own: str
    records: dict[str, list[Record]] = field(default_factory=dict)
    missing: dict[str, Record] = field(default_factory=dict)
    actors: list[Actor] = field(default_factory=list)
    sessions: dict[str, str] = field(default_factory=dict)
    marks: dict[str, tuple[frozenset[str], str | None]] = field(default_factory=dict)
    # The whole site with its middleware, made once: a client of Django's tests makes it anew, and costs a tenth more.
    site: WSGIHandler = field(default_factory=WSGIHandler, repr=False)

    def records_of(self, kind: str) -> list[Record]:
        return self.records[kind]

    def add(self, kind: str, owner: Council | None, publication: str, *key: object) -> None:
        called = f"{publication} of {owner.abbreviation if owner else 'the partnership'}".strip()
        record = Record(kind, owner.gss_code if owner else None, publication, key, called)
        self.records.setdefault(kind, []).append(record)

    def leaks(self, actor: Actor, page: str) -> set[str]:
        """Marks on a page of records that somebody may not see."""
        found = {mark.lower() for mark in _MARK.findall(page)} & set(self.marks)
        return {
            mark for mark in found if not any(actor.may(action, self.marks[mark][1]) for action in self.marks[mark][0])
        }


# Whoever may do one of these sees who works there.
OF_PEOPLE = frozenset(
    {
        "partnership.manage_people", "partnership.see_rights", "partnership.see_audit",
        "partnership.handle_personal_data", "scrutiny.keep_commitment",
        "estate.keep_system", "estate.agree_exception",
    }
)  # fmt: skip
_MARK = re.compile(r"zq(?:own|shared|term)[a-z]+", re.IGNORECASE)
NUMBER_OF_NOTHING = 987654321
SECOND_FACTOR = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make() -> World:
    """Fill the database of the test. Called within a transaction that is rolled back afterwards."""
    partnership.load_partnership(partnership_file.read("demonstration"))
    demonstrating.load(lambda _line: None, until=datetime.date(2024, 3, 26))
    own, other = Council.objects.get(abbreviation=OWN), Council.objects.get(abbreviation=OTHER)
    world = World(
        owners=(None, *Council.objects.values_list("gss_code", flat=True)),
        own=own.gss_code,
        missing={
            kind: Record(kind, None, "", key if isinstance(key, tuple) else (key,))
            for kind, key in {
                "minute": NUMBER_OF_NOTHING,
                "history": ("scrutiny.minute", NUMBER_OF_NOTHING),
                "meeting": NUMBER_OF_NOTHING,
                "recommendation": "R2099-999",
                "commitment": "C2099-999",
                "update": NUMBER_OF_NOTHING,
                "evidence": NUMBER_OF_NOTHING,
                "answer": "no-such-token",
                "follow": "no-such-token",
                "report": ("no-such-body", "docx"),
                "referral": ("R2099-999", "aldersby"),
                "link": (NUMBER_OF_NOTHING, NUMBER_OF_NOTHING),
                "upload": NUMBER_OF_NOTHING,
                "system": "SYS-99999",
                "product": "no-such-product",
                "ending": ("no-such-council", NUMBER_OF_NOTHING),
                "installation": NUMBER_OF_NOTHING,
                "inventory": NUMBER_OF_NOTHING,
                "inventory-upload": NUMBER_OF_NOTHING,
                "inventory-refused": NUMBER_OF_NOTHING,
                "term": "no-such-term",
                "person": NUMBER_OF_NOTHING,
                "group": NUMBER_OF_NOTHING,
                "council": "no-such-council",
                "body": "no-such-body",
                "passkey": NUMBER_OF_NOTHING,
                "sign-on": "no-such-sign-on",
                "role": NUMBER_OF_NOTHING,
                "account": "no.such.account",
                "table": "xyz",
                "token": "1:no-such-signature",
                "licence": "L2099-999",
                "licence-document": "L2099-999",
                "exception": NUMBER_OF_NOTHING,
                "audit": "SA2099-999",
                "audit-file": ("SA2099-999", "csv"),
                "audit-report": ("SA2099-999", "docx"),
                "question": NUMBER_OF_NOTHING,
                "audit-document": (NUMBER_OF_NOTHING, NUMBER_OF_NOTHING),
            }.items()
        },
    )
    clerk = User.objects.get(username=CLERK)
    _add_minutes(world, own, clerk)
    _add_terms(world, clerk)
    world.add("council", own, "public", own.slug)
    world.add("body", own, "public", "aldersby-cabinet")
    world.add("body", None, "public", "partnership-task-group")
    world.add("key", None, "public", "1", "no-such-key")
    world.add("passkey", own, "", NUMBER_OF_NOTHING)
    world.add("follow", None, "public", "1:no-such-signature")
    world.add("report", own, "public", "aldersby-cabinet", "docx")
    world.add("answer", None, "public", "1:no-such-signature")
    world.add("sign-on", own, "", "aldersby")
    estate.add(world, own, clerk)
    licences.add(world, own)
    _add_people(world, own)
    _add_actors(world, own, other)
    return world


def _add_minutes(world: World, own: Council, clerk: User) -> None:
    day = 0
    for council, body in (
        (own, Body.objects.get(slug="aldersby-overview-and-scrutiny")),
        (None, Body.objects.get(slug="partnership-task-group")),
    ):
        owner = "own" if council else "shared"
        for publication in ("public", "internal", "exempt"):
            day += 1
            mark = f"zq{owner}{publication}"
            world.marks[mark] = (frozenset({f"partnership.see_{publication}"}), council.gss_code if council else None)
            minute = _minute(body, MINUTES.format(day=day, mark=mark), f"{mark}.txt", clerk)
            _give_publication(minute, publication, clerk)
            (recommendation, *_) = Recommendation.objects.filter(passage__item__minute=minute)
            world.add("minute", council, publication, minute.pk)
            world.add("history", council, publication, "scrutiny.minute", minute.pk)
            world.add("meeting", council, publication, minute.meeting.pk)
            world.add("recommendation", council, publication, recommendation.reference)
            _add_told(world, council, publication, minute, clerk, mark)
            if council is not None:
                world.add("referral", council, publication, recommendation.reference, council.slug)
                link = Link.objects.filter(passage__item__minute=minute).order_by("pk")[0]
                world.add("link", council, publication, minute.pk, link.pk)
        day += 1
        mark = f"zq{owner}upload"
        world.marks[mark] = (frozenset({"scrutiny.upload_minute"}), council.gss_code if council else None)
        upload = _upload(body, MINUTES.format(day=day, mark=mark), f"{mark}.txt", clerk)
        world.add("upload", council, "", upload.pk)


def _add_told(world: World, council: Council | None, publication: str, minute: Minute, clerk: User, mark: str) -> None:
    """What was told of the minute's commitment, as public as the minute is."""
    commitment = Commitment.objects.filter(passage__item__minute=minute).first()
    assert commitment is not None, "the reader finds no promise in the matrix's own minutes"
    update = commitments.tell(
        commitment=commitment,
        by=clerk,
        text=f"The letters about {mark} are written.",
        claims="progress",
        evidence=[Shown(name=f"{mark}.txt", content=mark.encode())],
        submission=uuid.uuid4(),
    )
    if publication == "public":
        commitments.publish(update=update, by=clerk)
    elif publication == "exempt":
        partnership.make_exempt(update, by=clerk, action="scrutiny.publish_minute", paragraph=3)
    world.add("commitment", council, publication, commitment.reference)
    world.add("update", council, publication, update.pk)
    world.add("evidence", council, publication, Evidence.objects.get(update_shown=update).pk)


def _minute(body: Body, text: str, name: str, clerk: User) -> Minute:
    reading = read_minutes_file(name=name, content=text.encode())
    assert reading.minute.items[0].recommendations, "the reader finds nothing to recommend in the matrix's own minutes"
    return scrutiny.record_minute(reading=reading, body=body, by=clerk).minute


def _give_publication(minute: Minute, publication: str, clerk: User) -> None:
    if publication == "public":
        scrutiny.publish_minute(minute=minute, by=clerk)
    elif publication == "exempt":
        inner = (Recommendation.objects, Commitment.objects)
        read = [record for records in inner for record in records.filter(passage__item__minute=minute)]
        for record in (minute, minute.meeting, *read):
            partnership.make_exempt(record, by=clerk, action="scrutiny.publish_minute", paragraph=3)


def _upload(body: Body, text: str, name: str, clerk: User) -> MinuteUpload:
    upload = scrutiny.upload_minute(name=name, content=text.encode(), body=body, by=clerk)
    tasks.read_upload.call(upload.pk)
    upload.refresh_from_db()
    assert upload.state == MinuteUpload.State.READ, upload.refusal
    return upload


def _add_terms(world: World, clerk: User) -> None:
    for publication in ("public", "internal", "exempt"):
        mark = f"zqterm{publication}"
        world.marks[mark] = (frozenset({f"partnership.see_{publication}"}), None)
        term = strategy.keep_term(term=mark, explanation=f"{mark}, explained.", by=clerk)
        if publication == "public":
            strategy.publish_term(record=term, by=clerk)
        elif publication == "exempt":
            partnership.make_exempt(term, by=clerk, action=strategy.KEEP, paragraph=3)
        world.add("term", None, publication, term.slug)


def _add_people(world: World, own: Council) -> None:
    """Somebody at the council and somebody at the partnership, who call for nothing themselves."""
    for council, owner in ((own, "own"), (None, "shared")):
        mark = f"zq{owner}person"
        user = User.objects.create_user(mark, f"{mark}@example.invalid")
        second_factor.activate(user, SECOND_FACTOR)
        person = Person.objects.create(name=mark, user=user)
        role = Role.objects.create(person=person, kind="officer", council=council, started_on=_days_ago(300))
        gss_code = council.gss_code if council else None
        world.marks[mark] = (OF_PEOPLE, gss_code)
        world.add("person", council, "", person.pk)
        world.add("account", council, "", user.username)
        world.add("role", council, "", role.pk)
    line = GroupRole.objects.create(
        council=own, group="zqowngroup", kind="officer", title=RoleTitle.objects.order_by("pk")[0]
    )
    world.marks["zqowngroup"] = (frozenset({"partnership.manage_people"}), own.gss_code)
    world.add("group", own, "", line.pk)


def _days_ago(days: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=days)


def _add_actors(world: World, own: Council, other: Council) -> None:
    world.actors = [Actor("nobody", signed_in=False), Actor("somebody-without-a-role")]
    for kind in RoleKind:
        for where, council in (("own", own), ("other", other), ("partnership", None)):
            gss_code = council.gss_code if council else None
            world.actors.append(Actor(f"{kind.value}-{where}", kind, gss_code))
        if kind in (RoleKind.CLERK, RoleKind.ADMINISTRATOR):
            # The two that may do most: whoever holds a role no more is like anybody else who holds none.
            world.actors.append(Actor(f"{kind.value}-former", kind, own.gss_code, former=True))
    world.actors.append(Actor("clerk-without-second-factor", RoleKind.CLERK, own.gss_code, second_factor=False))
    councils = {None: None, own.gss_code: own, other.gss_code: other}
    for actor in world.actors:
        if not actor.signed_in:
            continue
        user = User.objects.create_user(actor.name, f"{actor.name}@example.invalid")
        person = Person.objects.create(name=actor.name, user=user)
        if actor.kind is not None:
            Role.objects.create(
                person=person,
                kind=actor.kind.value,
                council=councils[actor.council],
                started_on=_days_ago(700),
                ended_on=_days_ago(1) if actor.former else None,
            )
        if actor.second_factor:
            second_factor.activate(user, SECOND_FACTOR)
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        # The first page of a session sets its clocks: each call would, since what a call writes is taken back.
        client.get("/no-such-page/")
        world.sessions[actor.name] = client.cookies[settings.SESSION_COOKIE_NAME].value
        access.roles_of(user)


def made() -> Iterator[World]:
    """The world, until the generator goes on; nothing of it is left then."""
    with transaction.atomic():
        yield make()
        transaction.set_rollback(True)

"""The demonstration partnership as its examples need it: with an upload in each state, and a term not yet public."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

from django.test import Client
from django.utils import timezone

from sightline.partnership import actions as partnership_actions
from sightline.partnership import queries as partnership
from sightline.partnership.domain import partnership_file
from sightline.partnership.models import User
from tests.browser.pages import ADMINISTRATOR, ALDERSBYS_CLERK, CARROW_VALES_CLERK, CLERK, EXAMPLES, ICT, OWNER

MINUTES = """\
THORNFEN DISTRICT COUNCIL

Minutes of a meeting of the Performance Panel held on Tuesday 4 June 2024

Present: Councillor H Idle (Chairman), Councillor P Quill

12. DIGITAL SKILLS COURSES

The Head of ICT presented the report.

The following points were raised:

- Members asked how many people had finished a course.
  - The Head of ICT answered that 214 had, and that he would send a list by parish.

RESOLVED:

1. That the report be noted.
2. That a further report be brought in six months.
"""

# Two items, with a recommendation, answers and promises: enough for a walk at the desk.
AT_DESK = """\
THORNFEN DISTRICT COUNCIL

Minutes of a meeting of the Performance Panel held on Tuesday 1 October 2024

Present: Councillor H Idle (Chairman), Councillor P Quill

21. PUBLIC WI-FI

The Head of ICT presented the report.

The following points were raised:

- Members asked which halls had no signal.
  - The Head of ICT answered that four had none, and that he would send a list to members.

- Members asked whether the cost was known.
  - The Head of ICT answered that it was not.

RECOMMENDED:

1. That each council publish where its public wi-fi reaches.

22. CHARGING POINTS

The Head of Facilities presented the report.

The following points were raised:

- Members asked who repaired the charging points.
  - The Head of Facilities answered that the contractor did within five days.

RESOLVED:

1. That the report be noted.
2. That a further report be brought in six months.
"""


def load() -> None:
    """Load the demonstration into the database of this process, and add to it."""
    from sightline.estate import demonstrating as estate_demonstrating
    from sightline.scrutiny import demonstrating

    partnership_actions.load_partnership(partnership_file.read("demonstration"))
    demonstrating.load(lambda _line: None)
    estate_demonstrating.load(lambda _line: None, installations=900)
    add()


def _add_inventories() -> None:
    """Uploads of inventories in each state, and a second import that differs from the first."""
    from sightline.estate import tasks, upload_actions
    from sightline.estate.models import Installation, InventoryUpload

    ict = partnership.user_called(ICT)
    thornfen = partnership.council_called("TDC")
    known = Installation.objects.filter(council=thornfen).order_by("pk")
    rows = [f"{row.device},{row.raw_name},{row.raw_version},{row.publisher}," for row in known[5:]]
    rows[0] = rows[0].replace("2016", "2022").replace("2012 R2", "2022")
    content = "\n".join(["AssetName,Software,Version,Publisher,InstallDate", *rows, "tdc-pc9999,PHP 8.2,8.2.23,,"])
    done = upload_actions.upload_inventory(
        name="thornfen-november.csv", content=content.encode(), council=thornfen, by=ict
    )
    tasks.import_upload.call(done.pk)
    guess = b"Host,Package,Ver\ntdc-pc1,Quillbase 9,9.1\ntdc-pc2,Quillbase 8,8.4\n"
    upload_actions.upload_inventory(name="depot.csv", content=guess, council=thornfen, by=ict)
    for state, percent, doing, refusal in (
        (InventoryUpload.State.IMPORTING, 40, "2,000 rows read and recognised", ""),
        (
            InventoryUpload.State.REFUSED,
            100,
            "",
            "lost.csv, row 7: no machine is named. Mend it, or ask to leave it out.",
        ),
    ):
        InventoryUpload.objects.create(
            council=thornfen, attachment=done.attachment, uploaded_by=ict, state=state, progress_percent=percent,
            doing=doing, refusal=refusal,
        )  # fmt: skip


def _add_estate() -> None:
    """Two systems of the clerk's own council, and what is invented of licences, scores and software audits."""
    from sightline.estate import licence_demonstrating
    from sightline.estate.lifecycle_actions import load_lifecycle
    from sightline.estate.models import Product, System
    from sightline.partnership.models import Council, Person

    load_lifecycle("shipped", by=None)
    here = Council.objects.get(slug="thornfen")
    server = Product.objects.get(slug="windows-server")
    person = {name: Person.objects.get(user__username=name) for name in (OWNER, ICT)}
    System.objects.create(
        reference="S-DEMO-1", name="Sign-in directory", function="Signing in", kind="centralised", council=here,
        product=server, release=server.releases.get(cycle="2012"), ict_owner=person[ICT],
    )  # fmt: skip
    for number, name in enumerate(["Planning applications", "Housing repairs", "Burial records", "Bookings"], 2):
        System.objects.create(
            reference=f"S-DEMO-{number}", name=name, function=name, kind="business", council=here,
            service_area=name.split()[0], service_owner=person[OWNER], users=40 * number,
            contract_ends_on=timezone.localdate() + datetime.timedelta(days=70 * number), cost_pence=1_250_000 * number,
        )  # fmt: skip
    licence_demonstrating.load(lambda _line: None)


def add() -> None:
    """What the demonstration lacks: uploads that stand still in each state, and a term that nobody else sees."""
    from sightline.scrutiny import actions, tasks
    from sightline.scrutiny.models import MinuteUpload
    from sightline.scrutiny.reading import read_minutes_file

    _add_estate()
    clerk = partnership.user_called(CLERK)
    body = partnership.body_called("thornfen-performance-panel")

    def upload(name: str, text: str) -> MinuteUpload:
        attachment = partnership_actions.keep_attachment(
            name=name, media_type="text/plain", content=text.encode(), by=clerk
        )
        return MinuteUpload.objects.create(attachment=attachment, body=body, uploaded_by=clerk)

    def read(found: MinuteUpload) -> MinuteUpload:
        # Without the worker, so that it is done when this returns.
        tasks.read_upload.call(found.pk)
        found.refresh_from_db()
        assert found.state == MinuteUpload.State.READ, found.refusal
        return found

    read(upload("performance-panel-4-june.txt", MINUTES))
    recorded = read(upload("performance-panel-2-july.txt", MINUTES.replace("Tuesday 4 June", "Tuesday 2 July")))
    actions.record_upload(upload=recorded, by=clerk, held_on=None)
    actions.record_upload(upload=read(upload("performance-panel-1-october.txt", AT_DESK)), by=clerk, held_on=None)
    assert read_minutes_file(name="minutes.txt", content=MINUTES.encode()).minute.items
    reading = upload("performance-panel-6-august.txt", MINUTES.replace("Tuesday 4 June", "Tuesday 6 August"))
    reading.state, reading.progress_percent, reading.doing = MinuteUpload.State.READING, 40, "Finding the items"
    reading.save()
    refused = upload("performance-panel-3-september.txt", "Not minutes at all.")
    refused.state = MinuteUpload.State.REFUSED
    refused.refusal = "performance-panel-3-september.txt: the file holds no text. Send the file it was printed from."
    refused.save()
    _add_inventories()
    _work_through(minute=MinuteUpload.objects.get(pk=recorded.pk).minute, clerk=clerk)
    _add_term(clerk=User.objects.get(pk=clerk.pk))
    _add_to_accounts(clerk)


def _add_to_accounts(clerk: object) -> None:
    """Recovery codes, and a group that gives a role."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    from sightline.partnership import group_roles
    from sightline.partnership.domain.rights import RoleKind

    RecoveryCodes.activate(clerk)
    group_roles.add(
        council=partnership.council_called("TDC"),
        group="sightline-clerks",
        kind=RoleKind.CLERK,
        by=partnership.user_called(ADMINISTRATOR),
    )


def _work_through(*, minute: Any, clerk: Any) -> None:
    """Confirm everything in a minute at its desk, so that something can be said of the reader."""
    from sightline.scrutiny import desk_actions, desk_queries
    from sightline.scrutiny.desk_sitting import Sent

    passages = desk_queries.passages_of(minute)
    for number, passage in enumerate(passages):
        sent = Sent(desk_queries.version(minute), f"example {number}")
        if number == 0:
            desk_actions.reject(minute=minute, passage=passage.pk, why="Only a greeting.", by=clerk, sent=sent)
        elif desk_queries.passages_of(minute)[number].is_live:
            desk_actions.accept(minute=minute, passage=passage.pk, by=clerk, sent=sent)


def _add_term(*, clerk: object) -> None:
    from sightline.strategy import actions

    assert isinstance(clerk, User)
    actions.keep_term(
        record=None,
        by=clerk,
        term="Tabletop exercise",
        explanation="A meeting at which people talk through what they would do in an emergency, step by step.",
        aliases=[],
    )


def sign_in(account: str) -> list[dict[str, Any]]:
    """Sign in with password and code, as through the pages, and give the cookies that a browser then has.

    It is done once for all browsers of a test run: a password is meant to take long to check.
    """
    from tests.browser.site import code_of

    client = Client(SERVER_NAME="localhost", REMOTE_ADDR="127.0.0.1")
    password = partnership_file.read("demonstration").partnership.demonstration_password
    answer = client.post("/accounts/login/", {"login": account, "password": password})
    if "/accounts/2fa/authenticate/" in answer["Location"]:
        # A code is good once, and for a little after its time: whoever signs in at the site enters the one of now.
        answer = client.post("/accounts/2fa/authenticate/", {"code": code_of(account, steps_ahead=-1)})
    assert answer.status_code == 302, f"{account} could not sign in: {answer.content.decode()}"
    assert client.get("/").wsgi_request.user.username == account
    return [
        {
            "name": cookie.key,
            "value": cookie.value,
            "domain": "localhost",
            "path": cookie["path"],
            "expires": -1,
            "httpOnly": bool(cookie["httponly"]),
            "secure": bool(cookie["secure"]),
            "sameSite": cookie["samesite"],
        }
        for cookie in client.cookies.values()
    ]


def write_examples(path: str) -> None:
    """Add to the demonstration of this installation; write where each example stands, and who is signed in."""
    add()
    accounts = {example.account for example in EXAMPLES} | {ALDERSBYS_CLERK, CARROW_VALES_CLERK}
    found = {
        "addresses": {example.name: example.address() for example in EXAMPLES},
        "cookies": {account: sign_in(account) for account in sorted(accounts - {""})},
    }
    Path(path).write_text(json.dumps(found), encoding="utf-8")

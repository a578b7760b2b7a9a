"""Twelve invented councils and their scrutiny over the years, in any number: what benchmarks of pages are measured on.

Every recommendation is referred to all twelve, and has ten updates of its own and of the commitment beside it; each
update shows one piece of evidence. How things stand is drawn by a seed, so two databases hold the same.
"""

from __future__ import annotations

import datetime
import random
from typing import Any

from benchmarks.series import add, day, finished, mixed, padded, sentence, sentences, truth, unchecked, unique

COUNCILS = 12
BODIES = COUNCILS + 1
IN_A_MINUTE = 20
UPDATES = 10
# The last of those who own commitments, one a council, also sit on its panel or answer for its portfolio.
OWNERS = 240
MEMBERS_FROM, HOLDERS_FROM = OWNERS - 2 * COUNCILS, OWNERS - COUNCILS
SEED = 2027
SENTENCES = 3000

_WORDS = """
council service resident officer library housing repair parking street light digital form website telephone contact
centre plan budget report review panel cabinet portfolio holder strategy roadmap system supplier contract training
course member briefing record data standard letter payment benefit tax waste collection recycling garden leisure pool
market town village parish road bridge flood drain tree park bench playground museum archive registry licence planning
appeal enforcement noise dog beach harbour tourism business grant community hall volunteer youth carer tenant
rent arrears homelessness shelter allotment cemetery crematorium election ballot canvass complaint ombudsman audit risk
insurance fleet depot vehicle driver fuel carbon solar boiler insulation energy tariff broadband mobile signal printer
laptop licence password backup server network outage incident recovery drill exercise staff vacancy apprentice mentor
absence wellbeing survey consultation forum workshop newsletter leaflet poster translation braille hearing loop access
ramp toilet kiosk counter queue waiting appointment booking ticket refund invoice debt hardship voucher school meal bus
""".split()
# Each stands in about one recommendation in the number.
RARE = {"windmill": 1000, "lighthouse": 100, "ferry": 10}
COMMON = "residents"


def texts() -> list[str]:
    """Sentences such as recommendations are made of; the later a word stands in the list the rarer it is."""
    drawn = random.Random(SEED)
    weights = [1 / (place + 3) for place in range(len(_WORDS))]
    made = []
    for _ in range(SENTENCES):
        words = drawn.choices(_WORDS, weights, k=drawn.randint(9, 16))
        words += [word for word, one_in in RARE.items() if drawn.random() < 1 / one_in]
        made.append("the " + " ".join(words))
    return made


def first_day() -> datetime.date:
    """The day of the first meeting; the last ones are held about today."""
    from django.utils import timezone

    return timezone.localdate() - datetime.timedelta(days=1600)


def fill(how_many: int, *, clerk: str = "clerk") -> None:
    """Bring an empty database, or one that was filled before, to ``how_many`` recommendations and commitments.

    clerk: the account of somebody who is clerk of the first council and owns commitments.
    """
    from sightline.partnership.models import Attachment, Person
    from sightline.scrutiny import models as scrutiny

    there = scrutiny.Recommendation.objects.count()
    if not there:
        _partnership(clerk)
        sentences(texts())
    unchecked()
    _minutes(there // IN_A_MINUTE, how_many // IN_A_MINUTE)
    _asked(there, how_many)
    _brought_up(there, how_many)
    _taken(there * COUNCILS, how_many * COUNCILS)
    _told(there * UPDATES, how_many * UPDATES)
    told = scrutiny.EscalationStep.told.through
    finished(Attachment, Person, told, *(kind for kind in vars(scrutiny).values() if isinstance(kind, type)))


def _partnership(clerk: str) -> None:
    from allauth.mfa.models import Authenticator

    from sightline.partnership.models import Body, Council, Partnership, Person, Role, RoleTitle, User

    Partnership.objects.create(
        pk=1, slug="many", name="Many Councils", short_name="Many", provider_name="Provider", is_invented=True
    )
    Council.objects.bulk_create(
        Council(pk=n, gss_code=f"E079990{n:02}", name=f"Council {n}", abbreviation=f"C{n}", slug=f"council-{n}")
        for n in range(1, COUNCILS + 1)
    )
    Body.objects.bulk_create(
        Body(pk=n, slug=f"panel-{n}", name="Scrutiny Panel", kind="scrutiny-panel", council_id=n, considers_for_id=n)
        for n in range(1, COUNCILS + 1)
    )
    Body.objects.create(pk=BODIES, slug="task-group", name="Scrutiny Task Group", kind="task-group")
    Body.objects.bulk_create(
        Body(pk=BODIES + n, slug=f"cabinet-{n}", name="Cabinet", kind="cabinet", council_id=n, decides_for_id=n)
        for n in range(1, COUNCILS + 1)
    )
    RoleTitle.objects.bulk_create(RoleTitle(pk=n, title=f"Head of Service {n}") for n in range(1, 25))
    since = first_day()
    names = [clerk, *(f"owner-{n}" for n in range(2, OWNERS + 1))]
    User.objects.bulk_create(
        User(pk=n, username=name, email=f"{name}@example.invalid") for n, name in enumerate(names, 1)
    )
    Person.objects.bulk_create(Person(pk=n, name=f"Owner {n}", user_id=n) for n in range(1, OWNERS + 1))
    Role.objects.bulk_create(
        Role(
            person_id=n,
            kind=_kind(n),
            council_id=1 + (n - 1) % COUNCILS,
            started_on=since,
            body_id=1 + (n - 1) % COUNCILS if MEMBERS_FROM < n <= HOLDERS_FROM else None,
        )
        for n in range(1, OWNERS + 1)
    )
    Authenticator.objects.bulk_create(
        Authenticator(user_id=n, type="totp", data={"secret": "for measuring alone"}) for n in range(1, OWNERS + 1)
    )


def _kind(owner: int) -> str:
    if owner == 1:
        return "clerk"
    return "portfolio-holder" if owner > HOLDERS_FROM else "member" if owner > MEMBERS_FROM else "officer"


# Whose a meeting is: the panels in turn, then the partnership's task group, which belongs to no council.
def _body(minute: str) -> str:
    return f"(({minute}) % {BODIES} + 1)"


def _council(minute: str) -> str:
    return f"NULLIF({_body(minute)}, {BODIES})"


def _held(minute: str) -> str:
    """How many days after the first day a meeting was held: each body meets every fourth day."""
    return f"({minute}) / {BODIES} * 4"


_PUBLIC = {"publication": "'public'", "published_at": "CURRENT_TIMESTAMP", "published_by": "1"}


def _minutes(first: int, last: int) -> None:
    from sightline.partnership.models import Attachment
    from sightline.scrutiny.models import Meeting, Minute, MinuteItem

    content = "CAST('minutes' AS BLOB)" if _sqlite() else "'minutes'::bytea"
    add(
        Attachment, first, last,
        id="n + 1", name="'minutes-' || n || '.txt'", media_type="'text/plain'", size_bytes="7", content=content,
        sha256=f"'{'0' * 58}' || {padded('n')}", received_by="1",
    )  # fmt: skip
    where = {"council": _council("n"), **_PUBLIC}
    add(Meeting, first, last, id="n + 1", body=_body("n"), held_on=day(first_day(), _held("n")), **where)
    lines = " || '\n\n' || ".join(
        f"'{line + 1}. That ' || {sentence(mixed(f'n * {IN_A_MINUTE} + {line}', 3, SENTENCES))}"
        for line in range(IN_A_MINUTE)
    )
    text = f"'Minutes of a meeting held in the Guildhall' || '\n\n' || {lines}"
    add(
        Minute, first, last, id="n + 1", meeting="n + 1", attachment="n + 1", text=text, recorded_by="1", **where
    )  # fmt: skip
    add(
        MinuteItem, first, last,
        id="n + 1", minute="n + 1", position="0", title="'Digital services'", start="0", end="2000",
    )  # fmt: skip


_MINUTE = f"(n / {IN_A_MINUTE})"
_STATE = mixed("n", 5, 100)
_STATES = (
    (60, "accepted"), (70, "accepted-in-part"), (80, "rejected"), (85, "deferred"), (90, "considered"),
    (100, "waiting"),
)  # fmt: skip
_OPEN_FROM = 80
_COMMITMENT_STATES = ((85, "accepted"), (88, "claimed"), (90, "returned"), (100, "open"))


def _one_of(states: tuple[tuple[int, str], ...], drawn: str) -> str:
    return "CASE " + " ".join(f"WHEN {drawn} < {below} THEN '{state}'" for below, state in states) + " END"


# Where a recommendation stands everywhere; now and then one council in twelve goes its own way.
_LETTER = (
    "CASE "
    + " ".join(f"WHEN {_STATE} < {below} THEN '{letter}'" for (below, _), letter in zip(_STATES, "aprdcw", strict=True))
    + " END"
)
_ALONE = f"n % 8 = 0 AND {_STATE} < {_OPEN_FROM}"
_WHO_ALONE = f"n / 8 % {COUNCILS} + 1"


def _standing() -> str:
    together = f"replace('|{'|'.join(f'{n}:?' for n in range(1, COUNCILS + 1))}|', '?', {_LETTER})"
    place = f"'|' || ({_WHO_ALONE}) || ':'"
    other = f"replace({together}, {place} || {_LETTER} || '|', {place} || 'r|')"
    return f"CASE WHEN {_ALONE} THEN {other} ELSE {together} END"


def _asked(first: int, last: int) -> None:
    from sightline.scrutiny.models import Commitment, Passage, Recommendation

    text = f"'That ' || {sentence(mixed('n', 3, SENTENCES))} || ' be offered to {COMMON}, and that ' || " + sentence(
        mixed("n", 11, SENTENCES)
    )
    passage: dict[str, Any] = {"item": f"{_MINUTE} + 1", "confidence": "0.9", "text": text, "state": "'accepted'"}
    spans = {"start": f"n % {IN_A_MINUTE} * 90 + 45", "end": f"n % {IN_A_MINUTE} * 90 + 130"}
    when = {"published_at": "CURRENT_TIMESTAMP"}
    add(
        Passage, first, last,
        id="2 * n + 1", kind="'recommendation'", position=f"n % {IN_A_MINUTE}", **passage, **spans, **when,
    )  # fmt: skip
    add(
        Passage, first, last,
        id="2 * n + 2", kind="'commitment'", position=f"n % {IN_A_MINUTE} + {IN_A_MINUTE}", **passage, **spans, **when,
    )  # fmt: skip
    # One in twenty-five is internal.
    seen = {**_PUBLIC, "publication": "CASE WHEN n % 25 = 24 THEN 'internal' ELSE 'public' END"}
    asked_on, due_on = day(first_day(), _held(_MINUTE)), day(first_day(), f"{_held(_MINUTE)} + 61")
    add(
        Recommendation, first, last,
        id="n + 1", council=_council(_MINUTE), reference=f"'R' || {padded('n')}", text=text, asked_by=_body(_MINUTE),
        asked_on=asked_on, passage="2 * n + 1", **seen, diverges=truth(f"{_ALONE} AND {_STATE} < 70"),
        standing=_standing(), public_standing=_standing(),
        unanswered_due_on=f"CASE WHEN {_STATE} >= {_OPEN_FROM} THEN {due_on} END",
    )  # fmt: skip
    add(
        Commitment, first, last,
        id="n + 1", council=_council(_MINUTE), reference=f"'C' || {padded('n')}", text=text, asked_by=_body(_MINUTE),
        made_on=asked_on, passage="2 * n + 2", **seen, due_on=f"CASE WHEN n % 7 <> 0 THEN {due_on} END",
        state=_one_of(_COMMITMENT_STATES, mixed("n", 13, 100)), owner_title=f"{mixed('n', 17, 24)} + 1",
        owner=f"CASE WHEN n % 9 <> 0 THEN {mixed('n', 19, OWNERS)} + 1 END", said_by="'The Head of Service'",
    )  # fmt: skip


def _brought_up(first: int, last: int) -> None:
    """The steps that were taken for what is late: it was brought to a portfolio holder, then to the panel."""
    from sightline.scrutiny.models import EscalationStep

    due = f"{_held(_MINUTE)} + 61"
    late = f"n % 7 <> 0 AND {mixed('n', 13, 100)} >= {_COMMITMENT_STATES[1][0]} AND {due} < 1600 - "
    council = f"({_body(_MINUTE)} - 1) % {COUNCILS} + 1"
    told = EscalationStep.told.through
    for place, (stage, after, whom) in enumerate((("portfolio-holder", 14, HOLDERS_FROM), ("panel", 28, MEMBERS_FROM))):
        number, which = f"2 * n + {place + 1}", f"{late}{after}"
        add(
            EscalationStep, first, last, which,
            id=number, commitment="n + 1", due_on=day(first_day(), due), stage=f"'{stage}'",
            on=day(first_day(), f"{due} + {after}"),
        )  # fmt: skip
        add(told, first, last, which, id=number, escalationstep=number, person=f"{whom} + {council}")


# Of a referral's number: its recommendation and its council.
_OF = f"(n / {COUNCILS})"
_AT = f"(n % {COUNCILS} + 1)"


def _taken(first: int, last: int) -> None:
    """Referrals, what panels made of them and what councils decided; one council in twelve goes its own way now and
    then."""
    from sightline.scrutiny.models import Consideration, Decision, Referral

    drawn = mixed(_OF, 5, 100)
    alone = f"{_OF} % 8 = 0 AND {_AT} = {_OF} / 8 % {COUNCILS} + 1 AND {drawn} < {_OPEN_FROM}"
    state = f"CASE WHEN {alone} THEN 'rejected' ELSE {_one_of(_STATES, drawn)} END"
    held = _held(f"{_OF} / {IN_A_MINUTE}")
    add(
        Referral, first, last,
        id="n + 1", recommendation=f"{_OF} + 1", council=_AT, state=state, public_state=state,
        referred_on=day(first_day(), held), due_on=day(first_day(), f"{held} + 61"),
    )  # fmt: skip
    common = {"referral": "n + 1", "council": _AT, "recorded_by": "1", **_PUBLIC}
    add(
        Consideration, first, last, f"{drawn} < 90 AND n % 3 = 0",
        id="n + 1", body=_AT, outcome="'endorsed'", considered_on=day(first_day(), f"{held} + 20"), **common,
    )  # fmt: skip
    outcome = _one_of(_STATES[:4], drawn)
    add(
        Decision, first, last, f"{drawn} < 85",
        id="n + 1", body=f"{_AT} + {BODIES}", outcome=f"CASE WHEN {alone} THEN 'rejected' ELSE {outcome} END",
        decided_on=day(first_day(), f"{held} + 40"), reason="'As the report says.'", **common,
    )  # fmt: skip


def _told(first: int, last: int) -> None:
    """Half of the updates are of a recommendation's referrals, half of the commitment made beside it."""
    from sightline.scrutiny.models import Evidence, Update

    of = f"(n / {UPDATES})"
    add(
        Update, first, last,
        id="n + 1", council=_council(f"{of} / {IN_A_MINUTE}"), text="'The work goes on as it was planned.'",
        commitment=f"CASE WHEN n % 2 = 0 THEN {of} + 1 END",
        referral=f"CASE WHEN n % 2 = 1 THEN {of} * {COUNCILS} + {mixed('n', 23, COUNCILS)} + 1 END",
        claims="'progress'", on=day(first_day(), f"{_held(f'{of} / {IN_A_MINUTE}')} + n % {UPDATES} * 30"),
        by=f"{mixed(of, 19, OWNERS)} + 1", submission=unique("n"), **_PUBLIC,
    )  # fmt: skip
    add(
        Evidence, first, last,
        id="n + 1", update_shown="n + 1", kind="'link'", title="'The report'", address="'https://example.invalid/'",
    )  # fmt: skip


def _sqlite() -> bool:
    from django.db import connection

    return connection.vendor == "sqlite"

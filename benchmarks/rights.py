"""What the check of rights costs a request: its queries, and its time on a list of 10,000 rows beside the same list
without the filter.

The list holds public, internal and exempt recommendations of three councils; a clerk of one council looks, who has held
as many roles as somebody does in a long life. The account is read afresh each time, as a request does. Runs with and
without the filter take turns, so that a busy machine slows both.
"""

from __future__ import annotations

from benchmarks.databases import databases, measured
from benchmarks.table import Figure

ROWS, FEW = 10_000, 100
PROMISED_MS = 1.0
RUNS = 200

MEASURE = """
import json, sys
import django
django.setup()
from benchmarks.rights import measure_here
print(json.dumps(measure_here()))
"""


def measure_here() -> dict[str, float]:
    """Fill this process's database and measure; times in milliseconds, each the quickest of many."""
    from django.core.management import call_command

    from benchmarks.many_records import fill

    call_command("migrate", verbosity=0)
    fill(FEW)
    _mix()
    account = _clerk()
    few = _queries(account)
    fill(ROWS)
    _mix()
    return {"queries with few": few, "queries with many": _queries(account), **_times(account)}


def _mix() -> None:
    """A third public, a third internal, a third exempt; each of a council in turn."""
    from django.db.models import F

    from sightline.partnership.models import Council
    from sightline.scrutiny.models import Recommendation

    councils = list(Council.objects.order_by("pk"))
    every = Recommendation.objects.annotate(third=F("pk") % 3, turn=(F("pk") / 3) % 3)
    every.filter(third=1).update(publication="internal")
    every.filter(third=2).update(publication="exempt", exempt_paragraph=3)
    for place, council in enumerate(councils):
        every.filter(turn=place).update(council=council)


def _clerk() -> str:
    """Somebody with eight roles, of which two are held today."""
    import datetime

    from django.utils import timezone

    from sightline.partnership.models import Council, Person, Role

    council, person = (
        Council.objects.order_by("pk")[0],
        Person.objects.select_related("user").get(user__username="clerk"),
    )
    Role.objects.filter(person=person).delete()
    today = timezone.localdate()
    for years in range(8):
        began = today - datetime.timedelta(days=400 * (years + 1))
        ended = None if years < 2 else began + datetime.timedelta(days=300)
        Role.objects.create(
            person=person, kind="clerk" if years % 2 else "officer", council=council, started_on=began, ended_on=ended
        )
    return person.user.username


def _with(username: str) -> list[str]:
    """The newest page of the list, for an account read afresh."""
    from sightline.partnership import access
    from sightline.partnership.models import User
    from sightline.scrutiny.models import Recommendation

    account = User.objects.select_related("person").get(username=username)
    return list(access.visible(account, Recommendation.objects.all()).values_list("reference", flat=True)[:25])


def _without(username: str) -> list[str]:
    """The same without asking."""
    from sightline.partnership.models import User
    from sightline.scrutiny.models import Recommendation

    User.objects.select_related("person").get(username=username)
    return list(Recommendation.objects.values_list("reference", flat=True)[:25])


def _queries(username: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        _with(username)
    with CaptureQueriesContext(connection) as bare:
        _without(username)
    return len(captured) - len(bare)


def _times(username: str) -> dict[str, float]:
    import time

    from django.utils import timezone

    from sightline.partnership import access
    from sightline.partnership.domain import rights
    from sightline.partnership.models import User

    taken: dict[str, list[float]] = {"with": [], "without": []}
    for _ in range(RUNS):
        for name, call in (("with", _with), ("without", _without)):
            began = time.perf_counter()
            call(username)
            taken[name].append(time.perf_counter() - began)
    roles, today = access.roles_of(User.objects.get(username=username)), timezone.localdate()
    began = time.perf_counter()
    for _ in range(1000):
        rights.may("scrutiny.publish_minute", roles, council="E07999001", on=today)
    asked = (time.perf_counter() - began) / 1000
    # The quickest: what it takes when nothing else on the machine gets in between.
    quickest = {name: min(seconds) * 1000 for name, seconds in taken.items()}
    return {**quickest, "asked once": asked * 1000}


def run() -> list[Figure]:
    figures = []
    with databases() as addresses:
        for name, address in addresses.items():
            found = measured(MEASURE, address)
            figures += [
                Figure(
                    f"rights, {name}: queries of the check with {ROWS:,} rows, beside {FEW}",
                    found["queries with many"],
                    found["queries with few"],
                    peer=f"with {FEW}",
                    exactly=True,
                ),
                Figure(
                    f"rights, {name}: milliseconds that the check adds to a list of {ROWS:,} rows, beside the list",
                    max(0.0, found["with"] - found["without"]),
                    found["without"],
                    peer="the list without it",
                    at_most=PROMISED_MS,
                ),
                Figure(
                    f"rights, {name}: milliseconds to ask the table once, beside the whole check",
                    found["asked once"],
                    found["with"] - found["without"],
                    peer="the whole check",
                ),
            ]
    return figures

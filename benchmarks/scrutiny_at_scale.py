"""Scrutiny's pages with 12 councils, 100,000 recommendations and 1,000,000 updates: the 95th percentile of server time,
beside a plain page of the same site, and the number of queries beside that with 100 recommendations.

Each database is filled in a process of its own, and pages are asked for through every middleware. The plain page has
the same base template; it is asked for in turn with the others, so that a busy machine slows both.
Each address is asked for a few times and its quickest answer counts: the percentile is over addresses, of which some
are harder than others, and not over the other work of the machine.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.databases import databases, measured
from benchmarks.table import Figure

MANY, FEW = 100_000, 100
PROMISED_MS = 150.0
TIMES = 5
ADDRESSES = 40

MEASURE = """
import json
import django
django.setup()
from benchmarks.scrutiny_at_scale import measure_here
print(json.dumps(measure_here()))
"""

PLAIN = "plain"
SAYS = {
    "tracker": "public tracker",
    "filtered": "public tracker, filtered",
    "staff": "tracker as a clerk sees it",
    "recommendation": "recommendation",
    "commitment": "commitment",
    "waiting": "what waits for me",
    "search": "search",
    "searched": "search, narrowed",
}


def addresses(how_many: int) -> dict[str, list[str]]:
    """What is asked for of each page, by seed."""
    import random

    from benchmarks.many_records import COMMON, COUNCILS, RARE, SEED, texts

    drawn = random.Random(SEED)
    states = ("waiting", "considered", "accepted", "accepted-in-part", "rejected", "deferred", "withdrawn")
    tracker = ["/recommendations/", *(f"/recommendations/?page={page}" for page in (2, 3, 10, 100, 1000, 3800))]
    narrowed = [
        *(f"state={state}" for state in states),
        *(f"council=council-{n}" for n in (1, 6, 12)),
        *(f"body=panel-{n}" for n in (1, 7)),
        "body=task-group",
        "only=late",
        "only=divergent",
        *(f"council=council-{n}&state={state}" for n in (2, 9) for state in states),
        *(f"council=council-{n}&only=late" for n in (3, 12)),
        "council=council-4&only=divergent",
        "body=panel-5&state=rejected",
        "body=panel-5&council=council-5&state=waiting&only=late",
        "state=deferred&only=divergent",
        "state=accepted&page=500",
    ]
    some = drawn.sample(range(how_many), min(ADDRESSES, how_many))
    common = texts()[drawn.randrange(100)].split()
    words = [COMMON, "council", "service", *RARE, *common[:4], "notaword", "R000042"]
    words += [" ".join(drawn.choice(texts()).split()[1:3]) for _ in range(8)]
    words += [f'"{" ".join(drawn.choice(texts()).split()[2:4])}"' for _ in range(4)]
    words += ["council service resident officer", f"{COMMON} windmill", f"{COMMON} council", "meeting held"]
    search = [f"/search/?words={word.replace(' ', '+').replace(chr(34), '%22')}" for word in words]
    return {
        "tracker": tracker,
        "filtered": [f"/recommendations/?{one}" for one in narrowed],
        "staff": [*tracker[:4], *(f"/recommendations/?{one}" for one in narrowed[:12])],
        "recommendation": [f"/recommendations/R{n - n % 25:06}/" for n in some],
        "commitment": [f"/commitments/C{n - n % 25:06}/" for n in some[: ADDRESSES // 2]],
        "waiting": ["/waiting/"],
        "search": search,
        "searched": [
            f"{one}&{more}"
            for one in search[::2]
            for more in (f"council=council-{1 + len(one) % COUNCILS}", "kind=recommendation", "body=panel-3")
        ],
        PLAIN: ["/accessibility/"],
    }


def clients() -> dict[str, list[Any]]:
    """Who asks for each page: the public, a clerk, and for what waits also owners and one who sits on a panel."""
    from django.test import Client

    from benchmarks.many_records import MEMBERS_FROM, OWNERS
    from sightline.partnership.models import User

    def of(username: str) -> Client:
        client = Client()
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        client.force_login(User.objects.get(username=username), backend=backend)
        return client

    everybody, clerk = [Client()], [of("clerk")]
    asks = dict.fromkeys([*SAYS, PLAIN], everybody)
    return {
        **asks,
        "staff": clerk,
        "waiting": [
            *clerk,
            *(of(f"owner-{n}") for n in (2, 50, MEMBERS_FROM + 1, MEMBERS_FROM + 5, OWNERS - 2, OWNERS)),
        ],
    }


def measure_here() -> dict[str, Any]:
    """Fill this process's database and measure: queries and milliseconds of each page."""
    from django.core.management import call_command

    from benchmarks.many_records import fill

    call_command("migrate", verbosity=0)
    fill(FEW)
    few = _queries(FEW)
    began = time.perf_counter()
    fill(MANY)
    print(f"filled in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    return {"few": few, "many": _queries(MANY), "taken": _taken()}


def _asked(how_many: int) -> Iterator[tuple[str, Any, str]]:
    who = clients()
    for page, several in addresses(how_many).items():
        for client in who[page]:
            for address in several:
                yield page, client, address


def _queries(how_many: int) -> dict[str, int]:
    """The most queries that each page takes, each address asked for once before."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    most: dict[str, int] = {}
    for page, client, address in _asked(how_many):
        assert client.get(address).status_code == 200, address
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        most[page] = max(most.get(page, 0), len(captured))
    return most


def _taken() -> dict[str, list[tuple[float, str]]]:
    """The quickest answer of each address, in milliseconds; a plain page after each, so that both see the same day."""
    plain_client, plain_address = clients()[PLAIN][0], addresses(MANY)[PLAIN][0]
    quickest: dict[tuple[str, int, str], float] = {}
    plain: list[float] = []
    for _ in range(TIMES):
        for place, (page, client, address) in enumerate(_asked_at_once()):
            if page == PLAIN:
                continue
            key = (page, place, address)
            quickest[key] = min(quickest.get(key, 1e9), _milliseconds(client, address))
            plain.append(_milliseconds(plain_client, plain_address))
    found: dict[str, list[tuple[float, str]]] = {PLAIN: [(one, plain_address) for one in plain]}
    for (page, _, address), taken in quickest.items():
        found.setdefault(page, []).append((taken, address))
    return found


_at_once: list[tuple[str, Any, str]] = []


def _asked_at_once() -> list[tuple[str, Any, str]]:
    if not _at_once:
        _at_once.extend(_asked(MANY))
    return _at_once


def _milliseconds(client: Any, address: str) -> float:
    began = time.perf_counter()
    answer = client.get(address)
    taken = (time.perf_counter() - began) * 1000
    assert answer.status_code == 200, address
    return taken


def percentile(taken: list[tuple[float, str]], part: float) -> tuple[float, str]:
    """The value below which ``part`` of them lie, and whose it is."""
    return sorted(taken)[min(len(taken) - 1, int(len(taken) * part))]


def run() -> list[Figure]:
    figures = []
    with databases() as addresses_of:
        for database, address in addresses_of.items():
            found = measured(MEASURE, address)
            plain = percentile(found["taken"][PLAIN], 0.95)[0]
            for page, says in SAYS.items():
                taken, _ = percentile(found["taken"][page], 0.95)
                slowest, whose = max(found["taken"][page])
                figures.append(
                    Figure(
                        f"{says}, {database}: 95th percentile in ms of server time, beside a plain page",
                        taken,
                        plain,
                        peer="plain page",
                        at_most=PROMISED_MS,
                        note=f"slowest: {whose}, {slowest:.0f} ms",
                    )
                )
            figures += [
                Figure(
                    f"{says}, {database}: queries with {MANY:,}, beside {FEW}",
                    found["many"][page],
                    found["few"][page],
                    peer=f"with {FEW}",
                    exactly=True,
                )
                for page, says in SAYS.items()
            ]
    return figures

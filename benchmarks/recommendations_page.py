"""The public list of recommendations with 100,000 of them: the number of queries, and the time beside a plain page.

Each database is filled in a process of its own. The plain page is the accessibility statement of the same site: the
same middleware and base template, and no list.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.table import Figure

MANY = 100_000
FEW = 100

MEASURE = """
import json, sys, time
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from benchmarks.recommendations_page import fill

call_command("migrate", verbosity=0)
client = Client()
answers = {}
for how_many in (int(sys.argv[1]), int(sys.argv[2])):
    fill(how_many)
    pages = {"list": "/recommendations/", "filtered": "/recommendations/?state=accepted&council=council-2",
             "far": "/recommendations/?page=3", "plain": "/accessibility/"}
    for name, address in pages.items():
        assert client.get(address).status_code == 200, address
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        queries = len(captured)
        seconds = []
        for _ in range(15):
            began = time.perf_counter()
            client.get(address)
            seconds.append(time.perf_counter() - began)
        answers[f"{name} {how_many}"] = {"queries": queries, "seconds": sorted(seconds)[7]}
print(json.dumps(answers))
"""


def fill(how_many: int) -> None:
    """Bring the database to ``how_many`` public recommendations of an invented partnership, each at three councils."""
    import datetime

    from django.utils import timezone

    from sightline.partnership.models import Attachment, Body, Council, Partnership, User
    from sightline.scrutiny.models import Meeting, Minute, MinuteItem, Passage, Recommendation, Referral

    user, _ = User.objects.get_or_create(username="filler", defaults={"email": "filler@example.invalid"})
    if not Partnership.objects.exists():
        Partnership.objects.create(
            pk=1, slug="many", name="Many Councils", short_name="Many", provider_name="Provider", is_invented=True
        )
    councils = [
        Council.objects.get_or_create(
            gss_code=f"E0799900{n}", defaults={"name": f"Council {n}", "abbreviation": f"C{n}", "slug": f"council-{n}"}
        )[0]
        for n in (1, 2, 3)
    ]
    body, _ = Body.objects.get_or_create(
        slug="panel", defaults={"name": "Panel", "kind": "scrutiny-panel", "council": councils[0]}
    )
    public = {"publication": "public", "published_at": timezone.now(), "published_by": user}
    day = datetime.date(2020, 1, 1)
    meeting, _ = Meeting.objects.get_or_create(body=body, held_on=day, defaults={"council": councils[0], **public})
    attachment, _ = Attachment.objects.get_or_create(
        sha256="0" * 64,
        defaults={
            "name": "book.txt",
            "media_type": "text/plain",
            "size_bytes": 1,
            "content": b"x",
            "received_by": user,
        },
    )
    minute, _ = Minute.objects.get_or_create(
        attachment=attachment,
        defaults={"meeting": meeting, "council": councils[0], "text": "x" * 100, "recorded_by": user, **public},
    )
    item, _ = MinuteItem.objects.get_or_create(
        minute=minute, position=0, defaults={"title": "All", "start": 0, "end": 100}
    )
    there = Recommendation.objects.count()
    text = "That the service be offered on every channel, and that residents be asked how they found it"
    for first in range(there, how_many, 5000):
        numbers = range(first, min(first + 5000, how_many))
        passages = Passage.objects.bulk_create(
            Passage(item=item, kind="recommendation", position=n, start=0, end=90, text=text, confidence=1)
            for n in numbers
        )
        made = Recommendation.objects.bulk_create(
            Recommendation(
                council=councils[0],
                reference=f"R{2000 + n % 20}-{n:06}",
                text=text,
                asked_by=body,
                asked_on=day + datetime.timedelta(days=n % 2000),
                passage=passage,
                **public,
            )
            for n, passage in zip(numbers, passages, strict=True)
        )
        states = ("waiting", "considered", "accepted", "rejected", "deferred")
        Referral.objects.bulk_create(
            Referral(recommendation=one, council=council, state=states[(one.pk + place) % 5])
            for one in made
            for place, council in enumerate(councils)
        )


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """The addresses of an empty SQLite and an empty PostgreSQL database."""
    from tests.postgres import server

    with tempfile.TemporaryDirectory() as folder, server.running() as postgres:
        yield {"SQLite": f"sqlite:///{Path(folder) / 'many.sqlite3'}", "PostgreSQL": postgres.url}


def measured(address: str) -> dict[str, dict[str, float]]:
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, str(FEW), str(MANY)],
            env={
                **os.environ,
                "DATABASE_URL": address,
                "DJANGO_SETTINGS_MODULE": "benchmarks.site_settings",
                "SIGHTLINE_SECRET_KEY": "for measuring alone",
                "SIGHTLINE_VAR": folder,
                "SIGHTLINE_HTTPS": "0",
                "SIGHTLINE_HOSTS": "testserver",
                "SIGHTLINE_LOG_LEVEL": "CRITICAL",
            },
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    answer: dict[str, dict[str, float]] = json.loads(done.stdout)
    return answer


def run() -> list[Figure]:
    figures = []
    with databases() as addresses:
        for name, address in addresses.items():
            found = measured(address)
            for page, says in (
                ("list", "recommendations"),
                ("filtered", "recommendations, filtered"),
                ("far", "recommendations, page 3"),
            ):
                figures.append(
                    Figure(
                        f"{says}, {name}: queries with 100,000, beside 100",
                        found[f"{page} {MANY}"]["queries"],
                        found[f"{page} {FEW}"]["queries"],
                        peer="with 100",
                        exactly=True,
                    )
                )
            figures.append(
                Figure(
                    f"recommendations, {name}: milliseconds with 100,000, beside a plain page",
                    found[f"list {MANY}"]["seconds"] * 1000,
                    found[f"plain {MANY}"]["seconds"] * 1000,
                    peer="plain page",
                )
            )
    return figures

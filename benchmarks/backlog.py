"""Taking in a backlog of 500 minutes, text and HTML: files a second, beside only reading the same files.

The folder is written here, so what stands in it is known: 490 minutes, five copies of some of them, and five files
that are none. The peer reads the same files in one process and keeps nothing.
"""

from __future__ import annotations

import html
import tempfile
from itertools import islice
from pathlib import Path

from benchmarks.databases import databases, measured
from benchmarks.minute_book import meetings
from benchmarks.table import Figure

GOOD, COPIES, BROKEN = 490, 5, 5

MEASURE = """
import contextlib, io, json, sys, time
import django
django.setup()
from django.core.management import call_command
from benchmarks.backlog import fill
from sightline.project.command import run

call_command("migrate", verbosity=0)
fill()
folder = sys.argv[1]
answers = {}

def imported(*more):
    out = io.StringIO()
    began = time.perf_counter()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        run(["minutes", "import", folder, "--as", "filler", "--json", *more])
    seconds = time.perf_counter() - began
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    return seconds, {outcome: sum(1 for one in told if one["outcome"] == outcome) for outcome in
                     ("recorded", "already there", "refused")}

answers["seconds"], answers["first"] = imported()
answers["again_seconds"], answers["again"] = imported()

from pathlib import Path
from sightline.kernel.errors import SightlineError
from sightline.scrutiny.reading import read_minutes_file
began = time.perf_counter()
for path in sorted(Path(folder).rglob("*.*")):
    with contextlib.suppress(SightlineError):
        read_minutes_file(name=path.name, content=path.read_bytes())
answers["reading_seconds"] = time.perf_counter() - began
print(json.dumps(answers))
"""


def write_folder(folder: Path) -> None:
    """The backlog: every second file HTML, each of a meeting of its own."""
    written: list[Path] = []
    for number, page in enumerate(islice(meetings(), GOOD)):
        kind = "html" if number % 2 else "txt"
        path = folder / f"{number // 100:02}" / f"{number:04}.{kind}"
        path.parent.mkdir(exist_ok=True)
        paragraphs = "".join(f"<p>{html.escape(part)}</p>\n" for part in page.split("\n\n") if part.strip())
        path.write_text(f"<html><body>{paragraphs}</body></html>" if kind == "html" else page, encoding="utf-8")
        written.append(path)
    for number in range(COPIES):
        (folder / f"copy {number}.txt").write_bytes(written[number * 2].read_bytes())
    for number in range(BROKEN):
        (folder / f"broken {number}.pdf").write_bytes(b"%PDF-1.7\nbroken" + bytes([number]))


def fill() -> None:
    """An invented partnership of one council, its committee, and a clerk."""
    import datetime

    from sightline.partnership.models import Body, Council, Partnership, Person, Role, User

    user = User.objects.create_user("filler", "filler@example.invalid")
    Partnership.objects.create(
        pk=1, slug="many", name="Many Councils", short_name="Many", provider_name="Provider", is_invented=True
    )
    council = Council.objects.create(gss_code="E07999001", name="Council 1", abbreviation="C1", slug="council-1")
    Body.objects.create(slug="panel", name="Overview and Scrutiny Committee", kind="scrutiny-panel", council=council)
    person = Person.objects.create(name="A Clerk", user=user)
    Role.objects.create(person=person, kind="clerk", council=council, started_on=datetime.date(2020, 1, 1))


def run() -> list[Figure]:
    figures = []
    files = GOOD + COPIES + BROKEN
    with tempfile.TemporaryDirectory() as name, databases() as addresses:
        folder = Path(name)
        write_folder(folder)
        for database, address in addresses.items():
            found = measured(MEASURE, address, str(folder))
            figures += [
                Figure(
                    f"importing {files} minutes, {database}: files a second",
                    files / found["seconds"],
                    files / found["reading_seconds"],
                    peer="only reading them",
                    at_least=20,
                ),
                Figure(
                    f"importing the same folder again, {database}: files a second",
                    files / found["again_seconds"],
                    files / found["reading_seconds"],
                    peer="only reading them",
                ),
                *(
                    Figure(f"{what}, {database}", found[run][outcome], known, peer="written so", exactly=True)  # type: ignore[index]
                    for what, run, outcome, known in (
                        ("recorded", "first", "recorded", GOOD),
                        ("copies found", "first", "already there", COPIES),
                        ("broken files reported", "first", "refused", BROKEN),
                        ("recorded anew by the second import", "again", "recorded", 0),
                    )
                ),
            ]
    return figures

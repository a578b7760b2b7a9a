"""Reading a minute book: speed, growth and memory, beside a peer that parses the same text, and the known answer.

The book is written here, meeting after meeting, so what stands in it is known. The peer is markdown-it-py, a
well-kept parser of plain text in the same language, which finds blocks and lists but no meaning.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.table import Figure

MEGABYTE = 1_000_000

NAMES = ("Ashby", "Bell", "Carr", "Dean", "Ewart", "Frost", "Gale", "Holt")
TOPICS = ("Library Opening Hours", "Waste Collection", "Digital Forms", "Car Parks", "Housing Repairs", "Street Lights")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "September", "October", "November")


def meetings() -> Iterator[str]:
    """Minutes of one meeting after another, each with one item, two recommendations, two points and one resolution."""
    number = 0
    while True:
        member, officer = NAMES[number % 8], NAMES[(number + 3) % 8]
        topic = TOPICS[number % 6]
        day, month, year = 1 + number % 28, MONTHS[number % 10], 1995 + (number // 280) % 30
        yield f"""\
MINUTES OF THE OVERVIEW AND SCRUTINY COMMITTEE

Held on {day} {month} {year} at 6.30 pm in the Guildhall

Present: Councillors {member} (Chairman), {officer} and Hale

{number + 1}. {topic.upper()}

The Chairman of the Task Group presented the report on {topic.lower()}. The recommendations of the Task Group were:

1) That a plan for {topic.lower()} be published every year; and

2) That residents be asked what they think of it.

Members considered the report, and the following points were raised:

• Councillor {member} asked why the figures of the last year were not in the report.

  o The Head of Service advised that they had come too late. She would send them to every member of the Committee.

• Members thanked the officers for a clear report.

RESOLVED:

1) That the report be noted; and

2) That the Committee look at {topic.lower()} again in six months.

The meeting closed at 8.15 pm.

"""
        number += 1


def book(size_bytes: int) -> tuple[str, int]:
    """A minute book of at least ``size_bytes`` characters of whole meetings, and how many meetings it holds."""
    pages: list[str] = []
    written = 0
    for page in meetings():
        if written >= size_bytes:
            break
        pages.append(page)
        written += len(page)
    return "".join(pages), len(pages)


MEASURE = """
import json, resource, sys, time
from benchmarks.minute_book import book
text, held = book(int(sys.argv[1]))
content = text.encode()
del text
what = sys.argv[2]
if what == "ours":
    from sightline.scrutiny.domain import documents, minutes
    minutes.read_minute(documents.read_document_bytes(content[:2000], "warm.txt"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    document = documents.read_document_bytes(content, "book.txt")
    found = minutes.read_minute(document)
    spent = time.process_time() - began
    answer = {
        "recommendations": sum(len(item.recommendations) for item in found.items),
        "points": sum(len(item.points) for item in found.items),
        "resolutions": sum(len(item.resolutions) for item in found.items),
    }
else:
    from markdown_it import MarkdownIt
    parser = MarkdownIt()
    parser.parse(content[:2000].decode())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    parser.parse(content.decode())
    spent = time.process_time() - began
    answer = {}
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
told = {"bytes": len(content), "meetings": held, "seconds": spent, "grown": (peak - before) * 1024}
print(json.dumps(told | answer))
"""


def measured(size_bytes: int, what: str, times: int = 3) -> dict[str, float]:
    """The quickest of some runs, each in a process of its own, in seconds of processor time."""
    runs = []
    for _ in range(times):
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, str(size_bytes), what], capture_output=True, text=True, check=True
        )
        runs.append(json.loads(done.stdout))
    return min(runs, key=lambda run: run["seconds"])


def run() -> list[Figure]:
    small, large = measured(MEGABYTE, "ours"), measured(10 * MEGABYTE, "ours", times=1)
    peer = measured(MEGABYTE, "peer")
    ours_speed = large["bytes"] / large["seconds"] / MEGABYTE
    peer_speed = peer["bytes"] / peer["seconds"] / MEGABYTE
    return [
        Figure("reading a 10 MB minute book, MB a second", ours_speed, peer_speed, peer="markdown-it-py", at_least=1.0),
        Figure(
            "time for 10 MB over time for 1 MB",
            large["seconds"] / small["seconds"],
            10,
            peer="ten, if linear",
            at_most=12,
        ),
        Figure(
            "peak memory over the size of the text",
            large["grown"] / large["bytes"],
            1,
            peer="the text itself",
            at_most=20,
        ),
        *(
            Figure(
                f"{what} found in a book of known content",
                large[what],
                each * large["meetings"],
                peer="written into it",
                exactly=True,
            )
            for what, each in (("recommendations", 2), ("points", 2), ("resolutions", 1))
        ),
    ]

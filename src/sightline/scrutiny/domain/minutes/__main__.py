"""``python -m sightline.scrutiny.domain.minutes FILE``: the minute of one file as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from sightline.scrutiny.domain.documents import UnreadableDocument, read_document
from sightline.scrutiny.domain.minutes import as_json, read_minute


def main(arguments: list[str]) -> int:
    """Print the JSON of the one file named. Exit status 2 for bad usage or a file that cannot be read."""
    if len(arguments) != 1:
        sys.stderr.write("Name exactly one file to read.\n")
        return 2
    try:
        document = read_document(Path(arguments[0]))
    except UnreadableDocument as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    sys.stdout.write(json.dumps(as_json(read_minute(document)), ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

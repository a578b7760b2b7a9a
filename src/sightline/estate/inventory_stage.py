"""Where the rows of an inventory wait until they are compared: a file of its own, so that memory does not grow with
them, and nothing of the register is touched before all of them are read."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any

from sightline.estate.domain.inventory import Found
from sightline.estate.domain.recognition.outcome import Recognition

_STEP = 1000

Recognised = tuple[Found, Recognition]


class Stage:
    """Rows with what recognition made of them, by machine. Rows that repeat another are counted, not kept."""

    def __init__(self, path: Path) -> None:
        self._file = sqlite3.connect(path)
        self._file.executescript(
            """
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
            CREATE TABLE found (
                device TEXT, name TEXT, version TEXT, publisher TEXT, number INTEGER, installed_on TEXT, person TEXT,
                product TEXT, cycle TEXT, meant TEXT, edition TEXT, confidence REAL, why TEXT,
                PRIMARY KEY (device, name, version, publisher)
            ) WITHOUT ROWID;
            """
        )
        self.rows = 0
        self.kept = 0
        self.recognised = 0

    def __enter__(self) -> Stage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._file.close()

    def fill(self, rows: Iterable[Recognised], told: Callable[[int], None]) -> None:
        """Take every row in. told: hears how many, now and then."""
        batch: list[tuple[Any, ...]] = []
        for found, meant in rows:
            self.rows += 1
            batch.append(
                (
                    found.device, found.name, found.version, found.publisher, found.number,
                    found.installed_on.isoformat() if found.installed_on else None, found.person,
                    meant.product, meant.cycle, meant.version, meant.edition, meant.confidence, meant.why,
                )
            )  # fmt: skip
            if len(batch) == _STEP:
                self._put(batch)
                told(self.rows)
        self._put(batch)
        told(self.rows)
        self.kept, self.recognised = self._file.execute("SELECT count(*), count(product) FROM found").fetchone()

    def _put(self, batch: list[tuple[Any, ...]]) -> None:
        self._file.executemany(
            "INSERT OR IGNORE INTO found VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", batch
        )  # fmt: skip
        batch.clear()

    def by_machine(self) -> Iterator[tuple[str, list[Recognised]]]:
        """Each machine with its rows, in the order of the file."""
        rows = self._file.execute("SELECT * FROM found ORDER BY device, number")
        for device, those in groupby(rows, key=lambda row: row[0]):
            yield device, [_recognised(row) for row in those]

    def holds(self, device: str) -> bool:
        """Whether a machine has any row."""
        return self._file.execute("SELECT 1 FROM found WHERE device = ? LIMIT 1", [device]).fetchone() is not None


def _recognised(row: tuple[Any, ...]) -> Recognised:
    device, name, version, publisher, number, installed_on, person, *meant = row
    day = datetime.date.fromisoformat(installed_on) if installed_on else None
    return Found(number, device, name, version, publisher, day, person), Recognition(*meant)

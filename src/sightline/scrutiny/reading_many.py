"""Reads many files of minutes at once, in processes of their own, and hands them out in the order they came in.

Reading Word, PDF and whole minute books is slow and touches no record, so it is shared out; recording stays with the
caller. A file that kills its reader is reported and does no harm to the others.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from multiprocessing import get_context
from pathlib import PurePosixPath
from types import TracebackType
from typing import Generic, TypeVar

from sightline.kernel.errors import SightlineError
from sightline.scrutiny.reading import Reading, read_minutes_file

What = TypeVar("What")
Answer = Reading | str
AHEAD = 2
"""How many files a reader is given beyond the one that it reads: memory stays bounded, and nobody waits."""
SMALL_BYTES = 256 * 1024
QUICK = frozenset({".txt", ".md", ".markdown", ".html", ".htm"})
"""What is read in less time than it takes to hand it to another process: small files of plain kinds."""


def read_one(name: str, content: bytes) -> Answer:
    """The reading of a file, or in a sentence why it has none."""
    try:
        return read_minutes_file(name=name, content=content)
    except SightlineError as error:
        return str(error)
    except (MemoryError, RecursionError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        # A fault of ours on one file must not stop hundreds of others; it is told, and counts as a refusal.
        return f"{name}: Sightline failed on it ({type(error).__name__}: {error}). Please report this file."


class Readers(AbstractContextManager["Readers[What]"], Generic[What]):
    """Some readers. ``jobs``: how many processes; with 1 the caller's own process reads."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def read(
        self, files: Iterable[tuple[What, str, bytes | None]]
    ) -> Iterator[tuple[What, bytes | None, Answer | None]]:
        """Each file with its content and answer, in order. ``files``: what it is to the caller, its name, its content;
        where that is None there is nothing to read, and the answer is None too."""
        waiting: deque[tuple[What, str, bytes | None, Future[Answer] | None]] = deque()
        for what, name, content in files:
            if self._jobs == 1 or content is None or _is_quick(name, content):
                waiting.append((what, name, content, None))
            else:
                waiting.append((what, name, content, self._submit(name, content)))
            while len(waiting) > (0 if self._jobs == 1 else self._jobs * (AHEAD + 1)):
                yield self._answer(*waiting.popleft())
        while waiting:
            yield self._answer(*waiting.popleft())

    def _answer(
        self, what: What, name: str, content: bytes | None, future: Future[Answer] | None
    ) -> tuple[What, bytes | None, Answer | None]:
        if content is None:
            return what, None, None
        if future is None:
            return what, content, read_one(name, content)
        try:
            return what, content, future.result()
        except BrokenProcessPool:
            # One of those that were being read did it. Each is read once more by itself, so that only that one is lost.
            self._stop()
        try:
            return what, content, self._submit(name, content).result()
        except BrokenProcessPool:
            self._stop()
            return what, content, f"{name}: reading it ended its process, perhaps for want of memory. Split the file."

    def _submit(self, name: str, content: bytes) -> Future[Answer]:
        if self._pool is None:
            # Not forked: a child must not inherit the connection to the database.
            self._pool = ProcessPoolExecutor(self._jobs, mp_context=get_context("spawn"), initializer=_leave_ctrl_c)
        try:
            return self._pool.submit(read_one, name, content)
        except BrokenProcessPool:
            self._stop()
            return self._submit(name, content)

    def _stop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


def _is_quick(name: str, content: bytes) -> bool:
    return len(content) <= SMALL_BYTES and PurePosixPath(name).suffix.lower() in QUICK


def _leave_ctrl_c() -> None:
    """Ctrl-C reaches every process of a terminal; it is the parent's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

"""Notices which exempt records are read while a page, a download, an answer of the API or a command is made.

``PublishedRecord.from_db`` tells every record that comes out of the database to the watch of the moment, whatever query
it was come by, so that no page can forget to say what it showed. Whoever opens the watch (the middleware, the command)
writes into the audit log what it noticed. Knows no models, so that models may use it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from sightline.kernel.publication import Publication


@dataclass
class Watch:
    """What was noticed so far.

    how: the page or command, as the audit log names it.
    account: the account for which records were read, once that is known.
    exempt: exempt records not yet told, with the key of their council.
    unsure: records that were read without their publication state.
    """

    how: str
    account: Any = None
    exempt: dict[tuple[type[Any], Any], Any] = field(default_factory=dict)
    unsure: set[tuple[type[Any], Any]] = field(default_factory=set)
    told: set[tuple[type[Any], Any]] = field(default_factory=set)


_watch: ContextVar[Watch | None] = ContextVar("sightline_watch", default=None)


def current() -> Watch | None:
    """The watch of the moment; None where nobody watches (the worker, a test)."""
    return _watch.get()


@contextmanager
def watching(watch: Watch) -> Iterator[Watch]:
    """Tell ``watch`` what is read within the ``with``."""
    token = _watch.set(watch)
    try:
        yield watch
    finally:
        _watch.reset(token)


def looks(account: Any) -> None:
    """Records are about to be read for an account: what a command has instead of a request."""
    watch = _watch.get()
    if watch is not None and getattr(account, "pk", None) is not None:
        watch.account = account


def noticed(record: Any) -> None:
    """A record came out of the database."""
    watch = _watch.get()
    if watch is None:
        return
    loaded = record.__dict__
    publication = loaded.get("publication")
    if publication == Publication.EXEMPT.value:
        watch.exempt[type(record), record.pk] = loaded.get("council_id")
    elif publication is None:
        watch.unsure.add((type(record), record.pk))

"""Full-text search over the records of every room: the hook by which rooms register theirs, and the search itself.

A room registers in its ``AppConfig.ready``::

    searching.register(searching.Kind(key="minute", model=Minute, columns=("text",), …))

The index of a kind stands beside its table and follows every write by itself; see ``search_index.py``.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import islice
from typing import Any

from django.db import connections
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from sightline.partnership import access, search_index
from sightline.partnership.access import Account
from sightline.partnership.domain import search_words
from sightline.partnership.domain.search_words import Piece, Wanted
from sightline.partnership.models import Body, Council, PublishedRecord

# The newest of what is found; whoever finds more narrows the search.
MOST_FOUND = 1000

# Words that stand in more records than this are looked for from the newest record on, others from the index of words.
COMMON = 2000


@dataclass(frozen=True)
class Kind:
    """A kind of record that is found.

    columns: the text columns that are searched.
    dated_by, body: the lookups of its day and of its body.
    of_council: what is of a council, or of interest to it.
    related: what is fetched with it.
    title, shown: what it is called; the text that a snippet is made of.
    """

    key: str
    one: str
    many: str
    model: type[PublishedRecord]
    columns: tuple[str, ...]
    dated_by: str
    body: str
    of_council: Callable[[Council], Q]
    related: tuple[str, ...]
    title: Callable[[Any], str]
    shown: Callable[[Any], str]
    about: Callable[[Any], str]

    @property
    def index(self) -> search_index.Index:
        return search_index.Index(table=self.model._meta.db_table, columns=self.columns)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Let a kind of record be found; called once, when the room that has it is made ready."""
    _kinds[kind.key] = kind
    search_index.register(kind.model._meta.app_label, kind.index)


def kinds() -> list[Kind]:
    """Everything that can be found, in the order in which it was registered."""
    return list(_kinds.values())


@dataclass(frozen=True, slots=True)
class Found:
    """One record that was found: in which kind, what it is called, and pieces of its text with the words marked."""

    kind: Kind
    record: Any
    on: datetime.date
    title: str
    about: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, and where. No kind: every kind."""

    wanted: Wanted
    council: Council | None = None
    body: Body | None = None
    kind: Kind | None = None


@dataclass
class Results(Sequence[Found]):
    """Everything that was found of what an account may see, newest first; a Django paginator counts and slices it.

    Two queries a kind at most, however much there is.
    """

    account: Account
    search: Search
    more: bool = field(init=False, default=False)
    _places: list[tuple[datetime.date, int, int]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._kinds = [self.search.kind] if self.search.kind else kinds()
        if not self.search.wanted:
            return
        found = [self._of_kind(number, kind) for number, kind in enumerate(self._kinds)]
        newest = list(islice(merge(*found, reverse=True), MOST_FOUND + 1))
        self.more = len(newest) > MOST_FOUND
        self._places = newest[:MOST_FOUND]

    def _of_kind(self, number: int, kind: Kind) -> list[tuple[datetime.date, int, int]]:
        records: QuerySet[Any] = access.visible(self.account, kind.model._default_manager.all())
        records = records.filter(_matching(kind, self.search.wanted, records.db))
        if self.search.body is not None:
            records = records.filter(**{kind.body: self.search.body})
        if self.search.council is not None:
            records = records.filter(kind.of_council(self.search.council))
        newest = records.order_by(f"-{kind.dated_by}", "-pk").values_list(kind.dated_by, "pk")
        return [(on, -number, pk) for on, pk in newest[: MOST_FOUND + 1]]

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, wanted: Any) -> Any:
        places = self._places[wanted]
        # A paginator takes a page at a time, and nobody takes one.
        records: dict[tuple[int, int], Any] = {}
        for number, kind in enumerate(self._kinds):
            pks = [pk for _, of, pk in places if -of == number]
            # Asked again, so that what was withdrawn this very moment is not shown.
            seen: QuerySet[Any] = access.visible(self.account, kind.model._default_manager.filter(pk__in=pks))
            if pks:
                records |= {(number, record.pk): record for record in seen.select_related(*kind.related)}
        stem = search_words.stemmer("porter" if _vendor() == "sqlite" else "english")
        return [
            self._found(self._kinds[-of], records[-of, pk], on, stem) for on, of, pk in places if (-of, pk) in records
        ]

    def _found(self, kind: Kind, record: Any, on: datetime.date, stem: search_words.Stem) -> Found:
        return Found(
            kind=kind,
            record=record,
            on=on,
            title=kind.title(record),
            about=kind.about(record),
            pieces=search_words.snippet(kind.shown(record), self.search.wanted, stem),
        )


def search(account: Account, looked_for: Search) -> Results:
    """Look for words in everything that an account may see."""
    return Results(account, looked_for)


def _vendor(alias: str = "default") -> str:
    return connections[alias].vendor


def _matching(kind: Kind, wanted: Wanted, alias: str) -> Any:
    """The condition that a row of a kind's table holds the words; names come from the room, words go as parameters."""
    index = kind.index
    if _vendor(alias) == "sqlite":
        rows, match = f"SELECT rowid FROM {index.name} WHERE {index.name} MATCH %s", wanted.for_sqlite()  # noqa: S608
        with connections[alias].cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ({rows} LIMIT {COMMON + 1})", [match])  # noqa: S608
            is_common = cursor.fetchone()[0] > COMMON
        if not is_common:
            return Q(pk__in=RawSQL(rows, [match]))  # noqa: S611
        # The sign keeps SQLite from fetching each record by its number, to sort them all for the newest thousand.
        return RawSQL(f'+"{index.table}"."id" IN ({rows})', [match], output_field=BooleanField())  # noqa: S611
    return RawSQL(  # noqa: S611
        f'"{index.table}".{search_index.COLUMN} @@ to_tsquery(%s, %s)',
        [search_index.CONFIGURATION, wanted.for_postgresql()],
        output_field=BooleanField(),
    )


__all__: Sequence[str] = ("MOST_FOUND", "Found", "Kind", "Results", "Search", "kinds", "register", "search")

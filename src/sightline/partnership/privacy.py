"""The register of personal data: of every field of every record, whether it is personal, why it is held and how long.

Each room says it of its own records in its ``privacy.py``, which is found by itself when Sightline starts::

    privacy.holds(Person, not_personal=("id",), name=privacy.Personal("the name", ...))

A field that nobody has said anything of fails a test. The history of a record holds the same fields, with the account
that made each change. From the register come the page for administrators, `sightline privacy register` and the page of
the documentation that it writes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

# Article 6(1) of the UK GDPR.
PUBLIC_TASK = "public task, Article 6(1)(e)"
LEGAL_OBLIGATION = "legal obligation, Article 6(1)(c)"
LASTING = "lasting public record"
WITH_RECORD = "as long as the record it stands in"


@dataclass(frozen=True, slots=True)
class Personal:
    """What is personal in a field.

    what: what it tells, in words.
    whose: residents, staff, members.
    purpose: why it is held.
    basis: the lawful basis.
    kept: how long: one of ``settings.RETENTION_DAYS``, or words.
    """

    what: str
    whose: str
    purpose: str
    basis: str = PUBLIC_TASK
    kept: str = WITH_RECORD

    @property
    def how_long(self) -> str:
        """How long it is kept, in words; by the setting of this installation where there is one."""
        return self.how_long_by(settings.RETENTION_DAYS)

    def how_long_by(self, days: Mapping[str, int]) -> str:
        """How long it is kept, in words, where the settings are ``days``."""
        if self.kept not in days:
            return self.kept
        return f"{days[self.kept]} days {_BEGINS[self.kept]}" if days[self.kept] else "as long as this installation"


_BEGINS = {
    "closed-accounts": "after the account was closed and the last role ended",
    "uploads": "after the upload",
    "followers": "after it was confirmed, or until its owner leaves; 7 days where it was not confirmed",
    "sign-in-attempts": "after the attempt",
    "background-jobs": "after the job ended",
    "daily-runs": "after the run",
}

# Who did it: fields of every record that name the account.
DONE_BY = Personal("which account did it", "staff, members", "so that what was done can be accounted for")

DONE_FOR = Personal("on whose behalf it was done", "staff, members", "so that what was done can be accounted for")


@dataclass(frozen=True, slots=True)
class Holding:
    """One field with personal data."""

    model: str
    record: str
    field: str
    personal: Personal


_fields: dict[str, dict[str, Personal | None]] = {}
_others: dict[str, Personal | None] = {}
_mentions: list[Callable[[str], Iterable[dict[str, Any]]]] = []


def holds(model: type[models.Model], *, not_personal: Iterable[str] = (), **personal: Personal) -> None:
    """Say of every field of a model whether it is personal. Saying it again replaces what was said.

    Raises:
        ValueError: a field is named that the model does not have, or named twice.
    """
    label = model._meta.label
    told: dict[str, Personal | None] = {**dict.fromkeys(not_personal, None), **personal}
    twice = set(not_personal) & set(personal)
    unknown = set(told) - field_names(model)
    if twice or unknown:
        raise ValueError(
            f"{label}: {sorted(twice | unknown)} is named twice, or is no field of it. Mend its privacy.py."
        )
    _fields[label] = told


def others_hold(label: str, personal: Personal | None) -> None:
    """Say of a table of a library that is used, as a whole, what is personal in it. It need not be installed."""
    _others[label] = personal


@dataclass(frozen=True, slots=True)
class UnderAddress:
    """What a room holds under e-mail addresses that belong to no record of a person.

    find: what it holds under some addresses (in small letters), as plain values.
    forget: forgets it, and says what was forgotten; empty where there was nothing.
    """

    find: Callable[[Collection[str]], list[dict[str, Any]]]
    forget: Callable[[Collection[str]], str]


_under_address: list[UnderAddress] = []


def holds_under_address(held: UnderAddress) -> None:
    """Say that a room holds something under e-mail addresses: it is given out and erased with the person behind one."""
    if held not in _under_address:
        _under_address.append(held)


def held_under(addresses: Collection[str]) -> list[dict[str, Any]]:
    """Everything that is held under some addresses."""
    return [one for held in _under_address for one in held.find(addresses)]


def forget_under(addresses: Collection[str]) -> list[str]:
    """Forget everything that is held under some addresses; says what it was."""
    return [said for held in _under_address if (said := held.forget(addresses))]


def finds_mentions(find: Callable[[str], Iterable[dict[str, Any]]]) -> None:
    """Ask ``find`` where records of a room name a person: it gets the name, and gives a dict for each place."""
    if find not in _mentions:
        _mentions.append(find)


def mentions(name: str) -> list[dict[str, Any]]:
    """Where records name a person, in every room."""
    return [place for find in _mentions for place in find(name)]


def field_names(model: type[models.Model]) -> set[str]:
    """The fields of a model that are stored."""
    return {field.name for field in (*model._meta.local_fields, *model._meta.local_many_to_many)} | {
        field.name for field in model._meta.concrete_fields
    }


def our_models() -> list[type[models.Model]]:
    """The models that we wrote, without the tables of history."""
    ours = (model for model in apps.get_models() if model.__module__.startswith("sightline."))
    return [model for model in ours if not hasattr(model, "instance_type")]


def others_models() -> list[type[models.Model]]:
    """The tables of the libraries that are used here."""
    return [model for model in apps.get_models() if not model.__module__.startswith("sightline.")]


def missing() -> list[str]:
    """Every field, and every table of a library, that the register says nothing of."""
    fields = [
        f"{model._meta.label}.{name}"
        for model in our_models()
        for name in sorted(field_names(model) - set(_fields.get(model._meta.label, {})))
    ]
    return fields + [model._meta.label for model in others_models() if model._meta.label not in _others]


def personal_fields(model: type[models.Model]) -> dict[str, Personal]:
    """The fields of a model that are personal."""
    return {name: personal for name, personal in _fields.get(model._meta.label, {}).items() if personal is not None}


def holdings() -> Iterator[Holding]:
    """Every field with personal data, in the order of rooms and records; then the tables of libraries."""
    for model in sorted(our_models(), key=lambda one: one._meta.label):
        for name, personal in personal_fields(model).items():
            yield Holding(model._meta.label, str(model._meta.verbose_name), name.replace("_", " "), personal)
    for model in sorted(others_models(), key=lambda one: one._meta.label):
        if whole := _others.get(model._meta.label):
            yield Holding(model._meta.label, str(model._meta.verbose_name), "", whole)


def as_markdown(*, defaults: bool = False) -> str:
    """The register as a page of the documentation; with ``defaults``, as the product ships."""
    days = settings.RETENTION_DEFAULTS if defaults else settings.RETENTION_DAYS
    heading = """\
# Register of personal data

Written by `sightline privacy register --defaults`; a test fails when it is out of date. The page of an installation,
for its administrators, shows its own settings.

The history of a record holds the same fields as the record, and the account that made each change. Where a setting
says how long, `sightline daily` carries it out, in history too. Minutes of meetings are a lasting public record: names
stay in them.
"""
    lines = [heading]
    for label, held in _by_model():
        lines += [
            f"\n## {held[0].record[:1].upper()}{held[0].record[1:]}\n",
            f"`{label}`\n",
            "| field | what | whose | why | lawful basis | how long |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        lines += [
            f"| {one.field or 'all'} | {one.personal.what} | {one.personal.whose} | {one.personal.purpose} |"
            f" {one.personal.basis} | {one.personal.how_long_by(days)} |"
            for one in held
        ]
    return "\n".join(lines) + "\n"


def _by_model() -> Iterator[tuple[str, list[Holding]]]:
    found: dict[str, list[Holding]] = {}
    for one in holdings():
        found.setdefault(one.model, []).append(one)
    yield from found.items()


def by_record() -> list[tuple[str, list[Holding]]]:
    """The register for a page: each kind of record with its fields."""
    return [(held[0].record, held) for _, held in _by_model()]

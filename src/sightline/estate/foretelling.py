"""What of the estate ends soon: letters to whoever can still act, one a person and day, and what waits for them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from sightline.estate import actions, legacy_actions, legacy_queries, licence_actions, licence_queries, queries
from sightline.estate.domain.forewarning import DAYS_AHEAD, is_told
from sightline.estate.domain.lifecycle import in_words
from sightline.estate.models import LegacyException, Licence, System
from sightline.partnership import access, daily, notices
from sightline.partnership import queries as partnership
from sightline.partnership.models import Council, Person, User
from sightline.partnership.waiting import MOST_SHOWN, Found, Item

JOB = "estate-ahead"
WITHIN = datetime.timedelta(days=DAYS_AHEAD[0])


@dataclass(frozen=True, slots=True)
class Ahead:
    """One day that comes near, and what ends with it. right: of those who are told where nobody is named."""

    record: LegacyException | Licence | System
    on: datetime.date
    title: str
    says: str
    address: str
    named: tuple[Person | None, ...]
    right: str

    @property
    def council(self) -> Council | None:
        return self.record.council


def of_exception(one: LegacyException) -> Ahead:
    says = f"Its agreed exception ends on {in_words(one.expires_on)}; from then on it counts as what it is."
    address = reverse("system-risk", args=[one.system.reference])
    title = f"{one.system.reference} {one.system.name}"
    return Ahead(one, one.expires_on, title, says, address, (one.owner,), legacy_actions.AGREE)


def _notice(day: datetime.date, ends: datetime.date | None) -> str:
    end = f"; it ends on {in_words(ends)}" if ends else ""
    return f"The last day to give notice is {in_words(day)}{end}."


def of_licence(one: Licence) -> Ahead:
    assert one.notice_on is not None
    owners = (one.system.service_owner, one.system.ict_owner) if one.system else ()
    says, address = _notice(one.notice_on, one.ends_on), one.get_absolute_url()
    return Ahead(one, one.notice_on, f"{one.reference} {one.name}", says, address, owners, licence_actions.KEEP)


def of_contract(one: System) -> Ahead:
    assert one.notice_on is not None
    says, address = _notice(one.notice_on, one.contract_ends_on), one.get_absolute_url()
    owners = (one.service_owner, one.ict_owner)
    return Ahead(one, one.notice_on, f"{one.reference} {one.name}", says, address, owners, actions.KEEP)


def _exceptions(on: datetime.date) -> QuerySet[LegacyException]:
    return LegacyException.objects.filter(
        system__retired_on=None, ended_on=None, expires_on__gte=on, expires_on__lte=on + WITHIN
    ).select_related("system", "council", "owner__user")


def _licences(on: datetime.date) -> QuerySet[Licence]:
    return Licence.objects.filter(notice_on__gte=on, notice_on__lte=on + WITHIN).select_related(
        "council", "system__service_owner__user", "system__ict_owner__user"
    )


def _contracts(on: datetime.date) -> QuerySet[System]:
    return System.objects.filter(retired_on=None, notice_on__gte=on, notice_on__lte=on + WITHIN).select_related(
        "council", "service_owner__user", "ict_owner__user"
    )


def told_on(on: datetime.date, after: datetime.date | None) -> list[Ahead]:
    """What the letters of a day tell of, the nearest first. after: the day of those before."""
    found = [
        *(
            of_exception(one)
            for one in _exceptions(on)
            if is_told(one.expires_on, on=on, after=after, known_on=one.agreed_on)
        ),
        *(one for one in map(of_licence, _licences(on)) if is_told(one.on, on=on, after=after)),
        *(one for one in map(of_contract, _contracts(on)) if is_told(one.on, on=on, after=after)),
    ]
    return sorted(found, key=lambda one: (one.on, one.title))


def run_letters(on: datetime.date) -> dict[str, int]:
    """Write to whoever answers for what ends soon: sixty days, thirty days and a week ahead. A run that was missed is
    caught up with; doing it again for the same day, or for an earlier one, does nothing more."""
    after = daily.last_done(JOB)
    if after is not None and after >= on:
        return {"letters": 0}
    letters: dict[int, tuple[Person, list[Ahead]]] = {}
    holders: dict[tuple[str, int | None], list[Person]] = {}
    for one in told_on(on, after):
        people = _can_be_written_to(one.named)
        if not people:
            key = (one.right, one.council.pk if one.council else None)
            if key not in holders:
                holders[key] = _can_be_written_to(partnership.people_who_may(one.right, council=one.council))
            people = holders[key]
        for person in people:
            letters.setdefault(person.pk, (person, []))[1].append(one)
    return {"letters": sum(_write(person, found, on) for person, found in letters.values())}


def _can_be_written_to(people: Iterable[Person | None]) -> list[Person]:
    return list(
        {
            person.pk: person
            for person in people
            if person is not None and person.user is not None and person.user.is_active and person.user.email
        }.values()
    )


def _write(person: Person, found: list[Ahead], on: datetime.date) -> bool:
    key = f"{JOB}:{on.isoformat()}:{person.pk}"
    if notices.is_put(key) or person.user is None:
        return False
    seen = _seen(person.user, found)
    lines = [_line(one) for one in found if (type(one.record), one.record.pk) in seen]
    if hidden := len(found) - len(lines):
        lines.append(f"{hidden} more that you answer for and may not see. Ask ICT.\n")
    notices.put(
        key=key,
        to=person.user.email,
        subject="Something of the software estate ends soon"
        if len(found) == 1
        else f"{len(found)} things of the software estate end soon",
        text=f"{person.name},\n\nThis ends soon, or must be given notice of:\n\n" + "\n".join(lines),
    )
    return True


def _line(one: Ahead) -> str:
    return f"{one.title}\n  {one.says}\n  {settings.SITE_ADDRESS}{one.address}\n"


def _seen(account: User, found: list[Ahead]) -> set[tuple[type, int]]:
    """The records of ``found`` that an account may see, one query a kind."""
    seen: set[tuple[type, int]] = set()
    for kind in (LegacyException, Licence, System):
        if keys := [one.record.pk for one in found if isinstance(one.record, kind)]:
            rows = access.visible(account, kind._default_manager.filter(pk__in=keys))
            seen |= {(kind, pk) for pk in rows.values_list("pk", flat=True)}
    return seen


def _items(found: Iterable[Ahead]) -> list[Item]:
    return [Item(one.title, one.address, one.says, due_on=one.on, council=one.council) for one in found]


def exceptions_ending(account: User, on: datetime.date) -> Found:
    """Exceptions that end soon, for whoever can agree another, and for whoever answers for them."""
    own = Q(owner__user=account) | access.reaches(account, legacy_actions.AGREE)
    found = legacy_queries.exceptions(account).filter(own, pk__in=_exceptions(on).values("pk"))
    return Found(found.count(), _items(map(of_exception, found[:MOST_SHOWN])))


def notices_due(account: User, on: datetime.date) -> Found:
    """Licences and contracts whose last day to give notice comes near: for their owners, and for whoever keeps them."""
    owners = Q(system__service_owner__user=account) | Q(system__ict_owner__user=account)
    licences = (
        licence_queries.licences(account)
        .filter(owners | access.reaches(account, licence_actions.KEEP), pk__in=_licences(on).values("pk"))
        .select_related("council", "system__service_owner", "system__ict_owner")
    )
    owned = Q(service_owner__user=account) | Q(ict_owner__user=account)
    contracts = queries.systems(account).filter(
        owned | access.reaches(account, actions.KEEP), pk__in=_contracts(on).values("pk")
    )
    found = sorted([*map(of_licence, licences), *map(of_contract, contracts)], key=lambda one: (one.on, one.title))
    return Found(len(found), _items(found[:MOST_SHOWN]))

"""How what is on record stands on a day: the state of its release line, and whether it is legacy, with the reason.

Nothing of it is stored: a verdict is as old as the page that shows it. Many installations share a release line and a
system, so each pair is judged once.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import Q

from sightline.estate.catalogue_queries import lifecycle_of
from sightline.estate.domain.legacy import AgreedException, Judgement, LegacyFacts, LegacyPolicy, Verdict, judge
from sightline.estate.domain.lifecycle import Lifecycle, State
from sightline.estate.models import LegacyException, Release, System

Pair = tuple[int | None, int | None]
"""A release line and a system, by their keys; None for unknown and for none."""


def policy() -> LegacyPolicy:
    """What the partnership has set of the legacy verdict."""
    return LegacyPolicy(recent_years=settings.RECENT_INVESTMENT_YEARS, out_of_date_years=settings.OUT_OF_DATE_YEARS)


@dataclass(frozen=True, slots=True)
class Owned:
    """What the verdict asks of a system."""

    in_use: bool | None
    purchased_on: datetime.date | None
    extended_until: datetime.date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How one system stands: the judgement that weighs most, and of what it is: a release line, or nothing known."""

    judgement: Judgement
    of: Release | None

    @property
    def sentence(self) -> str:
        what = f"{self.of}: " if self.of is not None else ""
        return f"{what}{self.judgement.sentence}"


class Assessor:
    """Judges release lines and systems on one day. It reads each kind of record once, when it is first asked."""

    def __init__(self, on: datetime.date) -> None:
        self.on = on
        self._policy = policy()
        self._judged: dict[Pair, Judgement] = {}
        self._lifecycles: dict[int, Lifecycle] = {}

    @cached_property
    def releases(self) -> dict[int, Release]:
        """Every release line of the products that are found or run, by key."""
        used = Q(product__installations__isnull=False) | Q(product__systems__isnull=False)
        products = Release.objects.filter(used).order_by().values("product").distinct()
        rows = Release.objects.filter(product__in=products).select_related("product")
        return {row.pk: row for row in rows}

    @cached_property
    def systems(self) -> dict[int, Owned]:
        """What the verdict asks of every system that is run, by key. What is still found of one that is retired is
        judged as software of no system."""
        rows = System.objects.filter(retired_on=None).values_list("pk", "in_use", "purchased_on", "extended_until")
        return {pk: Owned(in_use, bought, until) for pk, in_use, bought, until in rows}

    @cached_property
    def exceptions(self) -> dict[int, AgreedException]:
        """The agreed exception of each system that is run and has one in force, by the system's key."""
        rows = LegacyException.objects.filter(
            system__retired_on=None, ended_on__isnull=True, agreed_on__lte=self.on, expires_on__gte=self.on
        )
        return {
            row.system_id: AgreedException(
                # Who answers for it is as exempt as the exception is; that it holds, the verdict has to say.
                owner="Somebody" if row.publication == "exempt" else row.owner.name,
                reason=row.reason,
                expires=row.expires_on,
            )
            for row in rows.select_related("owner").order_by("expires_on")
        }

    @cached_property
    def _dates(self) -> dict[int, list[datetime.date]]:
        dates: dict[int, list[datetime.date]] = {}
        for release in self.releases.values():
            if release.released_on is not None:
                dates.setdefault(release.product_id, []).append(release.released_on)
        return {product: sorted(set(days)) for product, days in dates.items()}

    def lifecycle(self, release: int | None) -> Lifecycle | None:
        """The lifecycle of a release line; None where it is not known."""
        if release is None or release not in self.releases:
            return None
        if release not in self._lifecycles:
            self._lifecycles[release] = lifecycle_of(self.releases[release])
        return self._lifecycles[release]

    def state(self, release: int | None, *, on: datetime.date | None = None, system: int | None = None) -> State:
        """How a release line stands, for a system that may have bought extended support."""
        lifecycle = self.lifecycle(release)
        if lifecycle is None:
            return State.UNKNOWN
        day = on or self.on
        until = self.systems[system].extended_until if system is not None and system in self.systems else None
        return lifecycle.state(
            day,
            horizon_days=settings.SUPPORT_HORIZON_DAYS,
            extended_bought=until is not None and day <= until,
        )

    def newer_since(self, release: int | None) -> datetime.date | None:
        """The day on which the next release line of the same product came out; None where there is none."""
        row = self.releases.get(release or 0)
        if row is None or row.released_on is None:
            return None
        return next((day for day in self._dates[row.product_id] if row.released_on < day <= self.on), None)

    def judgement(self, release: int | None, system: int | None) -> Judgement:
        """Whether an installation of a release line that belongs to a system is legacy. What is found is in use."""
        pair = (release, system)
        if pair not in self._judged:
            whose = self.systems.get(system or 0)
            facts = LegacyFacts(
                lifecycle=self.lifecycle(release),
                in_use=whose.in_use if whose is not None and whose.in_use is not None else True,
                newer_since=self.newer_since(release),
                purchased_on=whose.purchased_on if whose is not None else None,
                extended_until=whose.extended_until if whose is not None else None,
                exception=self.exceptions.get(system or 0),
            )
            self._judged[pair] = judge(facts, self._policy, on=self.on)
        return self._judged[pair]

    def standing(self, system: System, found: Iterable[int | None]) -> Standing:
        """How a system stands: legacy where anything that it runs on is; unknown where nothing of it is recognised.

        found: the release lines of its installations.
        """
        lines = [system.release_id, *found] if system.release_id is not None else list(found)
        known = [line for line in dict.fromkeys(lines) if self.lifecycle(line) is not None] or [None]
        judged = [(self.judgement(line, system.pk), line) for line in known]
        weight = {Verdict.LEGACY: 0, Verdict.NOT_LEGACY: 2, Verdict.UNKNOWN: 1}
        judgement, line = min(judged, key=lambda one: (weight[one[0].verdict], one[0].legacy_on or datetime.date.max))
        return Standing(judgement, self.releases.get(line or 0))

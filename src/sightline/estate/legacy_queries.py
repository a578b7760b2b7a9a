"""The reads of scores by the government's framework, and of exceptions."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import QuerySet
from django.utils import timezone

from sightline.estate.catalogue_queries import lifecycle_of
from sightline.estate.domain.legacy import RegisterFacts
from sightline.estate.models import LegacyException, RiskAssessment, System
from sightline.partnership import access
from sightline.partnership import queries as partnership
from sightline.partnership.access import Account
from sightline.partnership.models import Person


def systems(account: Account) -> QuerySet[System]:
    """The systems that an account may see."""
    found = System.objects.select_related(
        "council__successor", "release__product", "product", "service_owner", "ict_owner"
    )
    return access.visible(account, found)


def assessments(account: Account, system: System) -> QuerySet[RiskAssessment]:
    """The assessments of a system that an account may see, newest first."""
    return access.visible(account, system.risk_assessments.select_related("assessed_by", "system"))


def exceptions(account: Account) -> QuerySet[LegacyException]:
    """The exceptions that an account may see, the first to expire first."""
    found = LegacyException.objects.select_related("system__council", "owner", "council", "agreed_by")
    return access.visible(account, found)


def facts_of(system: System) -> RegisterFacts:
    """What the register knows of a system, as the framework's suggestions take it."""
    return RegisterFacts(
        lifecycle=lifecycle_of(system.release) if system.release else None,
        extended_until=system.extended_until,
        contract_ends=system.contract_ends_on,
        dependants=system.needed_by.filter(retired_on=None).count(),
    )


def may_own(account: Account, system: System, action: str) -> list[Person]:
    """Who can answer for keeping a system: whoever holds a role for its council today, or for the partnership; of those
    councils alone for which the account may do ``action``, since who works where is not everybody's to know."""
    held = partnership.roles_held(timezone.localdate(), reaching=system.council)
    return partnership.people_with(held.filter(access.reaches(account, action)))


@dataclass(frozen=True, slots=True)
class Scored:
    """A system with its newest assessment, and with the exception that holds."""

    system: System
    latest: RiskAssessment | None
    exception: LegacyException | None

    @property
    def red(self) -> bool | None:
        return self.latest.assessment.red if self.latest else None

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        return self.latest.assessment.bounds if self.latest else (Fraction(0), Fraction(0))


def scored(account: Account, on: datetime.date) -> list[Scored]:
    """Every system that is run, with a score or an exception, that an account may see, the worst first; five queries
    however many."""
    latest: dict[int, RiskAssessment] = {}
    told = access.visible(account, RiskAssessment.objects.order_by("assessed_on", "pk"))
    for one in told:
        latest[one.system_id] = one
    holding = {
        one.system_id: one
        for one in exceptions(account).filter(ended_on__isnull=True, agreed_on__lte=on, expires_on__gte=on)
    }
    known = systems(account).filter(pk__in={*latest, *holding}, retired_on=None)
    rows = [Scored(one, latest.get(one.pk), holding.get(one.pk)) for one in known]
    return sorted(rows, key=lambda row: (-row.bounds[0], -row.bounds[1], row.system.name.casefold()))

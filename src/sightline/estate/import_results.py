"""How what an import found stands today: until when it is supported, what is legacy, and whether licences cover it."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from sightline.estate import licence_queries, queries
from sightline.estate.assessing import Assessor
from sightline.estate.domain.legacy import Verdict
from sightline.estate.domain.lifecycle import State
from sightline.estate.models import InventoryImport, Release
from sightline.partnership.access import Account


@dataclass(frozen=True, slots=True)
class LegacyLine:
    """A release line of which some installations are legacy: how many, and why, in one sentence."""

    release: Release
    many: int
    why: str


@dataclass(frozen=True, slots=True)
class Results:
    """What the newest imports of one scope found, as it stands on a day; what an account may not see is left out.

    states, verdicts: how many installations stand how. legacy: what is legacy, the most installations first.
    positions: of the products that were found and for which there is a licence.
    """

    states: Counter[State]
    verdicts: Counter[Verdict]
    legacy: tuple[LegacyLine, ...]
    positions: tuple[licence_queries.Row, ...]

    @property
    def all(self) -> int:
        return sum(self.states.values())


def results_of(account: Account, record: InventoryImport, on: datetime.date) -> Results:
    """How what an import's scope holds stands on a day. Each pair of release line and system is judged once."""
    found = queries.installations(account).filter(council=record.council, scope=record.scope, gone_on=None)
    assessor = Assessor(on)
    states: Counter[State] = Counter()
    verdicts: Counter[Verdict] = Counter()
    old: Counter[int] = Counter()
    why: dict[int, str] = {}
    for release, system, many in found.order_by().values_list("release", "system").annotate(many=Count("pk")):
        judgement = assessor.judgement(release, system)
        states[assessor.state(release, system=system)] += many
        verdicts[judgement.verdict] += many
        if judgement.verdict is Verdict.LEGACY and release is not None:
            old[release] += many
            why.setdefault(release, judgement.sentence)
    products = set(found.order_by().values_list("product", flat=True).distinct())
    positions = licence_queries.positions(account, on, council=record.council)
    return Results(
        states,
        verdicts,
        tuple(LegacyLine(assessor.releases[pk], many, why[pk]) for pk, many in old.most_common()),
        tuple(
            row
            for row in positions
            if row.product.pk in products and (row.council is None or row.council == record.council)
        ),
    )

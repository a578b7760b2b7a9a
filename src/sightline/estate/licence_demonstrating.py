"""Gives the invented demonstration partnership its licences, scores, exceptions and a software audit."""

from __future__ import annotations

import datetime
import random
import uuid
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from sightline.estate import audit_actions, legacy_actions, licence_actions
from sightline.estate.audit_actions import Told
from sightline.estate.domain.campaigns import Act, QuestionState
from sightline.estate.domain.entitlements import Metric
from sightline.estate.domain.legacy import CRITERIA, suggestions
from sightline.estate.domain.lifecycle import State
from sightline.estate.domain.renewals import months_after
from sightline.estate.legacy_queries import facts_of
from sightline.estate.licence_actions import LicenceFacts
from sightline.estate.models import AuditCampaign, AuditQuestion, Installation, Licence, Product, RiskAssessment, System
from sightline.partnership import notices
from sightline.partnership import queries as partnership
from sightline.partnership.models import Council, User

HEAD_OF_ICT, ANALYST = "imogen.hartwell", "tobias.renn"
SEED = 20_261_124
SCORED = 12

# Product, what the licence is called, supplier, what it counts, cost of one a year in pence, whether councils share it.
_LICENCES = (
    ("windows", "Desktop operating system", "Fairmont Licensing", Metric.DEVICE, 4_200, False),
    ("windows-server", "Server operating system", "Fairmont Licensing", Metric.DEVICE, 31_000, False),
    ("mssqlserver", "Database server", "Fairmont Licensing", Metric.CORE, 89_000, False),
    ("office", "Office suite", "Fairmont Licensing", Metric.DEVICE, 11_500, False),
    ("oracle-database", "Revenues database", "Marrow and Pike", Metric.CORE, 240_000, False),
    ("vmware-esxi", "Virtual machines", "Harrow Virtual", Metric.CORE, 15_000, True),
    ("citrix-vad", "Remote desktops", "Harrow Virtual", Metric.CONCURRENT, 9_800, True),
    ("veeam-backup-and-replication", "Backup", "Saltmarsh Backup", Metric.SITE, 620_000, True),
    ("rhel", "Linux support", "Crimson Fields", Metric.SUBSCRIPTION, 34_000, True),
)


def load(say: Callable[[str], None]) -> None:
    """Keep the demonstration's licences, scores, exceptions and software audit, unless it has them. Invented letters
    are not sent."""
    here = partnership.the_partnership()
    if here is None or not here.is_invented:
        return
    by, second = partnership.user_called(HEAD_OF_ICT), partnership.user_called(ANALYST)
    with notices.unsent(), transaction.atomic():
        if not Licence.objects.exists():
            say(f"Kept {_licences(by)} licences")
        if not RiskAssessment.objects.exists():
            say(f"Scored {_scores(by)} systems")
        if not AuditCampaign.objects.exists() and System.objects.exists():
            say(f"Asked about {_audit(by, second)} systems in a software audit")


def _licences(by: User) -> int:
    chance, today, count = random.Random(SEED), timezone.localdate(), 0
    products = {one.slug: one for one in Product.objects.filter(slug__in=[row[0] for row in _LICENCES])}
    councils: list[Council] = list(partnership.councils())
    for slug, name, supplier, metric, each_pence, shared in _LICENCES:
        product = products.get(slug)
        if product is None:
            continue
        for place, council in enumerate([None] if shared else councils):
            used = _used(product, council, metric, by, chance, today)
            # One council short, one right, one with too many; shared ones are right.
            quantity = max(used * (104 if council is None else (88, 103, 140)[place % 3]) // 100, 1)
            ends = months_after(today, chance.randrange(2, 30)) - datetime.timedelta(days=chance.randrange(20))
            facts = LicenceFacts(
                name=name,
                metric=metric,
                quantity=quantity,
                council=council,
                supplier=supplier,
                products=(product,),
                downgrade=place == 0,
                starts_on=months_after(ends, -36),
                ends_on=ends,
                notice_on=ends - datetime.timedelta(days=90),
                cost_pence=each_pence * quantity,
            )
            licence_actions.keep_licence(facts=facts, by=by)
            count += 1
    old = LicenceFacts(
        name="Electoral roll scanner",
        metric=Metric.NAMED_USER,
        quantity=6,
        council=councils[0] if councils else None,
        supplier="Quillon Forms",
        names_product="RollScan 4, desktop edition",
        ends_on=months_after(today, -2),
        cost_pence=180_000,
    )
    licence_actions.keep_licence(facts=old, by=by)
    return count + 1


def _used(
    product: Product, council: Council | None, metric: Metric, by: User, chance: random.Random, today: datetime.date
) -> int:
    """How much is used: of devices what discovery found; of the rest a count that somebody made."""
    if metric is Metric.DEVICE:
        found = Installation.objects.filter(product=product, council=council, gone_on__isnull=True)
        return found.order_by().values("device").distinct().count() or chance.randrange(20, 200)
    amount = chance.randrange(3, 9) if metric is Metric.SITE else chance.randrange(16, 96)
    licence_actions.count_use(
        product=product,
        council=council,
        metric=metric,
        amount=amount,
        counted_on=today - datetime.timedelta(days=chance.randrange(5, 90)),
        source="Report of the licence server",
        by=by,
    )
    return amount


def _scores(by: User) -> int:
    chance, today, count = random.Random(SEED), timezone.localdate(), 0
    over = [
        system
        for system in System.objects.filter(release__isnull=False, retired_on=None).select_related(
            "release__product", "council"
        )
        if (lifecycle := facts_of(system).lifecycle) is not None and lifecycle.state(today) is State.UNSUPPORTED
    ]
    for system in over[:SCORED]:
        known = {one.code: one.answer for one in suggestions(facts_of(system), on=today)}
        weight = 2 if count % 3 == 0 else 0
        answers = {
            one.code: known.get(one.code) or min(chance.randrange(1, 4) + weight, one.highest) for one in CRITERIA
        }
        why = "Scored by the service and ICT together, in a workshop."
        legacy_actions.assess(system=system, answers=answers, reasons=dict.fromkeys(answers, why), by=by)
        owner = system.service_owner or system.ict_owner
        if owner is not None and count % 3 == 1:
            system.refresh_from_db()
            legacy_actions.agree_exception(
                system=system,
                owner=owner,
                reason="Its successor is being put into use; until then it stands apart from the network.",
                expires_on=months_after(today, 2 + count),
                by=by,
            )
        count += 1
    return count


def _audit(by: User, second: User) -> int:
    today = timezone.localdate()
    opened = audit_actions.open_campaign(
        name="Are licences in place?",
        scope="For every system: is what the register says of it right, and can its licence be shown?",
        closes_on=today + datetime.timedelta(days=45),
        council=None,
        kind="",
        by=by,
    )
    audit_actions.answer_from_discovery(campaign=opened.campaign, by=by)
    waiting = AuditQuestion.objects.filter(campaign=opened.campaign, state=QuestionState.ASKED.value)
    business = waiting.filter(asked__user__isnull=False, system__kind=System.Kind.BUSINESS.value)
    for number, question in enumerate(business.select_related("asked__user", "council").order_by("pk")):
        owner = question.asked.user if question.asked else None
        if number % 5 == 4 or owner is None or not audit_actions.may_answer(owner, question):
            continue
        if number % 11 == 10:
            audit_actions.settle(question=question, act=Act.EXCEPT, reason="It is switched off in the spring.", by=by)
            continue
        right = number % 3 != 2
        told = Told(
            confirms=right,
            text="" if right else "Fewer people use it than is written here: the contact centre has moved away.",
            in_use=True,
            users=None if right else 12 + number,
            licence_link="https://contracts.example.org/" + question.system.reference if number % 2 else "",
        )
        submission = uuid.uuid5(uuid.NAMESPACE_URL, f"demonstration:{question.pk}")
        audit_actions.answer(question=question, told=told, submission=submission, by=owner)
        if number % 4 == 0:
            audit_actions.settle(question=question, act=Act.COUNTERSIGN, reason="", by=second)
        elif number % 4 == 1:
            audit_actions.settle(
                question=question, act=Act.RETURN, reason="Please attach the contract as it was signed.", by=second
            )
    return opened.asked

"""What the estate has to call for: licences, systems, exceptions and software audits, of each publication."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from sightline.estate import audit_actions, legacy_actions, licence_actions
from sightline.estate.domain.entitlements import Metric
from sightline.estate.models import AuditQuestion, Product, System
from sightline.partnership import actions as partnership
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import Council, Person, PublishedRecord, Role, User

if TYPE_CHECKING:
    from tests.matrix.world import World


def add(world: World, own: Council) -> None:
    """One of everything for each publication state, for a council and for the partnership."""
    ict = User.objects.create_user("estate.keeper", "estate.keeper@example.invalid")
    person = Person.objects.create(name="Estate Keeper", user=ict)
    Role.objects.create(person=person, kind=RoleKind.ICT.value, council=None, started_on=datetime.date(2020, 1, 1))
    Product.objects.create(slug="mssqlserver", title="A product that is counted")
    ahead = timezone.localdate() + datetime.timedelta(days=90)
    for council, owner in ((own, "own"), (None, "shared")):
        for publication in ("public", "internal", "exempt"):
            mark = f"zq{owner}{publication}estate"
            sees = {f"partnership.see_{publication}"} | ({"estate.see_exempt"} if publication == "exempt" else set())
            world.marks[mark] = (frozenset(sees), council.gss_code if council else None)
            facts = licence_actions.LicenceFacts(
                name=mark, metric=Metric.SITE, council=council, names_product=mark, ends_on=ahead, file=(mark, b"x")
            )
            licence = licence_actions.keep_licence(facts=facts, by=ict)
            system = System.objects.create(
                reference=f"S-{owner}-{publication}", name=mark, function=mark, kind="business", council=council
            )
            exception = legacy_actions.agree_exception(
                system=system, owner=person, reason=mark, expires_on=ahead, by=ict
            )
            other = [one for one in System.objects.exclude(pk=system.pk) if not one.audit_questions.exists()]
            for one in other:
                one.retired_on = ahead
                one.save()
            audit = audit_actions.open_campaign(
                name=mark, scope=mark, closes_on=ahead, council=council, kind="business", by=ict
            ).campaign
            for one in other:
                one.retired_on = None
                one.save()
            question = AuditQuestion.objects.get(campaign=audit)
            for record in (licence, system, exception, audit, question):
                _give_publication(record, publication, ict)
            world.add("licence", council, publication, licence.reference)
            world.add("licence-document", council, publication, licence.reference)
            world.add("system", council, publication, system.reference)
            world.add("exception", council, publication, exception.pk)
            world.add("audit", council, publication, audit.reference)
            world.add("audit-file", council, publication, audit.reference, "csv")
            world.add("audit-report", council, publication, audit.reference, "docx")
            world.add("question", council, publication, question.pk)
    world.add("audit-document", own, "internal", NOTHING, NOTHING)
    world.add("table", None, "public", "csv")
    world.add("token", None, "public", "1:forged")


NOTHING = 987654321


def _give_publication(record: PublishedRecord, publication: str, ict: User) -> None:
    if publication == "public":
        partnership.publish(record, by=ict, action=licence_actions.KEEP)
    elif publication == "exempt":
        partnership.make_exempt(record, by=ict, action=licence_actions.KEEP, paragraph=7)

"""Gives the invented demonstration partnership its estate, by the same actions that people use."""

from __future__ import annotations

import csv
import datetime
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sightline.estate import licence_demonstrating, retiring
from sightline.estate.actions import keep_system
from sightline.estate.domain import demonstration as invented
from sightline.estate.domain.inventory import open_inventory
from sightline.estate.inventory_actions import import_inventory
from sightline.estate.lifecycle_actions import load_lifecycle
from sightline.estate.models import InventoryImport, Product, Release, System
from sightline.kernel.errors import SightlineError
from sightline.partnership import queries as partnership
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import Council, Person, User
from sightline.partnership.records import keep_many

HEAD_OF_ICT = "imogen.hartwell"
ANALYST = "tobias.renn"
SOURCE = "Invented for the demonstration"
HEADING = ("AssetName", "Software", "Version", "Publisher", "InstallDate")


class OnlyInvented(SightlineError):
    """An invented estate was to be loaded into a partnership that is not invented."""


def load(say: Callable[[str], None], *, installations: int | None = None) -> None:
    """Give the partnership systems and what inventories found, unless it has them.

    installations: about how many, none for no estate at all; by the settings where it is None.

    Raises:
        OnlyInvented: the partnership is a real one.
    """
    here = partnership.the_partnership()
    if here is None or not here.is_invented:
        raise OnlyInvented("An invented estate belongs to an invented partnership: this one is real. None was loaded.")
    many = settings.DEMONSTRATION_INSTALLATIONS if installations is None else installations
    if many == 0:
        return
    if not InventoryImport.objects.exists():
        _load_estate(say, many)
    licence_demonstrating.load(say)


def _load_estate(say: Callable[[str], None], many: int) -> None:
    """Systems, and what inventories found."""
    by = partnership.user_called(HEAD_OF_ICT)
    today = timezone.localdate()
    councils = list(partnership.councils())[: len(invented.HISTORIES)]
    codes = [council.abbreviation for council in councils]
    run = invented.systems(codes, today)
    with transaction.atomic():
        load_lifecycle("shipped", by=by)
        if not System.objects.exists():
            _load_products(by)
            _load_systems(run, councils, by, today)
            say(f"Recorded {len(run)} systems")
        for place, (council, history) in enumerate(zip(councils, invented.HISTORIES, strict=False)):
            share = many // len(councils)
            rows = invented.installed(history, codes[place], run, place, share, today)
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / f"inventory-{council.slug}.csv"
                with file.open("w", encoding="utf-8", newline="") as opened:
                    table = csv.writer(opened)
                    table.writerow(HEADING)
                    table.writerows(
                        (row.device, row.name, row.version, row.publisher, row.installed_on) for row in rows
                    )
                record = import_inventory(open_inventory(file), council=council, by=by).record
            say(f"Imported {record.came} installations at {council.name}")


def _load_products(by: User) -> None:
    """The line-of-business products that no public catalogue knows, as the partnership's own entries."""
    today = timezone.localdate()
    sourced = {"source": SOURCE, "checked_on": today}
    rows = [
        Product(slug=one.slug, title=one.title, supplier=one.supplier, category="app", own=True, **sourced)
        for one in invented.products()
    ]
    kept = {row.slug: row for row in keep_many(rows, Product, by=by, reason="own entry")}
    releases = [
        Release(
            product=kept[one.slug],
            cycle=cycle,
            released_on=out,
            security_on=ends,
            security_over=False if ends is None else None,
            place=place,
            **sourced,
        )
        for one in invented.products()
        for place, (cycle, out, ends) in enumerate(one.releases)
    ]
    keep_many(releases, Release, by=by, reason="own entry")


def _load_systems(
    run: tuple[invented.InventedSystem, ...], councils: list[Council], by: User, today: datetime.date
) -> None:
    products = {row.slug: row for row in Product.objects.filter(own=True)}
    lines = Release.objects.filter(product__own=True).select_related("product")
    releases = {(row.product.slug, row.cycle): row for row in lines}
    people = list(partnership.people())
    named = {person.user.username: person for person in people if person.user is not None}
    officers: dict[int | None, list[Person]] = {}
    for person in people:
        for role in person.roles.all():
            if role.kind == RoleKind.OFFICER:
                officers.setdefault(role.council_id, []).append(person)
    kept: list[System] = []
    for place, one in enumerate(run):
        council = councils[one.council] if one.council is not None else None
        owners = officers.get(council.pk if council else None) or officers.get(None, [])
        product = products.get(one.product[0]) if one.product else None
        kept.append(
            keep_system(
                by=by,
                council=council,
                councils=[councils[place] for place in one.users_at],
                # What a service runs on needs the e-mail, the sign-on or the backup that all share.
                depends_on=kept[place % 3 : place % 3 + 1] if not one.centralised else [],
                reason="demonstration",
                name=one.name,
                function=one.function,
                kind=System.Kind.CENTRALISED if one.centralised else System.Kind.BUSINESS,
                service_area=one.service_area,
                # Some systems have no owner: that is what a register finds out.
                service_owner=owners[place % len(owners)] if owners and place % 5 else None,
                ict_owner=named.get(HEAD_OF_ICT if place % 2 else ANALYST),
                supplier=one.supplier,
                hosting=one.hosting,
                users=one.users,
                cost_pence=one.cost_pence,
                contract_starts_on=one.starts,
                contract_ends_on=one.ends,
                notice_on=one.notice,
                purchased_on=one.purchased,
                machines=one.machines,
                product=product,
                release=releases.get(one.product) if one.product else None,
                in_use=True,
                data_held="Names and addresses of residents" if place % 3 == 0 else "No personal data",
                what_is_done="A replacement is being bought together." if place % 7 == 0 else "",
            )
        )
    # One of them is history: a register that forgets what was switched off cannot say what became of it.
    on = today - datetime.timedelta(days=200)
    last = [one for one in kept if one.kind == System.Kind.BUSINESS and one.council is not None]
    retired = next(one for one in reversed(last) if one.purchased_on is None or one.purchased_on <= on)
    why = "The service moved to the system that the other two councils use."
    retiring.retire_system(record=retired, by=by, on=on, reason=why)

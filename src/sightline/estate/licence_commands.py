"""`sightline licences …`: what the councils may use."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import click

ACTING = click.option("--as", "acting", required=True, metavar="USER", help="The account that does it.")
JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object a licence.")


@click.group()
def licences() -> None:
    """Licences: what the councils may use."""


@licences.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--council", metavar="COUNCIL", help="Whose they are; left out for those that the councils share.")
@ACTING
@click.option("--check", is_flag=True, help="Say what would become of each row, and keep nothing.")
@JSON
def import_file(file: Path, council: str | None, acting: str, check: bool, as_json: bool) -> None:
    """Keep the licences that FILE lists, CSV or XLSX, a row a licence: all of them, or none where one row is wrong.

    Columns: name, metric, products (with ; between) or product_named; and where they are known reference, supplier,
    quantity, release_line, covers_together, upgrade, downgrade, starts_on, ends_on, notice_on, cost (in pounds a year)
    and system. A licence with the same name and supplier is changed; what FILE does not name stays.
    """
    from sightline.estate.domain.licence_files import read_licences

    rows = read_licences(file)
    import django

    django.setup()
    from sightline.estate.licence_importing import import_licences
    from sightline.partnership import queries
    from sightline.partnership.records import Kept

    done = import_licences(
        rows,
        name=file.name,
        council=queries.council_called(council) if council else None,
        by=queries.user_called(acting),
        only_check=check,
    )
    if as_json:
        for row, licence, kept in done.became:
            told = {"row": row.number, "reference": licence.reference if licence else None, "became": kept.value}
            click.echo(json.dumps({**told, "name": row.name}, ensure_ascii=False))
        return
    new, changed, same = (done.many(kept) for kept in (Kept.NEW, Kept.CHANGED, Kept.SAME))
    only = " Nothing was kept: this was a check." if check else ""
    click.echo(f"{file.name}: {len(rows)} licences; {new} new, {changed} changed, {same} the same.{only}")


@licences.command()
@click.option("--council", metavar="COUNCIL", help="Those of one council alone.")
@ACTING
@JSON
def show(council: str | None, acting: str, as_json: bool) -> None:
    """Show the licences that an account may see, and whether there are enough of what they cover."""
    import django

    django.setup()
    from django.utils import timezone

    from sightline.estate import licence_queries
    from sightline.partnership import access, queries

    by = queries.user_called(acting)
    access.require_anywhere(by, "partnership.see_internal")
    whose = queries.council_called(council) if council else None
    today = timezone.localdate()
    found = licence_queries.narrowed(licence_queries.licences(by), licence_queries.LicenceFilter(council=whose), today)
    stands: dict[str, list[dict[str, Any]]] = {}
    for row in licence_queries.positions(by, today, council=whose):
        told = {"product": row.product.slug, "standing": row.standing.value, "arithmetic": row.position.arithmetic}
        for held in row.position.held:
            stands.setdefault(held.reference, []).append(told)
    for one in found:
        positions = stands.get(one.reference, [])
        if as_json:
            click.echo(json.dumps({**_told(one), "positions": positions}, ensure_ascii=False))
            continue
        said = "; ".join(f"{told['product']} {told['standing']}: {told['arithmetic']}" for told in positions)
        ends = one.ends_on.isoformat() if one.ends_on else "no end known"
        click.echo(f"{one.reference}\t{one.name}\t{one.counts}\t{ends}\t{said or 'no position'}")


def _told(one: Any) -> dict[str, Any]:
    days = {name: getattr(one, name) for name in ("starts_on", "ends_on", "notice_on")}
    return {
        "reference": one.reference,
        "name": one.name,
        "council": one.council.gss_code if one.council else None,
        "supplier": one.supplier,
        "metric": one.metric,
        "quantity": one.quantity,
        "products": [product.slug for product in one.products.all()],
        "release_line": one.release.cycle if one.release else None,
        "product_named": one.names_product,
        **{name: day.isoformat() if isinstance(day, datetime.date) else None for name, day in days.items()},
        "cost_pence": one.cost_pence,
        "system": one.system.reference if one.system else None,
    }

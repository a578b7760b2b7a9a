"""What many tests begin with is written once, by the product's own actions, and then laid down again row by row.

Each test's transaction is rolled back, so that the rows are gone; making them anew, with their history, takes most
of a second, and laying them down as they were a few hundredths.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

Made = TypeVar("Made")
_kept: dict[str, tuple[list[list[Model]], Any]] = {}
# The statements that laid the rows of a name down: to send them again is quicker than to have Django put them together.
_statements: dict[str, list[tuple[str, Any]]] = {}


def bring(name: str, make: Callable[[], Made]) -> Made:
    """Do ``make`` the first time it is asked for by this name; then lay down the rows that it wrote.

    What ``make`` gives is given again as a copy, so that no test finds what another did to it.
    """
    if name not in _kept:
        before = {model: _rows(model) for model in _models()}
        made = make()
        for model, old in before.items():
            changed = [key for key, row in _rows(model).items() if key in old and row != old[key]]
            assert changed == [], (
                f"{name} changes rows that were there, which would not be laid down again: {model} {changed}"
            )
        rows = [
            [row for row in model._base_manager.order_by("pk") if row.pk not in before[model]] for model in _models()
        ]
        _kept[name] = ([table for table in rows if table], copy.deepcopy(made))
        return made
    tables, made = _kept[name]
    with transaction.atomic():  # Rows may name others that come after them.
        if name in _statements:
            with connection.cursor() as cursor:
                for statement, values in _statements[name]:
                    cursor.execute(statement, values)
        else:
            sent: list[tuple[str, Any]] = []
            with connection.execute_wrapper(_noting(sent)):
                for table in tables:
                    type(table[0])._base_manager.bulk_create(table)
            _statements[name] = sent
    return copy.deepcopy(made)


def _noting(sent: list[tuple[str, Any]]) -> Callable[..., Any]:
    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        assert sql.startswith("INSERT INTO "), f"no row is laid down by this: {sql}"
        assert not many
        sent.append((sql, params))
        return execute(sql, params, many, context)

    return note


def _models() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def _rows(model: type[Model]) -> dict[Any, dict[str, Any]]:
    return {row[model._meta.pk.attname]: row for row in model._base_manager.values()}

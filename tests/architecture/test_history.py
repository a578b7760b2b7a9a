"""Every record keeps its history, and nothing is written round it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from simple_history.utils import get_history_manager_for_model

from tests.architecture import house

# keep_many adds many records there, and writes their history itself.
DOOR = house.PACKAGE / "partnership" / "records.py"
QUERY_SET_METHODS = {
    "all", "annotate", "defer", "distinct", "exclude", "filter", "get_queryset", "only", "order_by", "prefetch_related",
    "reverse", "select_for_update", "select_related", "using",
}  # fmt: skip


# What is no record, and says nothing that anybody could want to look back on.
NO_RECORDS = {
    "scrutiny.ReferenceSeries",  # a counter
    "scrutiny.Follower",  # an address that wants to be told, gone when its owner leaves
    "partnership.Notice",  # an outbox: it keeps its own attempts, and history would keep what letters said
    # Logs: written once, never changed.
    "partnership.AuditEntry",
    "partnership.AuditPending",
    "partnership.AuditHead",
    "partnership.DailyRun",
    "estate.InstallationChange",
}


def our_models() -> list[type[models.Model]]:
    """The models that we wrote, without the tables of history itself."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("sightline.")
        and not hasattr(model, "instance_type")
        and model._meta.label not in NO_RECORDS
    ]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_model_keeps_its_history(model: type[models.Model]) -> None:
    assert hasattr(model._meta, "simple_history_manager_attribute"), "add history = HistoricalRecords()"


def fields_without_history() -> set[str]:
    """Fields that are left out of some model's history by design, such as how far a job has come."""
    left_out: set[str] = set()
    for model in our_models():
        kept = {field.name for field in get_history_manager_for_model(model).model._meta.get_fields()}
        left_out |= {field.name for field in model._meta.local_fields if field.name not in kept}
    return left_out


def bare_writes(tree: ast.AST, allowed: set[str]) -> Iterator[str]:
    """Calls that write many rows and leave no history."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        method = node.func.attr
        if is_no_record(node.func.value):
            continue
        if method in {"bulk_create", "bulk_update", "abulk_create", "abulk_update"}:
            yield f"line {node.lineno}: {method} leaves no history; use simple_history.utils.{method}_with_history"
        elif method in {"update", "aupdate", "update_or_create"} and is_query_set(node.func.value):
            if method == "update_or_create":
                continue  # It saves the record, and with it the history.
            names = {keyword.arg for keyword in node.keywords}
            if not names or not names <= allowed:
                yield f"line {node.lineno}: {method} leaves no history; save each, or use bulk_update_with_history"


def is_no_record(node: ast.AST) -> bool:
    """Whether an expression is the manager of a model that is no record: AuditEntry.objects."""
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.attr == "objects"
        and node.value.id in {label.partition(".")[2] for label in NO_RECORDS}
    )


def is_query_set(node: ast.AST) -> bool:
    """Whether an expression is, by the look of it, a query set: something.objects, or made by a query set's method."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute) and (inner.attr in {"objects", "_default_manager"}):
            return True
        if (
            isinstance(inner, ast.Call)
            and isinstance(inner.func, ast.Attribute)
            and inner.func.attr in QUERY_SET_METHODS
        ):
            return True
    return False


@pytest.mark.parametrize("room", house.rooms())
def test_nothing_is_written_round_the_history(room: str) -> None:
    allowed = fields_without_history()
    wrong = [
        f"{path.relative_to(house.CHECKOUT)} {write}"
        for path in house.files(room)
        for write in bare_writes(house.tree_of(path), allowed)
        if path != DOOR or "bulk_create" not in write
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("code", "how_many"),
    [
        ("Council.objects.bulk_create(rows)", 1),
        ("Council.objects.filter(name='x').update(name='y')", 1),
        ("councils.exclude(pk=1).update(name='y')", 1),
        ("Upload.objects.filter(pk=1).update(progress_percent=3)", 0),
        ("Upload.objects.filter(pk=1).update(progress_percent=3, name='y')", 1),
        ("Council.objects.update(**values)", 1),
        ("seen.update({'a': 1})", 0),
        ("hashlib.sha256().update(b'')", 0),
        ("bulk_create_with_history(rows, Council)", 0),
        ("AuditEntry.objects.bulk_create(rows)", 0),
    ],
)
def test_the_fence_sees_a_bare_write(code: str, how_many: int) -> None:
    assert len(list(bare_writes(ast.parse(code), {"progress_percent"}))) == how_many


@pytest.mark.parametrize("room", house.rooms())
def test_many_records_are_added_through_the_door_that_tells_the_audit_log(room: str) -> None:
    """simple_history tells nobody of what is created in bulk; partnership.records.keep_many does."""
    round_it = [
        str(found)
        for path in house.files(room)
        for found in house.imports(path)
        if found.full.startswith("simple_history.utils.bulk_") and path != DOOR
    ]
    assert round_it == [], "use sightline.partnership.records.keep_many: the audit log must tell of it"


@pytest.mark.django_db
def test_the_watch_over_bulk_writes_is_on() -> None:
    """What the code hides from a reader, the watch in conftest.py sees when it runs."""
    from django.contrib.contenttypes.models import ContentType

    from sightline.partnership.models import Council

    def called_from(module: str, statement: str) -> None:
        exec(compile(statement, "<test>", "exec"), {"__name__": module, "Council": Council, "ContentType": ContentType})  # noqa: S102

    with pytest.raises(AssertionError, match="no history of name"):
        called_from("sightline.scrutiny.anything", "Council.objects.update(name='x')")
    with pytest.raises(AssertionError, match="no history of"):
        called_from("sightline.scrutiny.anything", "Council.objects.bulk_create([])")
    called_from("sightline.scrutiny.anything", "ContentType.objects.filter(pk=0).update(model='x')")
    called_from("tests.anything", "Council.objects.update(name='x')")


def test_migrations_are_the_only_code_left_out() -> None:
    left_out = set(house.PACKAGE.rglob("*.py")) - set(house.files())
    assert left_out
    assert all("migrations" in path.parts for path in left_out)
    assert isinstance(house.PACKAGE, Path)

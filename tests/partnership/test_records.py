"""Records that are added with few trips to the database have the same history as those that are saved one by one."""

from __future__ import annotations

import contextlib

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from sightline.partnership import records
from sightline.partnership.audit_models import AuditPending
from sightline.partnership.models import Council, User
from sightline.strategy.models import GlossaryTerm

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(db: None) -> User:
    return User.objects.create_user("clerk", "clerk@example.invalid")


def terms(*names: str) -> list[GlossaryTerm]:
    return [GlossaryTerm(term=name, slug=name, explanation="100 % of it; “x” → 'y'") for name in names]


def test_what_is_kept_together_has_its_history_when_it_ends(
    clerk: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    councils = [Council(gss_code=f"E0799900{n}", name=f"C {n}", abbreviation=f"C{n}", slug=f"c-{n}") for n in (1, 2)]
    with django_assert_max_num_queries(9), transaction.atomic(), records.together():
        kept = records.keep_many(terms("a", "b"), GlossaryTerm, by=clerk, reason="many")
        records.keep_many(councils, Council, by=None)
        kept += records.keep_many(terms("c"), GlossaryTerm, by=clerk)
        assert GlossaryTerm.history.count() == 0
    told = [
        (one.id, one.term, one.explanation, one.history_type) for one in GlossaryTerm.history.order_by("history_id")
    ]
    assert told == [(one.pk, one.term, one.explanation, "+") for one in kept]
    first = GlossaryTerm.history.get(term="a")
    assert (first.history_user, first.history_change_reason) == (clerk, "many")
    assert [one.gss_code for one in Council.history.order_by("history_id")] == ["E07999001", "E07999002"]


def test_what_ends_in_an_error_leaves_nothing(clerk: User) -> None:
    before = AuditPending.objects.count()
    with contextlib.suppress(ZeroDivisionError), transaction.atomic(), records.together():
        records.keep_many(terms("a", "b"), GlossaryTerm, by=clerk)
        raise ZeroDivisionError
    assert (GlossaryTerm.objects.count(), GlossaryTerm.history.count()) == (0, 0)
    assert AuditPending.objects.count() == before


def test_a_record_is_kept_once_unless_it_is_there(clerk: User) -> None:
    (first,), (second,) = terms("a"), terms("a")
    with transaction.atomic(), records.together():
        assert records.keep_unless_there(first, by=clerk, reason="first")
        assert not records.keep_unless_there(second, by=clerk, reason="second")
    assert second.pk is None
    assert GlossaryTerm.objects.get() == first
    told = GlossaryTerm.history.get()
    assert (told.id, told.history_user, told.history_change_reason, told.history_type) == (
        first.pk,
        clerk,
        "first",
        "+",
    )
    assert AuditPending.objects.filter(facts__contains=f'"history":{told.history_id}').exists()
    first.explanation = "y"
    first.save()
    assert GlossaryTerm.history.count() == 2

"""The table of rights as accounts meet it: through Django's own permissions, and in what a list shows."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.contrib.auth.context_processors import auth
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory

from sightline.kernel.publication import Publication
from sightline.partnership import access
from sightline.partnership.models import Body, Council, Partnership, Role, User
from sightline.strategy.models import GlossaryTerm

pytestmark = [pytest.mark.django_db, pytest.mark.measured]

Accounts = Callable[[str], User]
Councils = Callable[[str], Council]


def test_a_permission_is_asked_of_the_record(account: Accounts, council: Councils) -> None:
    clerk = account("aurelia.finch")
    assert clerk.has_perm("scrutiny.record_minute", Body.objects.get(slug="aldersby-cabinet"))
    assert clerk.has_perm("scrutiny.record_minute", council("ABC"))
    assert clerk.has_perm("scrutiny.record_minute", Body.objects.get(slug="partnership-task-group"))
    assert clerk.has_perm("scrutiny.record_minute", Partnership.objects.get())
    assert not clerk.has_perm("scrutiny.record_minute", Body.objects.get(slug="thornfen-cabinet"))
    assert not clerk.has_perm("scrutiny.record_minute", council("TDC"))


def test_without_a_record_a_permission_means_anything_at_all(account: Accounts) -> None:
    assert account("aurelia.finch").has_perm("scrutiny.record_minute")
    assert not account("desmond.varga").has_perm("scrutiny.record_minute")
    assert account("aurelia.finch").has_perms(["scrutiny.record_minute", "strategy.keep_glossary"])
    assert not account("aurelia.finch").has_perms(["scrutiny.record_minute", "partnership.manage_people"])
    assert not account("aurelia.finch").has_perm("scrutiny.no_such_thing")


def test_an_account_that_is_closed_may_do_nothing(account: Accounts) -> None:
    clerk = account("aurelia.finch")
    clerk.is_active = False
    assert not clerk.has_perm("scrutiny.record_minute")
    assert not clerk.has_module_perms("scrutiny")
    assert not access.may(clerk, "partnership.see_internal", council=None)


def test_a_template_asks_the_same_table(account: Accounts) -> None:
    template = Template("{% if perms.scrutiny.record_minute %}yes{% else %}no{% endif %}")
    for username, said in (("aurelia.finch", "yes"), ("desmond.varga", "no")):
        request = RequestFactory().get("/")
        request.user = account(username)
        assert template.render(Context(auth(request))) == said


def test_somebody_without_a_person_behind_the_account_is_a_resident_with_a_password(demonstration: object) -> None:
    user = User.objects.create_user("nobody", "nobody@example.org", "x")
    assert access.roles_of(user) == ()
    assert access.may(user, "partnership.see_public", council=None)
    with pytest.raises(access.Refused, match="you hold no role"):
        access.require(user, "strategy.keep_glossary", council=None)


@pytest.fixture
def records(account: Accounts, council: Councils) -> None:
    """One record of each publication state for the partnership and for two councils."""
    by = account("aurelia.finch")
    for whose in (None, council("ABC"), council("TDC")):
        for state in Publication:
            name = f"{whose.abbreviation if whose else 'all'} {state.value}"
            GlossaryTerm.objects.create(
                term=name, slug=name.replace(" ", "-").lower(), explanation="…", council=whose, publication=state.value,
                exempt_paragraph=3 if state is Publication.EXEMPT else None,
                published_at="2026-03-06T10:00Z" if state is Publication.PUBLIC else None,
                published_by=by if state is Publication.PUBLIC else None,
            )  # fmt: skip


def seen(who: User | AnonymousUser) -> set[str]:
    made_here = GlossaryTerm.objects.filter(explanation="…")
    return {term.term for term in access.visible(who, made_here)}


PUBLIC = {"all public", "ABC public", "TDC public"}


@pytest.mark.usefixtures("records")
class TestWhatIsVisible:
    def test_residents_see_public_records_alone(self) -> None:
        assert seen(AnonymousUser()) == PUBLIC

    def test_a_clerk_sees_what_is_internal_and_exempt_at_their_council_and_the_partnerships(
        self, account: Accounts
    ) -> None:
        shared = {"all internal", "all exempt"}
        assert seen(account("aurelia.finch")) == PUBLIC | shared | {"ABC internal", "ABC exempt"}

    def test_an_officer_of_a_council_sees_no_exempt_record(self, account: Accounts) -> None:
        assert seen(account("desmond.varga")) == PUBLIC | {"all internal", "ABC internal"}

    def test_the_providers_ict_sees_what_is_internal_everywhere_and_nothing_exempt(self, account: Accounts) -> None:
        assert seen(account("imogen.hartwell")) == PUBLIC | {"all internal", "ABC internal", "TDC internal"}

    def test_a_role_that_has_ended_shows_no_more_than_a_resident_sees(self, account: Accounts) -> None:
        Role.objects.get(person__user__username="aurelia.finch").delete()
        role = Role(person=account("aurelia.finch").person, kind="clerk", started_on=datetime.date(2019, 1, 1))
        role.ended_on = datetime.date(2020, 1, 1)
        role.save()
        assert seen(account("aurelia.finch")) == PUBLIC

    def test_a_list_costs_one_query_once_the_roles_are_known(
        self, account: Accounts, django_assert_num_queries: Callable[..., object]
    ) -> None:
        clerk = account("aurelia.finch")
        access.roles_of(clerk)
        with django_assert_num_queries(1):
            assert len(seen(clerk)) == 7

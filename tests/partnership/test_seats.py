"""Nobody scrutinises themselves: the rule by itself, and everywhere a role can come from."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.partnership import group_roles
from sightline.partnership.actions import end_role, give_role, load_partnership
from sightline.partnership.domain import partnership_file
from sightline.partnership.domain.bodies import BodyKind
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.domain.seats import CannotSit, Seat, clash, clashes
from sightline.partnership.models import Body, Council, GroupRole, Role, User

pytestmark = pytest.mark.measured

Accounts = Callable[[str], User]
Councils = Callable[[str], Council]

DAY = datetime.date(2026, 3, 6)
BEFORE = DAY - datetime.timedelta(days=1)
PANEL, CABINET = BodyKind.SCRUTINY_PANEL, BodyKind.CABINET


def seat(kind: RoleKind, body: BodyKind | None = None, council: str | None = "ABC", **dates: datetime.date) -> Seat:
    return Seat(kind, council, body, dates.get("started_on", datetime.date(2020, 1, 1)), dates.get("ended_on"))


HOLDER = seat(RoleKind.PORTFOLIO_HOLDER)
ON_PANEL = seat(RoleKind.MEMBER, PANEL)

SEATS = st.builds(
    Seat,
    kind=st.sampled_from(RoleKind),
    council=st.sampled_from([None, "ABC", "TDC"]),
    body=st.none() | st.sampled_from(BodyKind),
    started_on=st.dates(datetime.date(2020, 1, 1), datetime.date(2024, 1, 1)),
    ended_on=st.none() | st.dates(datetime.date(2024, 1, 1), datetime.date(2028, 1, 1)),
)


@pytest.mark.parametrize(
    ("one", "other", "refused"),
    [
        (HOLDER, ON_PANEL, True),
        (HOLDER, seat(RoleKind.MEMBER, BodyKind.JOINT_PANEL), True),
        (HOLDER, seat(RoleKind.MEMBER, BodyKind.TASK_GROUP), True),
        (HOLDER, seat(RoleKind.MEMBER, BodyKind.TASK_GROUP, council=None), True),
        (seat(RoleKind.MEMBER, CABINET), ON_PANEL, True),
        (seat(RoleKind.MEMBER, BodyKind.EXECUTIVE_BOARD), ON_PANEL, True),
        # The full council is every councillor's, and no executive; an audit committee is neither.
        (seat(RoleKind.MEMBER, BodyKind.FULL_COUNCIL), ON_PANEL, False),
        (HOLDER, seat(RoleKind.MEMBER, BodyKind.FULL_COUNCIL), False),
        (HOLDER, seat(RoleKind.MEMBER, BodyKind.OTHER), False),
        # Another council's executive is not scrutinised here.
        (HOLDER, seat(RoleKind.MEMBER, PANEL, council="TDC"), False),
        # Staff sit nowhere: a clerk serves the cabinet and the panel.
        (seat(RoleKind.CLERK, CABINET), seat(RoleKind.CLERK, PANEL), False),
        (HOLDER, seat(RoleKind.CLERK, PANEL), False),
        # One hat after the other; the last day still counts.
        (seat(RoleKind.PORTFOLIO_HOLDER, ended_on=BEFORE), seat(RoleKind.MEMBER, PANEL, started_on=DAY), False),
        (seat(RoleKind.PORTFOLIO_HOLDER, ended_on=DAY), seat(RoleKind.MEMBER, PANEL, started_on=DAY), True),
    ],
)
def test_who_may_sit_where(one: Seat, other: Seat, refused: bool) -> None:
    assert clash(one, other) is refused
    assert clash(other, one) is refused


def test_a_portfolio_holders_own_seat_cannot_be_on_a_panel() -> None:
    wrong = seat(RoleKind.PORTFOLIO_HOLDER, PANEL)
    assert clashes([wrong]) == [(wrong, wrong)]


@given(st.lists(SEATS, max_size=5))
def test_an_earlier_end_never_makes_a_clash(held: list[Seat]) -> None:
    before = clashes(held)
    shorter = [Seat(one.kind, one.council, one.body, one.started_on, one.started_on) for one in held]
    assert len(clashes(shorter)) <= len(before)


@given(SEATS, SEATS)
def test_a_clash_needs_a_day_on_which_both_are_held(one: Seat, other: Seat) -> None:
    first = max(one.started_on, other.started_on)
    both = all(held.ended_on is None or first <= held.ended_on for held in (one, other))
    assert both or not clash(one, other)


@pytest.mark.django_db
class TestEveryWayARoleComes:
    def test_it_is_not_given(self, account: Accounts, council: Councils) -> None:
        with pytest.raises(CannotSit) as refused:
            give_role(
                person=account("bridget.amory").person, kind=RoleKind.MEMBER, council=council("ABC"), started_on=DAY,
                body=Body.objects.get(slug="aldersby-overview-and-scrutiny"), by=account("winifred.sol"),
            )  # fmt: skip
        assert str(refused.value) == (
            "Councillor Bridget Amory cannot hold the seat on Overview and Scrutiny Committee, Aldersby Borough Council"
            " and the seat on Cabinet, Aldersby Borough Council at once, as from 6 March 2026: a member of the"
            " executive does not scrutinise it (Local Government Act 2000, section 9FA). End one on the day before the"
            " other starts."
        )
        assert account("bridget.amory").person.roles.count() == 1

    def test_one_hat_after_the_other_is_two_roles_with_dates(self, account: Accounts, council: Councils) -> None:
        by = account("winifred.sol")
        person = account("bridget.amory").person
        end_role(role=person.roles.get(), ended_on=BEFORE, by=by)
        role = give_role(
            person=person, kind=RoleKind.MEMBER, council=council("ABC"), started_on=DAY, by=by,
            body=Body.objects.get(slug="aldersby-overview-and-scrutiny"),
        )  # fmt: skip
        assert [(held.kind, held.ended_on) for held in person.roles.all()] == [
            ("portfolio-holder", BEFORE), ("member", None)
        ]  # fmt: skip
        # And the first cannot be stretched over the second.
        first = person.roles.first()
        first.ended_on = DAY
        with pytest.raises(CannotSit):
            first.save()
        assert role.pk

    def test_a_file_that_says_so_is_refused_with_the_person(self, demonstration_text: str) -> None:
        spoilt = demonstration_text.replace(
            '{ kind = "member", council = "TDC", body = "thornfen-performance-panel", started_on = 2023-05-24 },',
            '{ kind = "member", council = "TDC", body = "thornfen-performance-panel", started_on = 2023-05-24 },\n'
            '    { kind = "portfolio-holder", council = "TDC", portfolio = "Digital", started_on = 2024-05-24 },',
        )
        assert spoilt != demonstration_text
        with pytest.raises(partnership_file.PartnershipFileError) as refused:
            partnership_file.parse(spoilt.encode(), name="ours.toml")
        (problem,) = refused.value.problems
        assert problem.startswith("people[17].roles (“Councillor Hector Idle”): ")
        assert (
            "cannot hold the seat on “thornfen-performance-panel” and the role of portfolio holder at once" in problem
        )

    def test_a_file_does_not_go_against_what_was_given_here(
        self, account: Accounts, council: Councils, demonstration_file: partnership_file.PartnershipFile
    ) -> None:
        role = account("bridget.amory").person.roles.get()
        role.delete()
        Role.objects.create(
            person=account("bridget.amory").person, kind="member", council=council("ABC"), started_on=DAY,
            body=Body.objects.get(slug="aldersby-overview-and-scrutiny"),
        )  # fmt: skip
        with pytest.raises(CannotSit, match="Bridget Amory"):
            load_partnership(demonstration_file)

    def test_a_group_does_not_give_it_and_the_sign_in_goes_on(self, account: Accounts, council: Councils) -> None:
        GroupRole.objects.create(council=council("ABC"), group="cabinet", kind="portfolio-holder")
        GroupRole.objects.create(council=council("ABC"), group="councillors", kind="member")
        lionel = account("lionel.chide")
        before = lionel.person.roles.count()
        group_roles.apply(account=lionel, council=council("ABC"), groups=["cabinet", "councillors"])
        assert set(lionel.person.roles.filter(from_group="cabinet")) == set()
        assert lionel.person.roles.count() == before + 1

    def test_what_was_kept_before_the_rule_can_still_be_ended(self, account: Accounts, council: Councils) -> None:
        person = account("bridget.amory").person
        role = Role(
            person=person, kind="member", council=council("ABC"), started_on=datetime.date(2023, 6, 1),
            body=Body.objects.get(slug="aldersby-overview-and-scrutiny"),
        )  # fmt: skip
        Role.objects.bulk_create([role])
        kept = person.roles.get(kind="member")
        assert end_role(role=kept, ended_on=DAY, by=account("winifred.sol")).ended_on == DAY

"""Loading a partnership file: wholly or not at all, and the same file again changes nothing."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.db import models

from sightline.partnership import actions, loading
from sightline.partnership.access import Refused
from sightline.partnership.actions import CannotLoad, load_partnership
from sightline.partnership.domain.partnership_facts import PartnershipFile
from sightline.partnership.domain.partnership_file import parse, read
from sightline.partnership.models import Body, Council, Partnership, Person, Role, RoleTitle, User
from sightline.strategy.actions import keep_term
from sightline.strategy.models import GlossaryTerm

pytestmark = [pytest.mark.django_db, pytest.mark.measured]

TRACKED: tuple[type[models.Model], ...] = (
    Partnership, Council, Body, RoleTitle, Person, Role, User, GlossaryTerm,
)  # fmt: skip


def history() -> dict[str, int]:
    return {model.__name__: model.history.count() for model in TRACKED}  # type: ignore[attr-defined]


def changed(text: str, *pairs: tuple[str, str]) -> PartnershipFile:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return parse(text.encode(), name="ours.toml")


def test_everything_in_the_file_is_there(demonstration: PartnershipFile) -> None:
    assert Partnership.objects.get().name == "Vale and Fen Councils Partnership"
    assert Council.objects.count() == 3
    assert Body.objects.count() == len(demonstration.bodies)
    assert {body.slug for body in Body.objects.get(slug="thornfen-joint-panel").sits_as.all()} == {
        "thornfen-performance-panel",
        "thornfen-policy-panel",
    }
    council = Council.objects.get(abbreviation="TDC")
    assert (council.considering_body.slug, council.deciding_body.slug) == ("thornfen-joint-panel", "thornfen-cabinet")
    assert Person.objects.count() == len(demonstration.people)
    assert Role.objects.count() == sum(len(person.roles) for person in demonstration.people)
    assert GlossaryTerm.objects.filter(publication="public").count() == len(demonstration.glossary)


def test_its_people_can_log_in_and_hold_their_roles(demonstration: PartnershipFile) -> None:
    user = User.objects.get(username="rufus.penhale")
    assert user.check_password(demonstration.partnership.demonstration_password)
    (role,) = user.person.roles.all()
    assert (role.kind, role.council.abbreviation, role.body.slug, role.title.title, role.portfolio) == (
        "portfolio-holder",
        "CVDC",
        "carrow-vale-executive-board",
        "Portfolio Holder for Finance and Digital",
        "Finance and digital",
    )


def test_the_history_names_the_files_own_account_which_cannot_log_in(demonstration: PartnershipFile) -> None:
    account = User.objects.get(username="partnership-file")
    assert not account.is_active
    assert not account.has_usable_password()
    for model in (Partnership, Council, Body, RoleTitle, Person, Role, GlossaryTerm):
        rows = model.history.all()  # type: ignore[attr-defined]
        assert {row.history_user for row in rows} == {account}, model
        assert {row.history_change_reason for row in rows} == {"partnership file loaded"}, model
    council = Council.history.get(abbreviation="TDC")
    assert council.history_type == "+"


def test_the_same_file_again_changes_nothing_and_leaves_no_history(demonstration: PartnershipFile) -> None:
    before = history()
    report = load_partnership(demonstration)
    assert report.unchanged
    assert (report.new, report.changed, report.missing, report.left) == ([], [], [], [])
    assert history() == before


def test_the_real_partnership_loads_without_people() -> None:
    report = load_partnership(read("selcp"))
    assert not report.unchanged
    assert Person.objects.count() == 0
    assert User.objects.count() == 1, "the file's own account alone"
    assert load_partnership(read("selcp")).unchanged


def test_what_differs_is_changed_with_one_row_of_history(
    demonstration: PartnershipFile, demonstration_text: str
) -> None:
    before = history()
    report = load_partnership(
        changed(
            demonstration_text,
            ('name = "Thornfen District Council"', 'name = "Thornfen and Marsh District Council"'),
            ('portfolio = "Accounts, risk and how the council is run"', 'portfolio = "Accounts"'),
        )
    )
    assert report.new == []
    assert report.changed == [
        "partnership Vale and Fen Councils Partnership",  # its digest
        "council Thornfen and Marsh District Council",
        "body Audit and Governance Committee (carrow-vale-audit-committee)",
    ]
    after = history()
    assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == {
        "Partnership": 1,
        "Council": 1,
        "Body": 1,
    }
    newest, oldest = Council.history.filter(gss_code="E07999003")
    assert newest.diff_against(oldest).changed_fields == ["name"]
    assert Council.objects.get(gss_code="E07999003").slug == "thornfen", "an address that was given out stays"


def test_a_council_keeps_its_address_where_the_file_names_none(
    demonstration: PartnershipFile, demonstration_text: str
) -> None:
    load_partnership(changed(demonstration_text, ('slug = "thornfen"\n', ""), ('"Thornfen District', '"New Thornfen')))
    assert Council.objects.get(gss_code="E07999003").slug == "thornfen"


def test_what_the_file_no_longer_names_stays_and_is_reported(
    demonstration: PartnershipFile, demonstration_text: str
) -> None:
    start = demonstration_text.index('[[bodies]]\nslug = "carrow-vale-audit-committee"')
    end = demonstration_text.index("# Thornfen. Its two panels")
    shorter = demonstration_text[:start] + demonstration_text[end:]
    report = load_partnership(
        changed(
            shorter,
            (
                'title = "Information Security Analyst"\naliases',
                'title = "Analyst"\naliases = ["Information Security Analyst"]\n#',
            ),
        )
    )
    assert report.missing == ["body Audit and Governance Committee (carrow-vale-audit-committee)"]
    assert Body.objects.filter(slug="carrow-vale-audit-committee").exists()
    assert "title Analyst" in report.changed, "a post that was renamed is known by its alias"
    assert RoleTitle.objects.filter(title="Information Security Analyst").count() == 0


def test_a_duty_passes_from_one_body_to_another(demonstration: PartnershipFile, demonstration_text: str) -> None:
    text = demonstration_text.replace(
        'portfolio = "Most decisions of the council"\ndecides = true', 'portfolio = "M"', 1
    )
    load_partnership(changed(text, ('kind = "full-council"\n', 'kind = "full-council"\ndecides = true\n')))
    assert Council.objects.get(abbreviation="ABC").deciding_body.slug == "aldersby-full-council"
    assert Body.objects.get(slug="aldersby-cabinet").decides_for is None


def test_a_council_ends_and_its_successor_is_new_in_the_same_file(
    demonstration: PartnershipFile, demonstration_text: str
) -> None:
    new = '\n[[councils]]\ngss_code = "E06999001"\nname = "Vale Council"\nabbreviation = "VC"\n'
    report = load_partnership(
        changed(
            demonstration_text,
            ('abbreviation = "ABC"\n', 'abbreviation = "ABC"\nended_on = 2028-03-31\nsuccessor = "VC"\n'),
            ("\n# The partnership's own body.\n", new),
        )
    )
    assert report.new == ["council Vale Council"]
    old = Council.objects.get(abbreviation="ABC")
    assert old.successor.slug == "vale-council"
    assert old.ended_on == datetime.date(2028, 3, 31)
    load_partnership(demonstration)
    old.refresh_from_db()
    assert (old.ended_on, old.successor) == (None, None), "the file is right again: it was entered by mistake"


def test_a_role_that_ended_is_ended_and_the_person_stays(
    demonstration: PartnershipFile, demonstration_text: str
) -> None:
    role = '{ kind = "administrator", council = "ABC", started_on = 2022-02-01'
    report = load_partnership(changed(demonstration_text, (role, f"{role}, ended_on = 2026-01-31")))
    assert "person Winifred Sol" in report.changed
    (held,) = User.objects.get(username="winifred.sol").person.roles.all()
    assert held.ended_on == datetime.date(2026, 1, 31)
    assert [row.history_type for row in held.history.all()] == ["~", "+"]


def test_a_password_that_somebody_chose_stays(demonstration: PartnershipFile, demonstration_text: str) -> None:
    user = User.objects.get(username="rufus.penhale")
    user.set_password("a password of his own")
    user.save()
    load_partnership(changed(demonstration_text, ('"sightline-demonstration"', '"another-demonstration"')))
    user.refresh_from_db()
    assert user.check_password("a password of his own")


class TestWhoseInstallation:
    def test_a_real_file_is_refused_over_an_invented_partnership(self, demonstration: PartnershipFile) -> None:
        before = history()
        with pytest.raises(
            CannotLoad, match=r"holds the invented partnership Vale and Fen .* Start a new installation"
        ):
            load_partnership(read("selcp"))
        assert history() == before

    def test_an_invented_file_is_refused_over_a_real_partnership(self, demonstration_file: PartnershipFile) -> None:
        load_partnership(read("selcp"))
        before = history()
        with pytest.raises(CannotLoad, match=r"a real partnership, and Vale and Fen .* is invented"):
            load_partnership(demonstration_file)
        assert history() == before

    def test_another_partnerships_file_is_refused(
        self, demonstration: PartnershipFile, demonstration_text: str
    ) -> None:
        with pytest.raises(CannotLoad, match=r"\(partnership\.slug “vale-and-fen”\), but the file is “elsewhere”"):
            load_partnership(changed(demonstration_text, ('slug = "vale-and-fen"', 'slug = "elsewhere"')))

    def test_its_name_may_change(self, demonstration: PartnershipFile, demonstration_text: str) -> None:
        load_partnership(changed(demonstration_text, ('"Vale and Fen Councils Partnership"', '"Vale, Fen and Moor"')))
        assert Partnership.objects.get().name == "Vale, Fen and Moor"


class TestWhoLoads:
    def test_an_administrator_of_the_partnership_may_and_the_history_names_them(
        self, demonstration: PartnershipFile, demonstration_text: str, account: Callable[[str], User]
    ) -> None:
        by = account("perpetua.lowe")
        load_partnership(changed(demonstration_text, ('"Accounts, risk and', '"Risk and')), by=by)
        latest = Body.objects.get(slug="carrow-vale-audit-committee").history.first()
        assert latest is not None
        assert latest.history_user == by

    @pytest.mark.parametrize("username", ["winifred.sol", "aurelia.finch", "imogen.hartwell"])
    def test_nobody_else_may(
        self, demonstration: PartnershipFile, account: Callable[[str], User], username: str
    ) -> None:
        before = history()
        with pytest.raises(Refused, match="load the partnership file"):
            load_partnership(demonstration, by=account(username))
        assert history() == before


def test_when_one_part_fails_nothing_is_loaded(
    demonstration_file: PartnershipFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the last part fails")

    monkeypatch.setattr(loading, "_more_to_load", [fail])
    with pytest.raises(RuntimeError, match="the last part fails"):
        load_partnership(demonstration_file)
    assert history() == dict.fromkeys(history(), 0)


class TestTheGlossary:
    def test_a_term_that_somebody_changed_here_is_left_and_reported(
        self, demonstration: PartnershipFile, demonstration_text: str, account: Callable[[str], User]
    ) -> None:
        term = GlossaryTerm.objects.get(slug="phishing")
        keep_term(record=term, term="Phishing", explanation="False messages.", by=account("imogen.hartwell"))
        report = load_partnership(
            changed(
                demonstration_text,
                ("Messages that pretend", "Letters that pretend"),
                ("A guard between", "A wall between"),
            )
        )
        assert report.left == ["term Phishing"]
        assert "term Firewall" in report.changed
        term.refresh_from_db()
        assert term.explanation == "False messages."

    def test_a_term_that_the_file_no_longer_explains_stays(
        self, demonstration: PartnershipFile, demonstration_text: str
    ) -> None:
        text = demonstration_text.replace('term = "Phishing"', 'term = "Spoofing"')
        report = load_partnership(changed(text))
        assert report.new == ["term Spoofing"]
        assert report.missing == ["term Phishing"]
        assert GlossaryTerm.objects.get(slug="phishing").publication == "public"


def test_a_part_registers_once() -> None:
    before = list(loading._more_to_load)
    for part in before:
        actions.also_load(part)
    assert loading._more_to_load == before
    assert before, "the glossary's part has registered"

"""The glossary's pages: for everybody to read, for clerks and ICT to keep."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.test import Client

from sightline.partnership.access import Refused
from sightline.partnership.models import User
from sightline.strategy.actions import CannotKeepTerm, keep_term, publish_term, withdraw_term
from sightline.strategy.models import GlossaryTerm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

Accounts = Callable[[str], User]
NEW = {
    "term": "Gubbins", "explanation": "Odds and ends.", "aliases": "bits\nbobs\n", "source": "The trade",
    "source_url": "https://www.example.org/gubbins",
    "checked_on_day": "6", "checked_on_month": "3", "checked_on_year": "2026",
}  # fmt: skip


@pytest.fixture
def as_ict(client: Client, account: Accounts) -> Client:
    client.force_login(account("imogen.hartwell"), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


class TestForEverybody:
    def test_every_public_term_stands_under_its_letter_with_its_explanation(self, client: Client) -> None:
        page = text(client, "/glossary/")
        for term in GlossaryTerm.objects.all():
            assert f'href="/glossary/{term.slug}/">{term.term}</a>' in page
        assert page.index('id="letter-c"') < page.index(">Call-in</a>") < page.index('id="letter-d"')
        assert 'href="#letter-c"' in page

    def test_the_list_does_not_link_terms_within_explanations(self, client: Client) -> None:
        assert "glossary-link" not in text(client, "/glossary/")

    @pytest.mark.parametrize(
        ("words", "found", "not_found"),
        [
            ("battery", ["UPS"], ["Phishing"]),
            ("2fa", ["Multi-factor authentication"], ["UPS"]),
            ("CABINET", ["Cabinet", "Portfolio holder"], ["Ransomware"]),
        ],
    )
    def test_words_narrow_the_list(self, client: Client, words: str, found: list[str], not_found: list[str]) -> None:
        page = text(client, f"/glossary/?words={words}")
        for term in found:
            assert f">{term}</a></dt>" in page
        for term in not_found:
            assert f">{term}</a></dt>" not in page

    def test_words_that_no_term_holds(self, client: Client) -> None:
        page = text(client, "/glossary/?words=<b>zebra")
        assert "No term holds “&lt;b&gt;zebra”" in page

    def test_a_term_with_its_source_and_other_words(self, client: Client) -> None:
        page = text(client, "/glossary/multi-factor-authentication/")
        assert "so that a stolen password alone is of no use" in page
        assert "Also called: MFA, two-factor authentication, 2FA, second factor." in page
        assert ">National Cyber Security Centre</a>, checked on <time" in page
        assert "Change this term" not in page

    def test_an_internal_term_is_not_there_for_residents(self, client: Client, account: Accounts) -> None:
        keep_term(term="Gubbins", explanation="Odds and ends.", by=account("imogen.hartwell"))
        assert client.get("/glossary/gubbins/").status_code == 404
        assert "Gubbins" not in text(client, "/glossary/")

    @pytest.mark.parametrize("address", ["/glossary/terms/add/", "/glossary/ups/change/"])
    def test_keeping_needs_a_log_in(self, client: Client, address: str) -> None:
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/?next=")

    def test_an_empty_glossary_says_so(self, client: Client) -> None:
        GlossaryTerm.objects.all().delete()
        assert "The glossary has no terms yet." in text(client, "/glossary/")


class TestForThoseWhoKeepIt:
    def test_a_term_is_added_internal_and_then_published(self, as_ict: Client) -> None:
        response = as_ict.post("/glossary/terms/add/", NEW, follow=True)
        assert response.redirect_chain == [("/glossary/gubbins/", 302)]
        assert "“Gubbins” is kept." in response.content.decode()
        term = GlossaryTerm.objects.get(slug="gubbins")
        assert (term.publication, term.aliases, term.checked_on) == (
            "internal", ["bits", "bobs"], datetime.date(2026, 3, 6),
        )  # fmt: skip
        row = term.history.get()
        assert (row.history_user.username, row.history_change_reason) == ("imogen.hartwell", "term explained")
        as_ict.post("/glossary/gubbins/publish/")
        term.refresh_from_db()
        assert (term.publication, term.published_by.username) == ("public", "imogen.hartwell")
        as_ict.logout()
        assert "Odds and ends." in text(as_ict, "/glossary/gubbins/")

    def test_a_term_is_changed_and_keeps_its_address(self, as_ict: Client) -> None:
        assert 'value="UPS"' in text(as_ict, "/glossary/ups/change/")
        as_ict.post("/glossary/ups/change/", {"term": "Battery back-up", "explanation": "A battery.", "aliases": "UPS"})
        term = GlossaryTerm.objects.get(slug="ups")
        assert (term.term, term.explanation, term.aliases) == ("Battery back-up", "A battery.", ["UPS"])
        newest, oldest = term.history.all()
        assert set(newest.diff_against(oldest).changed_fields) == {"term", "explanation", "aliases", "edited_here"}

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"term": ""}, "Enter"),
            ({"explanation": " "}, "Explain the term in plain words"),
            ({"term": "phishing"}, "“phishing” is explained already, under “Phishing”."),
            ({"aliases": "MFA"}, "“MFA” is explained already, under “Multi-factor authentication”."),
            ({"term": "Call in"}, "“Call in” would have the same address as “Call-in”."),
            ({"term": "???"}, "“???” holds no letter or digit"),
            ({"aliases": "x" * 121}, "is longer than 120 characters. Shorten it"),
            ({"source_url": "javascript:alert(1)"}, "The web address must start with https://"),
            (
                {"checked_on_day": "", "checked_on_month": "", "checked_on_year": ""},
                "Enter the day on which you checked",
            ),
            ({"checked_on_year": "2999"}, "must be today or in the past"),
        ],
    )
    def test_what_will_not_do_is_said_beside_its_field(
        self, as_ict: Client, changed: dict[str, str], said: str
    ) -> None:
        before = GlossaryTerm.history.count()
        response = as_ict.post("/glossary/terms/add/", {**NEW, **changed})
        assert response.status_code == 422
        assert said in response.content.decode()
        assert GlossaryTerm.history.count() == before

    @pytest.mark.parametrize("username", ["desmond.varga", "bridget.amory", "perpetua.lowe"])
    def test_others_who_are_logged_in_may_not(self, client: Client, account: Accounts, username: str) -> None:
        client.force_login(account(username), backend="allauth.account.auth_backends.AuthenticationBackend")
        before = GlossaryTerm.history.count()
        assert client.get("/glossary/terms/add/").status_code == 403
        assert client.post("/glossary/ups/change/", NEW).status_code == 403
        assert client.post("/glossary/ups/publish/").status_code == 403
        assert "Add a term" not in text(client, "/glossary/")
        assert GlossaryTerm.history.count() == before

    def test_publishing_is_asked_for_not_linked_to(self, as_ict: Client) -> None:
        assert as_ict.get("/glossary/ups/publish/").status_code == 405


class TestActions:
    def test_whoever_may_not_is_told_who_may(self, account: Accounts) -> None:
        term = GlossaryTerm.objects.get(slug="ups")
        for act in (
            lambda by: keep_term(term="Gubbins", explanation="…", by=by),
            lambda by: publish_term(record=term, by=by),
            lambda by: withdraw_term(record=term, by=by, reason="So."),
        ):
            with pytest.raises(Refused, match="you need the role of ICT or clerk"):
                act(account("desmond.varga"))

    def test_spaces_and_repeated_aliases_are_tidied(self, account: Accounts) -> None:
        term = keep_term(
            term="  Odd   word ", explanation=" … ", aliases=[" odd word", "two  words", "two words", ""],
            by=account("cordelia.nyman"),
        )  # fmt: skip
        assert (term.term, term.slug, term.explanation, term.aliases) == ("Odd word", "odd-word", "…", ["two words"])

    def test_keeping_what_is_already_so_leaves_no_history(self, account: Accounts) -> None:
        given = {"term": "Odd", "explanation": "…", "by": account("cordelia.nyman")}
        term = keep_term(**given)
        keep_term(**given, record=term)
        assert term.history.count() == 1

    def test_a_name_of_its_own_is_no_clash(self, account: Accounts) -> None:
        term = keep_term(term="Odd", explanation="…", aliases=["Strange"], by=account("cordelia.nyman"))
        keep_term(record=term, term="Strange", explanation="…", aliases=["Odd"], by=account("cordelia.nyman"))
        assert (term.term, term.slug) == ("Strange", "odd")
        with pytest.raises(CannotKeepTerm, match="same address as “Strange”"):
            keep_term(term="Odd!", explanation="…", by=account("cordelia.nyman"))

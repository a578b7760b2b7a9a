"""The audit log as administrators read it: on its page, as CSV and JSON, and from the command line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from django.http import StreamingHttpResponse
from django.test import Client

from sightline.partnership import audit, tables
from sightline.partnership.actions import make_exempt, publish
from sightline.partnership.audit_models import AuditEntry
from sightline.partnership.domain.audit_chain import Kind
from sightline.partnership.models import Council, User
from sightline.project import command
from sightline.strategy.models import GlossaryTerm

ADMINISTRATOR = "perpetua.lowe"
OF_ONE_COUNCIL = "winifred.sol"
CLERK = "cordelia.nyman"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

Account = Callable[[str], User]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def whole(response: object) -> str:
    assert isinstance(response, StreamingHttpResponse)
    return b"".join(part if isinstance(part, bytes) else part.encode() for part in response).decode()  # type: ignore[union-attr]


@pytest.fixture
def logged(account: Account) -> list[GlossaryTerm]:
    """A term of each council, published by an account, and one of the partnership."""
    clerk = account(CLERK)
    terms = [
        GlossaryTerm.objects.create(term=f"term {slug}", slug=f"term-{slug}", explanation="x", council=council)
        for slug, council in [*((one.slug, one) for one in Council.objects.all()), ("shared", None)]
    ]
    mine = next(term for term in terms if term.council == clerk.person.roles.get().council)
    publish(mine, by=clerk, action="scrutiny.publish_minute")
    return terms


def test_the_page_says_who_did_what_to_which_record(account: Account, logged: list[GlossaryTerm]) -> None:
    text = signed_in(account(ADMINISTRATOR)).get("/audit/?kind=changed&who=cordelia.nyman").content.decode()
    assert "Record changed: published" in text
    assert "fields: publication, published at, published by" in text
    published = next(term for term in logged if term.publication == "public")
    assert f'href="/history/strategy.glossaryterm/{published.pk}/">glossary term {published.pk}</a>' in text
    assert text.count('<tr class="govuk-table__row">') == 2  # the heads and one entry


def test_it_is_narrowed_by_each_thing_that_can_be_asked(account: Account, logged: list[GlossaryTerm]) -> None:
    client = signed_in(account(ADMINISTRATOR))

    def numbers(query: str) -> set[str]:
        return {entry["record_id"] for entry in json.loads(whole(client.get(f"/audit.json?{query}")))}

    term = logged[0]
    assert numbers(f"record=strategy.glossaryterm/{term.pk}") == {str(term.pk)}
    of_council = numbers(f"record=strategy.glossaryterm&council={term.council.slug}")  # type: ignore[union-attr]
    assert of_council == {str(term.pk)}
    assert numbers("record=strategy.glossaryterm&who=operator") >= {str(one.pk) for one in logged}
    assert numbers("record=strategy.glossaryterm&who=nobody.at.all") == set()
    ahead = "first_day_day=1&first_day_month=1&first_day_year=2199"
    past = "last_day_day=1&last_day_month=1&last_day_year=2019"
    assert numbers(f"record=strategy.glossaryterm&{ahead}") == set()
    assert numbers(f"record=strategy.glossaryterm&{past}") == set()
    assert numbers("record=strategy.glossaryterm&last_day_day=1&last_day_month=1&last_day_year=2199")


def test_what_cannot_be_understood_is_said_beside_its_field(account: Account) -> None:
    response = signed_in(account(ADMINISTRATOR)).get("/audit/?record=no+such+thing")
    assert response.status_code == 422
    assert "Enter a kind of record, like scrutiny.minute" in response.content.decode()


def test_it_is_paged(account: Account) -> None:
    for _ in range(60):
        audit.note(Kind.CHANGED, by=None, what="changed")
    text = signed_in(account(ADMINISTRATOR)).get("/audit/?kind=changed&page=2").content.decode()
    assert "Page 2 of" in text


def test_an_administrator_of_one_council_sees_that_council_alone(account: Account, logged: list[GlossaryTerm]) -> None:
    of_council = account(OF_ONE_COUNCIL)
    own = of_council.person.roles.get().council
    entries = json.loads(whole(signed_in(of_council).get("/audit.json?record=strategy.glossaryterm")))
    assert {entry["council"] for entry in entries} == {own.abbreviation}
    assert len(logged) > 1


@pytest.mark.parametrize("address", ["/audit/", "/audit.csv", "/audit.json"])
def test_nobody_else_sees_it(account: Account, address: str) -> None:
    assert signed_in(account(CLERK)).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_taking_it_out_stands_in_it(account: Account) -> None:
    administrator = account(ADMINISTRATOR)
    whole(signed_in(administrator).get("/audit.csv"))
    audit.seal_pending()
    entry = AuditEntry.objects.get(kind="exported")
    assert entry.actor == f"account:{administrator.pk}"


def test_a_cell_that_a_spreadsheet_would_run_stays_text(account: Account) -> None:
    term = GlossaryTerm.objects.create(term="x", slug="x", explanation="x")
    audit.note(Kind.CHANGED, by=None, what="=HYPERLINK(1)", record=term)
    rows = list(csv.DictReader(io.StringIO(whole(signed_in(account(ADMINISTRATOR)).get("/audit.csv")))))
    assert "'=HYPERLINK(1)" in [row["what"] for row in rows]
    assert all(row["number"].isdecimal() for row in rows)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_every_start_of_a_formula_is_known(cell: str) -> None:
    assert tables.harmless(cell) == f"'{cell}"
    assert tables.harmless(f"a{cell}") == f"a{cell}"


def test_a_download_that_shows_exempt_records_tells_the_log(account: Account, rf: object) -> None:
    """Records that are read while a download is sent are told before the part that shows them leaves."""
    from django.http import HttpRequest
    from django.test import RequestFactory

    from sightline.partnership.audit_middleware import AuditMiddleware

    clerk = account(CLERK)
    secret = GlossaryTerm.objects.create(
        term="secret", slug="secret", explanation="x", council=clerk.person.roles.get().council
    )
    make_exempt(secret, by=clerk, action="scrutiny.publish_minute", paragraph=3)

    def answer(_request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(f"{term.explanation}\n" for term in GlossaryTerm.objects.filter(slug="secret"))

    request = RequestFactory().get("/anything.csv")
    request.user = clerk
    response = AuditMiddleware(answer)(request)
    audit.seal_pending()
    assert not AuditEntry.objects.filter(kind="seen").exists()
    assert whole(response) == "x\n"
    audit.seal_pending()
    assert AuditEntry.objects.get(kind="seen").record_id == str(secret.pk)


class TestCommands:
    def test_a_chain_that_holds(self, logged: object, capsys: pytest.CaptureFixture[str]) -> None:
        assert command.run(["audit", "head"]) == 0
        head = capsys.readouterr().out.strip()
        assert command.run(["audit", "verify", "--noted", head]) == 0
        said = capsys.readouterr().out
        assert "entries are as they were written" in said
        assert head in said

    def test_a_chain_that_does_not(self, logged: object, capsys: pytest.CaptureFixture[str]) -> None:
        audit.seal_pending()
        AuditEntry.objects.filter(number=3).update(actor="account:9")
        assert command.run(["audit", "verify", "--json"]) == 1
        told = json.loads(capsys.readouterr().out)
        assert told["holds"] is False
        assert told["checked"] == 2
        assert told["broken"] == {"number": 3, "why": "its column “actor” differs from its content"}
        assert command.run(["audit", "verify"]) == 1
        assert capsys.readouterr().out.startswith("Broken at entry 3: ")

    def test_a_head_that_is_none(self, demonstration: object, capsys: pytest.CaptureFixture[str]) -> None:
        assert command.run(["audit", "verify", "--noted", "12"]) == 2
        assert "“12” is no head. Give it as" in capsys.readouterr().err

    def test_an_administrator_lists_it(self, logged: object, capsys: pytest.CaptureFixture[str]) -> None:
        assert command.run(["audit", "list", "--as", ADMINISTRATOR, "--who", CLERK, "--json"]) == 0
        told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [(one["who"], one["what"]) for one in told] == [(CLERK, "published")]
        assert command.run(["audit", "list", "--as", ADMINISTRATOR, "--kind", "changed"]) == 0
        assert "published" in capsys.readouterr().out

    def test_nobody_else_lists_it_and_that_stands_in_it(
        self, account: Account, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert command.run(["audit", "list", "--as", CLERK]) == 2
        assert "you need the role of administrator" in capsys.readouterr().err
        audit.seal_pending()
        entry = json.loads(bytes(AuditEntry.objects.get(kind="refused").content))
        assert entry["how"] == "sightline audit list"
        assert entry["actor"] == f"account:{account(CLERK).pk}"
        assert entry["details"] == {"action": "partnership.see_audit"}


def test_a_download_of_what_was_not_understood_gives_nothing_away(account: Account, logged: object) -> None:
    response = signed_in(account(ADMINISTRATOR)).get("/audit.csv?last_day_day=31&last_day_month=2&last_day_year=2024")
    assert response.status_code == 422
    assert "Last day must be a real date" in response.content.decode()

"""Terms are linked on every page, by what the glossary says at that moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory

from sightline.partnership.models import User
from sightline.strategy.actions import keep_term, publish_term, withdraw_term
from sightline.strategy.middleware import GlossaryMiddleware
from sightline.strategy.models import GlossaryTerm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

PAGE = "<main><p>A firewall and a UPS.</p></main>"


def served(response: HttpResponseBase, address: str = "/") -> HttpResponseBase:
    def view(request: HttpRequest) -> HttpResponseBase:
        return response

    return GlossaryMiddleware(view)(RequestFactory().get(address))


def text_of(response: HttpResponseBase) -> str:
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def test_a_page_is_linked() -> None:
    text = text_of(served(HttpResponse(PAGE)))
    assert '<a class="govuk-link glossary-link" href="/glossary/firewall/">firewall</a>' in text
    assert '<a class="govuk-link glossary-link" href="/glossary/ups/">UPS</a>' in text


def test_a_page_in_another_character_set_stays_in_it() -> None:
    response = served(HttpResponse(PAGE.replace("A ", "Ä "), content_type="text/html; charset=iso-8859-1"))
    assert isinstance(response, HttpResponse)
    assert "<p>Ä <a class" in response.content.decode("iso-8859-1")


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(PAGE, status=404),
        HttpResponse(PAGE, content_type="text/plain"),
        JsonResponse({"page": PAGE}),
        HttpResponse(PAGE, headers={"Content-Encoding": "gzip"}),
        HttpResponse("<p>A firewall without a main part</p>"),
    ],
)
def test_what_is_no_page_is_left_alone(response: HttpResponse) -> None:
    before = response.content
    assert text_of(served(response)) == before.decode()


def test_a_stream_is_not_read() -> None:
    def parts() -> object:
        raise AssertionError("somebody read the stream")
        yield

    assert served(StreamingHttpResponse(parts())).streaming


def test_a_terms_own_page_does_not_link_it(client: Client) -> None:
    text = client.get("/glossary/generator/").content.decode()
    assert 'glossary-link" href="/glossary/ups/"' in text
    assert 'glossary-link" href="/glossary/generator/"' not in text


def test_links_follow_the_glossary_at_once(account: Callable[[str], User]) -> None:
    by = account("imogen.hartwell")
    middleware = GlossaryMiddleware(lambda request: HttpResponse(PAGE))

    def text() -> str:
        return text_of(middleware(RequestFactory().get("/")))

    assert "glossary/ups" in text()
    assert text() == text()
    term = GlossaryTerm.objects.get(slug="ups")
    withdraw_term(record=term, by=by, reason="To be put better.")
    assert "glossary/ups" not in text()
    publish_term(record=term, by=by)
    assert "glossary/ups" in text()
    keep_term(record=term, term="Uninterruptible power supply", explanation="A battery.", by=by)
    assert "glossary/ups" not in text()


def test_an_internal_term_is_not_linked(account: Callable[[str], User]) -> None:
    by = account("imogen.hartwell")
    term = keep_term(term="Gubbins", explanation="Odds and ends.", by=by)
    page = "<main>gubbins</main>"
    assert text_of(served(HttpResponse(page))) == page
    publish_term(record=term, by=by)
    assert "glossary/gubbins" in text_of(served(HttpResponse(page)))


def test_a_page_costs_one_query_once_the_terms_are_known(
    django_assert_num_queries: Callable[..., object],
) -> None:
    middleware = GlossaryMiddleware(lambda request: HttpResponse(PAGE))
    middleware(RequestFactory().get("/"))
    with django_assert_num_queries(1):
        assert "glossary/" in text_of(middleware(RequestFactory().get("/")))


def test_a_term_of_a_rolled_back_transaction_is_forgotten(account: Callable[[str], User]) -> None:
    """Its row of history takes the number that the next one gets: the number alone would not tell them apart."""
    middleware = GlossaryMiddleware(lambda request: HttpResponse("<main>gubbins, widgets</main>"))

    def add(name: str) -> str:
        publish_term(
            record=keep_term(term=name, explanation="…", by=account("imogen.hartwell")), by=account("imogen.hartwell")
        )
        return text_of(middleware(RequestFactory().get("/")))

    with transaction.atomic():
        assert "glossary/gubbins" in add("Gubbins")
        transaction.set_rollback(True)
    text = add("Widget")
    assert "glossary/widget" in text
    assert "glossary/gubbins" not in text

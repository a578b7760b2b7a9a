"""The tags that pages are made with."""

from __future__ import annotations

import datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.urls import NoReverseMatch, resolve, reverse
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from lxml.html import HtmlElement

from sightline.scrutiny.domain.referrals import ReferralState
from sightline.scrutiny.models import MinuteUpload


def render(source: str, path: str = "/", **context: Any) -> str:
    context.setdefault("request", RequestFactory().get(path))
    return Template("{% load govuk_tags %}" + source).render(Context(context))


def element(source: str, path: str = "/", **context: Any) -> HtmlElement:
    return html.fragment_fromstring(render(source, path, **context), create_parent="div")


STATES = [*(state.value for state in ReferralState), *MinuteUpload.State.values, "public", "internal", "exempt"]


@pytest.mark.parametrize("state", STATES)
def test_a_state_is_said_in_words_and_not_by_colour_alone(state: str) -> None:
    [tag] = element("{% state_tag state %}", state=state)
    assert tag.get("class").split()[0] == "govuk-tag"
    assert tag.text == state.replace("-", " ").capitalize()
    assert element("{% state_tag state label %}", state=state, label="Put <off>")[0].text == "Put <off>"


def test_accepted_and_rejected_do_not_look_alike() -> None:
    assert "green" in render('{% state_tag "accepted" %}')
    assert "red" in render('{% state_tag "rejected" %}')
    assert "grey" in render('{% state_tag "never-heard-of" %}')


COUNCIL = SimpleNamespace(slug="northmere", name="Northmere <Borough>", abbreviation="NB")


def test_a_council_bears_its_colour_and_its_name() -> None:
    [chip] = element("{% council_chip council %}", council=COUNCIL)
    assert chip.get("class") == "council-chip council--northmere"
    assert chip.text_content() == "Northmere <Borough>"


def test_an_abbreviated_council_is_named_in_full_to_those_who_listen() -> None:
    [chip] = element("{% council_chip council short=True %}", council=COUNCIL)
    seen, heard = chip
    assert (seen.get("aria-hidden"), seen.text) == ("true", "NB")
    assert (heard.get("class"), heard.text) == ("govuk-visually-hidden", "Northmere <Borough>")


def test_breadcrumbs_begin_at_home_and_take_names_and_addresses() -> None:
    links = element('{% breadcrumbs "Councils" "councils" name place %}', name="A & B", place="/councils/a/").iter("a")
    assert [(link.text, link.get("href")) for link in links] == [
        ("Home", "/"),
        ("Councils", reverse("councils")),
        ("A & B", "/councils/a/"),
    ]


def test_breadcrumbs_refuse_what_leads_nowhere() -> None:
    with pytest.raises(TemplateSyntaxError, match="pairs"):
        render('{% breadcrumbs "Councils" %}')
    with pytest.raises(NoReverseMatch):
        render('{% breadcrumbs "Councils" "no-such-page" %}')


def nav(path: str) -> HtmlElement:
    request = RequestFactory().get(path)
    request.resolver_match = resolve(path)
    [item] = element('{% nav_link "councils" "Councils" also="council,body" %}', request=request)
    return item


@pytest.mark.parametrize(
    ("path", "current"), [("/councils/", "page"), ("/councils/northmere/", "true"), ("/glossary/", None)]
)
def test_the_menu_says_where_one_is(path: str, current: str | None) -> None:
    item = nav(path)
    assert item.xpath(".//a/@aria-current") == ([current] if current else [])
    assert ("govuk-service-navigation__item--active" in item.get("class")) is (current is not None)
    assert item.text_content() == "Councils"


def pages(count: int, page: int, path: str = "/list/") -> HtmlElement:
    return element(
        '{% pagination page what="meetings" %}',
        path,
        page=Paginator(range(count), 10, allow_empty_first_page=True).page(page),
    )


def test_one_page_needs_no_links() -> None:
    assert pages(10, 1).text_content() == ""


def test_links_to_pages_keep_the_filters() -> None:
    first = pages(35, 2, "/list/?council=northmere&state=accepted&page=2&q=a%26b").xpath("//li/a")[0]
    assert parse_qs(first.get("href").removeprefix("?")) == {
        "council": ["northmere"],
        "state": ["accepted"],
        "q": ["a&b"],
        "page": ["1"],
    }


def test_pages_are_labelled() -> None:
    page = pages(35, 2)
    assert page.xpath("//nav/@aria-label") == ["Pages of meetings"]
    assert page.xpath("//a[@aria-current='page']/@aria-label") == ["Page 2 of 4"]
    assert page.xpath("//a[@rel='prev']/@href") == ["?page=1"]
    assert page.xpath("//a[@rel='next']/@href") == ["?page=3"]
    assert "Page 2 of 4" in page.text_content()


@given(st.integers(min_value=2, max_value=400).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n))))
def test_any_number_of_pages_fits_on_a_phone(case: tuple[int, int]) -> None:
    number, current = case
    page = pages(number * 10, current)
    shown = [int(link.text) for link in page.xpath("//li/a")]
    assert shown == sorted(set(shown))
    assert {1, current, number} <= set(shown)
    assert len(page.xpath("//li")) <= 9
    assert bool(page.xpath("//a[@rel='prev']")) is (current > 1)
    assert bool(page.xpath("//a[@rel='next']")) is (current < number)


def test_how_much_is_shown_of_how_much() -> None:
    paginator = Paginator(range(1340), 25)
    assert element('{% shown page "meetings" %}', page=paginator.page(2)).text_content() == "26 to 50 of 1,340 meetings"
    assert element('{% shown page "meetings" %}', page=Paginator([], 25).page(1)).text_content() == "No meetings found"


def test_freshness_is_said_and_unknown_is_said() -> None:
    moment = datetime.datetime(2023, 7, 6, 8, 5, tzinfo=datetime.UTC)
    assert element("{% as_of when %}", when=moment).text_content() == "As of 6 July 2023, 09:05"  # in London
    assert element("{% as_of when %}", when=moment).xpath("//time/@datetime") == ["2023-07-06T09:05+01:00"]
    assert element('{% as_of when "Figures" %}', when=moment.date()).text_content() == "Figures as of 6 July 2023"
    assert element("{% as_of when %}", when=None).text_content() == "As of: not known"
    assert element("{% day when %}", when=None).text_content() == "Not known"
    assert render("{% day when %}", when=moment.date()) == '<time datetime="2023-07-06">6 July 2023</time>'


def test_blocks_hold_what_stands_in_them_once_escaped() -> None:
    page = element(
        "{% inset %}<p>{{ words }}</p>{% endinset %}"
        "{% details summary %}<p>{{ words }}</p>{% enddetails %}"
        "{% summary_row summary %}{{ words }}{% endsummary_row %}",
        words="a < b",
        summary="c & d",
    )
    assert [tag.text for tag in page.iter("p")] == ["a < b", "a < b"]
    assert page.xpath("//summary")[0].text_content() == "c & d"
    assert page.xpath("//dt")[0].text == "c & d"
    assert page.xpath("//dd")[0].text == "a < b"
    assert not page.xpath("//details/@open")
    assert element("{% details 'x' open=True %}y{% enddetails %}").xpath("//details/@open")


def test_a_table_has_a_caption_scopes_and_can_be_scrolled_by_keyboard() -> None:
    page = element(
        "{% data_table caption %}{% column_heads 'Council' '#Days' %}<tbody></tbody>{% enddata_table %}",
        caption="A & B",
    )
    region = page.xpath("//div[@role='region']")[0]
    assert (region.get("tabindex"), region.get("aria-label")) == ("0", "Table: A & B")
    assert page.xpath("//caption")[0].text == "A & B"
    heads = page.xpath("//th")
    assert [(head.text, head.get("scope")) for head in heads] == [("Council", "col"), ("Days", "col")]
    assert "numeric" in heads[1].get("class")
    hidden = element("{% data_table 'x' hidden=True %}{% enddata_table %}")
    assert hidden.xpath("//caption/@class") == ["govuk-visually-hidden"]


def test_a_timeline_tells_what_is_still_to_come() -> None:
    page = element(
        "{% timeline %}{% timeline_entry asked 'Asked' %}<p>by the panel</p>{% endtimeline_entry %}"
        "{% timeline_entry unknown 'Considered' %}{% endtimeline_entry %}"
        "{% timeline_entry unknown 'Decided' done=False %}{% endtimeline_entry %}{% endtimeline %}",
        asked=datetime.date(2023, 3, 6),
        unknown=None,
    )
    assert [item.xpath("p")[0].text_content() for item in page.xpath("//ol/li")] == [
        "6 March 2023",
        "Not known",
        "Not yet",
    ]
    assert ["to-come" in item.get("class") for item in page.xpath("//ol/li")] == [False, False, True]


@pytest.mark.parametrize(("given_percent", "shown"), [(-5, "0"), (40, "40"), (400, "100")])
def test_progress_is_said_in_words_and_as_a_bar(given_percent: int, shown: str) -> None:
    page = element("{% progress percent 'Being read' %}", percent=given_percent)
    assert page.xpath("//progress/@value") == [shown]
    assert page.xpath("//label")[0].text == f"Being read: {shown}%"
    assert page.xpath("//label/@for") == page.xpath("//progress/@id")


def test_buttons_send_once_and_links_lead_on() -> None:
    sent = element('{% button "Publish" kind="warning" name="do" value="publish" %}').xpath("//button")[0]
    assert (sent.get("name"), sent.get("value"), sent.get("data-prevent-double-click")) == ("do", "publish", "true")
    assert "govuk-button--warning" in sent.get("class")
    assert element('{% button "Cancel" href="/x/" %}').xpath("//a/@href") == ["/x/"]


class Narrow(forms.Form):
    council = forms.ChoiceField(label="Council", required=False, choices=[("", "Any"), ("n", "Northmere")])


@pytest.mark.parametrize(
    ("query", "offered"), [("", False), ("?council=", False), ("?council=n", True), ("?page=2", False)]
)
def test_filters_can_be_cleared_when_there_are_any(query: str, offered: bool) -> None:
    request = RequestFactory().get("/list/" + query)
    page = element('{% filter_panel form label="Narrow" submit="Show" %}', request=request, form=Narrow(request.GET))
    form = page.xpath("//form")[0]
    assert (form.get("method"), form.get("action"), form.get("aria-label")) == ("get", "/list/", "Narrow")
    assert [link.get("href") for link in form.iter("a")] == (["/list/"] if offered else [])
    assert form.xpath(".//option[@selected]/@value") == (["n"] if offered else [""])


def test_any_other_component_is_at_hand() -> None:
    assert "Careful" in render('{% component "warning-text" text="Careful" iconFallbackText="Warning" %}')


def test_the_day_of_a_moment_is_its_day_in_london() -> None:
    late = datetime.datetime(2023, 7, 6, 23, 30, 15, 123456, tzinfo=datetime.UTC)
    assert render("{% day when %}", when=late) == '<time datetime="2023-07-07">7 July 2023</time>'

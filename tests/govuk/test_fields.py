"""A form as the Design System asks for it, for every widget: labels, hints, errors beside the field and summed up."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from lxml.html import HtmlElement

from sightline.govuk import fields
from sightline.govuk.forms import DateField

NAMES = ("day", "month", "year")


class Everything(forms.Form):
    body = forms.ChoiceField(
        label="Body",
        help_text="Whose <meeting> it was.",
        choices=[("", "Choose one"), ("Northmere", [("p", "Panel"), ("c", "Cabinet")]), ("t", "Task group")],
    )
    file = forms.FileField(label="Minutes of the meeting")
    held_on = DateField(label="Date of the meeting")
    depth = forms.ChoiceField(
        label="Kind of review", widget=forms.RadioSelect, choices=[("d", "In-depth"), ("l", "Light")]
    )
    topics = forms.MultipleChoiceField(
        label="Topics", widget=forms.CheckboxSelectMultiple, choices=[("a", "A"), ("b", "B")]
    )
    email = forms.EmailField(
        label="E-mail address", widget=forms.EmailInput(attrs={"placeholder": "me@x", "class": "wide"})
    )
    pages = forms.IntegerField(label="Number of pages")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    comments = forms.CharField(label="Comments", widget=forms.Textarea)
    sure = forms.BooleanField(label="I have read it")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def rendered(form: forms.BaseForm) -> HtmlElement:
    return html.fragment_fromstring("".join(fields.render_field(field) for field in form), create_parent="div")


def one(form: forms.BaseForm, name: str) -> HtmlElement:
    return html.fragment_fromstring(fields.render_field(form[name]), create_parent="div")


def test_every_input_has_its_label_or_legend() -> None:
    page = rendered(Everything())
    labelled = {label.get("for") for label in page.iter("label")}
    inputs = [tag for kind in ("input", "select", "textarea") for tag in page.iter(kind) if tag.get("type") != "hidden"]
    assert len(inputs) == 14
    for tag in inputs:
        assert tag.get("id") in labelled, tag.get("name")
    assert [legend.text_content().strip() for legend in page.iter("legend")] == [
        "Date of the meeting",
        "Kind of review",
        "Topics",
    ]


def test_ids_are_unique_and_descriptions_lead_somewhere() -> None:
    page = rendered(Everything({}))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    described = " ".join(page.xpath("//@aria-describedby")).split()
    assert described
    assert set(described) <= set(ids)


def test_what_the_design_system_does_without_is_left_out() -> None:
    page = rendered(Everything({}))
    assert page.xpath("//@placeholder | //@required | //@style") == []
    number = page.xpath("//input[@name='pages']")[0]
    assert (number.get("type"), number.get("inputmode")) == ("text", "numeric")
    assert page.xpath("//input[@name='email']")[0].get("type") == "email"
    assert "wide" in page.xpath("//input[@name='email']")[0].get("class")


def test_hints_and_labels_are_escaped() -> None:
    class Named(forms.Form):
        field = forms.ChoiceField(
            label="<b>bold</b>", help_text="<i>x</i>", choices=[("x", "<script>alert(1)</script>")]
        )

    markup = fields.render_field(Named()["field"])
    assert "<b>" not in markup
    assert "<i>" not in markup
    assert "<script>" not in markup
    assert "&lt;script&gt;" in markup


def test_a_group_of_choices_is_said_with_each_of_them() -> None:
    options = one(Everything(), "body").xpath("//option")
    assert [option.text_content().strip() for option in options] == [
        "Choose one",
        "Panel, Northmere",
        "Cabinet, Northmere",
        "Task group",
    ]
    assert [option.get("value") for option in options] == ["", "p", "c", "t"]


def test_what_was_entered_stays() -> None:
    form = Everything(
        {
            "body": "c",
            "held_on_day": "31",
            "held_on_month": "2",
            "held_on_year": "2023",
            "depth": "l",
            "topics": ["b"],
            "email": "wrong",
            "secret": "hunter2",
            "comments": "One\nTwo",
            "sure": "on",
        }
    )
    page = rendered(form)
    assert page.xpath("//option[@selected]/@value") == ["c"]
    assert page.xpath("//input[@checked]/@value") == ["l", "b", "on"]
    assert [page.xpath(f"//input[@name='held_on_{part}']/@value")[0] for part in NAMES] == ["31", "2", "2023"]
    assert page.xpath("//input[@name='email']/@value") == ["wrong"]
    assert page.xpath("//textarea")[0].text.strip() == "One\nTwo"
    assert "hunter2" not in html.tostring(page).decode()


def test_a_value_that_is_known_is_filled_in() -> None:
    page = rendered(Everything(initial={"held_on": datetime.date(2023, 3, 6), "body": "t", "sure": True}))
    assert [page.xpath(f"//input[@name='held_on_{part}']/@value")[0] for part in NAMES] == ["6", "3", "2023"]
    assert page.xpath("//option[@selected]/@value") == ["t"]
    assert page.xpath("//input[@name='sure']/@checked") == ["checked"]


def test_the_summary_leads_to_every_field_that_is_wrong() -> None:
    form = Everything({})
    form.add_error(None, "The two do not go together")
    summary = html.fragment_fromstring(fields.error_summary(form), create_parent="div")
    links = [(link.get("href"), link.text_content().strip()) for link in summary.iter("a")]
    assert links == [
        ("#id_body", "The two do not go together"),
        ("#id_body", "Select body"),
        ("#id_file", "Choose a file"),
        ("#id_held_on_day", "Enter date of the meeting"),
        ("#id_depth", "Select kind of review"),
        ("#id_topics", "Select topics"),
        ("#id_email", "Enter e-mail address"),
        ("#id_pages", "Enter number of pages"),
        ("#id_secret", "Enter password"),
        ("#id_comments", "Enter comments"),
        ("#id_sure", "Tick the box: I have read it"),
    ]
    ids = set(rendered(form).xpath("//input/@id | //select/@id | //textarea/@id"))
    assert {href.removeprefix("#") for href, _ in links} <= ids


def test_the_error_stands_beside_its_field_too() -> None:
    field = one(Everything({}), "file")
    assert field.xpath("//p[@id='id_file-error']")[0].text_content().split() == ["Error:", "Choose", "a", "file"]
    assert "id_file-error" in field.xpath("//input/@aria-describedby")[0]


def test_a_form_that_was_not_sent_has_no_errors() -> None:
    assert fields.error_summary(Everything()) == ""
    assert "error" not in html.tostring(rendered(Everything())).decode()


def test_words_of_the_form_win_over_stock_words() -> None:
    class Own(forms.Form):
        name = forms.CharField(label="Name", error_messages={"required": "Enter the clerk’s name"})
        email = forms.EmailField(label="E-mail", error_messages={"invalid": "That is no address"})

    assert [item["text"] for item in fields.summary_items(Own({"email": "x"}))] == [
        "Enter the clerk’s name",
        "That is no address",
    ]


def test_an_e_mail_address_is_explained() -> None:
    class Stock(forms.Form):
        email = forms.EmailField()

    [item] = fields.summary_items(Stock({"email": "x"}))
    assert item["text"] == "Enter an e-mail address in the correct format, like name@example.com"


def test_an_abbreviation_keeps_its_capitals_in_a_sentence() -> None:
    class Coded(forms.Form):
        code = forms.CharField(label="GSS code")

    assert fields.summary_items(Coded({}))[0]["text"] == "Enter GSS code"


def test_hidden_fields_stay_hidden() -> None:
    assert 'type="hidden"' in fields.render_field(Everything()["token"])


def test_a_widget_without_a_component_says_so() -> None:
    class Odd(forms.Form):
        when = forms.SplitDateTimeField()

    with pytest.raises(TypeError, match=r"when.*SplitDateTimeWidget"):
        fields.render_field(Odd()["when"])


def test_prefixes_keep_two_forms_apart() -> None:
    form = Everything({}, prefix="second")
    assert fields.summary_items(form)[2]["href"] == "#id_second-held_on_day"
    assert one(form, "held_on").xpath("//input/@name")[0] == "second-held_on_day"


class Dated(forms.Form):
    held_on = DateField(label="Date of the meeting")
    ended_on = DateField(label="Last day", required=False)


def dated(day: str, month: str, year: str) -> Dated:
    return Dated({"held_on_day": day, "held_on_month": month, "held_on_year": year})


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_every_date_comes_back_as_it_was_shown(date: datetime.date) -> None:
    form = dated(*(str(part) for part in (date.day, date.month, date.year)))
    assert form.is_valid()
    assert form.cleaned_data == {"held_on": date, "ended_on": None}


@given(st.lists(st.text(max_size=6), min_size=3, max_size=3))
def test_whatever_is_entered_is_a_date_or_one_sentence(parts: list[str]) -> None:
    form = dated(*parts)
    if form.is_valid():
        assert isinstance(form.cleaned_data["held_on"], datetime.date)
    else:
        [item] = fields.summary_items(form)
        assert item["href"] in {f"#id_held_on_{part}" for part in NAMES}
        assert "held_on" not in item["text"]


@pytest.mark.parametrize("month", ["3", "03", " 3 ", "March", "march", "Mar", "MAR."])
def test_months_may_be_written_out(month: str) -> None:
    form = dated("6", month, "2023")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["held_on"] == datetime.date(2023, 3, 6)


@pytest.mark.parametrize(
    ("parts", "message", "leads_to", "marked"),
    [
        (("", "", ""), "Enter date of the meeting", "day", NAMES),
        (("6", "", "2023"), "Date of the meeting must include a month", "month", ("month",)),
        (("", "3", ""), "Date of the meeting must include a day and year", "day", ("day", "year")),
        (("31", "2", "2023"), "Date of the meeting must be a real date", "day", NAMES),
        (("six", "3", "2023"), "Date of the meeting: write the day in numbers, for example 6", "day", ("day",)),
        (("6", "Mars", "2023"), "Date of the meeting: write the month in numbers, for example 3", "month", ("month",)),
        (("6", "3", "23"), "Date of the meeting: write the year in full, for example 2023", "year", ("year",)),
        (("-6", "3", "2023"), "Date of the meeting: write the day in numbers, for example 6", "day", ("day",)),
    ],
)
def test_a_wrong_date_says_which_part(parts: Any, message: str, leads_to: str, marked: tuple[str, ...]) -> None:
    form = dated(*parts)
    assert fields.summary_items(form) == [{"text": message, "href": f"#id_held_on_{leads_to}"}]
    field = one(form, "held_on")
    assert (
        tuple(part for part in NAMES if "--error" in field.xpath(f"//input[@name='held_on_{part}']/@class")[0])
        == marked
    )


def test_checks_of_a_date_field_are_run() -> None:
    def not_sunday(date: datetime.date) -> None:
        if date.weekday() == 6:
            raise forms.ValidationError("Panels do not meet on Sundays")

    class Weekday(forms.Form):
        day = DateField(label="Day", validators=[not_sunday])

    form = Weekday({"day_day": "5", "day_month": "3", "day_year": "2023"})
    assert fields.summary_items(form) == [{"text": "Panels do not meet on Sundays", "href": "#id_day_day"}]


def test_a_file_is_taken() -> None:
    class Upload(forms.Form):
        file = forms.FileField()

    form = Upload({}, {"file": SimpleUploadedFile("a.txt", b"words")})
    assert form.is_valid()
    assert 'type="file"' in fields.render_field(form["file"])


def test_a_question_is_not_taken_for_the_name_of_a_date() -> None:
    with pytest.raises(forms.ValidationError, match=r"^\['The date must be a real date'\]$"):
        DateField(label="When was it counted?").clean(["31", "2", "2023"])

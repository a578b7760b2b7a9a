"""What clerks and portfolio holders type of a council's referral, and clerks of a recommendation."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.text import Truncator

from sightline.govuk.forms import DateField, offer
from sightline.partnership import access
from sightline.partnership import queries as partnership
from sightline.partnership.models import Body, Person, User
from sightline.scrutiny import referral_queries
from sightline.scrutiny.domain.referrals import ConsiderationOutcome, DecisionOutcome
from sightline.scrutiny.models import Link, Passage, Recommendation, Referral
from sightline.scrutiny.referral_actions import PUBLISH
from sightline.scrutiny.referral_checks import LONGEST_WORDS, CannotRefer

SCRUTINISE = ("scrutiny-panel", "joint-panel")
DECIDE = ("cabinet", "executive-board", "full-council")


def _day_field(label: str, what: str, **kwargs: Any) -> DateField:
    return DateField(
        label=label,
        error_messages={"required": f"Enter the date {what}", "invalid": f"The date {what} must be a real date"},
        **kwargs,
    )


def _passage_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        required=False,
        label="Which words of the minutes say so?",
        help_text="The resolution that it rests on, where the minutes are recorded here.",
    )


def _publish_field() -> forms.BooleanField:
    return forms.BooleanField(
        required=False,
        label="Let everybody see it now",
        help_text="Otherwise it stays internal to the council until you publish it.",
    )


PARAGRAPHS = (
    (1, "about one person"),
    (2, "likely to reveal who somebody is"),
    (3, "financial or business affairs"),
    (4, "consultations or negotiations on labour relations"),
    (5, "legal professional privilege"),
    (6, "a notice, order or direction that the council proposes"),
    (7, "preventing, investigating or prosecuting crime"),
)


def _exempt_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", "It is not exempt"),
            *((number, f"Paragraph {number}: {what}") for number, what in PARAGRAPHS),
        ],
        label="Is it exempt under Schedule 12A?",
        help_text="What is exempt is read by your council’s clerks, portfolio holders and members alone.",
    )


def _fact_field() -> forms.BooleanField:
    return forms.BooleanField(
        required=False,
        label="Let everybody see that it was decided, and when",
        help_text="For what is exempt: the page then says “Decided in exempt session”, with the body and the date, and"
        " not what was decided. Nobody waits for an answer any more.",
    )


class OutcomeForm(forms.Form):
    """What both steps ask: which body, when, resting on which passage, and whether everybody may see it at once."""

    consider = True
    step = "consideration"

    def __init__(self, *args: Any, referral: Referral, by: User, link: Link | None = None, **kwargs: Any) -> None:
        self.referral, self.link = referral, link
        kwargs.setdefault("initial", self._first_facts(link))
        super().__init__(*args, **kwargs)
        bodies = referral_queries.bodies_that_may(referral, consider=self.consider)
        self._bodies = {body.slug: body for body in bodies}
        offer(self, "body", "Select a body", {slug: body.name for slug, body in self._bodies.items()})
        if not link and bodies:
            self.initial.setdefault("body", bodies[0].slug)
        passages = referral_queries.passages_to_rest_on(by, referral, SCRUTINISE if self.consider else DECIDE)
        if link and link.passage not in passages:
            passages.insert(0, link.passage)
        self._passages = {str(passage.pk): passage for passage in passages}
        if self._passages:
            offer(
                self,
                "passage",
                "No minutes here, or not yet",
                {key: _cited(one) for key, one in self._passages.items()},
            )
        else:
            del self.fields["passage"]
        if not access.may(by, PUBLISH, council=referral.council):
            for name in {"publish", "exempt", "fact_public"} & self.fields.keys():
                del self.fields[name]

    def _first_facts(self, link: Link | None) -> dict[str, Any]:
        """What a confirmed link says already."""
        if link is None:
            return {}
        meeting = link.passage.item.minute.meeting
        return {
            "body": meeting.body.slug,
            "outcome": link.outcome,
            "day": meeting.held_on,
            "passage": str(link.passage_id),
        }

    def clean_body(self) -> Body:
        return self._bodies[self.cleaned_data["body"]]

    def clean_passage(self) -> Passage | None:
        return self._passages.get(self.cleaned_data.get("passage", ""))

    def clean_day(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError("The date must be today or in the past")
        return day

    def chosen_passage(self) -> Passage | None:
        return self.cleaned_data.get("passage")

    def say(self, error: CannotRefer) -> None:
        """Show what an action refused beside the field that it names."""
        names = {"considered_on": "day", "decided_on": "day"}
        name = names.get(error.field, error.field)
        self.add_error(name if name in self.fields else None, str(error))


class ConsiderForm(OutcomeForm):
    """What a council's scrutiny panel made of a recommendation."""

    body = forms.ChoiceField(
        label="Which body considered it?", error_messages={"required": "Select the body that considered it"}
    )
    day = _day_field("Date of the meeting", "of the meeting")
    outcome = forms.ChoiceField(
        label="What did it say?",
        choices=[(one.value, one.label) for one in ConsiderationOutcome],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what the panel said"},
    )
    comments = forms.CharField(
        required=False,
        label="Its comments",
        help_text="Needed where it returned the recommendation with comments.",
        max_length=2 * LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    passage = _passage_field()
    publish = _publish_field()
    exempt = _exempt_field()

    def facts(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        typed = self.cleaned_data
        return {
            "body": typed["body"],
            "outcome": ConsiderationOutcome(typed["outcome"]),
            "considered_on": typed["day"],
            "comments": typed["comments"],
            "passage": self.chosen_passage(),
            "publish": bool(typed.get("publish")),
            "exempt_paragraph": typed.get("exempt"),
        }


class DecideForm(OutcomeForm):
    """What a council decided on a recommendation."""

    consider = False
    step = "decision"

    body = forms.ChoiceField(label="Which body decided?", error_messages={"required": "Select the body that decided"})
    day = _day_field("Date of the decision", "of the decision")
    outcome = forms.ChoiceField(
        label="What was decided?",
        choices=[(one.value, one.label) for one in DecisionOutcome],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what was decided"},
    )
    reason = forms.CharField(
        required=False,
        label="The reason",
        help_text="Needed for anything but a plain acceptance.",
        max_length=2 * LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    portfolio_holder = forms.ChoiceField(required=False, label="Which portfolio holder answers for it?")
    on_behalf_of = forms.ChoiceField(
        required=False,
        label="Whose decision do you enter?",
        help_text="If a portfolio holder took it alone, choose them: both names are kept.",
    )
    call_in_ends_on = _day_field(
        "Last day on which it can be called in",
        "until which it can be called in",
        required=False,
        help_text="Leave it empty to have the working days counted.",
    )
    passage = _passage_field()
    publish = _publish_field()
    exempt = _exempt_field()
    fact_public = _fact_field()

    def __init__(self, *args: Any, referral: Referral, by: User, link: Link | None = None, **kwargs: Any) -> None:
        super().__init__(*args, referral=referral, by=by, link=link, **kwargs)
        on = link.passage.item.minute.meeting.held_on if link else timezone.localdate()
        people = partnership.portfolio_holders(on, council=referral.council)
        self._people = {str(person.pk): person for person in people}
        names = {key: person.name for key, person in self._people.items()}
        for_others = access.may(by, access.ACT_FOR_OTHERS, council=referral.council)
        for name, none, offered in (
            ("portfolio_holder", "Not said", bool(names)),
            ("on_behalf_of", "The body’s", bool(names) and for_others),
        ):
            if offered:
                offer(self, name, none, names)
            else:
                del self.fields[name]

    def _first_facts(self, link: Link | None) -> dict[str, Any]:
        facts = super()._first_facts(link)
        if link is not None and link.outcome and DecisionOutcome(link.outcome).needs_reason:
            facts["reason"] = link.passage.text.rstrip(" ;,")
        return facts

    def _person(self, name: str) -> Person | None:
        return self._people.get(self.cleaned_data.get(name, ""))

    def facts(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        typed = self.cleaned_data
        return {
            "body": typed["body"],
            "outcome": DecisionOutcome(typed["outcome"]),
            "decided_on": typed["day"],
            "reason": typed["reason"],
            "portfolio_holder": self._person("portfolio_holder"),
            "on_behalf_of": self._person("on_behalf_of"),
            "call_in_ends_on": typed.get("call_in_ends_on"),
            "passage": self.chosen_passage(),
            "publish": bool(typed.get("publish")),
            "exempt_paragraph": typed.get("exempt"),
            "fact_public": bool(typed.get("fact_public")),
        }


class PurposeForm(forms.Form):
    """What a recommendation is to achieve."""

    purpose = forms.CharField(
        required=False,
        label="What is it to achieve?",
        help_text="In a sentence or two, for somebody who was not there: what will be different when it is done?",
        max_length=2 * LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class WithdrawForm(forms.Form):
    """That a recommendation is no longer asked for, or that a later one asks in its place."""

    day = _day_field("Date of the withdrawal", "on which it was withdrawn")
    instead = forms.CharField(
        required=False,
        max_length=20,
        label="Which recommendation takes its place?",
        help_text="Its reference, such as R2025-014. Leave it empty if none does.",
    )
    reason = forms.CharField(
        label="Why?",
        max_length=2 * LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter the reason: whoever was asked will want to know it"},
    )

    def __init__(self, *args: Any, visible: Any, **kwargs: Any) -> None:
        self._visible = visible
        super().__init__(*args, **kwargs)

    def clean_instead(self) -> Recommendation | None:
        reference = self.cleaned_data["instead"].strip().upper()
        if not reference:
            return None
        try:
            found: Recommendation = self._visible.get(reference=reference)
        except ObjectDoesNotExist:
            raise forms.ValidationError(f"There is no recommendation {reference} that you may see") from None
        return found

    def say(self, error: CannotRefer) -> None:
        _say(self, error)


class AskAgainForm(forms.Form):
    """That scrutiny asks again for a recommendation that was withdrawn."""

    day = _day_field("Since when is it asked for again?", "since which it is asked for again")
    reason = forms.CharField(
        label="Why?",
        max_length=2 * LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter the reason: whoever is asked again will want to know it"},
    )

    def say(self, error: CannotRefer) -> None:
        _say(self, error)


def _say(form: forms.Form, error: CannotRefer) -> None:
    """A refusal beside the question whose answer is at fault."""
    name = "day" if error.field == "withdrawn_on" else error.field
    form.add_error(name if name in form.fields else None, str(error))


def _cited(passage: Passage) -> str:
    meeting = passage.item.minute.meeting
    label = f"{passage.label} " if passage.kind == "part" and passage.label else ""
    words = Truncator(passage.text).words(14)
    return f"{meeting.body.name}, {meeting.held_on.day} {meeting.held_on:%B %Y}: {label}{words}"

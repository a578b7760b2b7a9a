"""What people type about legacy systems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from sightline.estate.domain.legacy import CRITERIA, Suggestion
from sightline.govuk.forms import DateField, offer
from sightline.partnership.models import Person


class RiskForm(forms.Form):
    """The framework's criteria, with what the register suggests."""

    def __init__(
        self,
        *args: Any,
        answers: Mapping[str, int],
        reasons: Mapping[str, str],
        suggested: Sequence[Suggestion],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        hints = {one.code: one for one in suggested}
        for criterion in CRITERIA:
            hint = hints.get(criterion.code)
            known = answers.get(criterion.code) or (hint.answer if hint else None)
            helps = f"1 is best, {criterion.highest} is worst."
            if hint is not None:
                helps = f"The register suggests {hint.answer}: {hint.why} {helps}"
            self.fields[criterion.code] = forms.TypedChoiceField(
                required=False,
                label=f"{criterion.code} {criterion.name}: {criterion.question}",
                help_text=helps,
                choices=[("", "Not answered"), *((str(n), str(n)) for n in range(1, criterion.highest + 1))],
                coerce=int,
                empty_value=None,
                initial=str(known or ""),
            )
        self.fields["why"] = forms.CharField(
            required=False,
            max_length=2000,
            label="What do these answers rest on?",
            initial=reasons.get("all", ""),
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    def answers(self) -> dict[str, int]:
        """What was answered, by code; after the form was found valid."""
        given = self.cleaned_data
        return {one.code: given[one.code] for one in CRITERIA if given.get(one.code) is not None}


class ExceptionForm(forms.Form):
    """Why a legacy system is kept, until when, and who answers for it."""

    owner = forms.ChoiceField(label="Who answers for it?", error_messages={"required": "Say who answers for it"})
    reason = forms.CharField(
        max_length=4000,
        label="Why is it kept?",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why it is kept"},
    )
    expires_on = DateField(
        label="Until when?",
        error_messages={"required": "Enter the day until which it is kept"},
        help_text="Three years at most.",
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(person.pk): person for person in people}
        offer(self, "owner", "Choose somebody", {key: person.name for key, person in self._people.items()})

    def clean_owner(self) -> Person:
        return self._people[self.cleaned_data["owner"]]


class WhyForm(forms.Form):
    """A reason."""

    reason = forms.CharField(
        max_length=4000,
        label="Why?",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Give the reason"},
    )

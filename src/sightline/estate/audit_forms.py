"""What people type in a software audit."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from sightline.estate.audit_actions import LONGEST_TEXT, Told
from sightline.estate.audit_queries import QuestionFilter
from sightline.estate.domain.campaigns import Act, QuestionState
from sightline.estate.licence_forms import CouncilChoice, upload_of_fair_size
from sightline.estate.models import System
from sightline.govuk.forms import DateField, offer
from sightline.partnership import queries as partnership
from sightline.partnership import succession

KINDS = {kind.value: kind.label for kind in System.Kind}


class OpenForm(CouncilChoice):
    """A new campaign."""

    name = forms.CharField(
        max_length=200, label="What is it called?", error_messages={"required": "Enter a name for the audit"}
    )
    scope = forms.CharField(
        max_length=LONGEST_TEXT,
        label="What is it to find out?",
        help_text="Everybody who is asked reads it.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what it is to find out"},
    )
    council = forms.ChoiceField(label="Whose systems?", error_messages={"required": "Select whose systems"})
    kind = forms.ChoiceField(required=False, label="Which systems?")
    closes_on = DateField(
        label="By when is it to be answered?",
        error_messages={"required": "Enter the day by which it is to be answered"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", "All", KINDS)


class QuestionFilterForm(forms.Form):
    """Narrows the systems of a campaign."""

    council = forms.ChoiceField(required=False, label="Council")
    state = forms.ChoiceField(required=False, label="Where it stands")
    kind = forms.ChoiceField(required=False, label="Which systems")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._councils = {council.slug: council for council in partnership.councils()}
        offer(self, "council", "Any council", succession.labelled(self._councils.values()))
        offer(self, "state", "Anywhere", {state.value: state.label for state in QuestionState})
        offer(self, "kind", "All", KINDS)

    def narrowed(self) -> QuestionFilter:
        """What was chosen, as the query takes it."""
        self.is_valid()
        chosen = self.cleaned_data
        council = self._councils.get(chosen.get("council", ""))
        return QuestionFilter(council, chosen.get("state", ""), chosen.get("kind", ""))


class AnswerForm(forms.Form):
    """Whether what is known of a system is right."""

    confirms = forms.ChoiceField(
        label="Is what is known right?",
        widget=forms.RadioSelect,
        choices=[("yes", "Yes, all of it"), ("no", "No, something is to be corrected")],
        error_messages={"required": "Say whether what is known is right"},
    )
    text = forms.CharField(
        required=False,
        max_length=LONGEST_TEXT,
        label="What is to be corrected, or what else should ICT know?",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    in_use = forms.ChoiceField(
        required=False, label="Is it still in use?", choices=[("", "I do not know"), ("yes", "Yes"), ("no", "No")]
    )
    users = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=10_000_000,
        label="How many people use it?",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    licence_link = forms.CharField(
        required=False,
        max_length=1000,
        label="The address of the licence or contract",
        help_text="Such as https://www.example.org/contract.",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        required=False,
        label="The licence or contract as a file",
        error_messages={
            "empty": "The selected file is empty. Check that the whole file was saved, then select it again"
        },
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"submission": uuid.uuid4()})
        super().__init__(*args, **kwargs)

    def clean_file(self) -> UploadedFile[bytes] | None:
        return upload_of_fair_size(self.cleaned_data["file"])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if "submission" in self.errors:
            self.add_error(None, "This form was not sent from its page. Open the page again and fill it in there")
        return given

    def told(self) -> Told:
        """What was typed, as the action takes it; after the form was found valid."""
        given = self.cleaned_data
        file = given.get("file")
        return Told(
            confirms=given["confirms"] == "yes",
            text=given["text"],
            in_use={"yes": True, "no": False}.get(given["in_use"]),
            users=given["users"],
            licence_link=given["licence_link"].strip(),
            file=(file.name or "", file.read()) if file else None,
        )


_SAYS = {
    Act.COUNTERSIGN: "Countersign the answer",
    Act.RETURN: "Return it: more is needed",
    Act.EXCEPT: "Make an exception: it need not be answered",
    Act.ASK_AGAIN: "Ask again",
}


class SettleForm(forms.Form):
    """The word of ICT on one question."""

    act = forms.ChoiceField(
        label="What does ICT say?", widget=forms.RadioSelect, error_messages={"required": "Say what ICT says"}
    )
    reason = forms.CharField(
        required=False,
        max_length=LONGEST_TEXT,
        label="Why?",
        help_text="Needed for everything but a countersignature.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, acts: Collection[Act], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["act"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(act.value, says) for act, says in _SAYS.items() if act in acts]


class CloseForm(forms.Form):
    """What a campaign found."""

    conclusion = forms.CharField(
        max_length=LONGEST_TEXT,
        label="What did it find?",
        help_text="In plain words; it stands at the head of the closing report.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Say in a few words what it found"},
    )


class NewAuditLinkForm(forms.Form):
    """Asks for a new link to answer by."""

    campaign = forms.CharField(max_length=20, label="The software audit’s reference", help_text="Such as SA2026-001.")
    email = forms.EmailField(label="Your e-mail address", widget=forms.EmailInput(attrs={"autocomplete": "email"}))

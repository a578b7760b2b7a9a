"""What the audit log is narrowed to on its page."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.govuk.forms import DateField
from sightline.partnership import queries
from sightline.partnership.audit_queries import Narrowed
from sightline.partnership.domain.audit_chain import Kind


class AuditFilterForm(forms.Form):
    """Narrows the log. What it does not understand is said beside the field, and narrows nothing."""

    who = forms.CharField(
        required=False,
        label="Who",
        max_length=150,
        help_text="A user name, or “operator” for commands at the machine.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    kind = forms.ChoiceField(
        required=False, label="What", choices=[("", "Anything"), *((kind.value, kind.label) for kind in Kind)]
    )
    record = forms.RegexField(
        r"^\s*[A-Za-z_]+\.[A-Za-z_]+(/[\w-]+)?\s*$",
        required=False,
        label="Record",
        help_text="A kind of record, or one: scrutiny.minute or scrutiny.minute/12.",
        error_messages={"invalid": "Enter a kind of record, like scrutiny.minute, or one, like scrutiny.minute/12"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    council = forms.ChoiceField(required=False, label="Council")
    first_day = DateField(required=False, label="First day")
    last_day = DateField(required=False, label="Last day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._councils = {council.slug: council for council in queries.councils()}
        council = self.fields["council"]
        assert isinstance(council, forms.ChoiceField)
        council.choices = [("", "Any council"), *((slug, one.name) for slug, one in self._councils.items())]

    def narrowed(self) -> Narrowed:
        """What was chosen, as the query takes it."""
        self.is_valid()
        chosen = self.cleaned_data
        return Narrowed(
            who=chosen.get("who", ""),
            kind=chosen.get("kind", ""),
            record=chosen.get("record", ""),
            council=self._councils.get(chosen.get("council", "")),
            first_day=chosen.get("first_day"),
            last_day=chosen.get("last_day"),
        )

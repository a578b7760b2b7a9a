"""What people type into the glossary's pages."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from sightline.govuk.forms import DateField
from sightline.strategy.models import GlossaryTerm


class GlossaryFilterForm(forms.Form):
    """Narrows the glossary to the terms that hold some words."""

    words = forms.CharField(required=False, max_length=100, label="Words in a term or its explanation")

    def chosen(self) -> str:
        """The words; "" for all terms."""
        self.is_valid()
        words: str = self.cleaned_data.get("words", "")
        return words


class TermForm(forms.Form):
    """A term and its explanation."""

    term = forms.CharField(max_length=120, label="Term", error_messages={"required": "Enter the term"})
    explanation = forms.CharField(
        label="Explanation",
        help_text="In plain words, for somebody who has never heard of it.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Explain the term in plain words"},
    )
    aliases = forms.CharField(
        required=False,
        label="Other words for it",
        help_text="One a line. Pages link them to this explanation too.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    source = forms.CharField(required=False, max_length=300, label="Source, if the explanation has one")
    source_url = forms.URLField(
        required=False,
        max_length=200,
        label="Web address of the source",
        assume_scheme="https",
        error_messages={"invalid": "The web address must start with https://, such as https://www.example.org/page"},
    )
    checked_on = DateField(required=False, label="When did you check the source?")

    def __init__(self, *args: Any, record: GlossaryTerm | None = None, **kwargs: Any) -> None:
        if record is not None:
            initial = {
                name: getattr(record, name) for name in ("term", "explanation", "source", "source_url", "checked_on")
            }
            kwargs.setdefault("initial", {**initial, "aliases": "\n".join(record.aliases)})
        super().__init__(*args, **kwargs)

    def clean_aliases(self) -> list[str]:
        aliases = [alias.strip() for alias in self.cleaned_data["aliases"].splitlines() if alias.strip()]
        if long := next((alias for alias in aliases if len(alias) > 120), None):
            raise forms.ValidationError(f"“{long[:40]}…” is longer than 120 characters. Shorten it")
        return aliases

    def clean_checked_on(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["checked_on"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError("The day on which you checked the source must be today or in the past")
        return day

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if (given.get("source") or given.get("source_url")) and "checked_on" in given and not given["checked_on"]:
            self.add_error("checked_on", "Enter the day on which you checked the source")
        return given

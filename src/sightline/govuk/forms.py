"""What a form needs from this room: fields that the Design System does otherwise than Django, and how forms begin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest

from sightline.govuk.dates import DateField, DateWidget

__all__ = ["DateField", "DateWidget", "offer", "sent"]


def offer(form: forms.Form, name: str, none: str, choices: Mapping[str, str]) -> None:
    """Fill a field's choices, with ``none`` for no choice first."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", none), *choices.items()]


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """What was typed and which files came with it; two Nones where the form is only asked for."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)

"""What forms say when something is left out is a sentence, in words of their own where a field is a question."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

from django import forms


def every_form(of: type = forms.BaseForm) -> Iterator[type]:
    for form in of.__subclasses__():
        if form.__module__.startswith("sightline."):
            yield form
        yield from every_form(form)


def test_a_question_that_must_be_answered_says_so_in_its_own_words() -> None:
    importlib.import_module("sightline.project.urls")
    found = {
        (form.__module__, form.__name__, name): field
        for form in every_form()
        for name, field in getattr(form, "base_fields", {}).items()
        if field.required and str(field.label or "").endswith("?")
    }
    assert len(found) > 20, "the forms were not found"
    general = forms.Field.default_error_messages["required"]
    wordless = [place for place, field in found.items() if field.error_messages["required"] == general]
    assert wordless == [], "“Enter when was it counted?” is no sentence: give these error_messages['required']"

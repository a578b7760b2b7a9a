"""Any Django form field as a component of the Design System, and any form's errors as its error summary.

Works on every form, ours or a library's: what is rendered is chosen from the widget, and the stock messages of Django
("This field is required.") are put into the Design System's words on the way.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.forms import BaseForm, BoundField, Field, Widget
from django.forms import widgets as django_widgets
from django.utils.safestring import SafeString

from sightline.govuk.components import component
from sightline.govuk.dates import DateWidget

# Attributes of a widget that the component has a parameter for.
_NAMED_ATTRIBUTES = ("autocomplete", "inputmode", "spellcheck")
# Attributes that the Design System does without: it sets its own classes and ids, uses no placeholders and leaves
# checking to the server.
_DROPPED_ATTRIBUTES = ("class", "type", "placeholder", "required", "id", "autofocus", "size", "cols", "rows")


def _lower_first(text: str) -> str:
    """“Date of the meeting” within a sentence; “PDF file” keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _required_message(field: Field, label: str) -> str:
    if isinstance(field, forms.FileField):
        return "Choose a file"
    if isinstance(field.widget, django_widgets.CheckboxInput):
        return f"Tick the box: {label}"
    verb = "Select" if isinstance(field.widget, django_widgets.ChoiceWidget) else "Enter"
    return f"{verb} {_lower_first(label)}"


def _message(field: BoundField, error: ValidationError, text: str) -> str:
    """An error in the Design System's words, unless the form has words of its own."""
    if error.code == "required" and error.message == forms.Field.default_error_messages["required"]:
        return _required_message(field.field, str(field.label))
    if error.code == "invalid" and error.message == EmailValidator.message:
        return "Enter an e-mail address in the correct format, like name@example.com"
    return text


def errors_of(field: BoundField) -> list[str]:
    """What is wrong with a field's value, in whole sentences."""
    if not field.form.is_bound:
        return []
    problems = field.form.errors.as_data().get(field.name, []) if field.errors else []
    return [_message(field, problem, text) for problem in problems for text in problem.messages]


def first_input_id(field: BoundField) -> str:
    """The id of the input that an error's link leads to: for a date, the part that is wrong."""
    identifier = field.auto_id or field.html_name
    if isinstance(field.field.widget, DateWidget):
        return f"{identifier}_{(*_wrong_parts(field), 'day')[0]}"
    return identifier


def _wrong_parts(field: BoundField) -> tuple[str, ...]:
    if not field.form.is_bound:
        return ()
    for problem in field.form.errors.as_data().get(field.name, []):
        return tuple((problem.params or {}).get("parts", ("day", "month", "year")))
    return ()


def summary_items(form: BaseForm) -> list[dict[str, str]]:
    """Every error of a form with the field that it leads to: those of the whole form first, to its first field."""
    fields = form.visible_fields()
    first = first_input_id(fields[0]) if fields else ""
    items = [{"text": str(error), "href": f"#{first}"} for error in form.non_field_errors()]
    for field in fields:
        items += [{"text": text, "href": f"#{first_input_id(field)}"} for text in errors_of(field)]
    return items


def error_summary(form: BaseForm) -> SafeString | str:
    """The box at the top of a page that lists what is wrong; empty when nothing is."""
    items = summary_items(form)
    if not items:
        return ""
    return component("error-summary", {"titleText": "There is a problem", "errorList": items})


def _common(field: BoundField, label_size: str) -> dict[str, Any]:
    errors = errors_of(field)
    return {
        "id": field.auto_id or field.html_name,
        "name": field.html_name,
        "label": {"text": str(field.label), "classes": f"govuk-label--{label_size}" if label_size else None},
        "hint": {"text": field.help_text} if field.help_text else None,
        "errorMessage": {"text": ". ".join(errors)} if errors else None,
        "disabled": True if field.field.disabled else None,
    }


def _grouped(field: BoundField, label_size: str) -> dict[str, Any]:
    """The parameters of a question that several inputs answer: its label is the legend."""
    params = _common(field, label_size)
    label = params.pop("label")
    legend = {"text": label["text"], "classes": f"govuk-fieldset__legend--{label_size}" if label_size else None}
    return {**params, "idPrefix": params["id"], "fieldset": {"legend": legend}}


def _attributes(widget: Widget) -> dict[str, Any]:
    attributes = {name: value for name, value in widget.attrs.items() if name not in _DROPPED_ATTRIBUTES}
    named = {name: attributes.pop(name) for name in _NAMED_ATTRIBUTES if name in attributes}
    classes = widget.attrs.get("class")
    plain = {name: "" if value is True else value for name, value in attributes.items() if value not in (False, None)}
    return {**named, "attributes": plain or None, "classes": classes}


def _value(field: BoundField) -> Any:
    return field.field.widget.format_value(field.value())


def _options(field: BoundField) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each choice with the heading of its group, if it stands in one."""
    widget = field.field.widget
    assert isinstance(widget, django_widgets.ChoiceWidget)
    for group, options, _ in widget.optgroups(field.html_name, widget.format_value(field.value())):
        for option in options:
            yield str(group or ""), option


def _input(field: BoundField, label_size: str) -> SafeString:
    widget = field.field.widget
    params = {**_common(field, label_size), **_attributes(widget), "value": _value(field)}
    params["type"] = widget.attrs.get("type") or getattr(widget, "input_type", "text")
    if params["type"] == "number":  # A number input scrolls away what was typed; the Design System advises text.
        only_of_numbers = {"min", "max", "step"}  # which a text input must not have
        kept = {name: said for name, said in (params["attributes"] or {}).items() if name not in only_of_numbers}
        params |= {"type": "text", "inputmode": "numeric", "attributes": kept or None}
    return component("input", params)


def _password(field: BoundField, label_size: str) -> SafeString:
    widget = field.field.widget
    params = {**_common(field, label_size), **_attributes(widget)}
    params.setdefault("autocomplete", "current-password")
    return component("password-input", params)


def _textarea(field: BoundField, label_size: str) -> SafeString:
    widget = field.field.widget
    params = {**_common(field, label_size), **_attributes(widget), "value": _value(field)}
    return component("textarea", {**params, "rows": widget.attrs.get("rows", 5)})


def _file(field: BoundField, label_size: str) -> SafeString:
    widget = field.field.widget
    return component("file-upload", {**_common(field, label_size), **_attributes(widget), "javascript": True})


def _select(field: BoundField, label_size: str) -> SafeString:
    widget = field.field.widget
    items = []
    for group, option in _options(field):
        text = f"{option['label']}, {group}" if group else str(option["label"])
        items.append({"value": str(option["value"] or ""), "text": text, "selected": option["selected"] or None})
    return component("select", {**_common(field, label_size), **_attributes(widget), "items": items})


def _choice_items(field: BoundField) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    for _, option in _options(field):
        attributes = {
            key: value for key, value in option["attrs"].items() if key not in {*_DROPPED_ATTRIBUTES, "checked"}
        }
        hint = attributes.pop("data-hint", None)
        items.append(
            {
                "value": str(option["value"]),
                "text": str(option["label"]),
                "checked": option["selected"] or None,
                "hint": {"text": hint} if hint else None,
                "attributes": attributes or None,
            }
        )
    return items


def _radios(field: BoundField, label_size: str) -> SafeString:
    return component("radios", {**_grouped(field, label_size), "items": _choice_items(field)})


def _checkboxes(field: BoundField, label_size: str) -> SafeString:
    return component("checkboxes", {**_grouped(field, label_size), "items": _choice_items(field)})


def _checkbox(field: BoundField, label_size: str) -> SafeString:
    params = _common(field, label_size)
    label = params.pop("label")
    item = {"value": "on", "text": label["text"], "checked": bool(field.value()) or None}
    return component("checkboxes", {**params, "idPrefix": params["id"], "items": [item]})


def _date(field: BoundField, label_size: str) -> SafeString:
    widget = field.field.widget
    assert isinstance(widget, DateWidget)
    params = _grouped(field, label_size)
    value = field.value()
    parts = value if isinstance(value, list) else widget.decompress(value if isinstance(value, datetime.date) else None)
    wrong = _wrong_parts(field)
    items = []
    for part, width, written in zip(("day", "month", "year"), (2, 2, 4), parts, strict=True):
        classes = f"govuk-input--width-{width}" + (" govuk-input--error" if part in wrong else "")
        name, identifier = f"{field.html_name}_{part}", f"{params['id']}_{part}"
        items.append(
            {"name": name, "id": identifier, "label": part.title(), "classes": classes, "value": str(written or "")}
        )
    return component("date-input", {**params, "items": items})


# The first that fits is taken, so that a widget stands before those it is derived from.
_BY_WIDGET: tuple[tuple[type[Widget], Callable[[BoundField, str], SafeString]], ...] = (
    (DateWidget, _date),
    (django_widgets.CheckboxSelectMultiple, _checkboxes),
    (django_widgets.SelectMultiple, _checkboxes),
    (django_widgets.RadioSelect, _radios),
    (django_widgets.Select, _select),
    (django_widgets.CheckboxInput, _checkbox),
    (django_widgets.FileInput, _file),
    (django_widgets.Textarea, _textarea),
    (django_widgets.PasswordInput, _password),
    (django_widgets.Input, _input),
)


def render_field(field: BoundField, label_size: str = "") -> SafeString:
    """A field with its label, hint, error message and input.

    Raises:
        TypeError: the Design System has no component for its widget.
    """
    if field.is_hidden:
        return field.as_hidden()
    for kind, render in _BY_WIDGET:
        if isinstance(field.field.widget, kind):
            return render(field, label_size)
    raise TypeError(
        f"Field “{field.name}” has a {type(field.field.widget).__name__}, which the Design System has no component for."
        " Give it another widget, or add it to _BY_WIDGET in sightline/govuk/fields.py."
    )

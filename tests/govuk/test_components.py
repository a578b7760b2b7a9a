"""Our rendering of components is that of the pinned release of GOV.UK Frontend."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jinja2 import TemplateNotFound
from lxml import html

from scripts import build_assets
from sightline.govuk.components import component

# The components that templates and fields.py use.
USED = (
    "breadcrumbs",
    "button",
    "checkboxes",
    "date-input",
    "error-summary",
    "file-upload",
    "input",
    "pagination",
    "password-input",
    "radios",
    "select",
    "textarea",
    "warning-text",
)

# Where the port is of an earlier 6.x, the examples that it has to match: those written as fields.py writes.
# Later releases let a date's parts be given by other parameters, and renamed the wrapper of the enhanced upload; their
# stylesheet still knows the old name.
ONLY = {
    "date-input": {
        "default",
        "with items",
        "with errors only (using items and classes)",
        "with error on single item using classes",
        "attributes",
        "fieldset html",
        "with optional form-group classes",
    },
    "file-upload": {
        "default",
        "with hint text",
        "with error message and hint",
        "with describedBy",
        "disabled",
        "attributes",
    },
}
# Examples of what a template in JavaScript may be given and one in Python is not: false, null and "" among the items;
# and a start button whose HTML was changed later (we have no start button).
OTHERWISE = {"with falsy values", "with falsy items", "start link with html"}


def fixtures(name: str) -> list[dict[str, Any]]:
    folder = build_assets.DIST / "components" / name
    if not folder.is_dir():
        build_assets.install()
    found: list[dict[str, Any]] = json.loads((folder / "fixtures.json").read_text(encoding="utf-8"))["fixtures"]
    return found


def shape(markup: str) -> Any:
    """The elements, attributes and words of some HTML, whatever its white space."""

    def of(element: Any) -> Any:
        attributes = sorted((name, " ".join(value.split())) for name, value in element.attrib.items())
        children = [of(child) for child in element if isinstance(child.tag, str)]
        return element.tag, attributes, (element.text or "").split(), children, (element.tail or "").split()

    return of(html.fragment_fromstring(markup, create_parent="div"))


@pytest.mark.parametrize("name", USED)
def test_markup_is_that_of_the_pinned_release(name: str) -> None:
    examples = {example["name"]: example for example in fixtures(name)}
    compared = [examples[one] for one in sorted(ONLY.get(name, set(examples) - OTHERWISE))]
    assert len(compared) >= 5, f"hardly any example of {name} was compared"
    for example in compared:
        assert shape(component(name, example["options"])) == shape(example["html"]), example["name"]


def test_text_is_escaped_and_html_is_not() -> None:
    assert "&lt;b&gt;" in component("tag", {"text": "<b>"})
    assert "<b>" in component("tag", {"html": "<b>x</b>"})


def test_an_unknown_component_is_refused() -> None:
    with pytest.raises(TemplateNotFound):
        component("no-such-thing", {})
    with pytest.raises(ValueError, match="lower case"):
        component("../tag", {})

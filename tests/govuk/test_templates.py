"""What holds for every template of ours, whichever room it stands in."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import govuk_frontend_jinja
import pytest

from scripts import build_assets

SOURCE = Path(__file__).resolve().parents[2] / "src/sightline"
ALL = sorted(SOURCE.glob("*/templates/**/*.html"))
NAMES = [str(path.relative_to(SOURCE)) for path in ALL]
TEMPLATE_SYNTAX = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    build_assets.build()


def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_there_are_templates_to_look_at() -> None:
    assert len(ALL) > 40
    assert "govuk/templates/govuk/base.html" in NAMES


@pytest.mark.parametrize("path", ALL, ids=NAMES)
def test_no_inline_style_script_or_handler(path: Path) -> None:
    bare = TEMPLATE_SYNTAX.sub("", source(path))
    assert not re.search(r"<style\b", bare), "put it into a stylesheet"
    assert not re.search(r"\sstyle\s*=", bare), "use a class"
    assert not re.search(r"\son[a-z]+\s*=", bare), "listen in a module"
    assert not re.search(r"(href|action)\s*=\s*[\"']\s*javascript:", bare, re.IGNORECASE)
    for tag in re.findall(r"<script\b[^>]*>", bare):
        assert "src=" in tag or 'type="application/json"' in tag, (
            "a script is a file; data for one may stand in the page"
        )
    assert not re.search(r"<script\b(?![^>]*application/json)[^>]*>\s*[^<\s]", bare), "a script is a file"


@pytest.mark.parametrize("path", ALL, ids=NAMES)
def test_every_page_names_its_language(path: Path) -> None:
    text = source(path)
    if re.search(r"<html\b", text):
        assert '<html lang="en-GB"' in text
    elif re.search(r"\{% block (title|content|wide_content|heading) %\}", text):
        # A page; what it extends names the language.
        assert re.search(r'\{% extends "(govuk/base|allauth/layouts/|account/base_|[a-z]+/)', text)


@pytest.mark.parametrize("path", ALL, ids=NAMES)
def test_nothing_comes_from_elsewhere(path: Path) -> None:
    """No font, script, picture or stylesheet of another site: it would fail the policy and tell others who reads."""
    for tag in re.findall(r"<(?:script|link|img|iframe|source|video|audio)\b[^>]*>", source(path)):
        assert not re.search(r"(src|href)=\"(https?:)?//", tag), tag


@pytest.mark.parametrize("path", ALL, ids=NAMES)
def test_text_is_escaped(path: Path) -> None:
    text = source(path)
    assert not re.search(r"\|\s*safe\b", text)
    assert "{% autoescape off" not in text


@pytest.mark.parametrize("path", ALL, ids=NAMES)
def test_a_page_with_a_form_to_send_sums_up_its_errors(path: Path) -> None:
    text = source(path)
    shows_fields = "form_fields" in text or re.search(r"\{% field ", text)
    if 'method="post"' not in text or not shows_fields or "allauth/elements" in str(path):
        return
    if path.name.startswith("_"):
        return  # A piece of pages; each page sums up for itself.
    if re.search(r'extends "(allauth/layouts|(account|mfa|socialaccount)/base_)', text):
        text = source(SOURCE / "partnership/templates/allauth/layouts/base.html")
    assert "govuk/error_summary.html" in text or "{% error_summary " in text, "sum the errors up above the heading"


@pytest.mark.parametrize("path", ALL, ids=NAMES)
def test_the_title_of_a_page_with_errors_says_so_once(path: Path) -> None:
    assert ("Error: {% endif %}" in source(path)) is (path.name == "base.html" and "govuk/templates/govuk" in str(path))


# Forms of people without an account, whose address itself is signed for one purpose: no cookie is set on them, so no
# other site can borrow one.
SIGNED = {"answer.html", "audit_answer.html", "follow_said.html"}


@pytest.mark.parametrize("path", ALL, ids=NAMES)
def test_every_form_that_changes_something_is_protected(path: Path) -> None:
    text = source(path)
    if "allauth/elements" in str(path):
        return  # django-allauth's pages bring the token
    if path.name in SIGNED:
        return
    for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text, re.DOTALL):
        assert "{% csrf_token %}" in form


@pytest.mark.parametrize("path", ALL, ids=NAMES)
def test_headings_and_texts_use_no_class_that_does_not_exist(path: Path) -> None:
    """A class that neither stylesheet knows is a slip of the pen: the page would look wrong without anybody knowing."""
    known = known_classes()
    bare = TEMPLATE_SYNTAX.sub(" ", source(path))
    used = {one for value in re.findall(r'class="([^"]*)"', bare) for one in value.split()}
    # What is joined from a variable ends or begins with a hyphen here, and is tested where it is made.
    unknown = {one for one in used if one not in known and not one.endswith(("-", "__"))}
    assert not unknown, f"no stylesheet knows {sorted(unknown)}"


@functools.cache
def known_classes() -> set[str]:
    known: set[str] = set()
    for sheet in SOURCE.glob("*/static/**/*.css"):
        known |= set(re.findall(r"\.([a-zA-Z][\w!-]*)", source(sheet).replace("\\!", "!")))
    # Some of the Design System's classes bear no style; its components name them.
    for macro in Path(govuk_frontend_jinja.__file__).parent.rglob("*.html"):
        known |= set(re.findall(r"govuk-[\w-]+", source(macro)))
    return known

"""The page on which everybody searches minutes and records."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sightline.partnership import queries as partnership
from sightline.partnership import searching
from sightline.partnership.domain import search_words

A_PAGE = 25


class SearchForm(forms.Form):
    """Words, and where to look for them. What it does not know it ignores: a link from elsewhere must still open."""

    words = forms.CharField(
        required=False,
        label="Words to look for",
        help_text="Put words in quotes to find them together, such as “waiting times”.",
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    council = forms.ChoiceField(required=False, label="Council")
    body = forms.ChoiceField(required=False, label="Body")
    kind = forms.ChoiceField(required=False, label="What to look in")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._councils = {council.slug: council for council in partnership.councils()}
        self._bodies = {body.slug: body for body in partnership.bodies()}
        self._kinds = {kind.key: kind for kind in searching.kinds()}
        self._offer("council", "Any council", {slug: council.name for slug, council in self._councils.items()})
        self._offer("body", "Any body", {slug: str(body) for slug, body in self._bodies.items()})
        self._offer("kind", "Everything", {key: kind.many for key, kind in self._kinds.items()})

    def _offer(self, name: str, none: str, choices: dict[str, str]) -> None:
        chosen = self.fields[name]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", none), *choices.items()]

    def clean_words(self) -> str:
        return str(self.cleaned_data["words"])[: search_words.MOST_LETTERS + 1]

    def looked_for(self) -> searching.Search:
        """What was asked, as the search takes it."""
        self.is_valid()
        asked = self.cleaned_data
        return searching.Search(
            wanted=search_words.wanted(asked.get("words", "")),
            council=self._councils.get(asked.get("council", "")),
            body=self._bodies.get(asked.get("body", "")),
            kind=self._kinds.get(asked.get("kind", "")),
        )


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    form = SearchForm({name: str(value).replace("\0", "") for name, value in request.GET.items()})
    looked_for = form.looked_for()
    found = searching.search(request.user, looked_for)
    page: Page[searching.Found] = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    typed = request.GET.get("words", "").strip()
    return render(
        request,
        "project/search.html",
        {"form": form, "page": page, "found": found, "wanted": looked_for.wanted, "typed": typed[:80]},
    )

"""Pages of the glossary: for everybody to read, for clerks and ICT to keep."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership import access
from sightline.partnership.models import User
from sightline.strategy import actions, queries
from sightline.strategy.forms import GlossaryFilterForm, TermForm
from sightline.strategy.models import GlossaryTerm


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    form = GlossaryFilterForm(request.GET)
    words = form.chosen()
    return render(
        request,
        "strategy/glossary.html",
        {
            "form": form,
            "words": words,
            "letters": queries.by_letter(queries.terms(request.user, text=words)),
            "may_keep": access.may_anywhere(request.user, actions.KEEP),
        },
    )


@require_safe
def term(request: HttpRequest, slug: str) -> HttpResponse:
    return render(
        request,
        "strategy/term.html",
        {"term": _term(request, slug), "may_keep": access.may_anywhere(request.user, actions.KEEP)},
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_term(request: HttpRequest) -> HttpResponse:
    return _keep(request, None)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_term(request: HttpRequest, slug: str) -> HttpResponse:
    return _keep(request, _term(request, slug))


@login_required
@require_POST
def publish_term(request: HttpRequest, slug: str) -> HttpResponse:
    record = _term(request, slug)
    actions.publish_term(record=record, by=_who(request))
    messages.success(request, f"Everybody can now read what “{record.term}” means.")
    return redirect(record)


def _keep(request: HttpRequest, record: GlossaryTerm | None) -> HttpResponse:
    access.require(request.user, actions.KEEP, council=None)
    form = TermForm(request.POST or None, record=record)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.keep_term(record=record, by=_who(request), **form.cleaned_data)
        except actions.CannotKeepTerm as error:
            form.add_error(error.field, error.message)
        else:
            messages.success(request, f"“{kept.term}” is kept.")
            return redirect(kept)
    status = 422 if form.is_bound else 200
    return render(request, "strategy/term_form.html", {"form": form, "term": record}, status=status)


def _who(request: HttpRequest) -> User:
    """The account that is logged in; pages that write have asked for one."""
    assert isinstance(request.user, User)
    return request.user


def _term(request: HttpRequest, slug: str) -> GlossaryTerm:
    found = queries.terms(request.user).filter(slug=slug).first()
    if found is None:
        raise Http404(f"The glossary has no term “{slug}”.")
    return found

"""The page that a signed link opens: its owner answers there without logging in.

Whoever holds the link may answer, so its address is a secret: it is not cached, not sent on to other pages, and not in
the logs, which know routes only. Opening it changes nothing (mail programs open links by themselves); sending the form
does. The form needs no cookie: a page that could forge it would have to know the link.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from sightline.govuk.forms import sent
from sightline.govuk.secret_addresses import alone
from sightline.scrutiny import answer_links
from sightline.scrutiny import commitment_actions as actions
from sightline.scrutiny.answer_links import Use
from sightline.scrutiny.commitment_forms import NewLinkForm, UpdateForm
from sightline.scrutiny.commitment_views import FORM, kept

_STATUS = {Use.FORGED: 404, Use.GOOD: 200}
GONE = 410


@never_cache
@csrf_exempt
@require_http_methods(FORM)
@sensitive_variables("token")
def answer(request: HttpRequest, token: str) -> HttpResponse:
    followed = answer_links.follow(token)
    form = UpdateForm(*sent(request))
    if request.method == "POST":
        try:
            if kept(form, lambda: _write(token, form)):
                return alone(redirect("commitment-answered"))
        except actions.LinkOfNoUse as error:
            return _of_no_use(request, error.use)
    if followed.use is not Use.GOOD or followed.link is None:
        return _of_no_use(request, followed.use)
    status = 422 if form.errors else 200
    facts = {"form": form, "commitment": followed.link.commitment, "person": followed.link.person}
    return alone(render(request, "scrutiny/answer.html", facts, status=status))


def _write(token: str, form: UpdateForm) -> None:
    given = form.cleaned_data
    actions.answer_by_link(
        token=token,
        text=given["text"],
        claims=given["claims"],
        evidence=form.evidence(),
        submission=given["submission"],
    )


def _of_no_use(request: HttpRequest, use: Use) -> HttpResponse:
    return alone(render(request, "scrutiny/answer_no_use.html", {"use": use.value}, status=_STATUS.get(use, GONE)))


@never_cache
@require_safe
def answered(request: HttpRequest) -> HttpResponse:
    return render(request, "scrutiny/answered.html")


@never_cache
@require_http_methods(FORM)
def new_link(request: HttpRequest) -> HttpResponse:
    """Ask for a new link by e-mail. The answer is the same whoever asks for what."""
    form = NewLinkForm(sent(request)[0])
    if request.method == "POST" and form.is_valid():
        actions.ask_for_link(**form.cleaned_data)
        return render(request, "scrutiny/answer_new_link_sent.html")
    return render(request, "scrutiny/answer_new_link.html", {"form": form}, status=422 if form.errors else 200)

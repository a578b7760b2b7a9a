"""The page that a signed link of a software audit opens: a service owner answers there without logging in.

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

from sightline.estate import audit_actions as actions
from sightline.estate import audit_links
from sightline.estate.audit_forms import AnswerForm, NewAuditLinkForm
from sightline.estate.audit_links import Use
from sightline.estate.audit_views import kept
from sightline.estate.licence_views import FORM
from sightline.govuk.forms import sent
from sightline.govuk.secret_addresses import alone

_STATUS = {Use.FORGED: 404, Use.GOOD: 200}
GONE = 410


@never_cache
@csrf_exempt
@require_http_methods(FORM)
@sensitive_variables("token")
def answer(request: HttpRequest, token: str) -> HttpResponse:
    followed = audit_links.follow(token)
    form = AnswerForm(*sent(request))

    def write() -> None:
        actions.answer_by_link(token=token, told=form.told(), submission=form.cleaned_data["submission"])

    if request.method == "POST":
        try:
            if kept(form, write):
                return alone(redirect("audit-answered"))
        except actions.LinkOfNoUse as error:
            return _of_no_use(request, error.use)
    if followed.use is not Use.GOOD or followed.link is None:
        return _of_no_use(request, followed.use)
    facts = {"form": form, "question": followed.link.question, "person": followed.link.person}
    return alone(render(request, "estate/audit_answer.html", facts, status=422 if form.errors else 200))


def _of_no_use(request: HttpRequest, use: Use) -> HttpResponse:
    status = _STATUS.get(use, GONE)
    return alone(render(request, "estate/audit_answer_no_use.html", {"use": use.value}, status=status))


@never_cache
@require_safe
def answered(request: HttpRequest) -> HttpResponse:
    return render(request, "estate/audit_answered.html")


@never_cache
@require_http_methods(FORM)
def new_link(request: HttpRequest) -> HttpResponse:
    """Ask for new links by e-mail. The answer is the same whoever asks for what."""
    form = NewAuditLinkForm(sent(request)[0])
    if request.method == "POST" and form.is_valid():
        actions.ask_for_link(**form.cleaned_data)
        return render(request, "estate/audit_new_link_sent.html")
    return render(request, "estate/audit_new_link.html", {"form": form}, status=422 if form.errors else 200)

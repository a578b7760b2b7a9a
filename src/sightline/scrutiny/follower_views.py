"""The pages on which somebody with no account follows a recommendation, confirms it, and leaves.

Opening a link changes nothing (mail programs open links by themselves); pressing its button does, and so does a mail
program's own button for leaving (RFC 8058), which sends no cookie. Whoever holds a link may use it, so its address is
kept out of caches, and no other page is told of it.
"""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from sightline.govuk.secret_addresses import alone
from sightline.scrutiny import follower_actions as actions
from sightline.scrutiny import queries

FORM = ("GET", "HEAD", "POST")
OF_NO_USE = 404


class FollowForm(forms.Form):
    """Where to send e-mails."""

    address = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        help_text="Kept for these e-mails alone, and forgotten when you stop them.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": "Enter an e-mail address in the correct format, like name@example.com",
        },
    )


@require_http_methods(FORM)
def follow(request: HttpRequest, reference: str) -> HttpResponse:
    found = queries.recommendation(request.user, reference)
    if found is None:
        raise Http404("no recommendation that may be seen")
    form = FollowForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.ask_to_follow(recommendation=found, address=form.cleaned_data["address"])
        return redirect("recommendation-follow-sent", found.reference)
    status = 422 if form.errors else 200
    return render(request, "scrutiny/follow.html", {"form": form, "recommendation": found}, status=status)


@require_safe
def sent(request: HttpRequest, reference: str) -> HttpResponse:
    found = queries.recommendation(request.user, reference)
    if found is None:
        raise Http404("no recommendation that may be seen")
    return render(request, "scrutiny/follow_said.html", {"said": "sent", "recommendation": found})


@never_cache
@csrf_exempt
@require_http_methods(FORM)
@sensitive_variables("token")
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    follower = actions.confirm(token=token) if request.method == "POST" else actions.to_confirm(token)
    if follower is None:
        return alone(render(request, "scrutiny/follow_said.html", {"said": "no use"}, status=OF_NO_USE))
    reference = follower.recommendation.reference
    said = "confirmed" if request.method == "POST" else "to confirm"
    return alone(render(request, "scrutiny/follow_said.html", {"said": said, "reference": reference}))


@never_cache
@csrf_exempt
@require_http_methods(FORM)
@sensitive_variables("token")
def leave(request: HttpRequest, token: str) -> HttpResponse:
    ours = actions.leave(token=token) if request.method == "POST" else actions.is_leave_link(token)
    if not ours:
        return alone(render(request, "scrutiny/follow_said.html", {"said": "no use"}, status=OF_NO_USE))
    said = "left" if request.method == "POST" else "to leave"
    return alone(render(request, "scrutiny/follow_said.html", {"said": said}))

"""Pages for administrators: the register of personal data, what is held on one person, and its erasure."""

from __future__ import annotations

import json

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership import access, erasing, privacy, queries, subject
from sightline.partnership.erasing import HANDLE
from sightline.partnership.models import Person, User


class WhoForm(forms.Form):
    """Whose data is asked for."""

    who = forms.CharField(
        label="User name or name",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class EraseForm(forms.Form):
    """Asks once more: it cannot be undone."""

    sure = forms.BooleanField(
        label="I have checked who this is, and that the law lets us erase them",
        error_messages={"required": "Confirm that you have checked who this is, and that the law lets us erase them"},
    )


def _only_for_those_who_handle(request: HttpRequest) -> User:
    if not access.may_anywhere(request.user, HANDLE):
        access.require(request.user, HANDLE, council=None)
    assert isinstance(request.user, User)
    return request.user


@login_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    _only_for_those_who_handle(request)
    return render(request, "partnership/privacy_register.html", {"records": privacy.by_record()})


@login_required
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Finds the person whose data is asked for."""
    account = _only_for_those_who_handle(request)
    form = WhoForm(request.GET if "who" in request.GET else None)
    if form.is_bound and form.is_valid():
        who = form.cleaned_data["who"]
        if not who:
            form.add_error("who", "Enter a user name or a name")
        else:
            try:
                person = subject.find(who)
                erasing.require_may_handle(person=person, by=account)
            except queries.NotKnown as error:
                form.add_error("who", str(error))
            except access.Refused:
                # The same as for somebody there is none of: who works where is not to be found out here.
                form.add_error("who", f"Nobody has the user name or name “{who}”.")
            else:
                return redirect("subject", person.pk)
    return render(request, "partnership/subject_find.html", {"form": form}, status=422 if form.errors else 200)


def _person(request: HttpRequest, number: int) -> tuple[Person, User]:
    account = _only_for_those_who_handle(request)
    person = queries.people().filter(pk=number).first()
    if person is None:
        raise Http404("no such person")
    try:
        erasing.require_may_handle(person=person, by=account)
    except access.Refused as error:
        raise Http404("no person of theirs") from error
    return person, account


@login_required
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    """What is held on a person in short, with the ways to have all of it and to erase it."""
    person, _ = _person(request, number)
    return render(
        request,
        "partnership/subject.html",
        {
            "person": person,
            "mentions": privacy.mentions(person.name),
            "is_erased": erasing.is_erased(person),
            "why_not": erasing.why_not(person),
        },
    )


@login_required
@require_POST
def export(request: HttpRequest, number: int) -> HttpResponse:
    """Everything that is held on a person, as an archive or as JSON. By POST: it is noted in the audit log."""
    person, account = _person(request, number)
    facts = subject.export(person=person, by=account)
    name = f"everything-held-on-person-{person.pk}"
    if request.POST.get("as") == "json":
        body: str | bytes = json.dumps(facts, ensure_ascii=False, indent=2)
        media_type, ending = "application/json", "json"
    else:
        body, media_type, ending = subject.as_zip(facts), "application/zip", "zip"
    return HttpResponse(
        body, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, number: int) -> HttpResponse:
    person, account = _person(request, number)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            told = erasing.erase_person(person=person, by=account)
        except erasing.CannotErase as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The person was erased.")
            return render(request, "partnership/subject_erased.html", {"told": told})
    return render(
        request,
        "partnership/subject_erase.html",
        {"form": form, "person": person, "why_not": erasing.why_not(person)},
        status=422 if form.errors else 200,
    )

"""The clerk's pages: send a file of minutes, follow its reading, look at the preview, record and publish."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.kernel.errors import SightlineError
from sightline.partnership import access
from sightline.partnership import queries as partnership
from sightline.partnership.models import User
from sightline.scrutiny import actions, queries
from sightline.scrutiny.forms import RecordForm, UploadForm
from sightline.scrutiny.models import MinuteUpload
from sightline.scrutiny.showing import marked_text, previewed_items


def _upload(request: HttpRequest, number: int) -> MinuteUpload:
    return get_object_or_404(queries.uploads(request.user), pk=number)


def _account(request: HttpRequest) -> User:
    """Who is logged in; every page here has asked for that already."""
    assert isinstance(request.user, User)
    return request.user


def _only_for_those_who_upload(request: HttpRequest) -> None:
    access.require_anywhere(request.user, "scrutiny.upload_minute")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    _only_for_those_who_upload(request)
    bodies = queries.bodies_for_upload(request.user, list(partnership.bodies()))
    sent = request.method == "POST"
    form = UploadForm(request.POST if sent else None, request.FILES if sent else None, bodies=bodies)
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = actions.upload_minute(
                name=file.name, content=file.read(), body=form.cleaned_data["body"], by=_account(request)
            )
        except access.Refused:
            raise
        except SightlineError as error:
            form.add_error("file", str(error))
        else:
            return redirect(upload)
    return render(request, "scrutiny/upload_new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    _only_for_those_who_upload(request)
    return render(request, "scrutiny/uploads.html", {"uploads": queries.uploads(request.user)[:100]})


@never_cache
@login_required
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    upload = _upload(request, number)
    return _page(request, upload, RecordForm(upload=upload, by=request.user))


def _page(request: HttpRequest, upload: MinuteUpload, form: RecordForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"upload": upload, "form": form}
    if upload.state == MinuteUpload.State.READ and upload.reading is not None:
        items = previewed_items(upload.reading)
        context |= {
            "items": items,
            "marked_text": marked_text(upload.text, items),
            "said_date": form.said_date,
            "said_body": upload.reading["body"],
            "otherwise": not partnership.is_called(upload.body, upload.reading["body"] or upload.body.name),
        }
    return render(request, "scrutiny/upload.html", context, status=status)


@never_cache
@login_required
@require_safe
def progress(request: HttpRequest, number: int) -> JsonResponse:
    """How far the reading of an upload has come, for the page's script."""
    upload = _upload(request, number)
    return JsonResponse(
        {
            "state": upload.state,
            "percent": upload.progress_percent,
            "doing": upload.doing or upload.get_state_display(),
            "done": upload.state not in (MinuteUpload.State.WAITING, MinuteUpload.State.READING),
        }
    )


@login_required
@require_POST
def record(request: HttpRequest, number: int) -> HttpResponse:
    upload = _upload(request, number)
    if upload.state not in (MinuteUpload.State.READ, MinuteUpload.State.RECORDED):
        raise Http404("not read yet")
    form = RecordForm(request.POST, upload=upload, by=request.user)
    if not form.is_valid():
        return _page(request, upload, form, status=422)
    try:
        recorded = actions.record_upload(
            upload=upload,
            by=_account(request),
            held_on=form.cleaned_data["held_on"],
            on_behalf_of=form.cleaned_data["on_behalf_of"],
        )
    except access.Refused:
        raise
    except SightlineError as error:
        form.add_error(None, str(error))
        return _page(request, upload, form, status=422)
    messages.success(
        request,
        "The minutes are recorded. Only those with a role can see them until you publish them."
        if recorded.new
        else "These minutes were recorded before. Nothing was changed.",
    )
    return redirect(recorded.minute)


@login_required
@require_POST
def read_again(request: HttpRequest, number: int) -> HttpResponse:
    upload = _upload(request, number)
    if upload.state == MinuteUpload.State.RECORDED:
        raise Http404("recorded already")
    actions.read_again(upload=upload, by=_account(request))
    return redirect(upload)


@login_required
@require_POST
def publish(request: HttpRequest, number: int) -> HttpResponse:
    minute = get_object_or_404(queries.minutes(request.user), pk=number)
    actions.publish_minute(minute=minute, by=_account(request))
    messages.success(request, "The minutes are public, with the recommendations and commitments in them.")
    return redirect(minute)

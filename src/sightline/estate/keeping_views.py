"""The pages on which ICT keeps the register: systems described and retired, inventories uploaded and compared."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.estate import actions, queries, retiring, telling, upload_actions
from sightline.estate.actions import KEEP
from sightline.estate.domain.legacy import Verdict
from sightline.estate.forms import STATES, ColumnsForm, RetireForm, RunAgainForm, SystemForm, UploadForm
from sightline.estate.import_results import results_of
from sightline.estate.models import InstallationChange, InventoryImport, InventoryUpload, System
from sightline.estate.recognising import IMPORT
from sightline.govuk.forms import sent
from sightline.kernel.errors import SightlineError
from sightline.partnership import access
from sightline.partnership import queries as partnership
from sightline.partnership.models import Person, User

State = InventoryUpload.State
SHOWN = 200


def _account(request: HttpRequest) -> User:
    """Who is logged in; every page here has asked for that already."""
    assert isinstance(request.user, User)
    return request.user


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def system_new(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, KEEP)
    return _system_form(request, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def system_change(request: HttpRequest, reference: str) -> HttpResponse:
    return _system_form(request, _to_be_kept(request, reference))


def _to_be_kept(request: HttpRequest, reference: str) -> System:
    """A system that the account may see and keep."""
    found = queries.system(request.user, reference)
    if found is None:
        raise Http404("no system that may be seen")
    access.require(request.user, KEEP, council=found.council)
    return found


def _who_may_answer(request: HttpRequest) -> list[Person]:
    """Whoever holds a role at a council whose systems the account keeps, or for the partnership."""
    ours = {one.pk for one in partnership.councils() if access.may(request.user, KEEP, council=one)} | {None}
    return [person for person in partnership.people() if any(role.council_id in ours for role in person.roles.all())]


def _system_form(request: HttpRequest, record: System | None) -> HttpResponse:
    seen = list(queries.systems(request.user)) + list(queries.systems(request.user, retired=True))
    form = SystemForm(sent(request)[0], record=record, people=_who_may_answer(request), systems=seen)
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        if record is not None:
            # What its keeper may not see stays as it is.
            facts["depends_on"] += record.depends_on.exclude(pk__in=[one.pk for one in seen])
        try:
            kept = actions.keep_system(record=record, by=_account(request), **facts)
        except access.Refused as error:
            form.add_error("whose", str(error))
        except actions.CannotKeepSystem as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, f"{kept.name} is kept as {kept.reference}.")
            return redirect(kept)
    return render(
        request, "estate/system_form.html", {"form": form, "system": record}, status=422 if form.errors else 200
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def system_retire(request: HttpRequest, reference: str) -> HttpResponse:
    """Retire a system; or, where it is retired, run it again."""
    found = _to_be_kept(request, reference)
    many = found.installations.filter(gone_on=None).count()
    form: Form = RetireForm(*sent(request), found=many) if found.retired_on is None else RunAgainForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            kept = _retire_or_run_again(form, found, _account(request))
        except actions.CannotKeepSystem as error:
            form.add_error(error.field, str(error))
        else:
            says = f"{kept.name} is retired." if kept.retired_on else f"{kept.name} is run again."
            messages.success(request, says)
            return redirect(kept)
    needed = access.visible(request.user, found.needed_by.filter(retired_on=None)).order_by("name")
    today = timezone.localdate()
    bound = found.contract_ends_on is not None and found.contract_ends_on >= today
    contract = telling.of_contract(found, today) if bound else ""
    facts = {"system": found, "form": form, "many": many, "needed_by": needed, "contract": contract}
    return render(request, "estate/system_retire.html", facts, status=422 if form.errors else 200)


def _retire_or_run_again(form: Form, record: System, by: User) -> System:
    typed = form.cleaned_data
    if isinstance(form, RunAgainForm):
        return retiring.run_again(record=record, by=by, reason=typed["reason"])
    off = typed.get("switched_off") == "yes"
    return retiring.retire_system(record=record, by=by, on=typed["on"], reason=typed["reason"], switched_off=off)


@login_required
@require_safe
def inventories(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, IMPORT)
    page = Paginator(queries.imports(request.user), 25).get_page(request.GET.get("page"))
    waiting = queries.uploads(request.user).exclude(state=State.IMPORTED)[:50]
    return render(request, "estate/inventories.html", {"page": page, "waiting": waiting})


@login_required
@require_safe
def inventory(request: HttpRequest, number: int) -> HttpResponse:
    """What one import found, and how it differs from the one before."""
    found = get_object_or_404(queries.imports(request.user), pk=number)
    seen = queries.installations(request.user)
    changes = found.changes.select_related("installation__product").order_by("installation__device", "pk")
    kinds = InstallationChange.Kind
    return render(
        request,
        "estate/inventory.html",
        {
            "inventory": found,
            "came": seen.filter(first_import=found).order_by("device", "raw_name")[:SHOWN],
            "went": changes.filter(kind=kinds.WENT)[:SHOWN],
            "changed": changes.filter(kind=kinds.CHANGED)[:SHOWN],
            "back": changes.filter(kind=kinds.CAME_BACK)[:SHOWN],
            "shown": SHOWN,
            "unknown": found.rows - found.doubled - found.recognised,
            **_stands(request, found),
        },
    )


def _stands(request: HttpRequest, record: InventoryImport) -> dict[str, Any]:
    """What a page shows of how the findings of an import stand."""
    results = results_of(request.user, record, timezone.localdate())
    return {
        "results": results,
        "council": record.council,
        "states": [(says, results.states[state]) for state, says in STATES.items()],
        "legacy": results.verdicts[Verdict.LEGACY],
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload_new(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, IMPORT)
    lasting = partnership.current_councils(timezone.localdate())
    councils = [one for one in lasting if access.may(request.user, IMPORT, council=one)]
    form = UploadForm(
        *sent(request),
        councils=councils,
        shared=access.may(request.user, IMPORT, council=None),
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = upload_actions.upload_inventory(
                name=file.name,
                content=file.read(),
                council=form.council,
                by=_account(request),
                machine=form.cleaned_data["machine"],
                partly=form.cleaned_data["partly"],
            )
        except access.Refused:
            raise
        except SightlineError as error:
            form.add_error("file", str(error))
        else:
            return redirect(upload)
    return render(request, "estate/upload_new.html", {"form": form}, status=422 if form.errors else 200)


def _upload(request: HttpRequest, number: int) -> InventoryUpload:
    return get_object_or_404(queries.uploads(request.user), pk=number)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, number: int) -> HttpResponse:
    found = _upload(request, number)
    if request.method == "POST" and found.state != State.ASKING:
        raise Http404("nothing is asked")
    form = ColumnsForm(request.POST if request.method == "POST" else None, upload=found)
    if request.method == "POST" and form.is_valid():
        try:
            upload_actions.confirm_columns(upload=found, columns=form.cleaned_data, by=_account(request))
        except access.Refused:
            raise
        except SightlineError as error:
            form.add_error(None, str(error))
        else:
            return redirect(found)
    context: dict[str, Any] = {"upload": found, "form": form}
    if found.told is not None:
        context |= _stands(request, found.told)
    return render(request, "estate/upload.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_safe
def progress(request: HttpRequest, number: int) -> JsonResponse:
    """How far an import has come, for the page's script."""
    found = _upload(request, number)
    return JsonResponse(
        {
            "state": found.state,
            "percent": found.progress_percent,
            "doing": found.doing or found.get_state_display(),
            "done": found.state not in (State.WAITING, State.IMPORTING),
        }
    )


@login_required
@require_POST
def import_again(request: HttpRequest, number: int) -> HttpResponse:
    found = _upload(request, number)
    if found.state in (State.ASKING, State.IMPORTED):
        raise Http404("nothing to do again")
    upload_actions.import_again(upload=found, by=_account(request))
    return redirect(found)

"""Pages of software audits: campaigns, what is asked of each system, and the report."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.estate import audit_actions as actions
from sightline.estate import audit_files
from sightline.estate import audit_queries as queries
from sightline.estate.audit_actions import CannotAudit
from sightline.estate.audit_forms import AnswerForm, CloseForm, OpenForm, QuestionFilterForm, SettleForm
from sightline.estate.domain.campaigns import Act, CampaignNotNow, possible
from sightline.estate.licence_actions import CannotKeepLicence
from sightline.estate.licence_views import A_PAGE, FORM, SEE, account_of, councils_for, download
from sightline.estate.models import AuditCampaign, AuditQuestion
from sightline.govuk.forms import sent
from sightline.partnership import access

REPORTS = {"pdf": (audit_files.as_pdf, audit_files.PDF), "docx": (audit_files.as_word, audit_files.WORD)}


@login_required
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, SEE)
    page = Paginator(queries.campaigns(request.user), A_PAGE).get_page(request.GET.get("page"))
    facts = {
        "page": page,
        "may_open": access.may_anywhere(request.user, actions.RUN),
        "mine": queries.own_questions(account_of(request)),
    }
    return render(request, "estate/software_audits.html", facts)


def _campaign(request: HttpRequest, reference: str) -> AuditCampaign:
    found = queries.campaign(request.user, reference)
    if found is None:
        raise Http404("no software audit that may be seen")
    return found


@login_required
@require_safe
def campaign(request: HttpRequest, reference: str) -> HttpResponse:
    found = _campaign(request, reference)
    mine = queries.questions(request.user).filter(campaign=found)
    form = QuestionFilterForm(request.GET)
    page = Paginator(queries.narrowed(mine, form.narrowed()), A_PAGE).get_page(request.GET.get("page"))
    facts = {
        "campaign": found,
        "form": form,
        "page": page,
        "by_council": queries.by_council(mine),
        "by_service": queries.by_service(mine),
        "elsewhere": queries.asked_elsewhere(request.user, found),
        "may_run": access.may(request.user, actions.RUN, council=found.council),
        "query": request.GET.urlencode(),
    }
    return render(request, "estate/software_audit.html", facts)


HEADS = ("reference", "system", "council", "council_gss", "service", "kind", "state", "since", "reason")


@login_required
@require_safe
def campaign_file(request: HttpRequest, reference: str, form: str) -> StreamingHttpResponse:
    found = _campaign(request, reference)
    asked = queries.narrowed(
        queries.questions(request.user).filter(campaign=found), QuestionFilterForm(request.GET).narrowed()
    )
    rows = (
        {
            "reference": one.system.reference,
            "system": one.system.name,
            "council": one.council.name if one.council else "",
            "council_gss": one.council.gss_code if one.council else "",
            "service": one.service_area,
            "kind": one.system.kind,
            "state": one.state,
            "since": one.state_on,
            "reason": one.state_reason,
        }
        for one in asked
    )
    return download(form, found.reference.lower(), HEADS, rows)


@never_cache
@login_required
@require_http_methods(FORM)
def open_campaign(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, actions.RUN)
    form = OpenForm(sent(request)[0], councils=councils_for(request, actions.RUN)[::-1])
    if request.method == "POST" and form.is_valid():
        try:
            opened = actions.open_campaign(**form.cleaned_data, by=account_of(request))
        except CannotAudit as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, f"{opened.campaign.reference} is open: {opened.asked} systems are asked about.")
            for left, why in (
                (opened.left_out, "another open audit asks about them, and its answer serves this one too"),
                (opened.ended, "their council has ended"),
            ):
                if left:
                    more = f" and {len(left) - 5} more" if len(left) > 5 else ""
                    messages.warning(request, f"Left out, since {why}: {', '.join(left[:5])}{more}.")
            return redirect(opened.campaign)
    return render(request, "estate/software_audit_open.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(FORM)
def close_campaign(request: HttpRequest, reference: str) -> HttpResponse:
    found = _campaign(request, reference)
    access.require(request.user, actions.RUN, council=found.council)
    form = CloseForm(sent(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_campaign(campaign=found, by=account_of(request), **form.cleaned_data)
        except (CannotAudit, CampaignNotNow) as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, f"{found.reference} is closed.")
            return redirect("software-audit-report", found.reference)
    facts = {
        "campaign": found,
        "form": form,
        "open": queries.questions(request.user).filter(campaign=found).exclude(state__in=queries.OVER).count(),
    }
    return render(request, "estate/software_audit_close.html", facts, status=422 if form.errors else 200)


@login_required
@require_POST
def from_discovery(request: HttpRequest, reference: str) -> HttpResponse:
    found = _campaign(request, reference)
    access.require(request.user, actions.RUN, council=found.council)
    try:
        count = actions.answer_from_discovery(campaign=found, by=account_of(request))
    except CampaignNotNow as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"Answered from discovery: {count} centralised system{'' if count == 1 else 's'}.")
    return redirect(found)


@login_required
@require_safe
def report(request: HttpRequest, reference: str) -> HttpResponse:
    found = _campaign(request, reference)
    made = queries.report(request.user, found, timezone.localdate())
    return render(request, "estate/software_audit_report.html", {"campaign": found, "report": made})


@login_required
@require_safe
def report_file(request: HttpRequest, reference: str, form: str) -> HttpResponse:
    if form not in REPORTS:
        raise Http404("no such form")
    found = _campaign(request, reference)
    make, media_type = REPORTS[form]
    response = HttpResponse(make(queries.report(request.user, found, timezone.localdate())), content_type=media_type)
    name = f"software-audit-{found.reference.lower()}.{form}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _question(request: HttpRequest, number: int) -> AuditQuestion:
    found = queries.question(request.user, number)
    if found is None:
        raise Http404("no question that may be seen")
    return found


@login_required
@require_safe
def question(request: HttpRequest, number: int) -> HttpResponse:
    found = _question(request, number)
    account = account_of(request)
    runs = access.may(account, actions.RUN, council=found.council)
    facts = {
        "question": found,
        "may_answer": found.campaign.is_open and found.standing.waits_for_owner and actions.may_answer(account, found),
        "may_settle": found.campaign.is_open and runs and bool(possible(found.standing) - {Act.ANSWER}),
    }
    return render(request, "estate/audit_question.html", facts)


def kept(form: AnswerForm, write: Callable[[], object]) -> bool:
    """Whether what was typed could be written; where it could not, the form says why."""
    if not form.is_valid():
        return False
    try:
        write()
    except (CannotAudit, CannotKeepLicence) as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return False
    except CampaignNotNow as error:
        form.add_error(None, error.message)
        return False
    return True


@never_cache
@login_required
@require_http_methods(FORM)
def answer(request: HttpRequest, number: int) -> HttpResponse:
    found = _question(request, number)
    account = account_of(request)
    if not actions.may_answer(account, found):
        access.require(account, actions.RUN, council=found.council)
    form = AnswerForm(*sent(request))

    def write() -> None:
        given = form.cleaned_data["submission"]
        actions.answer(question=found, told=form.told(), submission=given, by=account)

    if request.method == "POST" and kept(form, write):
        messages.success(request, "What you said is recorded.")
        return redirect(found)
    facts = {"question": found, "form": form}
    return render(request, "estate/audit_question_answer.html", facts, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(FORM)
def settle(request: HttpRequest, number: int) -> HttpResponse:
    found = _question(request, number)
    access.require(request.user, actions.RUN, council=found.council)
    form = SettleForm(sent(request)[0], acts=possible(found.standing) - {Act.ANSWER})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            settled = actions.settle(
                question=found, act=Act(given["act"]), reason=given["reason"], by=account_of(request)
            )
        except CampaignNotNow as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, f"{settled.system.name}: {settled.standing.label.lower()}.")
            return redirect(found)
    facts = {"question": found, "form": form}
    return render(request, "estate/audit_question_settle.html", facts, status=422 if form.errors else 200)


@login_required
@require_safe
def answer_document(request: HttpRequest, number: int, answer: int) -> HttpResponse:
    """A licence that came with an answer, as it was received: always a download, never shown by the browser."""
    found = _question(request, number)
    told = found.answers.filter(pk=answer, document__isnull=False).select_related("document").first()
    if told is None or told.document is None:
        raise Http404("no document")
    response = HttpResponse(bytes(told.document.content), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, told.document_name) or "attachment"
    return response

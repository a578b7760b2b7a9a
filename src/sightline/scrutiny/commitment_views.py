"""Pages of commitments: for everybody to read, for owners to answer, for clerks and panels to keep and to check."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.govuk.forms import sent
from sightline.partnership import access
from sightline.partnership import queries as partnership
from sightline.partnership.models import Person, User
from sightline.scrutiny import commitment_actions as actions
from sightline.scrutiny import commitment_queries as queries
from sightline.scrutiny import commitment_rights as rights
from sightline.scrutiny import queries as minutes
from sightline.scrutiny import referral_queries
from sightline.scrutiny.commitment_forms import AssignForm, CommitmentFilterForm, DecideForm, ReasonForm, UpdateForm
from sightline.scrutiny.domain.commitments import Act, NotNow, possible
from sightline.scrutiny.domain.flow import flowing
from sightline.scrutiny.models import Commitment
from sightline.scrutiny.showing import excerpt
from sightline.scrutiny.update_actions import CannotTell

A_PAGE = 25
FORM = ["GET", "HEAD", "POST"]


def _account(request: HttpRequest) -> User:
    """Who is logged in; every page that asks has made sure of that."""
    assert isinstance(request.user, User)
    return request.user


def _commitment(request: HttpRequest, reference: str) -> Commitment:
    found = queries.commitment(request.user, reference)
    if found is None:
        raise Http404("no commitment that may be seen")
    return found


def _sees_people(request: HttpRequest, commitment: Commitment) -> bool:
    return access.may(request.user, "partnership.see_internal", council=commitment.council)


@require_safe
def commitments(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    form = CommitmentFilterForm(request.GET, owners=queries.owner_titles(request.user))
    found = queries.commitments(request.user, today, form.narrowed())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "scrutiny/commitments.html", {"form": form, "page": page, "today": today})


@require_safe
def commitment(request: HttpRequest, reference: str) -> HttpResponse:
    found = _commitment(request, reference)
    today = timezone.localdate()
    passage = found.passage
    minute = passage.item.minute
    may_see_minute = minutes.minutes(request.user).filter(pk=minute.pk).exists()
    before, words, after = excerpt(flowing(minute.text), passage.start, passage.end, passage.item.start)
    with_people = _sees_people(request, found)
    return render(
        request,
        "scrutiny/commitment.html",
        {
            "commitment": found,
            "late": found.due_on is not None and found.due_on < today and found.standing.waits_for_owner,
            "reached": queries.reached(found),
            "with_people": with_people,
            "events": queries.timeline(request.user, found, today, with_people=with_people),
            "passage": passage,
            "minute": minute if may_see_minute else None,
            "before": before,
            "words": words,
            "after": after,
            "no_longer_asked": referral_queries.no_longer_asked_beside(request.user, found),
            **_may(request, found),
        },
    )


def _may(request: HttpRequest, found: Commitment) -> dict[str, bool]:
    """Which buttons whoever looks has."""
    if not isinstance(request.user, User):
        return {}
    acts = possible(found.standing)
    keeps = access.may(request.user, rights.KEEP, council=found.council)
    return {
        "may_assign": keeps and not found.standing.is_over,
        "may_withdraw": keeps and Act.WITHDRAW in acts,
        "may_reopen": keeps and Act.REOPEN in acts,
        "may_publish": keeps and found.publication == "public",
        "may_update": not found.standing.is_over and not rights.why_not_answer(request.user, found),
        "may_check": Act.ACCEPT in acts and not rights.why_not_check(request.user, found),
    }


@never_cache
@login_required
@require_http_methods(FORM)
def assign(request: HttpRequest, reference: str) -> HttpResponse:
    found = _commitment(request, reference)
    access.require(request.user, rights.KEEP, council=found.council)
    due = queries.due_suggested(found)
    form = AssignForm(
        sent(request)[0],
        commitment=found,
        people=_may_own(request, found),
        suggested_on=due.on if due else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.assign(commitment=found, by=_account(request), **form.cleaned_data)
        except actions.CannotKeepCommitment as error:
            form.add_error(error.field, error.message)
        except NotNow as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, f"{found.reference} is put down as you said.")
            return redirect(found)
    return _shown(request, "scrutiny/commitment_assign.html", found, form, due=due)


def _may_own(request: HttpRequest, found: Commitment) -> list[tuple[Person, str]]:
    """Whoever may own a commitment, with their posts: of those councils alone for which the clerk keeps commitments,
    since who works where is not everybody's to know; and whoever owns it now."""
    people: dict[int, tuple[Person, list[str]]] = {}
    if found.owner is not None:
        people[found.owner.pk] = (found.owner, [])
    held = partnership.roles_held(timezone.localdate(), reaching=found.council)
    for role in held.filter(access.reaches(request.user, rights.KEEP)):
        _, posts = people.setdefault(role.person_id, (role.person, []))
        post = role.title.title if role.title else role.get_kind_display()
        if post not in posts:
            posts.append(post)
    return [(person, ", ".join([person.name, *posts])) for person, posts in people.values()]


@never_cache
@login_required
@require_http_methods(FORM)
def update(request: HttpRequest, reference: str) -> HttpResponse:
    found = _commitment(request, reference)
    account = _account(request)
    rights.require_may_answer(account, found)
    form = UpdateForm(*sent(request))

    def write() -> None:
        given = form.cleaned_data
        actions.tell(
            commitment=found,
            by=account,
            text=given["text"],
            claims=given["claims"],
            evidence=form.evidence(),
            submission=given["submission"],
        )

    if request.method == "POST" and kept(form, write):
        messages.success(request, "What you said is recorded.")
        return redirect(found)
    return _shown(request, "scrutiny/commitment_update.html", found, form)


def kept(form: UpdateForm, write: Callable[[], None]) -> bool:
    """Whether what was typed could be written; where it could not, the form says why."""
    if not form.is_valid():
        return False
    try:
        write()
    except CannotTell as error:
        form.refuse(error.field, error.message)
        return False
    except NotNow as error:
        form.add_error(None, error.message)
        return False
    return True


@never_cache
@login_required
@require_http_methods(FORM)
def check(request: HttpRequest, reference: str) -> HttpResponse:
    found = _commitment(request, reference)
    account = _account(request)
    rights.require_may_check(account, found)
    keeps = access.may(account, rights.KEEP, council=found.council)
    form = DecideForm(sent(request)[0], may_publish=keeps and found.publication == "public")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            decided = actions.decide(
                commitment=found,
                by=account,
                accept=given["decision"] == "accept",
                reason=given["reason"],
                publish=given.get("publish", False),
            )
        except NotNow as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, f"{found.reference}: {decided.standing.label.lower()}.")
            return redirect(found)
    claims = [one for one in queries.updates_of(request.user, found) if one.claims == "done"]
    return _shown(request, "scrutiny/commitment_check.html", found, form, claim=claims[-1] if claims else None)


@never_cache
@login_required
@require_http_methods(FORM)
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    return _with_reason(request, reference, actions.withdraw, "Withdraw", "is withdrawn")


@never_cache
@login_required
@require_http_methods(FORM)
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    return _with_reason(request, reference, actions.reopen, "Open again", "is open again")


def _with_reason(
    request: HttpRequest, reference: str, act: Callable[..., Commitment], says: str, done: str
) -> HttpResponse:
    found = _commitment(request, reference)
    access.require(request.user, rights.KEEP, council=found.council)
    form = ReasonForm(sent(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            act(commitment=found, by=_account(request), reason=form.cleaned_data["reason"])
        except NotNow as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, f"{found.reference} {done}.")
            return redirect(found)
    return _shown(request, "scrutiny/commitment_reason.html", found, form, says=says)


def _shown(request: HttpRequest, template: str, found: Commitment, form: object, **more: object) -> HttpResponse:
    status = 422 if getattr(form, "errors", None) else 200
    return render(request, template, {"commitment": found, "form": form, **more}, status=status)


@login_required
@require_POST
def publish_update(request: HttpRequest, number: int) -> HttpResponse:
    found = queries.update(request.user, number)
    if found is None or found.commitment is None:
        raise Http404("no update that may be seen")
    try:
        actions.publish(update=found, by=_account(request))
    except NotNow as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Everybody can now read this update and its evidence.")
    return redirect(found.commitment)


@require_safe
def evidence_file(request: HttpRequest, number: int) -> HttpResponse:
    """A document as it was received: always a download, never shown by the browser."""
    found = queries.evidence(request.user, number)
    if found is None or found.attachment is None:
        raise Http404("no document that may be seen")
    response = HttpResponse(bytes(found.attachment.content), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, found.attachment.name) or "attachment"
    return response


@never_cache
@login_required
@require_safe
def brief(request: HttpRequest, slug: str) -> HttpResponse:
    body = get_object_or_404(partnership.bodies(), slug=slug)
    access.require(request.user, "scrutiny.see_brief", council=body.council)
    today = timezone.localdate()
    return render(
        request,
        "scrutiny/brief.html",
        {"body": body, "today": today, "brief": queries.brief(request.user, body, today)},
    )

"""Pages for administrators: the groups of councils' sign-on and the roles they give; and somebody who leaves."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.kernel.errors import SightlineError
from sightline.partnership import access, group_roles, leaving, open_items, queries, sessions, sign_on
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.forms import AT_ONCE, GroupRoleForm, LeavingForm
from sightline.partnership.models import Council, GroupRole, Person, User

MANAGE = "partnership.manage_people"


def _administrator(request: HttpRequest) -> User:
    """The account of a request, which manages people somewhere.

    Raises:
        Refused: it does not.
    """
    if not access.may_anywhere(request.user, MANAGE):
        access.require(request.user, MANAGE, council=None)
    assert isinstance(request.user, User)
    return request.user


def _councils_of(account: User) -> list[Council]:
    return [council for council in queries.councils() if access.may(account, MANAGE, council=council)]


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    account = _administrator(request)
    everybody = [person for person in queries.people() if leaving.may_see_leaving(person, account)]
    return render(request, "partnership/people.html", {"people": everybody})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: HttpRequest) -> HttpResponse:
    account = _administrator(request)
    councils = _councils_of(account)
    form = GroupRoleForm(request.POST or None, councils=councils)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                line = group_roles.add(
                    council=given["council"],
                    group=given["group"],
                    kind=RoleKind(given["kind"]),
                    title=given["title"],
                    by=account,
                )
            except group_roles.CannotKeepGroupRole as error:
                form.add_error("group", str(error))
            else:
                messages.success(request, f"From now on the group “{line.group}” gives the role.")
                return redirect("sign-on-groups")
    lines = GroupRole.objects.filter(council__in=councils).select_related("council", "title")
    context = {"form": form, "lines": lines, "with_sign_on": {way.council.pk for way in sign_on.ways()}}
    return render(request, "partnership/groups.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_remove(request: HttpRequest, pk: int) -> HttpResponse:
    account = _administrator(request)
    line = GroupRole.objects.select_related("council", "title").filter(pk=pk).first()
    if line is None or not access.may(account, MANAGE, council=line.council):
        raise Http404("There is no such line.")
    if request.method == "POST":
        ended = group_roles.remove(line=line, by=account)
        said = f"The group “{line.group}” gives the role no more."
        messages.success(
            request, said + (f" {ended} {'role has' if ended == 1 else 'roles have'} ended." if ended else "")
        )
        return redirect("sign-on-groups")
    return render(request, "partnership/group_remove.html", {"line": line})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person_leaving(request: HttpRequest, pk: int) -> HttpResponse:
    account = _administrator(request)
    person = Person.objects.select_related("user").filter(pk=pk).first()
    if person is None or not leaving.may_see_leaving(person, account):
        raise Http404("There is no such person.")
    waiting = [
        (kind.called, [item for item in items if access.may(account, MANAGE, council=item.council)])
        for kind, items in open_items.waiting_for(person)
    ]
    waiting = [(called, items) for called, items in waiting if items]
    takers = leaving.takers(person, account) if waiting else []
    form = LeavingForm(request.POST or None, takers=takers, must_hand_over=bool(waiting))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                left = leaving.leave(
                    person=person,
                    at_once=form.cleaned_data["when"] == AT_ONCE,
                    take_over=form.cleaned_data.get("take_over"),
                    by=account,
                )
            except SightlineError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _in_words(person, left))
                return redirect("person-leaving", pk=person.pk)
    context = {
        "leaver": person,
        "roles": leaving.roles_to_end(person, account),
        "waiting": waiting,
        "form": form,
    }
    return render(request, "partnership/person_leaving.html", context, status=status)


def _in_words(person: Person, left: leaving.Left) -> str:
    parts = [f"{left.roles} {'role ends' if left.roles == 1 else 'roles end'}"]
    if left.items:
        parts.append(f"{left.items} {'item was' if left.items == 1 else 'items were'} handed over")
    if left.closed:
        parts.append("the account is closed")
    return f"{person.name}: {', '.join(parts)}."


@login_required
@require_POST
def person_sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    """End every session of somebody's account, as when a laptop was lost."""
    account = _administrator(request)
    person = Person.objects.select_related("user").filter(pk=pk, user__isnull=False).first()
    if person is None or person.user is None or not leaving.may_see_leaving(person, account):
        raise Http404("There is no such person.")
    sessions.end_sessions(person.user, by=account, reason="signed out everywhere by an administrator")
    messages.success(request, f"{person.name} is signed out everywhere.")
    return redirect("person-leaving", pk=person.pk)

"""Pages for administrators: who may do what, and why somebody may not."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sightline.partnership import access, who_may
from sightline.partnership.domain.rights import IN_ORDER
from sightline.partnership.rights_forms import PlaceForm, WhyNotForm


@never_cache
@login_required
@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, who_may.SEE)
    form = PlaceForm(request.GET, places=who_may.places(request.user))
    place = form.chosen()
    return render(
        request,
        "partnership/rights.html",
        {
            "form": form,
            "place": place,
            "kinds": IN_ORDER,
            "rows": who_may.table(place),
            "holders": who_may.holders(place, timezone.localdate()),
        },
    )


@never_cache
@login_required
@require_safe
def why_not(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, who_may.SEE)
    asked = "person" in request.GET
    form = WhyNotForm(
        request.GET if asked else None,
        people=list(who_may.people(request.user)),
        places=who_may.places(request.user),
    )
    answer = (
        who_may.why(form.person_chosen(), form.cleaned_data["action"], form.place_chosen()) if form.is_valid() else None
    )
    context = {"form": form, "answer": answer, "person": form.person_chosen() if answer else None}
    return render(request, "partnership/why_not.html", context, status=422 if form.errors else 200)

"""Pages of signing in and out that are ours and not django-allauth's."""

from __future__ import annotations

from allauth.account import views as allauth
from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base import AuthProcess
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sightline.partnership import sessions, sign_on
from sightline.partnership.models import User
from sightline.partnership.sign_on_provider import CouncilCallback, CouncilOAuth


def _go_on(request: HttpRequest, place: str, to: str) -> HttpResponse:
    """A page that sends the browser elsewhere by itself. A form may lead nowhere but to this site (its policy says
    so), and a provider may send on to others, so the browser leaves by a page and not by the form's answer."""
    return render(request, "socialaccount/go_on.html", {"place": place, "to": to})


@never_cache
@require_POST
def council_sign_on(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Begin to sign in by a council's own sign-on."""
    return _begin(request, provider_id, AuthProcess.LOGIN)


@never_cache
@login_required
@reauthentication_required(app="allauth.socialaccount")
def council_sign_on_link(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Begin to link the account that is signed in with a council's own sign-on; confirmed by its password first."""
    way = next((way for way in sign_on.ways() if way.id == provider_id), None)
    if way is None:
        raise Http404("There is no such sign-on.")
    if request.method != "POST":
        return render(request, "socialaccount/link.html", {"way": way})
    return _begin(request, provider_id, AuthProcess.CONNECT)


def _begin(request: HttpRequest, provider_id: str, process: str) -> HttpResponse:
    way = next((way for way in sign_on.ways() if way.id == provider_id), None)
    if way is None:
        raise Http404("There is no such sign-on.")
    provider = get_adapter(request).get_provider(request, provider_id)
    response: HttpResponse = provider.redirect(request, process, next_url=get_next_redirect_url(request))
    if isinstance(response, HttpResponseRedirect) and not response.url.startswith("/"):
        return _go_on(request, response.url, way.name)
    return response


@never_cache
@require_GET
def council_sign_on_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where a council's provider sends the browser back to."""
    if sign_on.called(provider_id) is None:
        raise Http404("There is no such sign-on.")
    response: HttpResponse = CouncilCallback.adapter_view(CouncilOAuth(request, provider_id))(request)
    return response


@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out here, and of the council's sign-on where that is how somebody came in and it offers to."""
    home = request.build_absolute_uri(reverse("home"))
    place = (
        sign_on.sign_out_address(request, home) if request.method == "POST" and request.user.is_authenticated else ""
    )
    response: HttpResponse = allauth.logout(request)
    if place and isinstance(response, HttpResponseRedirect):
        return _go_on(request, place, "your council's sign-on")
    return response


@never_cache
@login_required
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of the account, this one too."""
    assert isinstance(request.user, User)
    sessions.end_sessions(request.user, by=request.user, reason="signed out everywhere by its owner")
    logout(request)
    messages.success(request, "You have signed out everywhere.")
    return redirect("account_login")

"""Councils' own sign-on: who may come in that way, as whom, and with which roles."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import urlencode

import structlog
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import render

from sightline.partnership import group_roles, people, second_factor
from sightline.partnership.domain.file_account import FILE_ACCOUNT
from sightline.partnership.domain.sign_on_file import CouncilSignOn
from sightline.partnership.models import Council, User
from sightline.partnership.people import CannotKeepPerson

SESSION = "sightline.sign_on"
MOST_GROUPS = 2000

log = structlog.get_logger("sightline.sign_on")


@dataclass(frozen=True, slots=True)
class Way:
    """One council's sign-on, as a page offers it."""

    id: str
    name: str
    council: Council


def ways() -> list[Way]:
    """The sign-on of every council that has one, for councils that are known here."""
    councils = {council.gss_code: council for council in Council.objects.order_by("name")}
    found = [
        Way(one.id, one.name or councils[one.council].name, councils[one.council])
        for one in settings.SIGN_ON
        if one.council in councils
    ]
    return sorted(found, key=lambda way: way.name)


def called(provider_id: str) -> CouncilSignOn | None:
    """The sign-on with an id; None where there is none."""
    return next((one for one in settings.SIGN_ON if one.id == provider_id), None)


def remember(request: HttpRequest, login: SocialLogin | None) -> None:
    """Note in a new session how somebody signed in: how they sign out, and whether there was a second factor."""
    for name in (SESSION, second_factor.BY_PROVIDER):
        request.session.pop(name, None)
    if login is None:
        return
    if login.state.get("second_factor"):
        request.session[second_factor.BY_PROVIDER] = True
    if place := login.state.get("end_session"):
        request.session[SESSION] = {
            "provider": login.account.provider,
            "place": place,
            "id_token": login.state.get("id_token", ""),
        }


def sign_out_address(request: HttpRequest, back_to: str) -> str:
    """Where the browser goes to sign out of the council's sign-on too; empty where it offers no such place.

    Asked before the session ends. Source: OpenID Connect RP-Initiated Logout 1.0.
    """
    known = request.session.get(SESSION)
    config = called(known["provider"]) if known else None
    if not known or config is None:
        return ""
    asked = {"client_id": config.client_id, "post_logout_redirect_uri": back_to, "id_token_hint": known["id_token"]}
    joint = "&" if "?" in known["place"] else "?"
    return f"{known['place']}{joint}{urlencode({name: value for name, value in asked.items() if value})}"


class SignOnAdapter(DefaultSocialAccountAdapter):
    """Where django-allauth asks: which providers there are, and whether somebody may come in."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        """The providers of the sign-on file; never of the database, which holds no secrets."""
        apps = [
            SocialApp(
                provider="openid_connect",
                provider_id=one.id,
                name=one.name or one.id,
                client_id=one.client_id,
                secret=one.client_secret,
                settings={
                    "server_url": one.issuer,
                    "issuer": one.issuer,
                    "scope": list(one.scopes),
                    "groups_claim": one.groups_claim,
                },
            )
            for one in settings.SIGN_ON
        ]
        wanted = (provider, "openid_connect")
        return [
            app
            for app in apps
            if (provider is None or app.provider_id == provider or provider == wanted[1])
            and client_id in (None, app.client_id)
        ]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def on_authentication_error(self, request: HttpRequest, provider: Any, **details: Any) -> None:
        error = details.get("exception")
        from sightline.partnership.id_tokens import NotTrusted

        why = str(error) if isinstance(error, NotTrusted) else type(error).__name__ if error else "no such sign-in"
        log.warning("sign-on failed", provider=getattr(provider, "sub_id", ""), why=why)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let somebody in as far as their council's provider and the table of groups say, or refuse."""
        config = called(sociallogin.account.provider)
        council = Council.objects.filter(gss_code=config.council).first() if config else None
        if config is None or council is None:
            _refuse(request, "unknown-council")
        claims = sociallogin.claims
        if not _email_is_verified(claims, config):
            _refuse(request, "unverified", council)
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            # Only for whoever is signed in and has just confirmed it; the next sign-in brings the roles.
            return
        groups = _groups(request, claims, config, council)
        if sociallogin.is_existing:
            account = sociallogin.user
        else:
            account = _newcomer(request, sociallogin, claims, council, groups)
        assert isinstance(account, User)
        if account.is_active:
            group_roles.apply(account=account, council=council, groups=groups)
            if not group_roles.holds_a_role(account):
                _refuse(request, "no-role", council)
        methods = claims.get("amr", ())
        sociallogin.state["second_factor"] = isinstance(methods, list) and bool(
            config.second_factor & {method for method in methods if isinstance(method, str)}
        )
        sociallogin.state["end_session"] = sociallogin.end_session
        sociallogin.state["id_token"] = sociallogin.id_token


def _refuse(request: HttpRequest, why: str, council: Council | None = None) -> NoReturn:
    log.warning("sign-on refused", council=council.gss_code if council else "", why=why)
    page = render(request, "socialaccount/refused.html", {"why": why, "council": council}, status=403)
    raise ImmediateHttpResponse(page)


def _email_is_verified(claims: dict[str, Any], config: CouncilSignOn) -> bool:
    """Whether the provider vouches for the address, or the council does for its domain where the provider is silent."""
    address = claims.get("email")
    if not isinstance(address, str) or not re.fullmatch(r"[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+", address):
        return False
    said = claims.get("email_verified")
    if said is None:
        return address.rpartition("@")[2].lower() in config.verified_domains
    return said is True or said == "true"


def _groups(request: HttpRequest, claims: dict[str, Any], config: CouncilSignOn, council: Council) -> frozenset[str]:
    said = claims.get(config.groups_claim)
    elsewhere = claims.get("_claim_names")
    if said is None and isinstance(elsewhere, dict) and config.groups_claim in elsewhere:
        # Too many for a token, so the provider left them out: no reason to take anybody's roles away.
        _refuse(request, "too-many-groups", council)
    listed = said if isinstance(said, list) else [said]
    if len(listed) > MOST_GROUPS:
        _refuse(request, "too-many-groups", council)
    return frozenset(group for group in listed if isinstance(group, str) and group)


def _newcomer(
    request: HttpRequest, login: SocialLogin, claims: dict[str, Any], council: Council, groups: frozenset[str]
) -> User:
    """Make the account of somebody whose groups give them a role; nobody else gets one."""
    if not group_roles.lines_for(council, groups).exists():
        _refuse(request, "no-role", council)
    email = User.objects.normalize_email(claims["email"])
    if User.objects.filter(email__iexact=email).exists():
        _refuse(request, "address-taken", council)
    try:
        with transaction.atomic():
            person = people.create_by_sign_on(
                name=_name(claims), username=_user_name(claims), email=email, council=council
            )
            assert person.user is not None
            login.user = login.account.user = person.user
            login.account.save()
    except CannotKeepPerson:
        _refuse(request, "address-taken", council)
    return person.user


def _printable(value: Any) -> str:
    """A text of the provider on one line, without characters that do not print."""
    text = unicodedata.normalize("NFC", value) if isinstance(value, str) else ""
    return " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in text).split())[:200]


def _name(claims: dict[str, Any]) -> str:
    parts = f"{_printable(claims.get('given_name'))} {_printable(claims.get('family_name'))}".strip()
    return _printable(claims.get("name")) or parts or _printable(claims["email"])


def _user_name(claims: dict[str, Any]) -> str:
    """A user name that nobody has, made of what the provider calls the person."""
    wished = _printable(claims.get("preferred_username")) or claims["email"]
    stem = re.sub(r"[^\w.+-]", "", wished.partition("@")[0].lower())[:100] or "person"
    taken = {
        name.lower() for name in User.objects.filter(username__istartswith=stem).values_list("username", flat=True)
    }
    taken.add(FILE_ACCOUNT)
    number = 1
    while (name := stem if number == 1 else f"{stem}{number}") in taken:
        number += 1
    return name

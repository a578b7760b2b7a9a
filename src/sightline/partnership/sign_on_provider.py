"""Speaks OpenID Connect with a council's provider, more strictly than django-allauth does by itself.

The ID token's signature is always checked, by keys fetched afresh, so that rotated keys work at once and withdrawn ones
no more. Each sign-in has a nonce and a proof key (PKCE). Nothing in an address changes what the provider is asked for.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import requests  # noqa: TID251  (django-allauth's own client; only its errors are named here)
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import get_random_string

from sightline.partnership import id_tokens
from sightline.partnership.domain.sign_on_file import LOOPBACK
from sightline.partnership.id_tokens import NotTrusted

_TEXTS = frozenset({"email", "name", "preferred_username", "given_name", "family_name", "picture"})
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class CouncilOAuth(OpenIDConnectOAuth2Adapter):
    """One exchange with a provider. ``nonce`` is what the sign-in was begun with."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself, checked."""
        if not hasattr(self, "_openid_config"):
            provider = self.get_provider()
            config = self._fetched(provider.server_url)
            if config.get("issuer") != provider.app.settings["issuer"]:
                raise NotTrusted("the provider calls itself otherwise than the sign-on file does")
            for name in _ENDPOINTS:
                if not _is_safe(config.get(name)):
                    raise NotTrusted(f"the provider names no safe {name}")
            self._openid_config = config
        found: dict[str, Any] = self._openid_config
        return found

    def complete_login(self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """Who has signed in at the provider."""
        id_token = kwargs["response"].get("id_token")
        claims = id_tokens.check(
            id_token,
            self._fetched(self.openid_config["jwks_uri"]),
            issuer=self.openid_config["issuer"],
            client_id=app.client_id,
            nonce=self.nonce,
        )
        claims = {**self._more_of(claims, app, token), **claims}
        # What is no text cannot be one of these; django-allauth would stumble over it.
        claims = {name: value for name, value in claims.items() if name not in _TEXTS or isinstance(value, str)}
        login = self.get_provider().sociallogin_from_response(request, claims)
        login.claims = claims
        login.id_token = id_token
        end = self.openid_config.get("end_session_endpoint")
        login.end_session = end if _is_safe(end) else ""
        return login

    def _more_of(self, claims: dict[str, Any], app: Any, token: SocialToken) -> dict[str, Any]:
        """What the provider says of the person elsewhere, where the token leaves out what is needed."""
        place = self.openid_config.get("userinfo_endpoint")
        if not _is_safe(place) or {"email", "email_verified", app.settings["groups_claim"]} <= set(claims):
            return {}
        more = self._fetched(place, headers={"Authorization": f"Bearer {token.token}"})
        if more.get("sub") != claims["sub"]:
            raise NotTrusted("the provider speaks of two people at once")
        return more

    def _fetched(self, place: Any, headers: dict[str, str] | None = None) -> dict[str, Any]:
        try:
            with get_adapter().get_requests_session() as session:
                response = session.get(place, headers=headers, allow_redirects=False)
                response.raise_for_status()
                found = response.json()
        except (requests.RequestException, ValueError) as error:
            raise NotTrusted(f"the provider does not answer: {type(error).__name__}") from error
        if response.status_code != 200 or not isinstance(found, dict):
            raise NotTrusted("the provider answers something else")
        return found


def _is_safe(place: Any) -> bool:
    """Whether an address of a provider is one that nobody on the way can read or change."""
    if not isinstance(place, str):
        return False
    try:
        parts = urlsplit(place)
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))


class CouncilProvider(OpenIDConnectProvider):
    """A council's provider; ``app`` comes from the sign-on file."""

    oauth2_adapter_class = CouncilOAuth

    def wk_server_url(self, url: str) -> str:
        return f"{url.rstrip('/')}/.well-known/openid-configuration"

    def get_scope(self) -> list[str]:
        return list(self.app.settings["scope"])

    # These two would take more from the address of the request.
    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return self.get_scope()

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        return {}

    def extract_uid(self, data: dict[str, Any]) -> str:
        return str(data["sub"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """What is kept of the claims: nothing but whom the provider means, for the page that lists links."""
        return {"email": data.get("email", "")}

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """Begin a sign-in: send the browser to the provider."""
        try:
            oauth = self.get_oauth2_adapter(request)
            client = oauth.get_client(request, self.app)
            proof = generate_code_challenge()
            verifier = proof.pop("code_verifier")
            nonce = get_random_string(32)
            client.state = self.stash_redirect_state(
                request, process, next_url, data, pkce_code_verifier=verifier, nonce=nonce
            )
            asked = {**proof, "nonce": nonce}
            place = client.get_redirect_url(oauth.authorize_url, self.get_scope(), asked)
        except OAuth2Error as error:
            failed: HttpResponse = render_authentication_error(request, self, exception=error)
            return failed
        return HttpResponseRedirect(place)


class CouncilCallback(OAuth2CallbackView):
    """Where the provider sends the browser back to."""

    def _get_state(self, request: HttpRequest, provider: CouncilProvider) -> tuple[Any, Any]:
        state, response = super()._get_state(request, provider)
        if state is not None:
            self.adapter.nonce = state.get("nonce", "")
        said = request.GET.get("iss")
        if state is not None and said is not None and said != provider.app.settings["issuer"]:
            # RFC 9207: an answer of another provider than the one that was asked.
            refused = NotTrusted("another provider answered")
            return None, render_authentication_error(request, provider, exception=refused)
        return state, response


provider_classes = [CouncilProvider]

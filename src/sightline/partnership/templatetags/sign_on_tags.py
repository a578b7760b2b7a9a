"""What pages about signing in ask."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django import template
from django.conf import settings
from django.template import Context

from sightline.partnership import second_factor, sign_on
from sightline.partnership.models import User

register = template.Library()


@register.simple_tag
def sign_on_councils() -> list[sign_on.Way]:
    """The councils that have a sign-on of their own."""
    return sign_on.ways()


@register.simple_tag(takes_context=True)
def second_factor_state(context: Context) -> dict[str, bool]:
    """Whether the account that looks at a page needs a second factor, and whether it lacks one."""
    request = context["request"]
    return {"needed": second_factor.is_needed(request.user), "missing": second_factor.is_missing(request)}


@register.simple_tag
def linked_sign_ons(user: User) -> list[dict[str, Any]]:
    """The sign-ons that an account is linked with."""
    names = {way.id: way.name for way in sign_on.ways()}
    return [
        {
            "pk": link.pk,
            "name": names.get(link.provider, "a sign-on that is no longer there"),
            "email": link.extra_data.get("email", ""),
        }
        for link in SocialAccount.objects.filter(user=user).order_by("pk")
    ]


@register.simple_tag(takes_context=True)
def passkey_domain(context: Context) -> str:
    """The domain that passkeys are made for."""
    host: str = settings.PASSKEY_DOMAIN or context["request"].get_host().partition(":")[0]
    return host

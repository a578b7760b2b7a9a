"""Tells the audit log of what happens in libraries that offer their own notices: history, sign-in, the second factor.

None of these writes a record: what is written stays in the actions. They only tell what an action, or the sign-in, did.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Q
from simple_history.signals import post_create_historical_record

from sightline.partnership import audit
from sightline.partnership.domain.audit_chain import Kind
from sightline.partnership.models import Attachment, PublishedRecord, User

_BECAME = {"public": "published", "exempt": "made exempt", "internal": "made internal"}
_DONE = {"+": "added", "~": "changed", "-": "removed"}


def wire() -> None:
    """Ask for the notices; asking twice is once."""
    post_create_historical_record.connect(_record_changed, dispatch_uid="sightline audit: record changed")
    user_logged_in.connect(_signed_in, dispatch_uid="sightline audit: signed in")
    user_logged_out.connect(_signed_out, dispatch_uid="sightline audit: signed out")
    user_login_failed.connect(_sign_in_failed, dispatch_uid="sightline audit: sign-in failed")
    if apps.is_installed("allauth.mfa"):
        from allauth.mfa import signals as mfa

        mfa.authenticator_added.connect(_factor_changed, dispatch_uid="sightline audit: factor added")
        mfa.authenticator_removed.connect(_factor_changed, dispatch_uid="sightline audit: factor removed")
        mfa.authenticator_reset.connect(_factor_changed, dispatch_uid="sightline audit: factor reset")


def kind_for(record: Any) -> Kind:
    """Changes to the partnership's own facts, people and roles are administration; all others are changes."""
    ours = record._meta.app_label == "partnership" and not isinstance(record, Attachment | PublishedRecord)
    return Kind.ADMINISTERED if ours else Kind.CHANGED


def _record_changed(*, instance: Any, history_instance: Any, history_user: Any = None, **_: Any) -> None:
    fields = sorted(getattr(instance, "_facts_changed", ()))
    done = _DONE[history_instance.history_type]
    if done == "changed" and "publication" in fields:
        done = _BECAME[instance.publication]
    details: dict[str, Any] = {"fields": fields} if fields and history_instance.history_type == "~" else {}
    # Both names, where somebody entered what another did; whoever changes it later does so for themselves.
    acting_for = getattr(instance, "on_behalf_of", None) if done == "added" else None
    audit.note(
        kind_for(instance),
        by=history_user,
        what=done,
        record=instance,
        acting_for=acting_for,
        history=history_instance.pk,
        **details,
    )


def _signed_in(*, user: Any, **_: Any) -> None:
    audit.note(Kind.SIGNED_IN, by=user, what="signed in", record=user)


def _signed_out(*, user: Any, **_: Any) -> None:
    if user is not None:
        audit.note(Kind.SIGNED_OUT, by=user, what="signed out", record=user)


def _sign_in_failed(*, credentials: dict[str, Any], **_: Any) -> None:
    """What was typed is kept nowhere: people type their password into the wrong field."""
    typed = str(credentials.get("username") or credentials.get("login") or credentials.get("email") or "")[:300]
    known = None
    if typed and "\0" not in typed:
        known = User.objects.filter(Q(username__iexact=typed) | Q(email__iexact=typed)).first()
    audit.note(
        Kind.SIGN_IN_FAILED,
        by=AnonymousUser(),
        what="sign-in failed" if known else "sign-in failed, for no account that there is",
        record=known,
    )


def _factor_changed(*, signal: Any, user: Any, authenticator: Any, **_: Any) -> None:
    from allauth.mfa import signals as mfa

    done = {mfa.authenticator_added: "added", mfa.authenticator_removed: "removed"}.get(signal, "renewed")
    factor = str(getattr(authenticator, "type", ""))
    audit.note(Kind.ADMINISTERED, by=user, what=f"second factor {done}", record=user, factor=factor)

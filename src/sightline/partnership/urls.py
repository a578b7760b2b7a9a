"""Addresses of the partnership's pages, and of those pages of django-allauth that are used: nobody signs up here."""

from __future__ import annotations

from allauth.account import views as accounts
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as socialaccount
from django.urls import path, re_path

from sightline.partnership import (
    accounts_views,
    audit_views,
    people_views,
    privacy_views,
    rights_views,
    views,
)

urlpatterns = [
    path("councils/", views.councils, name="councils"),
    path("councils/<slug:slug>/", views.council, name="council"),
    path("bodies/", views.bodies, name="bodies"),
    path("bodies/<slug:slug>/", views.body, name="body"),
    path("council-colours.css", views.council_colours, name="council-colours"),
    path("audit/", audit_views.log, name="audit"),
    path("audit.csv", audit_views.log_csv, name="audit-csv"),
    path("audit.json", audit_views.log_json, name="audit-json"),
    path("history/<str:label>/<str:number>/", audit_views.history, name="history"),
    path("personal-data/", privacy_views.find, name="subject-find"),
    path("personal-data/register/", privacy_views.register, name="privacy-register"),
    path("personal-data/<int:number>/", privacy_views.show, name="subject"),
    path("personal-data/<int:number>/export/", privacy_views.export, name="subject-export"),
    path("personal-data/<int:number>/erase/", privacy_views.erase, name="subject-erase"),
    path("accounts/login/", accounts.login, name="account_login"),
    path("accounts/logout/", accounts_views.sign_out, name="account_logout"),
    path("accounts/logout/everywhere/", accounts_views.sign_out_everywhere, name="sign-out-everywhere"),
    path("accounts/inactive/", accounts.account_inactive, name="account_inactive"),
    path("accounts/reauthenticate/", accounts.reauthenticate, name="account_reauthenticate"),
    path("accounts/password/change/", accounts.password_change, name="account_change_password"),
    path("accounts/password/set/", accounts.password_set, name="account_set_password"),
    path("accounts/password/reset/", accounts.password_reset, name="account_reset_password"),
    path("accounts/password/reset/done/", accounts.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        accounts.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "accounts/password/reset/key/done/",
        accounts.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # The second factor.
    path("accounts/2fa/", mfa.index, name="mfa_index"),
    path("accounts/2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("accounts/2fa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("accounts/2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("accounts/2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("accounts/2fa/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "accounts/2fa/recovery-codes/generate/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "accounts/2fa/recovery-codes/download/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("accounts/2fa/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("accounts/2fa/passkeys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("accounts/2fa/passkeys/login/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("accounts/2fa/passkeys/reauthenticate/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("accounts/2fa/passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("accounts/2fa/passkeys/<int:pk>/rename/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    # Councils' own sign-on.
    path("accounts/oidc/", socialaccount.connections, name="socialaccount_connections"),
    path("accounts/oidc/cancelled/", socialaccount.login_cancelled, name="socialaccount_login_cancelled"),
    path("accounts/oidc/<slug:provider_id>/login/", accounts_views.council_sign_on, name="openid_connect_login"),
    path("accounts/oidc/<slug:provider_id>/link/", accounts_views.council_sign_on_link, name="council-sign-on-link"),
    path(
        "accounts/oidc/<slug:provider_id>/login/callback/",
        accounts_views.council_sign_on_callback,
        name="openid_connect_callback",
    ),
    # For administrators.
    path("people/", people_views.people, name="people"),
    path("people/groups/", people_views.groups, name="sign-on-groups"),
    path("people/groups/<int:pk>/remove/", people_views.group_remove, name="sign-on-group-remove"),
    path("people/<int:pk>/leaving/", people_views.person_leaving, name="person-leaving"),
    path("people/<int:pk>/sign-out/", people_views.person_sign_out, name="person-sign-out"),
    path("rights/", rights_views.rights, name="rights"),
    path("rights/why-not/", rights_views.why_not, name="why-not"),
]

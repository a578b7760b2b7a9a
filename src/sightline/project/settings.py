"""Settings of a Sightline installation. Everything that differs between installations comes from the environment.

Each variable read here is documented in docs/operators/settings.md; a test holds the two together.
"""

from __future__ import annotations

import datetime

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from sightline.project import places, secrets

env = environ.Env()

PARTNERSHIP_FILE = places.partnership_file()
VAR = places.var()

DEBUG = env.bool("SIGHTLINE_DEBUG", default=False)
SECRET_KEY = secrets.secret("SIGHTLINE_SECRET_KEY", default_file=places.secret_key_file())
# Keys of before: what they signed and sealed is still good, until they are left out.
SECRET_KEY_FALLBACKS = secrets.several("SIGHTLINE_SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.list("SIGHTLINE_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

# Off only where nobody but this machine can listen: `make run` serves plain HTTP on localhost.
HTTPS = env.bool("SIGHTLINE_HTTPS", default=True)
# How letters name this site; a page knows from its request.
SITE_ADDRESS = env.str("SIGHTLINE_ADDRESS", default=places.site_address(ALLOWED_HOSTS, https=HTTPS)).rstrip("/")

INSTALLED_APPS = [
    "sightline.project",
    "sightline.scrutiny",
    "sightline.estate",
    "sightline.strategy",
    "sightline.partnership",
    "sightline.govuk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "rules",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "sightline.project.headers.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "sightline.project.logs.RequestLogMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sightline.partnership.middleware.SessionLimitsMiddleware",
    "sightline.partnership.audit_middleware.AuditMiddleware",
    "sightline.partnership.middleware.SecondFactorMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "sightline.strategy.middleware.GlossaryMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "sightline.project.urls"
WSGI_APPLICATION = "sightline.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sightline.project.context.site",
            ],
        },
    },
]

DATABASES = {"default": env.db_url_config(secrets.database_url(default=f"sqlite:///{VAR / 'sightline.sqlite3'}"))}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes the lock when its transaction begins, so that two writers wait for each other
        # instead of one failing half-way; readers are never kept waiting (write-ahead log).
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "partnership.User"
# In the database, so that every process and machine sees the same: a code that was used once, tries that failed.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "sightline_cache"}}

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "sightline.partnership.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "sightline.partnership.account_forms.LoginForm",
    "reset_password": "sightline.partnership.account_forms.ResetPasswordForm",
    "reset_password_from_key": "sightline.partnership.account_forms.ResetPasswordKeyForm",
    "set_password": "sightline.partnership.account_forms.SetPasswordForm",
    "change_password": "sightline.partnership.account_forms.ChangePasswordForm",
    "reauthenticate": "sightline.partnership.account_forms.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Nobody signs up here, so a stranger's address is not written to, not even to say that it has no account.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {
    # Passwords are guarded by axes (below); this bounds the codes of a second factor, for each account.
    "login_failed": "10/10m/key",
}

# The second factor. Roles that write need one: sightline.partnership.middleware sees to it.
MFA_ADAPTER = "sightline.partnership.second_factor.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
# A code of half a minute ago, or of half a minute ahead: phones' clocks differ.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "sightline.partnership.second_factor_forms.AuthenticateForm",
    "reauthenticate": "sightline.partnership.second_factor_forms.ReauthenticateForm",
    "activate_totp": "sightline.partnership.second_factor_forms.ActivateTOTPForm",
    "add_webauthn": "sightline.partnership.second_factor_forms.AddPasskeyForm",
    "edit_webauthn": "sightline.partnership.second_factor_forms.RenamePasskeyForm",
}
# The domain that passkeys are made for; they work on it and below it, and on no other.
PASSKEY_DOMAIN = env.str("SIGHTLINE_PASSKEY_DOMAIN", default="")

# Councils' own sign-on by OpenID Connect.
SIGN_ON = secrets.sign_on()
SOCIALACCOUNT_ADAPTER = "sightline.partnership.sign_on.SignOnAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"provider_class": "sightline.partnership.sign_on_provider.CouncilProvider"},
}
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10

# Guessing: five wrong passwords for an account from one place, then a quarter of an hour's pause for both together.
AXES_FAILURE_LIMIT = env.int("SIGHTLINE_SIGN_IN_TRIES", default=5)
AXES_COOLOFF_TIME = datetime.timedelta(minutes=env.int("SIGHTLINE_SIGN_IN_PAUSE_MINUTES", default=15))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "sightline.partnership.guessing.account_tried"
AXES_CLIENT_IP_CALLABLE = "sightline.partnership.guessing.place_of"
AXES_LOCKOUT_CALLABLE = "sightline.partnership.guessing.locked_out"
AXES_SENSITIVE_PARAMETERS = ["login", "username", "ip_address", "password", "next", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# A session ends when nothing was asked for that long, and in any case that long after the sign-in.
SESSION_IDLE = datetime.timedelta(minutes=env.int("SIGHTLINE_SESSION_IDLE_MINUTES", default=60))
SESSION_LONGEST = datetime.timedelta(hours=env.int("SIGHTLINE_SESSION_HOURS", default=12))
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
DATE_FORMAT = "j F Y"
FORMAT_MODULE_PATH = ["sightline.project.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = VAR / "uploads"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# A recommendation's two clocks: months for a council's decision, and working days in which one may be called in.
RESPONSE_MONTHS = env.int("SIGHTLINE_RESPONSE_MONTHS", default=2)
CALL_IN_WORKING_DAYS = env.int("SIGHTLINE_CALL_IN_WORKING_DAYS", default=5)
if RESPONSE_MONTHS < 1 or CALL_IN_WORKING_DAYS < 0:
    raise ImproperlyConfigured(
        "SIGHTLINE_RESPONSE_MONTHS must be 1 or more, and SIGHTLINE_CALL_IN_WORKING_DAYS 0 or more."
    )

# For how many years after its purchase a system is a recent investment, how many years after a newer release came out
# the old one is out of date, and how many days ahead an end of support is called near.
RECENT_INVESTMENT_YEARS = env.int("SIGHTLINE_RECENT_INVESTMENT_YEARS", default=3)
OUT_OF_DATE_YEARS = env.int("SIGHTLINE_OUT_OF_DATE_YEARS", default=5)
SUPPORT_HORIZON_DAYS = env.int("SIGHTLINE_SUPPORT_HORIZON_DAYS", default=365)
if min(RECENT_INVESTMENT_YEARS, OUT_OF_DATE_YEARS, SUPPORT_HORIZON_DAYS) < 0:
    raise ImproperlyConfigured(
        "SIGHTLINE_RECENT_INVESTMENT_YEARS, SIGHTLINE_OUT_OF_DATE_YEARS and SIGHTLINE_SUPPORT_HORIZON_DAYS must be 0 or"
        " more."
    )
# Where the lifecycle data is loaded from every day: an address, a file, or “public” for endoflife.date; empty for not.
LIFECYCLE_FEED = env.str("SIGHTLINE_LIFECYCLE_FEED", default="").strip()
# How many installations the demonstration partnership is given.
DEMONSTRATION_INSTALLATIONS = env.int("SIGHTLINE_DEMONSTRATION_INSTALLATIONS", default=6000)

# What one person may send in one go. The reader of documents has the same bound.
UPLOAD_LIMIT_BYTES = env.int("SIGHTLINE_UPLOAD_LIMIT_MB", default=50) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

EMAIL_CONFIG = env.email_url_config(secrets.optional("EMAIL_URL", "consolemail://"))
vars().update(EMAIL_CONFIG)
# A mail server that does not answer holds up one letter for that long, and no page.
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.str("SIGHTLINE_FROM_EMAIL", default="sightline@localhost")

# Security. `manage.py check --deploy` is clean with HTTPS on; a test holds it.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
SECURE_SSL_REDIRECT = HTTPS
# Only a proxy in front may say that a request came by HTTPS; without one, anybody could.
BEHIND_PROXY = env.bool("SIGHTLINE_BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "sightline.project.views.csrf_failure"

LOGGING_CONFIG = "sightline.project.logs.configure"
LOGGING = {"level": env.str("SIGHTLINE_LOG_LEVEL", default="INFO")}

SIMPLE_HISTORY_REVERT_DISABLED = True
SILENCED_SYSTEM_CHECKS: list[str] = []

# New entries of the audit log are sealed with the first key; entries sealed with the others can still be checked.
AUDIT_KEYS = [key.encode() for key in secrets.several("SIGHTLINE_AUDIT_KEYS")]

# How long what is held of people is kept, in days; `sightline daily` carries it out. 0: as long as the installation.
RETENTION_DEFAULTS = {
    "closed-accounts": 730,
    "uploads": 180,
    "followers": 730,
    "sign-in-attempts": 90,
    "background-jobs": 30,
    "daily-runs": 730,
}
RETENTION_DAYS = {
    "closed-accounts": env.int("SIGHTLINE_KEEP_CLOSED_ACCOUNTS_DAYS", default=RETENTION_DEFAULTS["closed-accounts"]),
    "uploads": env.int("SIGHTLINE_KEEP_UPLOADS_DAYS", default=RETENTION_DEFAULTS["uploads"]),
    "followers": env.int("SIGHTLINE_KEEP_FOLLOWERS_DAYS", default=RETENTION_DEFAULTS["followers"]),
    "sign-in-attempts": env.int("SIGHTLINE_KEEP_SIGN_IN_ATTEMPTS_DAYS", default=RETENTION_DEFAULTS["sign-in-attempts"]),
    "background-jobs": env.int("SIGHTLINE_KEEP_BACKGROUND_JOBS_DAYS", default=RETENTION_DEFAULTS["background-jobs"]),
    "daily-runs": env.int("SIGHTLINE_KEEP_DAILY_RUNS_DAYS", default=RETENTION_DEFAULTS["daily-runs"]),
}

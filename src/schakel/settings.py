"""Django's settings: a plain reading of the environment, with nothing looked up on disk.

`schakel` (cli/database.py) fills in what a fresh machine does not give: the embedded database, and keys that
are made once. Without keys nothing starts, and without DATABASE_URL no query runs: it fails closed.
"""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

PACKAGE = Path(__file__).resolve().parent
APP_ROLE = "schakel_app"  # as in tenancy/walls.py, which cannot be imported before the settings exist


def _words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def login(url: str) -> dict[str, Any]:
    """Django's form of a PostgreSQL address."""
    parts = dict(conninfo_to_dict(url)) if url else {}
    return {
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": parts,
    }


def database(url: str, *, pooled: bool) -> dict[str, Any]:
    """The database at run time: whoever logs in, queries run as the role that owns nothing."""
    found = login(url)
    options = found["OPTIONS"]
    if found["USER"] != APP_ROLE:
        # By start-up option and not by Django's `assume_role`: Procrastinate opens connections of its own.
        options["options"] = f"{options.get('options', '')} -c role={APP_ROLE}".strip()
    if pooled:
        options["pool"] = {"min_size": 2, "max_size": THREADS + 2, "timeout": 10}
    return {"ENGINE": "django.db.backends.postgresql", "CONN_HEALTH_CHECKS": True, **found}


SECRET_KEY = os.environ.get("SCHAKEL_SECRET_KEY", "")
SCHAKEL_SEALING_KEYS = _words("SCHAKEL_SEALING_KEYS")  # the first seals, every one opens
THREADS = 4  # of each web process: cli/serve.py

DEBUG = False
ALLOWED_HOSTS = _words("SCHAKEL_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
# Loopback speaks plain HTTP; `schakel serve` sets this for a loopback address only.
PLAIN_HTTP = os.environ.get("SCHAKEL_PLAIN_HTTP") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "procrastinate.contrib.django",
    "schakel.tenancy",
    "schakel.records",
    "schakel.schemes",
    "schakel.links",
    "schakel.intake",
    "schakel.participation",
    "schakel.delivery",
    "schakel.reconciliation",
    "schakel.portal",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "schakel.portal.assets.StaticFiles",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "schakel.portal.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "schakel.portal.middleware.TenantMiddleware",
]

ROOT_URLCONF = "schakel.urls"
WSGI_APPLICATION = "schakel.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "schakel.portal.context.frame",
            ],
        },
    },
]

DATABASES = {
    "default": database(
        os.environ.get("DATABASE_URL", ""), pooled=os.environ.get("SCHAKEL_DATABASE_POOL") == "1"
    ),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PROCRASTINATE_IMPORT_PATHS = ["schakel.chain.jobs"]
PROCRASTINATE_ON_APP_READY = "schakel.chain.queue.be_patient"
PROCRASTINATE_WORKER_DEFAULTS = {"update_heartbeat_interval": 10, "stalled_worker_timeout": 30}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600  # the reader's choice stays
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [PACKAGE / "portal" / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "/static/"
# Served straight from the package: nothing has to be collected before the first start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
COMPRESSED_FILES = os.environ.get(
    "SCHAKEL_STATIC", ""
)  # a folder for compressed copies; `schakel serve` names one
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "schakel.portal.assets.StampedStaticFiles"},
}

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # people are added by whoever manages access; nobody signs up alone
ACCOUNT_ADAPTER = "schakel.portal.accounts.ClosedDoor"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 3600
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 365 * 24 * 3600
SECURE_SSL_REDIRECT = False  # the proxy in front does this; it alone knows the outer address
SECURE_PROXY_SSL_HEADER = None if PLAIN_HTTP else ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "schakel.cli.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Django's own handlers would print whole tracebacks, and mail them.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        # These write whole envelopes when asked for more: tokens, names, numbers.
        "zeep": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
    },
}

"""Settings: every value comes from the environment, with a default that runs on a laptop.

Documented in `docs/reference/settings.md`; a test fails when a name is missing there.
"""

from __future__ import annotations

import os
from pathlib import Path

from motcua.site.databases import database
from motcua.site.environment import flag, folder, number, one_of, secret, zone
from motcua.site.systems import SYSTEMS

MOTCUA_HOME = folder("MOTCUA_HOME", Path("var"))
MOTCUA_KEYS = folder("MOTCUA_KEYS", MOTCUA_HOME / "keys")
MOTCUA_FILES = folder("MOTCUA_FILES", MOTCUA_HOME / "files")
MOTCUA_WITNESS = folder("MOTCUA_WITNESS", MOTCUA_HOME / "witness")
MOTCUA_BACKUPS = folder("MOTCUA_BACKUPS", MOTCUA_HOME / "backups")
MOTCUA_BACKUPS_KEEP = number("MOTCUA_BACKUPS_KEEP", 14)
MOTCUA_BACKUPS_NIGHTLY = flag("MOTCUA_BACKUPS_NIGHTLY")
MOTCUA_BACKUPS_PASSPHRASE = os.environ.get("MOTCUA_BACKUPS_PASSPHRASE", "")
MOTCUA_SAMPLE = flag("MOTCUA_SAMPLE")
MOTCUA_PUBLIC_ADDRESS = os.environ.get("MOTCUA_PUBLIC_ADDRESS", "http://127.0.0.1:8000")
MOTCUA_MAX_UPLOAD_BYTES = number("MOTCUA_MAX_UPLOAD_BYTES", 20 * 1024 * 1024)
MOTCUA_MAX_BODY_BYTES = number("MOTCUA_MAX_BODY_BYTES", 256 * 1024 * 1024)
MOTCUA_BODY_BYTES_PER_SECOND = number("MOTCUA_BODY_BYTES_PER_SECOND", 500)
MOTCUA_BODY_SECONDS = number("MOTCUA_BODY_SECONDS", 1800)
MOTCUA_PROXIES = number("MOTCUA_PROXIES", 0)
MOTCUA_STRANGER_BYTES_PER_HOUR = number("MOTCUA_STRANGER_BYTES_PER_HOUR", 256 * 1024 * 1024)
MOTCUA_STRANGERS_BYTES_PER_DAY = number("MOTCUA_STRANGERS_BYTES_PER_DAY", 10 * 1024**3)
MOTCUA_SCANNER = os.environ.get("MOTCUA_SCANNER", "")
MOTCUA_SIGNING = os.environ.get("MOTCUA_SIGNING", "")
MOTCUA_SIGNING_TSA = os.environ.get("MOTCUA_SIGNING_TSA", "")
MOTCUA_DRAFT_DAYS = number("MOTCUA_DRAFT_DAYS", 30)
MOTCUA_DRAFT_BYTES = number("MOTCUA_DRAFT_BYTES", 200 * 1024 * 1024)
MOTCUA_SYSTEMS = SYSTEMS
MOTCUA_ACCESS_LOG_DAYS = number("MOTCUA_ACCESS_LOG_DAYS", 730)
MOTCUA_READERS_NAMED = flag("MOTCUA_READERS_NAMED")
MOTCUA_RATING_CHANGE_DAYS = number("MOTCUA_RATING_CHANGE_DAYS", 7)
MOTCUA_RATINGS_SHOWN_FROM = number("MOTCUA_RATINGS_SHOWN_FROM", 5)
MOTCUA_FIGURES_SHOWN_FROM = number("MOTCUA_FIGURES_SHOWN_FROM", 5)
MOTCUA_SAMPLE_CITY = one_of("MOTCUA_SAMPLE_CITY", "hanoi", "quang-ninh")
MOTCUA_AREAS = os.environ.get("MOTCUA_AREAS", MOTCUA_SAMPLE_CITY).split(",")
MOTCUA_COUNTRY = os.environ.get("MOTCUA_COUNTRY", "VN")


def _secret() -> str:
    from motcua.site.secret import django_secret  # noqa: PLC0415 - reads and may make a key file

    return django_secret(MOTCUA_KEYS)


SECRET_KEY = _secret()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("MOTCUA_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "motcua.core.limits",
    "motcua.core.ledger",
    "motcua.core.procedures",
    "motcua.core.people",
    "motcua.core.jobs",
    "motcua.core.exchange",
    "motcua.core.accounts",
    "motcua.core.agencies",
    "motcua.core.areas",
    "motcua.core.desks",
    "motcua.core.clock",
    "motcua.core.access",
    "motcua.core.facts",
    "motcua.core.files",
    "motcua.core.search",
    "motcua.core.fees",
    "motcua.core.idempotency",
    "motcua.core.dossiers",
    "motcua.core.drafts",
    "motcua.core.talks",
    "motcua.core.letters",
    "motcua.core.documents",
    "motcua.core.ratings",
    "motcua.core.queueing",
    "motcua.core.figures",
    "motcua.core.takeover",
    "motcua.core.migrating",
    "motcua.core.linked",
    "motcua.core.catalogue",
    "motcua.core.redating",
    "motcua.core.reform",
    "motcua.core.exports",
    "motcua.core.bulk",
    "motcua.core.registers",
    "motcua.core.official",
    "motcua.core.erasure",
    "motcua.core.backups",
    "motcua.core.staff",
    "motcua.core.upkeep",
    "motcua.faces.ui",
    "motcua.faces.portal",
    "motcua.faces.desk",
    "motcua.faces.api",
    *SYSTEMS,
]

MIDDLEWARE = [
    "motcua.faces.ui.middleware.HeadersMiddleware",
    "motcua.faces.ui.middleware.PackingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "motcua.faces.ui.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "motcua.faces.ui.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "motcua.site.urls"
WSGI_APPLICATION = "motcua.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "motcua.faces.ui.context.house",
            ],
        },
    }
]

DATABASES = {
    "default": database(
        secret("MOTCUA_DATABASE", str(MOTCUA_HOME / "motcua.sqlite3")),
        synchronous=one_of("MOTCUA_SYNCHRONOUS", "NORMAL", "FULL"),
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/dang-nhap"
MOTCUA_SESSION_IDLE_MINUTES = number("MOTCUA_SESSION_IDLE_MINUTES", 60)
MOTCUA_SESSION_HOURS = number("MOTCUA_SESSION_HOURS", 10)
MOTCUA_SIGN_AGAIN_MINUTES = number("MOTCUA_SIGN_AGAIN_MINUTES", 15)
MOTCUA_BINDINGS_DAYS = number("MOTCUA_BINDINGS_DAYS", 90)
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_AGE = MOTCUA_SESSION_HOURS * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
_HTTPS = MOTCUA_PUBLIC_ADDRESS.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if MOTCUA_PROXIES else None
CSRF_TRUSTED_ORIGINS = [MOTCUA_PUBLIC_ADDRESS]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# One policy for every answer, so it is a word and no middleware: pages hold no inline script or
# style, and nothing from elsewhere is loaded.
MOTCUA_ANSWER_HEADERS = {
    "Cache-Control": "private, no-store",  # where nothing else is said, as of static files
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
        " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
TIME_ZONE = zone("MOTCUA_TIME_ZONE", "Asia/Ho_Chi_Minh")
USE_TZ = True
USE_I18N = True

MOTCUA_PHONE_GATEWAY = os.environ.get("MOTCUA_PHONE_GATEWAY", "sample" if MOTCUA_SAMPLE else "")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = number("EMAIL_PORT", 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = secret("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_USE_SSL = flag("EMAIL_USE_SSL")
EMAIL_TIMEOUT = number("EMAIL_TIMEOUT", 20)
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "webmaster@localhost")

STATIC_URL = "/static/"
STATIC_ROOT = None  # served from the packages themselves, scanned once at the start
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

_LOG_LEVEL = one_of("MOTCUA_LOG_LEVEL", "WARNING", "DEBUG", "INFO", "ERROR", "CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": _LOG_LEVEL},
    # What it warns of is what a look at a file finds, and is shown as that.
    "loggers": {name: {"level": "CRITICAL"} for name in ("pyhanko", "pyhanko_certvalidator")},
}

"""What every use of Pulih shares. Values that differ come from the environment."""

from __future__ import annotations

import os
from pathlib import Path

import environ

from pulih.common.keyring import read_key_file

env = environ.Env()

PACKAGE = Path(__file__).resolve().parents[2]
PULIH_DATA = Path(os.environ.get("PULIH_DATA", Path.home() / ".local/share/pulih"))
PULIH_KEY_FILE = Path(os.environ.get("PULIH_KEY_FILE", PULIH_DATA / "keys" / "pulih.key.json"))
# Where the daily backup goes; best on another disk.
PULIH_BACKUPS = Path(os.environ.get("PULIH_BACKUPS", PULIH_DATA / "backups"))
PULIH_DEMO = False
# Long work starts a second process of its own where there is a second core to run it.
PULIH_HELPERS = env.bool("PULIH_HELPERS", default=(os.cpu_count() or 1) > 1)

SECRET_KEY = read_key_file(PULIH_KEY_FILE).secret_key
DEBUG = False
ALLOWED_HOSTS = env.list("PULIH_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("PULIH_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "django_tables2",
    "django_filters",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_tasks",
    "django_tasks_db",
    "pulih.common",
    "pulih.access",
    "pulih.files",
    "pulih.inbox",
    "pulih.papers",
    "pulih.people",
    "pulih.cases",
    "pulih.exchange",
    "pulih.desk",
    "pulih.privacy",
    "pulih.ui",
    "pulih.config",
    # After ours, whose templates go before theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    # Before everything else: what they write stands on every answer, static files included.
    "pulih.config.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Before the check of the form's token, which reads the whole body.
    "pulih.common.uploads.UploadMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pulih.config.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pulih.access.sitting.SittingMiddleware",
    "pulih.config.middleware.DoorMiddleware",
    "pulih.config.middleware.PurposeMiddleware",
    "pulih.access.watching.TrailMiddleware",
    "pulih.config.writes.WritesMiddleware",
]

ROOT_URLCONF = "pulih.config.urls"
WSGI_APPLICATION = "pulih.config.wsgi.application"

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
                "pulih.config.menu.page",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "ui/table.html"

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{PULIH_DATA / 'pulih.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "pulih.config.sqlite3"
    DATABASES["default"]["OPTIONS"] = {
        # Only commands may make the file: a server that lost its disk must not start another.
        "must_exist": env.bool("PULIH_SERVING", default=False),
        # Writers queue at BEGIN instead of failing in the middle; FULL keeps what was acknowledged.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            # An import writes the same pages again and again: they go home once in 32 MB.
            " PRAGMA cache_size=-32000; PRAGMA wal_autocheckpoint=8000;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Nobody waits for minutes on a server that is away, or on a lock that is never given up.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "options": "-c lock_timeout=20s",
        **DATABASES["default"].get("OPTIONS", {}),
    }
# Attempts are counted and used codes remembered here. SQLite has one server process, whose memory
# holds them; servers on PostgreSQL may be several and share a table.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if DATABASES["default"]["ENGINE"].endswith("sqlite3")
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["pulih.access.backend.OfficeBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "day"
# Log in by user name; nobody signs up, and no address of e-mail is needed anywhere.
ACCOUNT_ADAPTER = "pulih.access.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
# Counted before a password is hashed; the key holds account and address together.
ACCOUNT_RATE_LIMITS = {
    # A whole office may come from one address, and all of it logs in at eight.
    "login": "240/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
}
# Only as many proxies as are declared may say where a request comes from.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PULIH_PROXIES", default=0)
MFA_ADAPTER = "pulih.access.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "pulih.access.codes.OnceAuthenticateForm",
    "reauthenticate": "pulih.access.codes.OnceReauthenticateForm",
}
MFA_TOTP_ISSUER = "Pulih"
# Clocks of telephones drift; a code is accepted once, so that the wider window gives nothing away.
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TRUST_ENABLED = False
USERSESSIONS_TRACK_ACTIVITY = False
PULIH_SECOND_FACTOR = True
PULIH_STEP_UP = True
PULIH_ASK_PURPOSE = True
PULIH_IDLE_SECONDS = 15 * 60
PULIH_SESSION_SECONDS = 8 * 60 * 60
LOGOUT_REDIRECT_URL = "login"
# What the auditor's list calls unusual: hours outside of these, days beside Monday to Friday (0 to
# 4), and so many openings of sealed records by one user in a day.
PULIH_OFFICE_HOURS = tuple(env.list("PULIH_OFFICE_HOURS", cast=int, default=[7, 17]))
PULIH_OFFICE_DAYS = tuple(env.list("PULIH_OFFICE_DAYS", cast=int, default=[0, 1, 2, 3, 4]))
PULIH_MANY_SEALED = env.int("PULIH_MANY_SEALED", default=10)
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "pulih.access.passwords.OfficeWordsValidator"},
]

SESSION_COOKIE_AGE = PULIH_SESSION_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
# Nothing is told to other sites. Not `no-referrer`: browsers then send forms with `Origin: null`,
# which the check against forged requests refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATIC_URL = "static/"
STATIC_ROOT = PULIH_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = PULIH_DATA / "files"
# Uploads are received in memory: nothing of them lies on a disk before it is encrypted.
FILE_UPLOAD_HANDLERS = ["pulih.common.uploads.MemoryHandler"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "import"]}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A page that is not somebody's is everyday; only faults of ours deserve a traceback.
    "loggers": {"django.request": {"level": "ERROR"}},
}

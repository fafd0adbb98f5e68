"""The only settings module. Nothing set means: embedded, safe, DEBUG off. See .env.example."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from mlmcrm import env

# --- where things are ------------------------------------------------------------------------

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

PORT = env.number("PORT", default=8000, least=1, most=65535)
BASE_URL = env.web_address("BASE_URL", f"http://127.0.0.1:{PORT}")
HTTPS = BASE_URL.startswith("https://")
DATABASE_URL = env.text("DATABASE_URL")
REDIS_URL = env.text("REDIS_URL")
EMAIL_URL = env.text("EMAIL_URL")

# --- core ------------------------------------------------------------------------------------

DEBUG = env.flag("DEBUG", default=False)
DEMO = env.flag("DEMO", default=False)
SECRET_KEY = env.secret("SECRET_KEY", file=DATA_DIR / "secret_key", required=bool(DATABASE_URL))
LINK_KEY = env.secret("LINK_KEY", file=DATA_DIR / "link_key", required=bool(DATABASE_URL))
ALLOWED_HOSTS = env.names(
    "ALLOWED_HOSTS", [urlsplit(BASE_URL).hostname or "", "localhost", "127.0.0.1"]
)
CSRF_TRUSTED_ORIGINS = [BASE_URL]
ROOT_URLCONF = "mlmcrm.urls"
WSGI_APPLICATION = "mlmcrm.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Tests move the clock and quicken the bell; nobody else may.
TEST_RUN = env.flag("TEST_RUN", default=False)
FOR_TESTS = ("TEST_CLOCK_SHIFT", "TEST_BEAT_SECONDS", "TEST_OUTBOX")
if not TEST_RUN and any(map(env.text, FOR_TESTS)):
    raise env.Refused(f"{', '.join(FOR_TESTS)} are for tests (TEST_RUN=1) alone.")
DAY = 24 * 60 * 60
CLOCK_SHIFT = timedelta(
    seconds=env.number("TEST_CLOCK_SHIFT", default=0, least=-400 * DAY, most=400 * DAY)
)

INSTALLED_APPS = [
    "mlmcrm",
    "events",
    "customers",
    "partners",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "partners.middleware.private_pages_stay_private",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "partners.middleware.login_page_for_htmx",
    "partners.middleware.PartnerMiddleware",  # last: it calls the view inside its transaction
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "partners.context_processors.house",
            ],
            "builtins": [
                "django.templatetags.cache",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "partners.templatetags.addresses",
                "template_partials.templatetags.partials",
            ],
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# --- data ------------------------------------------------------------------------------------

DATABASES = {"default": env.database(DATABASE_URL, sqlite_path=DATA_DIR / "mlmcrm.sqlite3")}

CACHES = {
    "default": {
        "BACKEND": "mlmcrm.cache.RedisOrMemory",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "mlmcrm",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # The parts of a page that are the same for everybody, as one process renders them once.
    "frame": {
        "BACKEND": "django.core.cache.backends.dummy.DummyCache"
        if DEBUG
        else "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "frame",
    },
}

# --- Celery: an alarm clock, never a memory ----------------------------------------------------

# Kombu spells the address of a Unix socket differently from the Redis client.
CELERY_BROKER_URL = (
    REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
    if REDIS_URL
    else "memory://"
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # however long Redis is away, the worker waits for it
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
BELL = env.number("TEST_BEAT_SECONDS", default=5, least=1, most=60)
# --- people ------------------------------------------------------------------------------------

AUTH_USER_MODEL = "partners.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
AUTHENTICATION_BACKENDS = ["partners.adapters.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
TERMS_VERSION = "2026-11"
OFFICE_MFA = env.choice(
    "OFFICE_MFA", {"required", "optional"}, default="optional" if DEMO else "required"
)

# allauth asks the cache for its rate limits; whom it counts is the client before our one proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = int(HTTPS)
ACCOUNT_ADAPTER = "partners.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the office names the address, an invitation proves it
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_FORMS = {
    "login": "partners.forms.accounts.LoginForm",
    "reauthenticate": "partners.forms.accounts.ReauthenticateForm",
    "change_password": "partners.forms.accounts.ChangePasswordForm",
    "set_password": "partners.forms.accounts.SetPasswordForm",
    "reset_password": "partners.forms.accounts.ResetPasswordForm",
    "reset_password_from_key": "partners.forms.accounts.ResetPasswordKeyForm",
    "add_email": "partners.forms.accounts.AddEmailForm",
}
MFA_ADAPTER = "partners.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up with somebody else's address: all are invited
MFA_TOTP_ISSUER = "Kundenkreis"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_FORMS = {
    "authenticate": "partners.forms.accounts.AuthenticateForm",
    "reauthenticate": "partners.forms.accounts.ReauthenticateByCodeForm",
    "activate_totp": "partners.forms.accounts.ActivateTOTPForm",
    "add_webauthn": "partners.forms.accounts.AddWebAuthnForm",
    "edit_webauthn": "partners.forms.accounts.EditWebAuthnForm",
}

# --- mail --------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"noreply@{urlsplit(BASE_URL).hostname}")
MAIL_DIR = DATA_DIR / "mail"
if EMAIL_URL:
    globals().update(env.email(EMAIL_URL))
else:
    EMAIL_BACKEND = "partners.mailbox.MailboxBackend"

# The outbox, in seconds where nothing else is said; tests live faster.
OUTBOX: dict[str, Any] = {
    "BATCH": 100,
    "BATCH_SECONDS": 5,  # then a slow batch goes back, and what is urgent is claimed first
    "ROUND": 30,  # then other bells are heard
    "LEASE": 120,
    "HANDOFF_LEASE": 900,  # longer than the mail server may think about the final dot
    "CONNECT_TIMEOUT": 10,
    "COMMAND_TIMEOUT": 30,
    "DOT_TIMEOUT": 600,  # RFC 5321 4.5.3.2.6
    "BACKOFF": [60, 300, 900, 3600, 4 * 3600],
    "WITHDRAWN_PAUSE": 1,
    "AMBIGUOUS": 3,  # so often without an answer, and a reminder waits for its partner's decision
    "GATE_PAUSE": 60,
    "GATE_LONGEST": 600,
    "REFUSALS": 20,  # in a row, then the gate closes
    "CONNECTIONS": 16,  # of one worker, as far as the mail server grants them
    "MAILS_PER_CONNECTION": 500,
    "JOB_LEASE": 60,
    "JOB_SLICE": 5,
    "JOB_PAUSE": 60,  # after a fault
} | env.values("TEST_OUTBOX")
EMAIL_TIMEOUT = OUTBOX["CONNECT_TIMEOUT"]

# --- language and time -------------------------------------------------------------------------

LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("German")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "mlmcrm.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
PHONE_REGION = "DE"  # a number without a country code is dialled from here

# --- files -------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TEST_RUN
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TEST_RUN
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# --- security ----------------------------------------------------------------------------------

# The names and flags of the cookies follow from the scheme people really use.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * DAY
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "mlmcrm.views.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * DAY if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSP_OWN = ("script", "style", "font", "connect", "manifest", "worker", "frame")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **{f"{kind}-src": [SELF] for kind in CSP_OWN},
        "default-src": [NONE],
        "img-src": [SELF, "data:"],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# --- what is written down ----------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.server": {"level": "WARNING"}, "fontTools": {"level": "WARNING"}},
}

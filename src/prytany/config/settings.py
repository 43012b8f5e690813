"""All settings, read from the environment; docs/configuration.md lists the variables."""

import contextlib
import os
import secrets
import sys
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from prytany.config import env

PACKAGE_DIR = Path(__file__).resolve().parents[1]
VAR_DIR = Path(env.text("PRYTANY_VAR", "var")).absolute()

DEBUG = env.flag("PRYTANY_DEBUG")
DEMO = env.flag("PRYTANY_DEMO")
TESTING = "pytest" in sys.modules


def _own_secret_key() -> str:
    """Return the key made on the first start and kept, readable by this user only, in `var/`."""
    path = VAR_DIR / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".secret-key.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):  # of two processes that start together, one wins
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()


_given_key = env.text("PRYTANY_SECRET_KEY")
SECRET_KEY = "test-only" if TESTING else _given_key or _own_secret_key()
# The demo answers under any name, so that it can be shown to the next desk; a real office names its own.
ALLOWED_HOSTS = env.words("PRYTANY_HOSTS", "*" if DEMO else "localhost,127.0.0.1,[::1]")
BASE_URL = env.text("PRYTANY_BASE_URL", "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []
HTTPS = BASE_URL.startswith("https://")

INSTALLED_APPS = [
    "prytany.core",
    "prytany.jobs",
    "prytany.audit",
    "prytany.organisation",
    "prytany.rules",
    "prytany.workdays",
    "prytany.accounts",
    "prytany.sheets",
    "prytany.files",
    "prytany.search",
    "prytany.notifications",
    "prytany.documents",
    "prytany.work",
    "prytany.intake",
    "prytany.reporting",
    "prytany.demo",
    "prytany.operations.apps.OperationsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "prytany.operations.apps.StaticConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "bs_icon_templates",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "prytany.core.middleware.RequestId",
    "prytany.core.middleware.PackPages",
    "prytany.core.middleware.FetchRedirects",
    "prytany.operations.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "prytany.accounts.middleware.ScopeMiddleware",
    "prytany.accounts.middleware.LanguageMiddleware",
    "prytany.accounts.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "prytany.core.middleware.DomainErrors",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "prytany.config.urls"
WSGI_APPLICATION = "prytany.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "prytany.core.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "prytany.core.templatetags.prytany",
                "prytany.rules.templatetags.rules",
                "prytany.documents.templatetags.papers",
            ],
        },
    }
]

DATABASES = {"default": env.database(env.text("PRYTANY_DATABASE", f"sqlite:///{VAR_DIR}/prytany.sqlite3"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entry"},
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "prytany.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "prytany.accounts.forms.SignInForm",
    "change_password": "prytany.accounts.forms.ChangePasswordForm",
    "reauthenticate": "prytany.accounts.forms.ConfirmPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# Axes is the one lock on passwords; `login_failed` then only slows guessing of second factors, account by account.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "10/5m/key"}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Prytany"
MFA_TOTP_TOLERANCE = 1
MFA_ADAPTER = "prytany.accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "prytany.accounts.forms.SecondFactorForm",
    "reauthenticate": "prytany.accounts.forms.ConfirmCodeForm",
    "activate_totp": "prytany.accounts.forms.ActivateAppForm",
    "deactivate_totp": "prytany.accounts.forms.RemoveAppForm",
    "generate_recovery_codes": "prytany.accounts.forms.RenewCodesForm",
    "add_webauthn": "prytany.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "prytany.accounts.forms.RenamePasskeyForm",
}
# Second factor demanded of roles that rule others' work or accounts; the demo switches it off.
MFA_REQUIRED = env.flag("PRYTANY_MFA_REQUIRED", default=not DEMO)

# How many proxies of our own stand before the server; without any, what X-Forwarded-For says is not believed.
PROXIES = env.number("PRYTANY_PROXIES", 0)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "prytany.accounts.throttling.username_of"
AXES_DISABLE_ACCESS_LOG = True  # the log has its own entries
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "prytany.accounts.throttling.address_of"

SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "prytany_session"
CSRF_COOKIE_NAME = "prytany_csrf"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "prytany.core.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGES = [
    ("vi", "Tiếng Việt"),
    ("en", "English"),
    ("fr", "Français"),
    ("hi", "हिन्दी"),
    ("ar", "العربية"),
    ("ur", "اردو"),
]
LANGUAGE_CODE = env.choice("PRYTANY_LANGUAGE", "vi", dict(LANGUAGES))
LANGUAGE_COOKIE_NAME = "prytany_language"
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = env.time_zone("PRYTANY_TIME_ZONE", "Asia/Ho_Chi_Minh")
USE_TZ = True
FORMAT_MODULE_PATH = ["prytany.core.formats"]

BUILD_DIR = Path(env.text("PRYTANY_BUILD", ".build")).absolute()
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [("build", BUILD_DIR / "static")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "prytany.core.storage.StaticFiles"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG or TESTING
FILES_DIR = VAR_DIR / "files"
UPLOAD_MAX_BYTES = env.number("PRYTANY_UPLOAD_MIB", 50) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "prytany.files.upload_handlers.LimitedFileUploadHandler",
]

EMAIL_HOST = env.text("PRYTANY_SMTP_HOST")
EMAIL_PORT = env.number("PRYTANY_SMTP_PORT", 587)
EMAIL_HOST_USER = env.text("PRYTANY_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("PRYTANY_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("PRYTANY_SMTP_TLS", default=True)
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "prytany.operations.mail.LogBackend"
DEFAULT_FROM_EMAIL = env.text("PRYTANY_MAIL_FROM", "prytany@localhost")

TASKS = {
    "default": {
        "BACKEND": "prytany.jobs.backend.QueueBackend",
        "QUEUES": ["default", "mail", "text", "index"],
    }
}

# Processes that answer requests, threads in each, and the size at which a process is replaced.
WEB_WORKERS = env.number("PRYTANY_WEB_WORKERS", 2)
WEB_THREADS = env.number("PRYTANY_WEB_THREADS", 2)
WEB_MAX_MEMORY_MIB = env.number("PRYTANY_WEB_MAX_MEMORY_MIB", 400)
# A worker starts afresh after so many jobs, or when a job has left it this large.
WORKER_MAX_JOBS = env.number("PRYTANY_WORKER_MAX_JOBS", 2000)
# How long a job is left with a worker that gives no sign of life.
WORKER_LEASE_SECONDS = env.number("PRYTANY_WORKER_LEASE_SECONDS", 60)
WORKER_MAX_MEMORY_MIB = env.number("PRYTANY_WORKER_MAX_MEMORY_MIB", 192)

# The worker's own backup: when (empty: never), where, and how many are kept.
BACKUP_AT = env.clock("PRYTANY_BACKUP_AT", "01:30")
BACKUP_DIR = Path(env.text("PRYTANY_BACKUP_DIR", str(VAR_DIR / "backups"))).absolute()
BACKUP_KEEP = max(1, env.number("PRYTANY_BACKUP_KEEP", 3))

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "prytany.core.logs.RequestIdFilter"}},
    "formatters": {"json": {"()": "prytany.core.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["request_id"]}},
    "root": {"handlers": ["stderr"], "level": env.choice("PRYTANY_LOG_LEVEL", "INFO", LOG_LEVELS)},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "axes": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
    },
}

# A second reader of texts: an OpenAI-compatible address, its model and key. Without both of the first two it is off.
SECOND_READER_URL = env.address("PRYTANY_SECOND_READER_URL")
SECOND_READER_MODEL = env.text("PRYTANY_SECOND_READER_MODEL")
SECOND_READER_KEY = env.text("PRYTANY_SECOND_READER_KEY")
SECOND_READER_SECONDS = min(max(1, env.number("PRYTANY_SECOND_READER_SECONDS", 60)), 240)

# The key that signs the log's heads lies outside the database; heads are appended to a file that can be carried off.
KEYS_DIR = VAR_DIR / "keys"
AUDIT_HEADS_FILE = Path(env.text("PRYTANY_AUDIT_HEADS", str(VAR_DIR / "audit-heads.jsonl"))).absolute()

# The office's own font for official papers, and the folder it lies in; without them what comes with the packages.
PAPER_FONT = env.text("PRYTANY_PAPER_FONT")
PAPER_FONTS = env.text("PRYTANY_PAPER_FONTS", "/usr/share/fonts")
RULES_JURISDICTION = env.text("PRYTANY_JURISDICTION", "vietnam")
# The name shown before letterhead and units are set up.
PRODUCT_NAME = _("Prytany")

if TESTING:
    # Tests read the sentences of the source, whatever the language of the person; `tests/test_catalogues.py` holds the
    # catalogues themselves.
    LOCALE_PATHS = []
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    MFA_REQUIRED = False
    SECOND_READER_URL = SECOND_READER_MODEL = SECOND_READER_KEY = ""

# Every variable that was asked for above: `prytany check` warns of others.
KNOWN_VARIABLES = env.ASKED

"""Settings. Everything an operator may set comes from the environment and is listed in docs/settings.md."""

import os
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from rihma.realtime.settings import Settings
from rihma.site import areas
from rihma.site.log import logging_settings
from rihma.site.mail import mailers
from rihma.site.secrets import secret_key
from rihma.site.slots import SLOTS as SLOTS  # noqa: PLC0414 - this is what makes it a setting

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("RIHMA_DATA", "data")).resolve()
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)

PORT = int(os.environ.get("RIHMA_PORT", "8000"))
BASE_URL = os.environ.get("RIHMA_BASE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
HOST = urlsplit(BASE_URL).hostname or "localhost"
HTTPS = BASE_URL.startswith("https://")
# Names of this machine, where plain HTTP is allowed because nothing goes over a network.
LOOPBACK = ["localhost", "127.0.0.1", "::1"]
ON_LOOPBACK = HOST in LOOPBACK
DEBUG = os.environ.get("RIHMA_DEBUG") == "1"
# The demo shows sign-in codes on the page and keeps mail in a folder: never on a server with real people.
DEMO = os.environ.get("RIHMA_DEMO") == "1"
SECRET_KEY = secret_key(DATA)
# Still believed, so that a new key signs nobody out.
SECRET_KEY_FALLBACKS = os.environ.get("RIHMA_OLD_SECRET_KEYS", "").split()
ALLOWED_HOSTS = [
    HOST,
    *(["localhost", "127.0.0.1", "[::1]"] if ON_LOOPBACK else []),
    *os.environ.get("RIHMA_HOSTS", "").split(),
]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

AREAS, PROGRAMME_FILE_SECTIONS, PROGRAMME_KEPT = areas.AREAS, areas.PROGRAMME_FILE_SECTIONS, areas.PROGRAMME_KEPT
PROGRAMME_ERASERS, APPLICATION_WITHDRAWN = areas.PROGRAMME_ERASERS, areas.APPLICATION_WITHDRAWN
# Names and titles of the canvases that a programme may choose from.
CANVAS_KIND_CHOICES = "rihma.canvases.programme_file.choices"
# Keeps the kinds of canvas that programmes made themselves.
# One style sheet for each layout and the list, since no area below knows what others put on the page of a canvas.
CANVAS_SHEETS = "site/canvas"
CANVAS_KINDS_BESIDE = "rihma.tailoring.shelf.SHELF"
# What stands at an item, or was put on a canvas by somebody, and goes when their words are erased.
CANVAS_ERASERS = {
    "item": ["rihma.attachments.actions.erase_of_item", "rihma.talk.erasing.erase_of_item"],
    "writer": [
        "rihma.attachments.actions.erase_of_writer",
        "rihma.talk.erasing.erase_of_writer",
        "rihma.brainwriting.erasing.erase_of_writer",
    ],
}
# What areas above keep of a canvas, and what is taken out and brought in with it.
CANVAS_BESIDE = ["rihma.talk.beside.BESIDE", "rihma.facilitation.beside.BESIDE", "rihma.attachments.beside.BESIDE"]
# How long each change on a canvas is kept with all it said (canvases/trimming.py); 0 is for ever, as for the demo's old round.
CANVAS_HISTORY_DAYS = int(os.environ.get("RIHMA_HISTORY_DAYS", "0" if DEMO else "400"))
# Says whether an application to a call has been sent: after that its rules cannot become stricter.
CALL_ANSWERED = "rihma.applications.queries.is_answered"
CALL_READ = "rihma.reviews.queries.is_begun"  # after that its criteria stand
# What a question offers that asks which challenge an application takes up: asked in the same way.
CALL_CHALLENGES = "rihma.challenges.options.options_of"
# When the service could not be used, so that what arrived late can be judged: asked in the same way.
OUTAGES = "rihma.site.outages.between"
CALL_ANNOUNCED = "rihma.selection.queries.is_announced"  # whether all have been told: after that its times stay
RULES_CHANGED = "rihma.teams.again.rules_changed"  # what follows when a programme's rules have changed
# Whose webhooks are, where they may go besides the internet, and who vouches for certificates there.
WEBHOOK_HOME = "rihma.programmes.webhook_home.HOME"
WEBHOOK_NETWORKS = [ip_network(each) for each in os.environ.get("RIHMA_WEBHOOK_NETWORKS", "").split()]
WEBHOOK_CA = os.environ.get("RIHMA_WEBHOOK_CA") or None
TEAM_ANSWERS = "rihma.applications.queries.answers_of_teams"  # what teams answered: their rules reckon with it
ORGANISATIONS_CHANGED = "rihma.teams.again.organisations_changed"
# What is done with each application that arrives, in the same transaction as its receipt.
APPLICATION_RECEIVED = ["rihma.records.actions.register", "rihma.applications.searching.gather_soon"]
INSTALLED_APPS = [
    *(f"rihma.{area}" for area in AREAS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_tasks_db",
    "allauth",
    "allauth.account",
]
MIDDLEWARE = [
    "rihma.site.middleware.RequestLog",
    "rihma.site.middleware.Headers",
    "rihma.site.middleware.Probes",
    "django.middleware.security.SecurityMiddleware",
    # Each answer gets a length of its own at random, so that no secret can be guessed from it (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "rihma.accounts.middleware.SessionLimits",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "rihma.site.once.Once",
    "rihma.base.middleware.RefusedMiddleware",
]
ROOT_URLCONF = "rihma.site.urls"
WSGI_APPLICATION = "rihma.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.csp",
                "django.template.context_processors.i18n",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rihma.base.context.page",
            ],
            "libraries": dict.fromkeys(("i18n", "static"), "rihma.base.templatetags.once"),
        },
    }
]
FORM_RENDERER = "rihma.base.widgets.Renderer"

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA / 'rihma.sqlite3'}", conn_max_age=600, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A transaction takes the write lock at once: upgrading later fails without waiting (kolibri #13878).
        "transaction_mode": "IMMEDIATE",
        # SQLite lets writers in without any order: where many wait, 15 s were too few for one in 600.
        "timeout": 60,
        "cached_statements": 1000,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# The worker is a thread of the server, unless `rihma worker` runs elsewhere.
WORKER = os.environ.get("RIHMA_WORKER", "1") == "1"
# Few, because each request at work holds a database connection.
THREADS = int(os.environ.get("RIHMA_THREADS", "4"))
# Only their word on the reader's address and on https is believed, because anybody can send these headers.
PROXIES = os.environ.get("RIHMA_PROXIES", "127.0.0.1 ::1").split()
BIND = os.environ.get("RIHMA_BIND", "127.0.0.1")

LOGGING = logging_settings(
    os.environ.get("RIHMA_LOG_LEVEL", "WARNING" if DEMO else "INFO").upper(), plain=DEMO or DEBUG
)

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["rihma.accounts.sessions.Backend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
# The law asks for these two before anything goes public.
NATIONAL_LANGUAGES = ("fi", "sv")
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "rihma.site.frontend.FrontendFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "rihma.site.static.HashedFiles"},
}

MAIL_DIR = DATA / "mail"
SMTP_URL = os.environ.get("RIHMA_SMTP_URL", "")
MAILERS = mailers(SMTP_URL, MAIL_DIR)
DEFAULT_FROM_EMAIL = os.environ.get("RIHMA_MAIL_FROM", "rihma@localhost")
MAIL_REPLY_TO = os.environ.get("RIHMA_MAIL_REPLY_TO", "")

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_ENGINE = "rihma.accounts.sessions"
# A session ends a week after it was last used, and at the latest 30 days after it began.
SESSION_COOKIE_AGE = 7 * 24 * 3600
SESSION_LONGEST = timedelta(days=30)
SESSION_TOUCHED_EVERY = timedelta(hours=1)
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
# Whose it is what was typed after a session had ended (accounts/writers.py).
WRITER_COOKIE_NAME = "__Host-writer" if HTTPS else "writer"
# Guests of a link are known by this; what a link opens, the area of the thing says.
GUEST_COOKIE_NAME = "__Host-guest" if HTTPS else "guest"
GUEST_PLACES = {"canvases": "rihma.canvases.guest_place.address_of"}
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "rihma.site.errors.no_csrf_token"
# Silent, because whether browsers refuse a whole domain over plain HTTP for ever is for its owner to say.
# W003: our own `i18n` and `static` tags are meant to take the place of Django's (base/templatetags/once.py).
SILENCED_SYSTEM_CHECKS = ["security.W021", "templates.W003"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
# What people send (base/files/store.py). On its way it stands in memory, never in a shared folder.
FILES = DATA / "files"
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
# How many somebody sends within an hour; of a guest nobody knows more than their device.
FILES_AN_HOUR = {
    "person": int(os.environ.get("RIHMA_FILES_AN_HOUR", "60")),
    "guest": int(os.environ.get("RIHMA_GUEST_FILES_AN_HOUR", "20")),
}
# Larger than what is kept, so that most who send too much are told so on the page where they chose it.
FILE_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024

# allauth carries the sign-in (and later passkeys and OIDC); the code itself is ours (docs/decisions/sign-in.md).
ACCOUNT_ADAPTER = "rihma.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # entering the code is the proof
# Which logs can be worked on live, by the first part of their address, and by whom from where.
LIVE_LEDGERS = {"canvases": "rihma.canvases.ledger.CanvasLedger"}
LIVE = Settings(
    origins=[BASE_URL],
    per_second=float(os.environ.get("RIHMA_LIVE_PER_SECOND", "30")),
    burst=float(os.environ.get("RIHMA_LIVE_BURST", "120")),
    most=int(os.environ.get("RIHMA_LIVE_CONNECTIONS", "5000")),
    most_each=int(os.environ.get("RIHMA_LIVE_WINDOWS", "8")),
    patience=float(os.environ.get("RIHMA_LIVE_PATIENCE", "30")),
    session_cookie=SESSION_COOKIE_NAME,
)
# How several servers tell each other that there is something new; "" is what fits the database.
BUS = os.environ.get("RIHMA_BUS", "")

# Who answers for this server: shown on the accessibility and privacy pages.
CONTACT = os.environ.get("RIHMA_CONTACT", "")
SOURCE_URL = os.environ.get("RIHMA_SOURCE_URL", "")  # where readers find the code that runs here, as the licence has it
SITE_NAME = _("Rihma")

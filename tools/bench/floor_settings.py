"""The floor: what a new Django project brings, on the same database and with the same connections."""

from tools.bench.settings import *  # noqa: F403
from tools.bench.settings import TEMPLATES

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # small, and allauth does not start without it
]
OURS = "partners.context_processors.house"
for engine in TEMPLATES:
    options = engine["OPTIONS"]
    options["context_processors"] = [name for name in options["context_processors"] if name != OURS]

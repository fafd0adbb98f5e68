"""The product's settings with the bench beside it, or the floor in the product's place.

`mlmcrm` reads its settings while it is imported, so another settings module cannot stand before
them; they are changed here instead, before Django starts.
"""

import os

from django.conf import settings

FLOOR = "BENCH_FLOOR"
# What a new Django project brings.
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


def arrange() -> None:
    """Add the bench; with BENCH_FLOOR=1, take away what is ours."""
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "tools.bench"]
    settings.ROOT_URLCONF = "tools.bench.urls"
    if not os.environ.get(FLOOR):
        return
    settings.MIDDLEWARE = MIDDLEWARE
    for engine in settings.TEMPLATES:
        processors = engine["OPTIONS"]["context_processors"]
        engine["OPTIONS"]["context_processors"] = [name for name in processors if name != OURS]

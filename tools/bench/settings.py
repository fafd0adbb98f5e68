"""The product as it is served, and beside it the address of the floor."""

from mlmcrm.settings import *  # noqa: F403
from mlmcrm.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tools.bench"]
ROOT_URLCONF = "tools.bench.urls"

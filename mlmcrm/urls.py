"""The table of contents."""

from django.urls import include, path

from mlmcrm import health, views
from partners.admin import site

urlpatterns = [
    path("", views.today, name="today"),
    path("", include("customers.urls")),
    path("", include("customers.settings_urls")),
    path("", include("events.urls")),
    path("", include("partners.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("partners.account_urls")),
    path("office/", include("partners.office_urls")),
    path("admin/", site.urls),
    path("healthz", health.health, name="health"),
    path("offline/", views.offline, name="offline"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("sw.js", views.service_worker, name="service-worker"),
]

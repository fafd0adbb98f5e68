from django.urls import path

from customers import settings_views

urlpatterns = [
    path("settings/", settings_views.settings, name="settings"),
    path("settings/digest/", settings_views.digest_preview, name="digest-preview"),
    path("settings/digest/mail/", settings_views.digest_mail, name="digest-mail"),
    path("settings/digest/send/", settings_views.digest_send_now, name="digest-send-now"),
]

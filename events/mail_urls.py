"""Mails of an evening."""

from django.urls import path

from events import mail_views

urlpatterns = [
    path("events/<uuid:pk>/mails/", mail_views.event_mails, name="event-mails"),
    path("events/<uuid:pk>/mails/reminders/", mail_views.event_reminders, name="event-reminders"),
    path(
        "events/<uuid:pk>/mails/<slug:what>/",
        mail_views.event_mail_choose,
        name="event-mail-choose",
    ),
    path(
        "events/<uuid:pk>/mails/<slug:what>/example/",
        mail_views.event_mail_example,
        name="event-mail-example",
    ),
]

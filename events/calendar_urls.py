"""Calendars to subscribe to, and files for one evening."""

from django.urls import path

from events import calendar_views

urlpatterns = [
    path("settings/calendar/", calendar_views.calendar_list, name="calendar-list"),
    path(
        "settings/calendar/<uuid:pk>/renew/", calendar_views.calendar_renew, name="calendar-renew"
    ),
    path(
        "settings/calendar/<uuid:pk>/revoke/",
        calendar_views.calendar_revoke,
        name="calendar-revoke",
    ),
    path("calendar/<str:token>.ics", calendar_views.calendar_feed, name="calendar-feed"),
    path("events/<uuid:pk>/event.ics", calendar_views.event_ics, name="event-ics"),
    path("i/<str:token>/event.ics", calendar_views.invitation_ics, name="invitation-ics"),
]

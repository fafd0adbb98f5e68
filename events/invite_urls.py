from django.urls import path

from events import host_share_views, host_views, invite_views

urlpatterns = [
    path("i/<str:token>/", invite_views.invitation, name="invitation"),
    path("e/<str:token>/", invite_views.event_open, name="event-open"),
    path("h/<str:token>/", host_views.host_page, name="host-page"),
    path("events/<uuid:pk>/host/", host_share_views.event_host, name="event-host"),
]

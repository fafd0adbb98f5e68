"""The evening itself: the list at the door, codes to scan, stars."""

from django.urls import URLPattern, path

from events import door_views, evening_views, star_views

urlpatterns: list[URLPattern] = [
    path("events/<uuid:pk>/door/", door_views.event_door, name="event-door"),
    path("events/<uuid:pk>/door/tick/", door_views.door_tick, name="door-tick"),
    path("events/<uuid:pk>/door/walk-in/", door_views.door_walk_in, name="door-walk-in"),
    path("events/<uuid:pk>/door/taps/", door_views.door_taps, name="door-taps"),
    path("events/<uuid:pk>/qr/<str:what>/", evening_views.event_qr, name="event-qr"),
    path("events/guests/<uuid:pk>/evening/", evening_views.evening_guest, name="evening-guest"),
    path("events/guests/<uuid:pk>/qr/", evening_views.guest_qr, name="guest-qr"),
    path("s/<str:token>/", star_views.event_stars, name="event-stars"),
]

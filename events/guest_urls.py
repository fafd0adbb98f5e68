from django.urls import path

from events import guest_views

urlpatterns = [
    path("events/<uuid:pk>/guests/", guest_views.guest_list, name="guest-list"),
    path("events/<uuid:pk>/guests/add/", guest_views.guest_add, name="guest-add"),
    path("events/<uuid:pk>/guests/change/", guest_views.guest_change, name="guest-change"),
    path("events/guests/<uuid:pk>/", guest_views.guest_edit, name="guest-edit"),
    path("events/guests/<uuid:pk>/share/", guest_views.guest_share, name="guest-share"),
]

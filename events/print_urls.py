from django.urls import URLPattern, path

from events import print_views

urlpatterns: list[URLPattern] = [
    path("events/<uuid:pk>/print/guests/", print_views.guests, name="print-guests"),
    path("events/<uuid:pk>/print/checklist/", print_views.checklist, name="print-checklist"),
    path("events/<uuid:pk>/print/invitations/", print_views.invitations, name="print-invitations"),
]

"""Included where mail is kept as files and the installation is a try-out; see partners.urls."""

from django.urls import path

from partners import mailbox_views

urlpatterns = [
    path("mailbox/", mailbox_views.mail_list, name="mailbox"),
    path("mailbox/<uuid:pk>/", mailbox_views.mail, name="mailbox-mail"),
    path("mailbox/<uuid:pk>/body/", mailbox_views.mail_body, name="mailbox-body"),
]

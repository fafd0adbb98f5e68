"""Mails to people in the circle, and the page on which they decide about them."""

from django.urls import URLPattern, path

from customers import mail_views, preference_views

urlpatterns: list[URLPattern] = [
    path("customers/<uuid:pk>/mail/", mail_views.mail_write, name="mail-write"),
    path("customers/<uuid:pk>/mail/ask/", mail_views.opt_in_ask, name="opt-in-ask"),
    path("mails/<uuid:pk>/", mail_views.mail_detail, name="mail-detail"),
    path("mails/<uuid:pk>/stop/", mail_views.mail_take_back, name="mail-stop"),
    path("p/<str:token>/", preference_views.person_preferences, name="person-preferences"),
]

"""How customers see a partner, and what the partner does with data."""

from django.urls import URLPattern, path

from partners import notice_views, profile_views

urlpatterns: list[URLPattern] = [
    path("settings/profile/", profile_views.profile_edit, name="profile"),
    path("settings/profile/card/", profile_views.profile_card, name="profile-card"),
    path("settings/profile/picture/", profile_views.profile_picture, name="profile-picture"),
    path("settings/profile/next/", profile_views.imprint_next, name="imprint-next"),
    path("settings/notice/", profile_views.notice_share, name="notice-share"),
    path("settings/privacy-record/", profile_views.privacy_record, name="privacy-record"),
    path("n/<str:token>/", notice_views.notice, name="notice"),
]

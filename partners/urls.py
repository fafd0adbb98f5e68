from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from partners import file_views, job_views, message_views, preference_views, profile_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("more/", message_views.more, name="more"),
    path("messages/", message_views.message_list, name="message-list"),
    path("messages/<uuid:pk>/again/", message_views.message_again, name="message-again"),
    path("messages/<uuid:pk>/dismiss/", message_views.message_dismiss, name="message-dismiss"),
    path("messages/<uuid:pk>/keep/", message_views.message_undismiss, name="message-undismiss"),
    path("jobs/<uuid:pk>/", job_views.job_detail, name="job-detail"),
    path("jobs/<uuid:pk>/cancel/", job_views.job_cancel, name="job-cancel"),
    path("files/<uuid:pk>/", file_views.file_detail, name="file-detail"),
    path("p/<str:token>/", preference_views.mail_preferences, name="preferences"),
    *profile_urls.urlpatterns,
]

if settings.DEMO and not settings.EMAIL_URL:
    urlpatterns += [path("", include("partners.mailbox_urls"))]

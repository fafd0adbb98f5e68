from django.urls import path

from customers import (
    duty_urls,
    export_urls,
    follow_up_views,
    from_mail_views,
    import_urls,
    list_urls,
    mail_urls,
    merge_urls,
    network_urls,
    permit_urls,
    person_urls,
    recommend_urls,
    right_urls,
    views,
)

urlpatterns = [
    path("start/", views.first_names, name="first-names"),
    path("undo/<uuid:act>/", views.undo, name="undo"),
    path("customers/add/", views.customer_add, name="customer-add"),
    path("customers/<uuid:pk>/", views.customer_detail, name="customer-detail"),
    path("customers/<uuid:pk>/edit/", views.customer_edit, name="customer-edit"),
    path("customers/<uuid:pk>/delete/", views.customer_delete, name="customer-delete"),
    path("customers/<uuid:pk>/log/", follow_up_views.interaction_add, name="interaction-add"),
    path(
        "customers/<uuid:pk>/follow-ups/add/", follow_up_views.follow_up_add, name="follow-up-add"
    ),
    path("follow-ups/spread/", follow_up_views.follow_up_spread, name="follow-up-spread"),
    path("follow-ups/<uuid:pk>/", follow_up_views.follow_up_detail, name="follow-up-detail"),
    path("follow-ups/<uuid:pk>/edit/", follow_up_views.follow_up_edit, name="follow-up-edit"),
    path("follow-ups/<uuid:pk>/done/", follow_up_views.follow_up_done, name="follow-up-done"),
    path("follow-ups/<uuid:pk>/drop/", follow_up_views.follow_up_drop, name="follow-up-drop"),
    path("follow-ups/<uuid:pk>/move/", follow_up_views.follow_up_move, name="follow-up-move"),
    path("f/<str:token>/", from_mail_views.follow_up_from_mail, name="follow-up-from-mail"),
    *person_urls.urlpatterns,
    *list_urls.urlpatterns,
    *import_urls.urlpatterns,
    *export_urls.urlpatterns,
    *merge_urls.urlpatterns,
    *recommend_urls.urlpatterns,
    *network_urls.urlpatterns,
    *permit_urls.urlpatterns,
    *mail_urls.urlpatterns,
    *duty_urls.urlpatterns,
    *right_urls.urlpatterns,
]

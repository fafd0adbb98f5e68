from django.urls import path

from customers import (
    around_views,
    near_views,
    own_field_views,
    remember_views,
    views,
)

urlpatterns = [
    path("customers/<uuid:pk>/edit/row/", views.way_row, name="way-row"),
    path("customers/<uuid:pk>/hint/", views.hint_dismiss, name="hint-dismiss"),
    path("customers/<uuid:pk>/remember/", remember_views.remember, name="remember"),
    path("customers/<uuid:pk>/near/", near_views.near, name="customer-near"),
    path("customers/<uuid:pk>/tags/", around_views.tags, name="person-tags"),
    path("customers/<uuid:pk>/relations/", around_views.relations, name="person-relations"),
    path("customers/<uuid:pk>/interests/", around_views.interests, name="person-interests"),
    path("customers/<uuid:pk>/events/", around_views.events, name="person-events"),
    path("customers/<uuid:pk>/forget/<str:kind>/<uuid:row>/", around_views.forget, name="forget"),
    path("settings/own-fields/", own_field_views.own_field_list, name="own-field-list"),
    path("settings/own-fields/add/", own_field_views.own_field_add, name="own-field-add"),
    path("settings/own-fields/<uuid:pk>/", own_field_views.own_field_edit, name="own-field-edit"),
    path(
        "settings/own-fields/<uuid:pk>/move/", own_field_views.own_field_move, name="own-field-move"
    ),
    path(
        "settings/own-fields/<uuid:pk>/remove/",
        own_field_views.own_field_remove,
        name="own-field-remove",
    ),
]

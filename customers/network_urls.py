"""The addresses of one area."""

from django.urls import URLPattern, path

from customers import network_views, talk_views

urlpatterns: list[URLPattern] = [
    path("recommendations/", network_views.recommendation_list, name="recommendation-list"),
    path("recommendations/tree/", network_views.recommendation_tree, name="recommendation-tree"),
    path(
        "recommendations/sources/",
        network_views.recommendation_sources,
        name="recommendation-sources",
    ),
    path("customers/<uuid:pk>/network/", network_views.customer_network, name="customer-network"),
    path("talk-notes/", talk_views.talk_note_list, name="talk-note-list"),
    path("talk-notes/add/", talk_views.talk_note_add, name="talk-note-add"),
    path("talk-notes/start/", talk_views.talk_note_start, name="talk-note-start"),
    path("talk-notes/<uuid:pk>/", talk_views.talk_note_edit, name="talk-note-edit"),
    path("talk-notes/<uuid:pk>/move/", talk_views.talk_note_move, name="talk-note-move"),
    path("talk-notes/<uuid:pk>/remove/", talk_views.talk_note_remove, name="talk-note-remove"),
]

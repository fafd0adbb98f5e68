from django.urls import path

from customers import (
    recommend_line_views,
    recommend_reference_views,
    recommend_share_views,
    recommend_views,
)

urlpatterns = [
    path("recommendations/line/", recommend_line_views.recommend_line, name="recommend-line"),
    path(
        "recommendations/<uuid:pk>/",
        recommend_views.recommendation_edit,
        name="recommendation-edit",
    ),
    path(
        "recommendations/<uuid:pk>/status/",
        recommend_views.recommendation_status,
        name="recommendation-status",
    ),
    path(
        "recommendations/<uuid:pk>/remove/",
        recommend_views.recommendation_remove,
        name="recommendation-remove",
    ),
    path(
        "customers/<uuid:pk>/recommendations/add/",
        recommend_views.recommendation_add,
        name="recommendation-add",
    ),
    path("customers/<uuid:pk>/thanks/", recommend_views.thanks, name="recommendation-thanks"),
    path("customers/<uuid:pk>/recommend/", recommend_share_views.share, name="recommend-share"),
    path(
        "customers/<uuid:pk>/recommend/later/",
        recommend_share_views.ask_later,
        name="recommend-ask-later",
    ),
    path(
        "customers/<uuid:pk>/references/add/",
        recommend_reference_views.reference_add,
        name="reference-add",
    ),
    path("references/<uuid:pk>/", recommend_reference_views.reference_edit, name="reference-edit"),
    path(
        "references/<uuid:pk>/remove/",
        recommend_reference_views.reference_remove,
        name="reference-remove",
    ),
    path("r/<str:token>/", recommend_share_views.card, name="recommend-card"),
    path("r/<str:token>/card.vcf", recommend_share_views.card_file, name="recommend-card-file"),
]

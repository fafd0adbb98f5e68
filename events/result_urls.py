from django.urls import path

from events import compare_views, result_views, reward_views

urlpatterns = [
    path("events/compare/", compare_views.event_compare, name="event-compare"),
    path("events/<uuid:pk>/result/", result_views.event_result, name="event-result"),
    path(
        "events/<uuid:pk>/result/sums/",
        result_views.event_result_sums,
        name="event-result-sums",
    ),
    path("events/<uuid:pk>/aftercare/", result_views.event_aftercare, name="event-aftercare"),
    path("events/<uuid:pk>/close/", result_views.event_close, name="event-close"),
    path("events/<uuid:pk>/reopen/", result_views.event_reopen, name="event-reopen"),
    path("events/<uuid:pk>/thanks/", result_views.event_thanks, name="event-thanks"),
    path("settings/rewards/", reward_views.reward_list, name="reward-list"),
    path("settings/rewards/add/", reward_views.reward_add, name="reward-add"),
    path("settings/rewards/start/", reward_views.reward_start, name="reward-start"),
    path("settings/rewards/<uuid:pk>/", reward_views.reward_edit, name="reward-edit"),
    path("settings/rewards/<uuid:pk>/delete/", reward_views.reward_remove, name="reward-remove"),
]

"""Evenings and their templates."""

from django.urls import path

from events import plan_list_views, plan_step_views, plan_template_views, plan_views

urlpatterns = [
    path("events/", plan_list_views.event_list, name="event-list"),
    path("events/month/", plan_list_views.event_month, name="event-month"),
    path("events/add/", plan_views.event_add, name="event-add"),
    path("events/hosts/", plan_views.event_hosts, name="event-hosts"),
    path("events/templates/", plan_template_views.template_list, name="template-list"),
    path("events/templates/start/", plan_template_views.template_start, name="template-start"),
    path("events/templates/add/", plan_template_views.template_add, name="template-add"),
    path("events/templates/<uuid:pk>/", plan_template_views.template_edit, name="template-edit"),
    path(
        "events/templates/<uuid:pk>/delete/",
        plan_template_views.template_remove,
        name="template-remove",
    ),
    path(
        "events/templates/<uuid:pk>/steps/add/",
        plan_template_views.template_step_add,
        name="template-step-add",
    ),
    path(
        "events/templates/steps/<uuid:pk>/",
        plan_template_views.template_step_edit,
        name="template-step-edit",
    ),
    path(
        "events/templates/steps/<uuid:pk>/up/",
        plan_template_views.template_step_move,
        name="template-step-move",
    ),
    path(
        "events/templates/steps/<uuid:pk>/delete/",
        plan_template_views.template_step_remove,
        name="template-step-remove",
    ),
    path("events/steps/<uuid:pk>/", plan_step_views.step_edit, name="step-edit"),
    path("events/steps/<uuid:pk>/done/", plan_step_views.step_done, name="step-done"),
    path("events/steps/<uuid:pk>/delete/", plan_step_views.step_remove, name="step-remove"),
    path("events/<uuid:pk>/", plan_views.event_detail, name="event-detail"),
    path("events/<uuid:pk>/edit/", plan_views.event_edit, name="event-edit"),
    path("events/<uuid:pk>/copy/", plan_views.event_copy, name="event-copy"),
    path("events/<uuid:pk>/cancel/", plan_views.event_cancel, name="event-cancel"),
    path("events/<uuid:pk>/resume/", plan_views.event_resume, name="event-resume"),
    path("events/<uuid:pk>/delete/", plan_views.event_delete, name="event-delete"),
    path("events/<uuid:pk>/template/", plan_template_views.template_keep, name="template-keep"),
    path("events/<uuid:pk>/steps/add/", plan_step_views.step_add, name="step-add"),
]

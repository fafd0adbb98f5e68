from django.urls import URLPattern, path

from events import club_member_views, club_views

urlpatterns: list[URLPattern] = [
    path("club/", club_views.overview, name="club"),
    path("club/edit/", club_views.edit, name="club-edit"),
    path("club/benefits/add/", club_views.benefit_add, name="benefit-add"),
    path("club/benefits/<uuid:pk>/", club_views.benefit_edit, name="benefit-edit"),
    path("club/benefits/<uuid:pk>/remove/", club_views.benefit_remove, name="benefit-remove"),
    path("club/cards/", club_views.cards, name="club-card"),
    path("club/evenings/<uuid:pk>/invite/", club_views.invite, name="club-invite"),
    path("club/members/", club_member_views.member_list, name="club-member-list"),
    path("club/members/add/", club_member_views.member_add, name="club-member-add"),
    path("club/members/<uuid:pk>/", club_member_views.member, name="club-member"),
    path("club/members/<uuid:pk>/edit/", club_member_views.member_edit, name="club-member-edit"),
    path("club/members/<uuid:pk>/leave/", club_member_views.leave, name="club-leave"),
    path("club/members/<uuid:pk>/give/", club_member_views.give, name="club-give"),
    path("club/received/<uuid:pk>/remove/", club_member_views.take_back, name="club-take-back"),
    path("customers/<uuid:pk>/club/", club_member_views.join, name="club-join"),
]

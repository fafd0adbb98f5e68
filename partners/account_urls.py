from django.urls import path

from partners import terms_views

urlpatterns = [
    path("welcome/<str:token>/", terms_views.welcome, name="welcome"),
    path("terms/", terms_views.terms, name="terms"),
]

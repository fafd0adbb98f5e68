from django.urls import include, path

from tools.bench import views

urlpatterns = [
    path("floor/", views.floor, name="floor"),
    path("", include("mlmcrm.urls")),
]

"""The addresses of one area."""

from django.urls import URLPattern, path

from customers import duty_views

urlpatterns: list[URLPattern] = [
    path("customers/duties/", duty_views.duty_list, name="duties"),
    path("customers/<uuid:pk>/informed/", duty_views.customer_informed, name="customer-informed"),
    path(
        "customers/<uuid:pk>/informed/not/",
        duty_views.customer_uninformed,
        name="customer-uninformed",
    ),
]

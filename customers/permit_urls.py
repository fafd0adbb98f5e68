"""What people said about being written to and called."""

from django.urls import URLPattern, path

from customers import permit_views

urlpatterns: list[URLPattern] = [
    path(
        "customers/<uuid:pk>/permissions/",
        permit_views.person_permissions,
        name="person-permissions",
    ),
    path(
        "customers/<uuid:pk>/permissions/proof/",
        permit_views.permission_proof,
        name="permission-proof",
    ),
    path(
        "customers/<uuid:pk>/once-more/",
        permit_views.permission_once_more,
        name="permission-once-more",
    ),
]

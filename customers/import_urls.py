from django.urls import path

from customers import import_preview_views, import_views

urlpatterns: list = [
    path("customers/import/", import_views.customer_import, name="customer-import"),
    path(
        "customers/import/<uuid:pk>/",
        import_views.customer_import_detail,
        name="customer-import-detail",
    ),
    path(
        "customers/import/<uuid:pk>/columns/",
        import_views.customer_import_columns,
        name="customer-import-columns",
    ),
    path(
        "customers/import/<uuid:pk>/preview/",
        import_preview_views.customer_import_preview,
        name="customer-import-preview",
    ),
    path(
        "customers/import/<uuid:pk>/decide/",
        import_preview_views.customer_import_decide,
        name="customer-import-decide",
    ),
    path(
        "customers/import/<uuid:pk>/start/",
        import_preview_views.customer_import_start,
        name="customer-import-start",
    ),
    path(
        "customers/import/<uuid:pk>/failed/",
        import_views.customer_import_failed,
        name="customer-import-failed",
    ),
    path(
        "customers/import/<uuid:pk>/undo/",
        import_views.customer_import_undo,
        name="customer-import-undo",
    ),
    path(
        "customers/import/<uuid:pk>/discard/",
        import_views.customer_import_discard,
        name="customer-import-discard",
    ),
]

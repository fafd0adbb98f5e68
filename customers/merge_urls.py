from django.urls import path

from customers import bin_views, history_views, merge_views

urlpatterns = [
    path("customers/duplicates/", merge_views.duplicate_list, name="duplicates"),
    path(
        "customers/duplicates/<uuid:one>/<uuid:other>/apart/",
        merge_views.duplicate_apart,
        name="duplicate-apart",
    ),
    path("customers/known/", merge_views.customer_known, name="customer-known"),
    path("customers/merge/", merge_views.merge_selected, name="customer-merge-selected"),
    path(
        "customers/merge/<uuid:one>/<uuid:other>/",
        merge_views.customer_merge,
        name="customer-merge",
    ),
    path("customers/<uuid:pk>/history/", history_views.customer_history, name="customer-history"),
    path("customers/bin/", bin_views.customer_bin, name="customer-bin"),
    path("customers/bin/<uuid:pk>/restore/", bin_views.bin_restore, name="bin-restore"),
    path("customers/bin/<uuid:pk>/delete/", bin_views.bin_delete, name="bin-delete"),
]

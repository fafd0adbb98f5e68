from django.urls import path

from customers import list_bulk_views, list_saved_views, list_tag_views, list_views

urlpatterns = [
    path("search/", list_views.search, name="search"),
    path("customers/", list_views.customer_list, name="customer-list"),
    path("customers/filter/", list_views.customer_filter, name="customer-filter"),
    path("customers/filters/save/", list_saved_views.filter_save, name="filter-save"),
    path("customers/filters/<uuid:pk>/", list_saved_views.filter_edit, name="filter-edit"),
    path(
        "customers/filters/<uuid:pk>/delete/", list_saved_views.filter_delete, name="filter-delete"
    ),
    path("customers/bulk/", list_bulk_views.bulk_list, name="bulk-list"),
    path("customers/bulk/<uuid:pk>/undo/", list_bulk_views.bulk_undo, name="bulk-undo"),
    path("customers/bulk/<slug:kind>/", list_bulk_views.bulk_act, name="bulk-act"),
    path("customers/tags/", list_tag_views.tag_list, name="tag-list"),
    path("customers/tags/<uuid:pk>/", list_tag_views.tag_edit, name="tag-edit"),
    path("customers/tags/<uuid:pk>/delete/", list_tag_views.tag_delete, name="tag-delete"),
]

"""The rights of a person: requests, the access package, locking and erasing."""

from django.urls import path

from customers import right_views

PERSON = "customers/<uuid:pk>/rights/"

urlpatterns = [
    path("customers/locked/", right_views.locked_list, name="locked-list"),
    path(PERSON, right_views.right_list, name="right-list"),
    path(f"{PERSON}data.<str:suffix>", right_views.right_package, name="right-package"),
    path(f"{PERSON}lock/", right_views.right_lock, name="right-lock"),
    path(f"{PERSON}unlock/", right_views.right_unlock, name="right-unlock"),
    path(f"{PERSON}erase/", right_views.right_erase, name="right-erase"),
    path("rights/<uuid:pk>/done/", right_views.right_close, {"state": "done"}, name="right-done"),
    path(
        "rights/<uuid:pk>/withdrawn/",
        right_views.right_close,
        {"state": "withdrawn"},
        name="right-withdrawn",
    ),
]

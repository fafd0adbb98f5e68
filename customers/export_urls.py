from django.urls import path

from customers import export_views

urlpatterns = [
    path("customers/export/", export_views.export, name="export"),
    path("customers/export/labels/", export_views.label_sheets, name="labels"),
    path("customers/export/cards/", export_views.cards, name="cards"),
]

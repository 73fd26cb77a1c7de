"""The addresses of the layers, as OGC API – Features Part 1 names them."""

from __future__ import annotations

from django.urls import URLPattern, path

from motcua.faces.api.door import guarded
from motcua.faces.ogc import views

_PLACES = (
    path("", views.landing, name="ogc"),
    path("conformance", views.conformance, name="ogc-conformance"),
    path("api", views.api, name="ogc-api"),
    path("collections", views.collections, name="ogc-collections"),
    path("collections/<register>", views.collection, name="ogc-collection"),
    path("collections/<register>/items", views.items, name="ogc-items"),
    path("collections/<register>/items/<int:number>", views.item, name="ogc-item"),
)
urlpatterns: list[URLPattern] = [guarded(one) for one in _PLACES]

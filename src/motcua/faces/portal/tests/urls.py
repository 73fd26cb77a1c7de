"""The doors under test, as the site puts them together."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("motcua.faces.ui.urls")),
    path("", include("motcua.faces.portal.urls")),
]

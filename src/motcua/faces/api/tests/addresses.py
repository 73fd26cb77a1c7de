"""The API's addresses alone, so that these tests need no other face."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("api/v1/", include("motcua.faces.api.urls"))]

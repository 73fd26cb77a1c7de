"""Every door's URLs."""

from __future__ import annotations

from django.urls import include, path

from motcua.site.sample_pages import outbox

urlpatterns = [
    path("sample/outbox", outbox),
    path("", include("motcua.faces.ui.urls")),
    path("", include("motcua.faces.portal.urls")),
    path("ban/", include("motcua.faces.desk.urls")),
    path("api/v1/", include("motcua.faces.api.urls")),
]
handler400 = "motcua.faces.api.door.bad_request"

"""Every door's URLs."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from motcua.site.mission.pages import mission_page
from motcua.site.sample_pages import components, outbox

urlpatterns: list[URLPattern | URLResolver] = [
    *(  # a system with pages of its own tells their whole addresses
        path("", include(f"{name}.urls"))
        for name in settings.MOTCUA_SYSTEMS
        if find_spec(f"{name}.urls")
    ),
    # What begins with a word of its own comes first: the others are tried pattern by pattern.
    path("api/v1/", include("motcua.faces.api.urls")),
    path("ogc/", include("motcua.faces.ogc.urls")),
    path("ban/", include("motcua.faces.desk.urls")),
    path("sample/outbox", outbox),
    path("sample/components", components),
    path("nhiem-vu", mission_page, name="mission"),
    path("", include("motcua.faces.ui.urls")),
    path("", include("motcua.faces.portal.urls")),
]
handler400 = "motcua.faces.api.door.bad_request"

"""The addresses of this system: its desk, and its two pages for citizens."""

from __future__ import annotations

from django.urls import path

from motcua.systems.antispam import views

app_name = "antispam"

urlpatterns = [
    path("bao-tin-rac", views.report, name="report"),
    path("so-bi-tam-ngung", views.suspended, name="suspended"),
    path("ban/so-quang-cao", views.overview, name="overview"),
    path("ban/so-quang-cao/ghi-nhan", views.see, name="see"),
    path("ban/so-quang-cao/thong-ke", views.places, name="places"),
    path("ban/so-quang-cao/anh/<int:number>", views.photo, name="photo"),
    path("ban/so-quang-cao/cong-van/<int:number>", views.letter, name="letter"),
]

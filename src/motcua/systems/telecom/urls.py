"""The addresses of the pages of this system."""

from __future__ import annotations

from django.urls import path

from motcua.systems.telecom import views

app_name = "telecom"

urlpatterns = [
    path("ban/ha-tang-vien-thong/dung-chung", views.sharing, name="sharing"),
    path("ban/ha-tang-vien-thong/thoa-thuan", views.agreements, name="agreements"),
    path("ban/ha-tang-vien-thong/giay-phep", views.permits, name="permits"),
    path("ban/ha-tang-vien-thong/giay-phep/<code>", views.issue, name="issue"),
    path("ban/ha-tang-vien-thong/ha-ngam/nhap", views.street_list, name="street_list"),
    path("ban/ha-tang-vien-thong/ha-ngam", views.undergrounding, name="undergrounding"),
]

"""The addresses of the pages of this system."""

from __future__ import annotations

from django.urls import path

from motcua.systems.telecom.views import agreements, permits, sharing, totals, undergrounding

app_name = "telecom"

urlpatterns = [
    path("ban/ha-tang-vien-thong/tong-hop", totals.totals, name="totals"),
    path("ban/ha-tang-vien-thong/dung-chung", sharing.sharing, name="sharing"),
    path("ban/ha-tang-vien-thong/thoa-thuan", agreements.agreements, name="agreements"),
    path("ban/ha-tang-vien-thong/giay-phep", permits.permits, name="permits"),
    path("ban/ha-tang-vien-thong/giay-phep/<code>", permits.issue, name="issue"),
    path("ban/ha-tang-vien-thong/ha-ngam/nhap", undergrounding.street_list, name="street_list"),
    path("ban/ha-tang-vien-thong/ha-ngam", undergrounding.undergrounding, name="undergrounding"),
]

"""Pages that every face shares: signing in and out, the language of the page."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from motcua.faces.ui import views

urlpatterns = [
    path("dang-nhap", views.sign_in, name="sign_in"),
    path("dang-xuat", views.sign_out, name="sign_out"),
    path("ngon-ngu", set_language, name="language"),
]

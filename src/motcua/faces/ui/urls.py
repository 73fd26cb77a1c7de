"""Pages that every face shares: signing in and out, the language of the page."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from motcua.faces.ui import passkeys, views

urlpatterns = [
    path("dang-nhap", views.sign_in, name="sign_in"),
    path("dang-nhap/xac-thuc", views.second_factor, name="second_factor"),
    path("dang-nhap/thiet-lap", views.enrol, name="enrol"),
    path("dang-nhap/xac-thuc-lai", views.prove_again, name="prove_again"),
    path("dang-nhap/khoa-truy-cap", passkeys.sign_in, name="passkey"),
    path("dang-nhap/khoa-truy-cap/thach-thuc", passkeys.challenge, name="passkey_challenge"),
    path("dang-xuat", views.sign_out, name="sign_out"),
    path("ngon-ngu", set_language, name="language"),
]

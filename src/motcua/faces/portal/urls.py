"""The addresses of the portal, in Vietnamese words."""

from __future__ import annotations

from django.urls import path

from motcua.faces.portal.views import (
    account,
    areas,
    catalogue,
    chosen,
    complaint,
    figures,
    filed,
    filing,
    helping,
    lookup,
    queueing,
    rating,
    tracking,
)

urlpatterns = [
    path("", catalogue.home, name="home"),
    path("thu-tuc", catalogue.catalogue, name="catalogue"),
    path("thu-tuc/<str:code>", catalogue.procedure, name="procedure"),
    path("thu-tuc/<str:code>/cong-bo", catalogue.listing, name="listing"),
    path("thu-tuc/<str:code>/so-sanh", catalogue.compare, name="compare"),
    path("thu-tuc/<str:code>/nop", filing.file_online, name="file_online"),
    path("thu-tuc/<str:code>/nop/<str:step>", filing.filing_part, name="filing_part"),
    path("thu-tuc/<str:code>/nop/tep/<int:number>", chosen.draft_file, name="draft_file"),
    path("thu-tuc/<str:code>/nop/tep/<int:number>/nho", chosen.draft_thumb, name="draft_thumb"),
    path("da-nop/<str:lookup>", filed.filed, name="filed"),
    path("tra-cuu", lookup.look_up, name="look_up"),
    path("tra-cuu/qr/<str:lookup>.svg", filed.qr_symbol, name="qr"),
    path("lay-so/<str:code>", queueing.kiosk, name="kiosk"),
    path("lay-so/<str:code>/<int:number>", queueing.ticket, name="ticket"),
    path("man-hinh/<str:code>", queueing.screen, name="screen"),
    path("tro-giup", helping.help_page, name="help"),
    path("so-lieu", figures.figures, name="figures"),
    path("so-lieu/tep", figures.figures_file, name="figures_file"),
    path("dia-ban", areas.areas, name="areas"),
    path("dia-ban/<str:unit_id>", areas.area, name="area"),
    path("dang-nhap/dien-thoai", account.phone, name="phone_sign_in"),
    path("dang-nhap/dien-thoai/ma", account.code, name="phone_code"),
    path("ho-so-cua-toi", account.mine, name="mine"),
    path("ho-so-cua-toi/ai-da-xem", account.readers, name="readers"),
    path("ho-so-cua-toi/tai-khoan", account.settings, name="citizen_account"),
    path("ho-so-cua-toi/tai-khoan/dong", account.close, name="close_account"),
    path("ho-so/<str:code>", tracking.tracking, name="tracking"),
    path("ho-so/<str:code>/bo-sung", tracking.answer, name="answer"),
    path("ho-so/<str:code>/rut", tracking.withdraw, name="withdraw"),
    path("ho-so/<str:code>/khieu-nai", complaint.choose, name="complain"),
    path("ho-so/<str:code>/khieu-nai/<str:procedure>", complaint.write, name="complaint"),
    path("ho-so/<str:code>/danh-gia", rating.rating_page, name="rating"),
    path("ho-so/<str:code>/giay/<int:number>", tracking.paper, name="paper"),
    path("ho-so/<str:code>/giay/<int:number>/chung-thuc", tracking.proof, name="proof"),
]

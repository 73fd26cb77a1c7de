"""Sổ theo dõi hồ sơ: a page of the book, and asking for it as a file."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.core.agencies.queries import agency, tree
from motcua.core.daybook.noting import noted
from motcua.core.daybook.numbering import Numbering
from motcua.core.daybook.reading import Extract, extract, opened
from motcua.core.daybook.words import WAYS
from motcua.core.dossiers.queries import Filter
from motcua.core.exports.asking import ask
from motcua.core.exports.giving import Format
from motcua.core.exports.listed import Wish, Wording
from motcua.core.procedures.queries import published
from motcua.core.sql import reading
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.ordering import number
from motcua.faces.desk.pages import page, page_number
from motcua.faces.desk.views.exporting import KINDS
from motcua.faces.desk.views.listing import agencies_near
from motcua.faces.desk.words import language
from motcua.faces.ui import reads

_FORMS = {"pdf": (Format.PDF, False), **KINDS}


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def daybook(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show a page of the book, or have the extract that the address names made as a file."""
    wanted = _extract(request, visit)
    if request.method == "POST":
        ask(_wish(request, visit, wanted))
        return redirect("desk:exports")
    found = opened(visit.actor, wanted, page=page_number(request))
    reads.listed(request, visit.actor, visit.at, "daybook", [row.pk for row in found.rows])
    context = {
        "rows": noted(visit.actor, found.rows, Numbering(reading())),
        "listed": found,
        "wanted": wanted,
        "chosen": agency(wanted.agency_id),
        "agencies": agencies_near(visit.actor, wanted.agency_id),
        "procedures": [
            (one.declaration.code, one.declaration.short.text(language())) for one in published()
        ],
        "ways": WAYS,
    }
    return page(request, "daybook.html", context)


def _extract(request: HttpRequest, visit: Visit) -> Extract:
    sent = request.GET
    chosen = number(sent, "co-quan")
    return extract(
        visit.actor,
        visit.on,
        agency_id=chosen if chosen in tree().nodes else None,
        first=_day(sent.get("tu", "")),
        last=_day(sent.get("den", "")),
        procedure=sent.get("thu-tuc", "")[:30],
    )


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _wish(request: HttpRequest, visit: Visit, wanted: Extract) -> Wish:
    if request.POST.get("dang") not in _FORMS:
        raise Http404
    form, semicolons = _FORMS[request.POST["dang"]]
    ways = {key: words.text(language()) for key, words in WAYS.items()}
    return Wish(
        reader=reads.reader(request, visit.actor, visit.at),
        wanted=Filter(),
        form=form,
        zone=ZoneInfo(settings.TIME_ZONE),
        query=request.GET.urlencode(),
        semicolons=semicolons,
        wording=Wording(language(), _headings(), {"way": ways}),
        book=wanted,
    )


def _headings() -> dict[str, str]:
    return {
        "number": _("TT"),
        "volume": _("Quyển số"),
        "code": _("Mã hồ sơ"),
        "procedure": _("Mã thủ tục"),
        "procedure_name": _("Tên thủ tục"),
        "sets": _("Số bộ"),
        "applicant": _("Tên tổ chức, cá nhân"),
        "address": _("Địa chỉ"),
        "phone": _("Số điện thoại"),
        "lead": _("Cơ quan chủ trì"),
        "received": _("Nhận hồ sơ"),
        "promised": _("Hẹn trả"),
        "passed": _("Chuyển cơ quan giải quyết"),
        "result": _("Nhận kết quả"),
        "returned": _("Trả kết quả"),
        "way": _("Phương thức trả"),
        "handed_by": _("Người trả"),
        "remarks": _("Ghi chú"),
    }

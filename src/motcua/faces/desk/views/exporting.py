"""Xuất: the dossiers of the list as a file, exactly as it is narrowed now: at once or by a job."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import BinaryIO
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.core.exports.asking import ask, fetch, kind_of, mine
from motcua.core.exports.giving import Format
from motcua.core.exports.listed import SHOWN, Wish, Wording, give_listed
from motcua.core.exports.models import Export
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.narrowing import filter_in, order_in
from motcua.faces.desk.pages import page
from motcua.faces.desk.shown.read_records import register_name
from motcua.faces.desk.words import BUCKETS, CHANNELS, language
from motcua.faces.ui import reads
from motcua.faces.ui.sending import lying, made
from motcua.faces.ui.states import STATES

KINDS = {"csv": (Format.CSV, False), "csv2": (Format.CSV, True), "xlsx": (Format.XLSX, False)}
"""Formats by what the address says; the second CSV has semicolons, as spreadsheets here expect."""


_NAMES = {"dossiers": "ho-so", "daybook": "so-theo-doi"}
_REGISTER = "register."
_WHOLE = "du"
"""Asks for every column there is, not those of the list."""
_BY_JOB = {**KINDS, "parquet": (Format.PARQUET, False), "xes": (Format.XES, False)}


@require_GET
@desk
def export(request: HttpRequest, visit: Visit) -> FileResponse:
    """Send the file once it is whole: it is written to the disk, never held in memory."""
    form, semicolons = kind_in(request)
    wish = _wish(request, visit, form, semicolons=semicolons)
    return sent_whole(lambda out: give_listed(out, wish), f"ho-so-{visit.on.isoformat()}.{form}")


def sent_whole(write: Callable[[BinaryIO], object], name: str) -> FileResponse:
    """Write a file to the disk, and send it once it is whole."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        write(out)
    except BaseException:
        out.close()
        raise
    return made(out, name)


def kind_in(request: HttpRequest) -> tuple[Format, bool]:
    """Read the format that an address asks for, and whether with semicolons."""
    if request.GET.get("dang") not in KINDS:
        raise Http404
    return KINDS[request.GET["dang"]]


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def exports(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the files that the officer asked for and how far each is, or ask for one more."""
    if request.method == "POST":
        if request.POST.get("dang") not in _BY_JOB:
            raise Http404
        form, semicolons = _BY_JOB[request.POST["dang"]]
        ask(_wish(request, visit, form, semicolons=semicolons))
        return redirect("desk:exports")
    rows = mine(visit.actor)
    shown = page(request, "exports.html", {"rows": [_row(row, visit) for row in rows]})
    if any(row.state == Export.State.MAKING for row in rows):
        shown["Refresh"] = "3"
    return shown


@require_GET
@desk
def made_file(request: HttpRequest, visit: Visit, code: str) -> FileResponse:
    """Hand down a file that is made; the access log is told first."""
    row, path = fetch(reads.reader(request, visit.actor, visit.at), code)
    day = timezone.localtime(row.asked_at).date().isoformat()
    kind = kind_of(row)
    name = _NAMES.get(kind, kind.removeprefix(_REGISTER))
    return lying(path, f"{name}-{day}.{row.form}")


def _row(row: Export, visit: Visit) -> dict[str, object]:
    kind = kind_of(row)
    ended = row.state == Export.State.READY and visit.at >= row.until_at
    state = Export.State.GONE if ended else Export.State(row.state)
    return {
        "code": row.code,
        "form": row.form.upper(),
        "of": _("Sổ theo dõi hồ sơ") if kind == "daybook" else register_name(kind),
        "asked_at": row.asked_at,
        "state": state,
        "words": _states()[state],
        "expected": row.expected,
        "written": row.written,
        "size": row.size,
        "until": row.until_at,
    }


def _states() -> dict[str, str]:
    return {
        Export.State.MAKING: _("Đang lập"),
        Export.State.READY: _("Tải được"),
        Export.State.FAILED: _("Không lập được, hãy xuất lại"),
        Export.State.GONE: _("Đã xóa, hãy xuất lại"),
    }


def _wish(request: HttpRequest, visit: Visit, form: Format, *, semicolons: bool) -> Wish:
    """Read what is asked for: the list as it is shown, and other columns only where wished."""
    whole = request.POST.get("cot") == _WHOLE or form not in {Format.CSV, Format.XLSX}
    return Wish(
        reader=reads.reader(request, visit.actor, visit.at),
        wanted=filter_in(request.GET, visit.at),
        order=order_in(request.GET),
        columns=() if whole else SHOWN,
        form=form,
        zone=ZoneInfo(settings.TIME_ZONE),
        query=request.GET.urlencode(),
        semicolons=semicolons,
        wording=Wording(language(), _headings(), _values()),
    )


def _headings() -> dict[str, str]:
    return {
        "code": _("Mã hồ sơ"),
        "lookup": _("Số tra cứu"),
        "applicant": _("Người nộp"),
        "procedure": _("Mã thủ tục"),
        "procedure_name": _("Tên thủ tục"),
        "state": _("Tình trạng"),
        "channel": _("Kênh nộp"),
        "receiving": _("Cơ quan tiếp nhận"),
        "holding": _("Cơ quan đang giữ"),
        "received": _("Tiếp nhận lúc"),
        "due": _("Hạn giải quyết"),
        "promised": _("Hẹn trả"),
        "finished": _("Có kết quả lúc"),
        "bucket": _("Thời hạn"),
        "standing": _("Thời hạn"),
        "shown_code": _("Mã hồ sơ"),
        "procedure_short": _("Tên thủ tục"),
    }


def _values() -> dict[str, dict[str, str]]:
    buckets = {key: str(words) for key, words in BUCKETS.items()}
    return {
        "state": {key: str(words) for key, words in STATES.items()},
        "channel": {key: str(words) for key, words in CHANNELS.items()},
        "bucket": buckets,
        "standing": {
            **buckets,
            "new": _("Chờ tiếp nhận"),
            "paused": _("Tạm dừng, chờ bổ sung"),
            "in_time": _("Trong hạn"),
            "unlimited": _("Không có hạn"),
            "ended": _("Kết thúc"),
        },
    }

"""Xuất: the dossiers of the list as a file, exactly as it is narrowed now."""

from __future__ import annotations

import tempfile
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.core.exports.giving import Format
from motcua.core.exports.listed import Wish, Wording, give_listed
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.views.listing import filter_of
from motcua.faces.desk.words import BUCKETS, CHANNELS, language
from motcua.faces.ui import reads
from motcua.faces.ui.sending import made
from motcua.faces.ui.states import STATES

_KINDS = {"csv": (Format.CSV, False), "csv2": (Format.CSV, True), "xlsx": (Format.XLSX, False)}
"""Formats by what the address says; the second CSV has semicolons, as spreadsheets here expect."""


@require_GET
@desk
def export(request: HttpRequest, visit: Visit) -> FileResponse:
    """Send the file once it is whole: it is written to the disk, never held in memory."""
    if request.GET.get("dang") not in _KINDS:
        raise Http404
    form, semicolons = _KINDS[request.GET["dang"]]
    wish = Wish(
        reader=reads.reader(request, visit.actor, visit.at),
        wanted=filter_of(request, visit.at),
        form=form,
        zone=ZoneInfo(settings.TIME_ZONE),
        query=request.GET.urlencode(),
        semicolons=semicolons,
        wording=Wording(language(), _headings(), _values()),
    )
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        give_listed(out, wish)
    except BaseException:
        out.close()
        raise
    return made(out, f"ho-so-{visit.on.isoformat()}.{form}")


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
    }


def _values() -> dict[str, dict[str, str]]:
    return {
        "state": {key: str(words) for key, words in STATES.items()},
        "channel": {key: str(words) for key, words in CHANNELS.items()},
        "bucket": {key: str(words) for key, words in BUCKETS.items()},
    }

"""Lưu giữ và xóa: what is due, held or erased, for the data keeper; nothing is done here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.erasure.keeping import Kept, Part, keeping
from motcua.core.erasure.keeping_records import KeptRecord, RecordPart, keeping_records
from motcua.core.erasure.rules import Kind, Rule
from motcua.core.registers.loading import registers
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page, page_number
from motcua.faces.desk.views.registers import note
from motcua.faces.desk.words import language
from motcua.faces.ui import reads


@dataclass(frozen=True, slots=True)
class Row:
    """A dossier as the page shows it; nothing personal stands there."""

    code: str
    procedure: str
    kept: Kept


@dataclass(frozen=True, slots=True)
class Table:
    """A part of the page in words."""

    key: str
    title: str
    when: str
    rows: list[Row]
    listed: Part


@require_safe
@desk
def data_keeping(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show a page of each part; that it was read is a line of the access log."""
    found = keeping(visit.actor, visit.at, page=page_number(request))
    parts = (found.due, found.held, found.erased)
    numbers = dict.fromkeys(row.dossier.pk for part in parts for row in part.rows)
    reads.listed(request, visit.actor, visit.at, "retention", numbers)
    due, erased = keeping_records(visit.actor, visit.at, page=page_number(request))
    shown = Counter(row.record.register for part in (due, erased) for row in part.rows)
    for key, count in sorted(shown.items()):
        note(request, visit, registers()[key], count=count)
    every: list[Part | RecordPart] = [*parts, due, erased]
    context = {
        "rules": [(rule, _about(rule)) for rule in found.rules],
        "coming": [(rule, _about(rule)) for rule in found.coming],
        "tables": [
            _table("due", _("Đến hạn xóa"), _("Kết thúc lúc"), found.due),
            _table("held", _("Đang được giữ"), _("Kết thúc lúc"), found.held),
            _table("erased", _("Đã xóa nội dung"), _("Xóa lúc"), found.erased),
        ],
        "records": [
            ("due-records", _("Bản ghi đến hạn xóa"), due, _named(due)),
            ("erased-records", _("Bản ghi đã xóa nội dung"), erased, _named(erased)),
        ],
        "listed": max(every, key=lambda part: part.pages),
    }
    return page(request, "keeping.html", context)


def _about(rule: Rule) -> str:
    if rule.kind is Kind.SIGN_IN:
        return _("Nhật ký đăng nhập")
    if rule.kind is Kind.SESSION:
        return _("Phiên làm việc đã kết thúc")
    if rule.kind is Kind.RECORD:
        declaration = registers().get(rule.procedure)
        every = _("Bản ghi của mọi sổ có thông tin cá nhân")
        return declaration.name.text(language()) if declaration else every
    return _("Hồ sơ của mọi thủ tục") if rule.procedure == "*" else rule.procedure


def _named(part: RecordPart) -> list[tuple[KeptRecord, str]]:
    """Give the records of a part with the names of their registers."""
    return [(row, registers()[row.record.register].name.text(language())) for row in part.rows]


def _table(key: str, title: str, when: str, part: Part) -> Table:
    return Table(key, title, when, [_row(one) for one in part.rows], part)


def _row(one: Kept) -> Row:
    row = one.dossier
    named = row.version.procedure
    name = named.name_en if language() == "en" and named.name_en else named.name_vi
    return Row(row.code or row.lookup, name, one)

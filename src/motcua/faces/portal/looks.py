"""Ai đã xem hồ sơ này: who looked, as the applicant is told it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from motcua.core.access.log import Kind
from motcua.core.access.looks import Look, looks_at
from motcua.core.agencies.queries import agency
from motcua.core.people.models import Officer
from motcua.core.procedures.systems import systems
from motcua.faces.ui.templatetags.ui import language

LATEST = 200
"""So many looks are told; older ones stay in the log."""


@dataclass(frozen=True, slots=True)
class ShownLook:
    """A line of the table: who, in which way, how often that day, and when last."""

    who: str
    how: str
    times: int
    at: datetime.datetime
    dossier_id: int


def looks_of(*dossiers: int) -> list[ShownLook]:
    """Give who looked at dossiers, newest first; a line for each reader, way, day and dossier."""
    looks = looks_at(*dossiers, limit=LATEST)
    names = _names(looks)
    shown: dict[tuple[str, str, datetime.date, int], ShownLook] = {}
    for look in looks:
        who, how = _who(look, names), _how(look.kind)
        key = (who, how, localtime(look.at).date(), look.dossier_id)
        times = look.times + (shown[key].times if key in shown else 0)
        last = shown[key].at if key in shown else look.at
        shown[key] = ShownLook(who, how, times, last, look.dossier_id)
    return list(shown.values())


def _who(look: Look, names: dict[str, str]) -> str:
    """Name agency and post, and the officer only where the house says so."""
    if look.actor.startswith("party:"):
        return _("Người nộp (trang theo dõi này)")
    if look.actor.startswith("account:"):
        return _("Tài khoản công dân (trang “Hồ sơ của tôi”)")
    if look.agency_id is None:
        return _("Hệ thống") if look.actor.startswith("system:") else _("Cán bộ")
    post = _posts().get(look.post, look.post)
    named = names.get(look.actor)
    where = f"{post}, {agency(look.agency_id).name(language())}"
    return f"{named}, {where}" if named else where


def _names(looks: list[Look]) -> dict[str, str]:
    if not settings.MOTCUA_READERS_NAMED:
        return {}
    numbers = {int(one.actor[8:]) for one in looks if one.actor.startswith("officer:")}
    rows = Officer.objects.filter(pk__in=numbers).values_list("pk", "name")
    return {f"officer:{number}": name for number, name in rows}


def _posts() -> dict[str, str]:
    names: dict[str, str] = {}
    for system in systems():
        for post, name in system.declaration.posts.items():
            names.setdefault(post, name.text(language()))
    return names


def _how(kind: str) -> str:
    return {
        Kind.LISTED: _("Thấy trong danh sách"),
        Kind.OPENED: _("Đã mở hồ sơ"),
        Kind.REVEALED: _("Xem thông tin được che"),
        Kind.DOWNLOADED: _("Mở tệp hoặc văn bản"),
        Kind.EXPORTED: _("Xuất dữ liệu"),
    }[Kind(kind)]

"""Letter templates as pages show them: editions, checks, faults with their line, differences."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.core.letters.checks import CHECKS, Verdict
from motcua.core.letters.comparing import Stretch
from motcua.core.letters.editions import Standing
from motcua.core.letters.models import LetterEdition
from motcua.core.letters.sources import SHARED, Sources
from motcua.faces.desk.shown.acted import name_behind
from motcua.faces.desk.words import language
from motcua.kernel.flow.faults import Fault


@dataclass(frozen=True, slots=True)
class ShownFault:
    """A fault: where it stands, what it is, and the line itself."""

    where: str
    sentence: str
    line: str


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """A check by name: `state` is ok, late (failed) or paused (not looked at)."""

    name: str
    state: str
    words: str
    faults: tuple[ShownFault, ...]


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """A line of the list: a letter, its edition in force, and what comes or is being written."""

    name: str
    address: str
    system: str
    in_force: str
    about: str
    coming: str
    draft: int | None


def shown_letter(one: Standing, system: str) -> ShownLetter:
    """Give a letter as a line."""
    return ShownLetter(
        one.letter.name.text(language()),
        reverse("desk:letter", args=[one.letter.address]),
        system,
        edition_name(one.in_force.number if one.in_force else 0),
        about(one.in_force),
        _("Bản %(n)s có hiệu lực từ %(day)s")
        % {"n": one.coming.number, "day": f"{one.coming.since:%d/%m/%Y}"}
        if one.coming
        else "",
        one.draft.number if one.draft else None,
    )


def edition_name(number: int) -> str:
    """Name an edition."""
    return _("Bản %s") % number if number else _("Bản gốc của phần mềm (bản 0)")


def about(row: LetterEdition | None) -> str:
    """Tell since when an edition is in force, by whom and by which document.

    Empty for what ships with the software: its name says so.
    """
    if row is None:
        return ""
    told = {
        "day": f"{row.since:%d/%m/%Y}",
        "by": name_behind(row.published_by),
        "document": row.document,
    }
    return _("Từ %(day)s, %(by)s công bố theo %(document)s") % told


def state_of(row: LetterEdition, standing: Standing, at: datetime.datetime) -> str:
    """Tell how a published edition stands."""
    if row == standing.in_force:
        return _("Đang có hiệu lực")
    return _("Chờ ngày hiệu lực") if row.in_force_at and row.in_force_at > at else _("Đã thay")


def shown_faults(found: Iterable[Fault], sources: Sources) -> tuple[ShownFault, ...]:
    """Give faults with the line that each is about."""
    return tuple(
        ShownFault(_place(one.where), one.en if language() == "en" else one.vi, _line(one, sources))
        for one in found
    )


def shown_checks(verdict: Verdict, sources: Sources) -> tuple[ShownCheck, ...]:
    """Give every check with what it found; after one failed, later ones saw not everything."""
    names = {
        "source": _("Văn bản mẫu hợp lệ, không dùng lệnh bị cấm"),
        "sets": _("Dựng được với mọi loại dữ liệu"),
        "bounds": _("Trong giới hạn thời gian, bộ nhớ, số trang"),
        "archive": _("Đạt chuẩn lưu trữ PDF/A-2b và PDF/UA-1"),
        "parts": _("Đủ các phần bắt buộc"),
    }
    failed_source = bool(verdict.of("source"))
    rows = []
    for check in CHECKS:
        found = shown_faults(verdict.of(check), sources)
        skipped = failed_source and check != "source"
        state = "late" if found else "paused" if skipped else "ok"
        words = {"late": _("Chưa đạt"), "paused": _("Chưa xét"), "ok": _("Đạt")}[state]
        rows.append(ShownCheck(names[check], state, words, found))
    return tuple(rows)


def compared(found: Iterable[Stretch]) -> tuple[tuple[str, str, str], ...]:
    """Give differences as the component that compares shows them."""
    return tuple((_stretch(one), one.before or "–", one.after or "–") for one in found)


def _stretch(one: Stretch) -> str:
    place = _("phần dùng chung, dòng %s") if one.shared else _("dòng %s")
    last = max(one.first, one.last)
    return place % (f"{one.first}–{last}" if last > one.first else one.first)


def _place(where: str) -> str:
    if where.isdigit():
        return _("Dòng %s") % where
    prefix, _sep, line = where.partition(":")
    if prefix == SHARED:
        return _("Phần dùng chung, dòng %s") % line if line else _("Phần dùng chung")
    return ""


def _line(one: Fault, sources: Sources) -> str:
    prefix, _sep, line = one.where.rpartition(":")
    lines = (sources.shared if prefix == SHARED else sources.text).splitlines()
    number = int(line) if line.isdigit() else 0
    return lines[number - 1].strip()[:200] if 0 < number <= len(lines) else ""

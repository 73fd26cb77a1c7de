"""An edition of the catalogue as any face tells it: words, how sure they are, where they are from.

The words are those of the source and stay Vietnamese in either language: they are the legal ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from motcua.core.catalogue import reading
from motcua.core.catalogue.checks import gaps
from motcua.core.catalogue.comparing import Difference
from motcua.core.catalogue.content import Content, Value
from motcua.core.catalogue.levels import NAMES as LEVELS
from motcua.core.catalogue.models import Edition, Listing, ServiceLevel
from motcua.core.catalogue.names import name_of
from motcua.core.catalogue.queries import Shown, levels, received, referrals
from motcua.core.procedures.declaration import Mark
from motcua.faces.ui.templatetags.ui import language
from motcua.kernel.flow.faults import Fault
from motcua.kernel.vietnamese import citation

_FIRST = ("decided_by", "carried_out_by", "level", "subjects", "online_level", "decision")
_ELSEWHERE = {
    *("code", "name", "group", "field", "id", "evidence", "legal_basis"),
    *("time_limit", "filing", "fee", "result", "short_name"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A value: its name, its lines, what a reader must doubt, and its source."""

    name: str
    lines: tuple[str, ...]
    doubt: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper: its name, how many of it, and a remark."""

    name: str
    count: str
    note: str


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the online service and its time."""

    name: str
    row: ServiceLevel
    doubt: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A service that another body runs, and its dossiers month by month."""

    run_by: str
    filed_at: str
    link: bool
    since: object
    until: object
    counts: tuple[tuple[str, int], ...]


def told(shown: Shown) -> dict[str, object]:
    """Give everything that the page of an edition shows."""
    content, listing = shown.content, shown.listing
    return {
        "listing": listing,
        "edition": shown.edition,
        "facts": tuple(_facts(content)),
        "papers": _papers(content),
        "papers_doubt": doubt(content.values.get("evidence")),
        "sets": reading.sets(content),
        "laws": tuple(citation(law) for law in reading.laws(content)),
        "laws_doubt": doubt(content.values.get("legal_basis")),
        "more": tuple(_more(content)),
        "sources": tuple(_sources(content)),
        "levels": tuple(_levels(listing)),
        "elsewhere": _elsewhere(listing),
    }


def doubt(value: Value | None) -> str:
    """Word how unsure a value is; empty where a document confirms it."""
    unsure = value is not None and value.mark is Mark.UNCONFIRMED
    return _("Chưa có văn bản xác nhận") if unsure else ""


def missing(content: Content) -> tuple[tuple[str, str], ...]:
    """Give what the edition lacks before it can be published: the part and the sentence."""
    return tuple((name_of(one.where).text(language()), _sentence(one)) for one in gaps(content))


def lacking(content: Content) -> tuple[tuple[str, str], ...]:
    """Give the public what is not confirmed of a procedure and why, without the doubted value."""
    why = {
        "catalogue.no_code": _("Chưa tìm thấy mã trong Cơ sở dữ liệu quốc gia."),
        "catalogue.missing": _("Chưa tìm thấy văn bản nào nêu."),
        "catalogue.limit_unstated": _("Nguồn đã đọc không nêu thời hạn."),
        "catalogue.unit_guessed": _("Nguồn đã đọc chỉ ghi con số, không ghi đơn vị thời gian."),
    }
    usual = _("Mới ghi theo trí nhớ của người lập danh mục, chưa có văn bản xác nhận.")
    return tuple(
        (name_of(one.where).text(language()), why.get(one.code, usual)) for one in gaps(content)
    )


def told_surely(shown: Shown) -> dict[str, object]:
    """Give what the page of a draft shows the public: what documents confirm, and nothing else."""
    content = sure(shown.content)
    found = told(replace(shown, content=content))
    unsaid = (_("Nguồn không nêu"),)
    return {
        **found,
        "facts": tuple(one for one in _facts(content) if one.lines != unsaid),
        "levels": tuple(one for one in _levels(shown.listing) if not one.doubt),
        "name_sure": "name" in content.values,
        "code_sure": "code" in content.values,
        "lacks": lacking(shown.content),
    }


def sure(content: Content) -> Content:
    """Give what documents confirm of a content, and nothing else."""
    doubted = {one.where for one in gaps(content)}
    values = {
        name: value
        for name, value in content.values.items()
        if name not in doubted and value.mark is not Mark.UNCONFIRMED
    }
    return Content(content.form, values)


def state(edition: Edition) -> str:
    """Word where an edition stands."""
    words = {
        "draft": _("Bản thảo"),
        "published": _("Đang có hiệu lực"),
        "dropped": _("Đã bỏ, không công bố"),
    }
    return words.get(edition.state, _("Hết hiệu lực"))


def compared(found: Iterable[Difference]) -> tuple[tuple[str, str, str], ...]:
    """Give differences with the name of their place, and a dash for what is not there."""
    return tuple((_place(one), one.before or "–", one.after or "–") for one in found)


def _place(one: Difference) -> str:
    """Name a place; an item of a list is named by what stands in it, which need not be twice."""
    where = one.where.removesuffix(f" › {one.before or one.after}")
    first, *rest = where.split(".", 1)
    named, *below = first.split(" › ", 1)
    return " › ".join([name_of(named).text(language()), *below, *rest])


def _sentence(gap: Fault) -> str:
    return gap.en if language() == "en" else gap.vi


def _facts(content: Content) -> Iterator[Said]:
    limit = "filing" if "filing" in content.values else "time_limit"
    fee = "filing" if "filing" in content.values else "fee"
    yield _said(content, "time_limit", _limits(content), by=limit)
    yield _said(content, "fee", reading.fees(content), by=fee)
    yield _said(content, "result", reading.results(content))
    if found := reading.ways(content):
        yield Said(_("Cách nộp"), found, doubt(content.values.get(limit)))
    for name in _FIRST:
        if words := reading.shown(content.text(name)):
            yield _said(content, name, (words,))


def _said(content: Content, name: str, lines: tuple[str, ...], *, by: str = "") -> Said:
    value = content.values.get(by or name)
    words = lines or (_("Nguồn không nêu"),)
    return Said(name_of(name).text(language()), words, doubt(value), value.source if value else "")


def _limits(content: Content) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_limit(line) for line in reading.limits(content)))


def _limit(line: reading.LimitLine) -> str:
    about = [line.channel, line.where, _("từ %s") % line.since if line.since else ""]
    head = ", ".join(part for part in about if part)
    tail = f" ({line.note})" if line.note else ""
    return f"{head}: {line.words}{tail}" if head else f"{line.words}{tail}"


def _papers(content: Content) -> tuple[ShownPaper, ...]:
    return tuple(
        ShownPaper(one.name, _count(one), "; ".join(filter(None, (one.form, one.note))))
        for one in reading.papers(content)
    )


def _count(paper: reading.Paper) -> str:
    parts = []
    if paper.originals:
        parts.append(_("bản chính: %(n)s") % {"n": paper.originals})
    if paper.copies:
        parts.append(_("bản sao: %(n)s") % {"n": paper.copies})
    return ", ".join(parts) or _("Nguồn không nêu số bản")


def _more(content: Content) -> Iterator[Said]:
    """Give what no other part of the page shows."""
    for name, value in content.values.items():
        if name in _ELSEWHERE or name in _FIRST:
            continue
        said = value.said if isinstance(value.said, list) else [value.said]
        lines = tuple(str(one) for one in said if reading.shown(str(one or "")))
        if lines:
            yield Said(name_of(name).text(language()), lines, doubt(value), value.source)


def _sources(content: Content) -> Iterator[Said]:
    for name, value in content.values.items():
        if value.source:
            yield Said(name_of(name).text(language()), (value.source,), doubt(value))


def _levels(listing: Listing) -> Iterator[Level]:
    for row in levels(listing):
        vi, en = LEVELS[row.level]
        unsure = _("Chưa có văn bản xác nhận") if row.mark == Mark.UNCONFIRMED else ""
        yield Level(en if language() == "en" else vi, row, unsure)


def _elsewhere(listing: Listing) -> tuple[Elsewhere, ...]:
    return tuple(
        Elsewhere(
            row.run_by,
            row.filed_at,
            row.filed_at.startswith("https://"),
            row.valid_from,
            row.valid_to,
            tuple((f"{month:%m/%Y}", count) for month, count in received(row).items()),
        )
        for row in referrals(listing)
    )

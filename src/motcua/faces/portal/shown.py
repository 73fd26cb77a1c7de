"""A procedure as the portal tells it: every value with how sure it is and where it was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from motcua.core.procedures.declaration import Declaration, FeeRule, Mark, Source, Text
from motcua.core.procedures.queries import Current
from motcua.faces.ui.templatetags.ui import language, money
from motcua.kernel.calendar import Limit, Unit
from motcua.kernel.flow.paths import main_path
from motcua.kernel.vietnamese import citation, sort_key


@dataclass(frozen=True, slots=True)
class Said:
    """One value: its name, its words, a remark, and the source with its mark."""

    name: str
    value: str
    note: str = ""
    source: Source | None = None

    @property
    def doubt(self) -> str:
        """What a reader must know where no document confirms the value; empty where one does."""
        return doubt(self.source)


def doubt(source: Source | None) -> str:
    """Word how unsure a value is."""
    if source is None or source.mark is Mark.CONFIRMED:
        return ""
    if source.mark is Mark.SAMPLE:
        return _("Đặt ra để dùng thử")
    return _("Chưa có văn bản xác nhận")


def identity(declaration: Declaration) -> tuple[Said, Said]:
    """Give the code and the name, which the page's head shows."""
    name = _words(declaration.name)
    return (
        _said(declaration, "code", _("Mã thủ tục"), declaration.code),
        _said(declaration, "name", _("Tên thủ tục"), name),
    )


def laws(declaration: Declaration) -> tuple[Said, ...]:
    """Give the legal texts, written out, each with where it was named."""
    return tuple(Said(citation(one.text), "", source=one.source) for one in declaration.legal_basis)


def facts(declaration: Declaration) -> tuple[Said, ...]:
    """Give what a citizen asks first: how long, how much, who decides, what comes out."""
    limit = declaration.limit
    how_long = limit.text(language()) if limit else _("Pháp luật không ấn định thời hạn")
    said = [
        _said(declaration, "limit", _("Thời hạn giải quyết"), how_long),
        *_fees(declaration.fees),
        _said(declaration, "result", _("Kết quả"), _words(declaration.result)),
        _said(declaration, "decided_by", _("Cơ quan giải quyết"), _words(declaration.decided_by)),
        _said(declaration, "level", _("Cấp thực hiện"), _words(declaration.level)),
        _said(declaration, "channels", _("Cách nộp"), _channels(declaration)),
    ]
    return tuple(said)


def _said(declaration: Declaration, key: str, name: str, value: str) -> Said:
    note = declaration.notes.get(key)
    return Said(name, value, _words(note) if note else "", declaration.sources.get(key))


def _fees(fees: Iterable[FeeRule]) -> list[Said]:
    said = [_fee(fee) for fee in fees]
    return said or [Said(_("Phí, lệ phí"), _("Không có khoản thu nào được công bố"))]


def _fee(fee: FeeRule) -> Said:
    value = _("Chưa công bố mức thu") if fee.amount is None else _amount(fee.amount)
    if fee.per is not None and fee.amount:
        value = f"{value} / {_words(fee.per)}"
    return Said(_words(fee.name), value, _words(fee.note) if fee.note else "", fee.source)


def _amount(dong: int) -> str:
    return money(dong) if dong else _("Không thu")


def _channels(declaration: Declaration) -> str:
    ways = {"public": _("Trực tuyến trên trang này"), "counter": _("Tại quầy của Bộ phận Một cửa")}
    return "\n".join(words for key, words in ways.items() if key in declaration.channels)


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper to hand in."""

    name: str
    count: str
    required: bool
    note: str
    source: Source | None

    @property
    def doubt(self) -> str:
        """How unsure the paper is."""
        return doubt(self.source)


def papers(declaration: Declaration) -> tuple[ShownPaper, ...]:
    """Give the papers that are asked for, with originals and copies."""
    return tuple(
        ShownPaper(
            _words(rule.name),
            _count(rule.originals, rule.copies),
            rule.required,
            _words(rule.note) if rule.note else "",
            rule.source,
        )
        for rule in declaration.evidence
    )


def _count(originals: int, copies: int) -> str:
    parts = []
    if originals:
        parts.append(_("%(n)s bản chính") % {"n": originals})
    if copies:
        parts.append(_("%(n)s bản sao") % {"n": copies})
    return ", ".join(parts) or _("Số bản không được quy định")


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step that the dossier goes through, as an event ahead of `ui/timeline.html`."""

    title: str
    detail: str
    mood: str = "ahead"


def steps(declaration: Declaration) -> tuple[ShownStep, ...]:
    """Give the steps of the main path with their working time."""
    flow = declaration.flow
    found = [flow.step[key] for key in main_path(flow) if key in flow.step]
    return tuple(
        ShownStep(
            _words(declaration.step_names[step.key]),
            _hours(step.minutes),
        )
        for step in found
    )


def _hours(minutes: int) -> str:
    return Limit(Fraction(minutes, 60), Unit.WORKING_HOUR).text(language()) if minutes else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Procedures of one field."""

    name: str
    procedures: tuple[Declaration, ...]


def grouped(found: Iterable[Current]) -> tuple[Group, ...]:
    """Put procedures together by their field, both in Vietnamese order."""
    groups: dict[str, list[Declaration]] = {}
    names: dict[str, Text] = {}
    for one in found:
        group = one.declaration.group
        names.setdefault(group.vi, group)
        groups.setdefault(group.vi, []).append(one.declaration)
    return tuple(
        Group(_words(names[key]), tuple(groups[key])) for key in sorted(groups, key=sort_key)
    )


def _words(text: Text) -> str:
    return text.text(language())

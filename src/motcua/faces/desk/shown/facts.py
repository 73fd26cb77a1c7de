"""Labels and values of a dossier: who asks, what they asked for, when it is due."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from motcua.core.access.actors import Actor
from motcua.core.access.masks import (
    HIDDEN,
    is_masked,
    masked,
    may_reveal,
    party_grade,
    shown_name,
)
from motcua.core.agencies.heirs import both_names
from motcua.core.agencies.queries import agency
from motcua.core.dossiers.answers import read
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.situation import Snapshot
from motcua.core.people.models import Party
from motcua.core.people.parties import shown_as
from motcua.core.procedures.declaration import Declaration, FieldRule, FieldType, Grade
from motcua.faces.desk.words import BUCKETS, CHANNELS, language, moment, promise
from motcua.faces.ui.states import state_words
from motcua.kernel.codes import mask
from motcua.kernel.vietnamese import format_date, format_money, format_number

Fact = tuple[str, str]
"""A label with its value."""


def about(snapshot: Snapshot, declaration: Declaration) -> list[Fact]:
    """Tell where the dossier stands and by when it is due."""
    now, spoken = snapshot.now, language()
    receiving = both_names(snapshot.desk_agency_id, snapshot.receiving_agency_id, spoken)
    elsewhere = now.holding_agency_id != snapshot.desk_agency_id
    holding = agency(now.holding_agency_id).name(spoken) if elsewhere else ""
    facts = [
        (_("Tên thủ tục"), declaration.name.text(spoken)),
        (_("Tình trạng"), state_words(now.state)),
        (_("Cơ quan tiếp nhận"), receiving),
        (_("Cơ quan đang giữ"), holding),
        (_("Kênh nộp"), str(CHANNELS.get(snapshot.channel, snapshot.channel))),
        (_("Số tra cứu"), snapshot.lookup),
        (_("Nộp lúc"), moment(snapshot.filed_at)),
        (_("Tiếp nhận lúc"), moment(now.received_at)),
        (_("Hạn giải quyết"), promise(now.due_at)),
        (_("Hẹn trả"), promise(now.promised_at)),
        (_("Người nộp bổ sung chậm nhất"), moment(now.answer_by)),
        (_("Có kết quả lúc"), moment(now.finished_at)),
        (_("Kết quả so với hạn"), str(BUCKETS.get(now.bucket, ""))),
        (_("Trả kết quả lúc"), moment(now.returned_at)),
    ]
    return [fact for fact in facts if fact[1] not in {"", "–"}]


@dataclass(frozen=True, slots=True)
class View:
    """Who looks at which dossier, and whether its personal values are in clear to them."""

    actor: Actor
    code: str
    clearance: bool

    def hides(self, grade: Grade) -> bool:
        """Tell whether a value of this grade stands behind its mask."""
        return is_masked(grade, clearance=self.clearance)

    def behind(self, field: str, label: str, grade: Grade, hidden: str) -> str:
        """Give a mask, with the way to have the value shown where there is one.

        `label` names the value in the words of that way: no other value of the page has it.
        """
        if not may_reveal(self.actor, grade, clearance=self.clearance):
            return hidden
        link = reverse("desk:reveal", args=[self.code, field])
        words = (hidden, link, _("Hiện"), label)
        return format_html('{} <a href="{}">{}<span class="unseen"> {}</span></a>', *words)


def name_of(party: Party | None, *, clearance: bool) -> str:
    """Give the applicant's name or its mask; empty where nobody is named."""
    return shown_name(party.kind, party.name, clearance=clearance) if party else ""


def of_applicant(view: View, party: Party | None) -> list[Fact]:
    """Tell who asks; what the reader may not see stands behind its mask."""
    if party is None:
        return []
    stated = shown_as(party)
    kind = _("Tổ chức, doanh nghiệp") if party.kind == Party.Kind.ENTERPRISE else _("Công dân")
    facts = [
        (label, _attribute(view, party.kind, name, label, stated[name]))
        for name, label in applicant_labels().items()
    ]
    facts.insert(1, (_("Người nộp là"), kind))
    return [fact for fact in facts if fact[1]]


def applicant_labels() -> dict[str, str]:
    """Give the labels of what is kept about an applicant, by its name."""
    return {
        "name": _("Họ và tên, hoặc tên tổ chức"),
        "number": _("Số định danh cá nhân"),
        "tax_code": _("Mã số thuế"),
        "phone": _("Số điện thoại"),
        "email": _("Thư điện tử"),
        "address": _("Địa chỉ"),
    }


def _attribute(view: View, kind: str, name: str, label: str, value: str) -> str:
    grade = party_grade(kind, name)
    if not value or not view.hides(grade):
        return value
    # A form may ask for an address or an e-mail of its own: two ways may not have one name.
    whose = _("%(label)s của người nộp") % {"label": label}
    return view.behind(f"applicant.{name}", whose, grade, masked(name, value))


def of_form(view: View, declaration: Declaration, row: Dossier) -> list[Fact]:
    """Give the answers of the form with their labels, in the order of the form."""
    values = read(row.fields)
    return [
        (rule.label.text(language()), _answered(view, rule, values[rule.key]))
        for rule in declaration.fields
        if values.get(rule.key) not in (None, "")
    ]


def _answered(view: View, rule: FieldRule, value: object) -> str:
    if not view.hides(rule.grade):
        return answer(rule, value)
    hidden = mask(str(value)) if rule.type is FieldType.PERSONAL_NUMBER else HIDDEN
    return view.behind(f"fields.{rule.key}", rule.label.text(language()), rule.grade, hidden)


def answer(rule: FieldRule, value: object) -> str:
    """Write an answer in clear as people here read it."""
    match rule.type:
        case FieldType.BOOLEAN:
            return _("Có") if value else _("Không")
        case FieldType.MONEY:
            return format_money(int(str(value)))
        case FieldType.NUMBER:
            return format_number(Decimal(str(value)))
        case FieldType.DATE:
            return format_date(datetime.date.fromisoformat(str(value)), language())
        case FieldType.CHOICE:
            labels = {choice.key: choice.label.text(language()) for choice in rule.choices}
            return labels.get(str(value), str(value))
        case FieldType.PHONE:
            return str(value).replace("+84", "0", 1)
        case _:
            return str(value)

"""Labels and values of a dossier: who asks, what they asked for, when it is due."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from motcua.core.agencies.queries import agency
from motcua.core.dossiers.answers import read
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.situation import Snapshot
from motcua.core.people.models import Party
from motcua.core.people.numbers import open_number
from motcua.core.procedures.declaration import Declaration, FieldRule, FieldType
from motcua.faces.desk.words import BUCKETS, CHANNELS, language, moment, promise
from motcua.faces.ui.states import state_words
from motcua.kernel.codes import mask
from motcua.kernel.vietnamese import format_date, format_money, format_number

Fact = tuple[str, str]
"""A label with its value."""


def about(snapshot: Snapshot, declaration: Declaration) -> list[Fact]:
    """Tell where the dossier stands and by when it is due."""
    now, spoken = snapshot.now, language()
    receiving = agency(snapshot.receiving_agency_id).name(spoken)
    holding = agency(now.holding_agency_id).name(spoken)
    facts = [
        (_("Tên thủ tục"), declaration.name.text(spoken)),
        (_("Tình trạng"), state_words(now.state)),
        (_("Cơ quan tiếp nhận"), receiving),
        (_("Cơ quan đang giữ"), holding if holding != receiving else ""),
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


def of_applicant(party: Party | None) -> list[Fact]:
    """Tell who asks; identity numbers are masked."""
    if party is None:
        return []
    number = mask(open_number(bytes(party.number_cipher))) if party.number_cipher else ""
    kind = _("Tổ chức, doanh nghiệp") if party.kind == Party.Kind.ENTERPRISE else _("Công dân")
    facts = [
        (_("Họ và tên, hoặc tên tổ chức"), party.name),
        (_("Người nộp là"), kind),
        (_("Số định danh cá nhân"), number),
        (_("Mã số thuế"), party.tax_code),
        (_("Số điện thoại"), party.phone_as_given or party.phone),
        (_("Thư điện tử"), party.email),
        (_("Địa chỉ"), party.address),
    ]
    return [fact for fact in facts if fact[1]]


def of_form(declaration: Declaration, row: Dossier) -> list[Fact]:
    """Give the answers of the form with their labels, in the order of the form."""
    values = read(row.fields)
    return [
        (rule.label.text(language()), answer(rule, values[rule.key]))
        for rule in declaration.fields
        if values.get(rule.key) not in (None, "")
    ]


def answer(rule: FieldRule, value: object) -> str:
    """Write an answer as people here read it; identity numbers are masked."""
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
        case FieldType.PERSONAL_NUMBER:
            return mask(str(value))
        case _:
            return str(value)

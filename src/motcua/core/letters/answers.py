"""The answers of a dossier's form as a letter shows them; personal ones are left out."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal

from motcua.core.procedures.declaration import Declaration, FieldRule, FieldType, Grade
from motcua.kernel.vietnamese import format_date, format_money, format_number


def shown_answers(declaration: Declaration, fields: str) -> list[dict[str, str]]:
    """Give label and value of every answer that is not personal, in the order of the form."""
    values = json.loads(fields)
    return [
        {"label": rule.label.vi, "value": shown(rule, values[rule.key])}
        for rule in declaration.fields
        if rule.grade is Grade.PUBLIC and values.get(rule.key) not in (None, "")
    ]


def shown(rule: FieldRule, value: object) -> str:
    """Write one answer the way people here read it."""
    match rule.type:
        case FieldType.BOOLEAN:
            return "Có" if value else "Không"
        case FieldType.MONEY:
            return format_money(int(str(value)))
        case FieldType.NUMBER:
            return format_number(Decimal(str(value)))
        case FieldType.DATE:
            return format_date(datetime.date.fromisoformat(str(value)))
        case FieldType.CHOICE:
            labels = {choice.key: choice.label.vi for choice in rule.choices}
            return labels.get(str(value), str(value))
        case _:
            return str(value)

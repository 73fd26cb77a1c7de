"""The agencies of a source: found by code, made as the mapping says where they are missing."""

from __future__ import annotations

import datetime

from motcua.core.agencies.models import Agency
from motcua.core.agencies.queries import forget_tree
from motcua.core.ledger.append import append_to_house
from motcua.core.sql import Tx
from motcua.core.takeover.mapping import AgencyRule, Mapping
from motcua.kernel.errors import Refused

MARK = "imported: "
"""How `Agency.source` begins where an import made the agency."""


class AgencyUnknown(Refused):
    """The mapping sends cases to an agency that is neither here nor described."""

    code = "takeover.agency_unknown"
    vi = "Không có cơ quan mã {agency}, và tệp ánh xạ không mô tả nó ở [agencies]."
    en = "There is no agency {agency}, and the mapping does not describe it under [agencies]."


class AgencyCircle(Refused):
    """An agency of the mapping lies, through its parents, below itself."""

    code = "takeover.agency_circle"
    vi = "Trong tệp ánh xạ, cơ quan {agency} là cấp trên của chính nó."
    en = "In the mapping the agency {agency} lies above itself."


def check_agencies(mapping: Mapping) -> None:
    """Refuse a mapping that leads to an agency nobody knows, before anything is written."""
    wanted = {*mapping.departments.values(), *([mapping.department] if mapping.department else [])}
    for code in sorted(wanted):
        _missing(mapping, code)


def ensure_agency(
    tx: Tx, mapping: Mapping, code: str, *, actor: str, at: datetime.datetime
) -> None:
    """Make an agency, and those above it that are missing."""
    for rule in reversed(_missing(mapping, code)):
        parent = Agency.objects.get(code=rule.parent, valid_to=None) if rule.parent else None
        made = Agency.objects.create(
            code=rule.code,
            tier=rule.tier,
            name_vi=rule.name.vi,
            name_en=rule.name.en,
            short_name=rule.short_name,
            parent=parent,
            calendar=rule.calendar,
            source=f"{MARK}{mapping.source}",
        )
        told = {"agency": made.pk, "code": rule.code, "source": mapping.source}
        append_to_house(tx, act="agency", at=at, actor=actor, data=told, origin="imported")
    forget_tree()


def _missing(mapping: Mapping, code: str) -> list[AgencyRule]:
    """Give the rules to carry out, lowest first; empty where the agency lives here."""
    rules: list[AgencyRule] = []
    while code and not Agency.objects.filter(code=code, valid_to=None).exists():
        rule = mapping.agencies.get(code)
        if rule is None:
            raise AgencyUnknown(agency=code)
        if rule in rules:
            raise AgencyCircle(agency=code)
        rules.append(rule)
        code = rule.parent
    return rules

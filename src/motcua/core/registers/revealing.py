"""Having one masked value of a record shown: for a purpose, and never unseen."""

from __future__ import annotations

from motcua.core.access import log
from motcua.core.access.masks import may_reveal
from motcua.core.dossiers import answers
from motcua.core.dossiers.revealing import stated_purpose
from motcua.core.registers.declaration import RegisterDeclaration
from motcua.core.registers.rights import record_of, sees_clear
from motcua.kernel.errors import Refused


class NothingInRecord(Refused):
    """The record holds no value of this name."""

    code = "registers.nothing_to_reveal"
    vi = "Bản ghi này không có mục “{field}”."
    en = "This record has nothing called “{field}”."
    status = 404


class NotShown(Refused):
    """The reader may see the record, but this value only behind its mask."""

    code = "registers.not_revealed"
    vi = "Mục này chỉ cơ quan phụ trách bản ghi được xem. Cần thông tin này thì đề nghị cơ quan đó."
    en = "Only the agency that keeps this record may see this. Ask it where you need it."
    status = 403


def reveal(
    *,
    reader: log.Reader,
    declaration: RegisterDeclaration,
    record_id: int,
    field: str,
    purpose: str,
) -> str | int | bool:
    """Give a value of a record as it stands, once the look is written down.

    Personal values are for whoever reads the record, secret ones for the agency that keeps it.
    Raises `NoSuchRecord`, `NothingInRecord`, `NotShown`, `PurposeMissing` and `LogUnwritable`.
    """
    row = record_of(reader.actor, declaration, record_id)
    rule, values = declaration.field_rules.get(field), answers.read(row.values)
    if rule is None or field not in values:
        raise NothingInRecord(field=field[:40] if field.isprintable() else "")
    why = stated_purpose(purpose)
    if not may_reveal(reader.actor, rule.grade, clearance=sees_clear(reader.actor, row.agency_id)):
        raise NotShown
    log.of_records(
        reader,
        log.Kind.REVEALED,
        what=f"register.{declaration.key}.{row.pk}.{field}",
        agencies=[row.agency_id],
        purpose=why,
    )
    return values[field]

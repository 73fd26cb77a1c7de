"""Having one masked value of a dossier shown: for a purpose, and never unseen."""

from __future__ import annotations

from motcua.core.access import log
from motcua.core.access.actors import Actor
from motcua.core.access.masks import (
    PARTY_GRADES,
    NotRevealed,
    PurposeMissing,
    may_reveal,
    party_grade,
)
from motcua.core.access.rows import visible
from motcua.core.dossiers import answers
from motcua.core.dossiers.clearance import around, is_clear
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.situation import NotFound, Snapshot
from motcua.core.people.parties import shown_as
from motcua.core.procedures.declaration import Grade
from motcua.core.procedures.queries import declared
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

MAX_PURPOSE = 200
APPLICANT, FORM = "applicant", "fields"


class NothingToReveal(Refused):
    """The dossier holds no value of this name."""

    code = "access.nothing_to_reveal"
    vi = "Hồ sơ này không có mục “{field}”."
    en = "This dossier has nothing called “{field}”."
    status = 404


def reveal(*, reader: log.Reader, snapshot: Snapshot, field: str, purpose: str) -> str | int | bool:
    """Give the value of `applicant.NAME` or `fields.NAME`, once the look is written down.

    Raises `NothingToReveal`, `NotRevealed` where only those who deal with the dossier may see it,
    `PurposeMissing`, and `LogUnwritable`.
    """
    grade, value = _found(reader.actor, snapshot, field)
    why = stated_purpose(purpose)
    if not may_reveal(reader.actor, grade, clearance=is_clear(reader.actor, snapshot)):
        raise NotRevealed
    agencies = around(snapshot)
    log.revealed(reader, snapshot.id, field=field, purpose=why, agencies=agencies)
    return value


def stated_purpose(text: str) -> str:
    """Give the purpose that was typed, or refuse."""
    purpose = clean(text, limit=MAX_PURPOSE)
    if not purpose:
        raise PurposeMissing
    return purpose


def _found(actor: Actor, snapshot: Snapshot, field: str) -> tuple[Grade, str | int | bool]:
    rows = visible(Dossier.objects.filter(pk=snapshot.id), actor)
    row = rows.select_related("applicant").first()
    if row is None:
        raise NotFound
    part, _, name = field.partition(".")
    party = row.applicant
    stated = shown_as(party) if party is not None and name in PARTY_GRADES else {}
    if part == APPLICANT and party is not None and stated.get(name):
        return party_grade(party.kind, name), stated[name]
    grades = {rule.key: rule.grade for rule in declared(snapshot.version_id).fields}
    values = answers.read(row.fields)
    if part == FORM and name in grades and name in values:
        return grades[name], values[name]
    raise NothingToReveal(field=field[:80] if field.isprintable() else "")

"""The list of a register: what an actor may read, narrowed, counted exactly, a page at a time."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet

from motcua.core.access.actors import Actor
from motcua.core.access.masks import clear_agencies
from motcua.core.agencies.queries import LARGEST_ID
from motcua.core.procedures.declaration import FieldRule, FieldType, Grade
from motcua.core.procedures.fields import indexed_value
from motcua.core.procedures.values import READERS
from motcua.core.registers.declaration import ReferenceRule, RegisterDeclaration
from motcua.core.registers.models import Record, RecordIndex, RecordLink
from motcua.core.registers.rights import readable
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import fold, words

INCOMPLETE, BROKEN, STALE = "incomplete", "broken", "stale"
FAILINGS = (INCOMPLETE, BROKEN, STALE)
"""What a record may fail: a part is blank, a rule is broken, nobody confirmed it in time."""

_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to; `failing` is one of `FAILINGS` or the key of a broken rule.

    `fields` has values by the key of an indexed field, and numbers of records by the key of a
    reference that leads to them.
    """

    words: str = ""
    agency_id: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    failing: str = ""
    retired: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything was asked for."""
        return self != Filter()


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of records and how many there are."""

    rows: list[Record]
    total: int
    page: int
    pages: int


def listed(
    actor: Actor,
    declaration: RegisterDeclaration,
    wanted: Filter,
    *,
    on: datetime.date,
    page: int,
    size: int,
) -> Listed:
    """Give a page of the list, what was entered last first. Raises `OfficersRead`."""
    rows = narrowed(actor, declaration, wanted, on=on)
    total = rows.count()
    pages = max(1, -(-total // size))
    page = min(max(page, 1), pages)
    start = (page - 1) * size
    found = list(rows.order_by("-id")[start : start + size])
    return Listed(found, total, page, pages)


def narrowed(
    actor: Actor, declaration: RegisterDeclaration, wanted: Filter, *, on: datetime.date
) -> QuerySet[Record]:
    """Give the records that a filter leaves of those an actor may read."""
    rows = readable(actor, declaration).filter(retired=wanted.retired)
    if wanted.agency_id is not None:
        rows = rows.filter(agency=wanted.agency_id)
    for key, raw in wanted.fields.items():
        rows = _by_field(actor, declaration, rows, key, raw)
    if wanted.failing:
        rows = rows.filter(fails(declaration, wanted.failing, on))
    return _by_words(actor, rows, wanted.words)


def fails(declaration: RegisterDeclaration, what: str, on: datetime.date) -> Q:
    """Give the condition of records that fail something."""
    if what == INCOMPLETE:
        return Q(filled__lt=F("asked"))
    if what == STALE:
        return ~is_alive(declaration, on)
    if what == BROKEN:
        return ~Q(broken="")
    return Q(broken__contains=f",{what},")


def is_alive(declaration: RegisterDeclaration, on: datetime.date) -> Q:
    """Give the condition of records that were changed or confirmed within the cycle."""
    return Q(confirmed_on__gt=on - datetime.timedelta(days=declaration.cycle_days))


def _by_field(
    actor: Actor, declaration: RegisterDeclaration, rows: QuerySet[Record], key: str, raw: str
) -> QuerySet[Record]:
    """Keep records with a value; of personal ones only those that the actor sees in clear."""
    part = declaration.part(key)
    if isinstance(part, ReferenceRule):
        return _by_reference(part, rows, raw)
    rule = declaration.field_rules.get(key)
    if rule is None or not rule.indexed or not raw.strip():
        return rows
    found = _row_of(rule, raw)
    if found is None:
        return rows.none()
    if rule.grade is not Grade.PUBLIC:
        rows = rows.filter(agency__in=clear_agencies(actor))
    index = RecordIndex.objects.filter(register=declaration.key, key=key, **found)
    return rows.filter(pk__in=index.values("record_id"))


def _by_reference(rule: ReferenceRule, rows: QuerySet[Record], raw: str) -> QuerySet[Record]:
    """Keep records that name another one, by its number; what is no number leaves none."""
    if not rule.to_register:
        return rows
    if not (raw.isascii() and raw.isdigit()) or int(raw) > LARGEST_ID:
        return rows.none()
    named = RecordLink.objects.filter(key=rule.key, target=int(raw))
    return rows.filter(pk__in=named.values("record_id"))


def _row_of(rule: FieldRule, raw: str) -> dict[str, object] | None:
    try:
        value = READERS[rule.type](rule, raw, None)
    except Refused:
        return None
    if value is None:
        return None
    row = indexed_value(rule, value)
    if row.number is not None:
        return {"number": row.number}
    return {"day": row.day} if row.day is not None else {"text": row.text}


def _by_words(actor: Actor, rows: QuerySet[Record], text: str) -> QuerySet[Record]:
    found = words(text)[:_MOST_WORDS]
    digits = fold(text).replace(" ", "")
    if digits.isdigit():  # a number is one word, however it was grouped
        found = (digits,)
    clear = clear_agencies(actor)
    for word in found:
        said = f" {word}"
        rows = rows.filter(Q(search__contains=said) | Q(hidden__contains=said, agency__in=clear))
    return rows


def filterable(declaration: RegisterDeclaration) -> tuple[FieldRule, ...]:
    """Give the fields by which a list is narrowed with a choice."""
    kinds = {FieldType.CHOICE, FieldType.BOOLEAN}
    return tuple(one for one in declaration.fields if one.indexed and one.type in kinds)

"""How many records a list has, and how long their lines are, by what they have in common."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Min, QuerySet, Sum

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import tree
from motcua.core.dossiers import answers
from motcua.core.procedures.declaration import FieldRule, FieldType, Grade
from motcua.core.registers.declaration import Part, ReferenceRule, RegisterDeclaration
from motcua.core.registers.models import Record, RecordIndex, RecordLink
from motcua.core.registers.querying import Filter, narrowed
from motcua.core.registers.references import titles
from motcua.core.registers.showing import said
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import Language, sort_key

STEWARD = "steward"
"""What a list is grouped by where nothing else is asked: the agency that keeps a record."""

_GROUPED = frozenset({FieldType.TEXT, FieldType.CHOICE, FieldType.BOOLEAN})


class NotGrouped(Refused):
    """A list is to be grouped by what has no groups."""

    code = "registers.not_grouped"
    vi = "Sổ này không cộng theo “{key}”."
    en = "This register is not added up by “{key}”."
    status = 404


@dataclass(frozen=True, slots=True)
class Total:
    """Records that have a value in common; `raw` finds them in a list, empty where it is blank."""

    raw: str
    label: str
    count: int
    metres: float


@dataclass(frozen=True, slots=True)
class Totals:
    """The groups in the order of their words, what is blank last, and all of them together."""

    rows: tuple[Total, ...]
    count: int
    metres: float


def groups(declaration: RegisterDeclaration) -> tuple[Part, ...]:
    """Give the parts by which a list is added up: indexed public ones, and records that it names.

    Unlike personal ones, which totals would let one guess.
    """
    return tuple(
        one for one in declaration.parts() if _is_group(one) and not _is_key(declaration, one)
    )


def _is_group(part: Part) -> bool:
    if isinstance(part, ReferenceRule):
        return part.to_register
    return part.indexed and part.grade is Grade.PUBLIC and part.type in _GROUPED


def _is_key(declaration: RegisterDeclaration, part: Part) -> bool:
    """Tell whether each record has a value of its own there."""
    return declaration.natural == (part.key,)


def totals(
    actor: Actor,
    declaration: RegisterDeclaration,
    wanted: Filter,
    by: str,
    *,
    on: datetime.date,
    language: Language = "vi",
) -> Totals:
    """Add up the records of a list by a part. Raises `NotGrouped` and `OfficersRead`."""
    rows = narrowed(actor, declaration, wanted, on=on)
    whole = rows.order_by().aggregate(count=Count("pk"), metres=Sum("metres"))
    part = next((one for one in groups(declaration) if one.key == by), None)
    if part is None and by != STEWARD:
        raise NotGrouped(key=by[:40])
    if part is None:
        found = _by_agency(rows, language)
    elif isinstance(part, ReferenceRule):
        found = _by_reference(part, rows)
    else:
        found = _by_field(part, rows, language)
    told = sorted(found, key=lambda one: sort_key(one.label))
    blank = _blank(told, whole["count"], whole["metres"] or 0.0)
    return Totals((*told, *blank), whole["count"], whole["metres"] or 0.0)


def length(
    actor: Actor, declaration: RegisterDeclaration, wanted: Filter, *, on: datetime.date
) -> float:
    """Give the metres of every line of a list."""
    rows = narrowed(actor, declaration, wanted, on=on).order_by()
    told: float | None = rows.aggregate(all=Sum("metres"))["all"]
    return told or 0.0


def _blank(found: Iterable[Total], count: int, metres: float) -> list[Total]:
    """Give what has no value there: what the whole has beside the groups."""
    rest = count - sum(one.count for one in found)
    return [Total("", "", rest, metres - sum(one.metres for one in found))] if rest else []


def _by_agency(rows: QuerySet[Record], language: Language) -> list[Total]:
    nodes = tree().nodes
    found = rows.order_by().values_list("agency_id").annotate(n=Count("pk"), m=Sum("metres"))
    return [Total(str(key), nodes[key].name(language), n, m or 0.0) for key, n, m in found]


def _by_reference(rule: ReferenceRule, rows: QuerySet[Record]) -> list[Total]:
    links = RecordLink.objects.filter(key=rule.key, record__in=rows.order_by()).order_by()
    told = links.values_list("target_id").annotate(n=Count("pk"), m=Sum("record__metres"))
    found = list(told)
    named = titles({key for key, _n, _m in found})
    return [Total(str(key), named[key][1], n, m or 0.0) for key, n, m in found]


def _by_field(rule: FieldRule, rows: QuerySet[Record], language: Language) -> list[Total]:
    """Add up by an indexed value; its words are those of the first record that has it."""
    column = "number" if rule.type is FieldType.BOOLEAN else "text"
    index = RecordIndex.objects.filter(key=rule.key, record__in=rows.order_by()).order_by()
    told = index.values_list(column).annotate(
        n=Count("pk"), m=Sum("record__metres"), first=Min("record_id")
    )
    found = list(told)
    values = _values(rule.key, [first for *_rest, first in found])
    return [
        Total(_raw(values[first]), said(rule, values[first], language), n, m or 0.0)
        for _key, n, m, first in found
    ]


def _raw(value: str | int | bool) -> str:  # noqa: FBT001 - a value of a record
    return str(value).lower() if isinstance(value, bool) else str(value)


def _values(key: str, records: list[int]) -> Mapping[int, str | int | bool]:
    rows = Record.objects.filter(pk__in=records).values_list("pk", "values")
    return {pk: answers.read(text)[key] for pk, text in rows}

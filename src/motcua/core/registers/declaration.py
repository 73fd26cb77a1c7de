"""What a register says of itself; its file is told in `docs/reference/register-format.md`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from motcua.core.procedures.declaration import FieldRule, FieldType, Grade, Source, Text
from motcua.kernel import conditions
from motcua.kernel.conditions import Node
from motcua.kernel.geometry import Kind

GEOMETRY = "geometry"
"""The name under which a record's shape stands beside its values."""

AREA, AGENCY = "area", "agency"
"""What a reference may lead to, beside the records of a register."""


class Form(StrEnum):
    """What shape a record has on the map."""

    NONE = "none"
    POINT = "point"
    LINE = "line"
    POLYGON = "polygon"

    @property
    def kind(self) -> Kind | None:
        """The kind of its shapes; None where there are none."""
        match self:
            case Form.POINT:
                return "point"
            case Form.LINE:
                return "line"
            case Form.POLYGON:
                return "polygon"
        return None


class Readers(StrEnum):
    """Who reads the records, masks aside."""

    AGENCY = "agency"  # those of the agency that keeps a record, and of those above it
    OFFICERS = "officers"  # every officer of the city
    PUBLIC = "public"  # everybody


@dataclass(frozen=True, slots=True)
class ReferenceRule:
    """A value that names something else: a record of the register `to`, an area or an agency."""

    key: str
    label: Text
    to: str
    required: bool
    hint: Text | None

    @property
    def to_register(self) -> bool:
        """Tell whether it leads to a record."""
        return self.to not in {AREA, AGENCY}


@dataclass(frozen=True, slots=True)
class QualityRule:
    """What a clean record keeps to: it is broken where its condition is known not to hold."""

    key: str
    says: Text
    condition: Node


@dataclass(frozen=True, slots=True)
class Mending:
    """By which procedure a register is mended, where more than `over` of 100 records are faulty."""

    procedure: str
    over: int


Part = FieldRule | ReferenceRule


@dataclass(frozen=True, slots=True)
class RegisterDeclaration:
    """A register.

    `natural` are the parts by which two records are the same thing; `posts` keep the register in
    agencies of `tiers` (none: of any); a record is alive for `cycle_days` after somebody last
    confirmed or changed it. A record without what is required is refused, one without what is
    `expected` is taken and is not complete. `columns` stand in the list. `mending`: where too many
    records have faults, the house opens a dossier for whoever keeps them.
    """

    key: str
    system: str
    name: Text
    one: Text
    about: Text
    natural: tuple[str, ...]
    form: Form
    form_required: bool
    posts: frozenset[str]
    tiers: tuple[str, ...]
    readers: Readers
    cycle_days: int
    fields: tuple[FieldRule, ...]
    references: tuple[ReferenceRule, ...]
    expected: tuple[str, ...]
    rules: tuple[QualityRule, ...]
    columns: tuple[str, ...]
    source: Source
    digest: str
    mending: Mending | None = None

    def parts(self) -> Iterator[Part]:
        """Give fields and references as forms show them: what names the record comes first."""
        every: list[Part] = [*self.references, *self.fields]
        yield from (one for one in every if one.key in self.natural)
        yield from (one for one in every if one.key not in self.natural)

    def part(self, key: str) -> Part | None:
        """Give a field or reference by key."""
        return next((one for one in self.parts() if one.key == key), None)

    @property
    def field_rules(self) -> Mapping[str, FieldRule]:
        """The fields by key."""
        return {one.key: one for one in self.fields}

    @property
    def judged_daily(self) -> bool:
        """Tell whether a rule looks at the day, so that a record may break it by itself."""
        return any(conditions.uses_today(rule.condition) for rule in self.rules)

    @property
    def asked(self) -> tuple[str, ...]:
        """Give what must be filled in for a record to be complete: what is required or expected."""
        required = [one.key for one in self.parts() if one.required]
        shape = (GEOMETRY,) if self.form_required else ()
        return tuple(dict.fromkeys([*required, *shape, *self.expected]))

    @property
    def is_personal(self) -> bool:
        """Tell whether a record may hold personal values, so that each read is logged."""
        return any(one.grade is not Grade.PUBLIC for one in self.fields)


KINDS: Mapping[FieldType, conditions.Kind] = {
    FieldType.NUMBER: conditions.Kind.NUMBER,
    FieldType.MONEY: conditions.Kind.NUMBER,
    FieldType.DATE: conditions.Kind.DAY,
    FieldType.BOOLEAN: conditions.Kind.FLAG,
}
"""What conditions take the values of a type for; all others are text."""

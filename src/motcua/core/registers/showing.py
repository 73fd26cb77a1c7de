"""A record as somebody may see it: every value in words or behind its mask (DESIGN §7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from motcua.core.access.actors import Actor
from motcua.core.access.masks import HIDDEN, is_masked, masked, may_reveal
from motcua.core.dossiers import answers
from motcua.core.procedures.declaration import FieldRule, FieldType, Grade
from motcua.core.registers.declaration import AGENCY, AREA, ReferenceRule, RegisterDeclaration
from motcua.core.registers.models import Record, RecordVersion
from motcua.core.registers.preparing import Kept, in_words, national
from motcua.core.registers.references import agency_name, area_names, titles
from motcua.core.registers.rights import sees_clear
from motcua.kernel.vietnamese import Language, format_money, format_number

_YES = {"vi": ("Không", "Có"), "en": ("No", "Yes")}


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: its words (empty: blank), whether a mask hides it, and the record it names.

    `opens`: whoever looks may have what the mask hides shown, for a purpose.
    """

    key: str
    label: str
    text: str
    masked: bool = False
    leads_to: tuple[str, int] | None = None
    opens: bool = False


class Shower:
    """Shows some records or versions of a register to an actor, in a language.

    The words of all their references are read at once. Old versions are in clear to the agency that
    keeps the record now (`kept_by`), whoever kept it then.
    """

    def __init__(
        self,
        actor: Actor,
        declaration: RegisterDeclaration,
        rows: Iterable[Record | RecordVersion],
        language: Language,
        kept_by: int | None = None,
    ) -> None:
        self._actor, self._declaration, self._language = actor, declaration, language
        self._kept_by = kept_by
        self._values = {id(row): answers.read(row.values) for row in rows}
        every = [
            (rule, values[rule.key])
            for values in self._values.values()
            for rule in declaration.references
            if rule.key in values
        ]
        self._titles = titles({int(value) for rule, value in every if rule.to_register})
        self._areas = area_names({str(value) for rule, value in every if rule.to == AREA})

    def values(self, row: Record | RecordVersion) -> Kept:
        """Give what a row keeps, in clear: for whoever asks masks first."""
        return self._values[id(row)]

    def cells(
        self, row: Record | RecordVersion, keys: Sequence[str] | None = None
    ) -> tuple[Cell, ...]:
        """Give the values of a row: all parts, or those of some keys."""
        clear = sees_clear(self._actor, self._kept_by or row.agency_id)
        parts = {one.key: one for one in self._declaration.parts()}
        return tuple(
            self._cell(parts[key], self._values[id(row)], clear=clear) for key in (keys or parts)
        )

    def _cell(self, part: FieldRule | ReferenceRule, values: Kept, *, clear: bool) -> Cell:
        label = part.label.text(self._language)
        value = values.get(part.key)
        if value is None:
            return Cell(part.key, label, "")
        if isinstance(part, ReferenceRule):
            return self._reference(part, label, value)
        if is_masked(part.grade, clearance=clear):
            opens = may_reveal(self._actor, part.grade, clearance=clear)
            hidden = mask_of(part, value, clear=clear)
            return Cell(part.key, label, hidden, masked=True, opens=opens)
        return Cell(part.key, label, said(part, value, self._language))

    def _reference(self, rule: ReferenceRule, label: str, value: str | int) -> Cell:
        if rule.to == AREA:
            return Cell(rule.key, label, self._areas.get(str(value), str(value)))
        if rule.to == AGENCY:
            return Cell(rule.key, label, agency_name(int(value), self._language))
        register, title = self._titles.get(int(value), (rule.to, f"#{value}"))
        return Cell(rule.key, label, title, leads_to=(register, int(value)))


def mask_of(rule: FieldRule, value: str | int, *, clear: bool) -> str:
    """Give the mask of a value."""
    if rule.grade is Grade.SECRET:
        return masked("number", str(value)) if clear else HIDDEN
    if rule.type is FieldType.PHONE:
        return masked("phone", national(str(value)))
    return HIDDEN


def said(rule: FieldRule, value: str | int | bool, language: Language) -> str:  # noqa: FBT001
    """Give a value in the words of a language, numbers grouped as it writes them."""
    match rule.type:
        case FieldType.BOOLEAN:
            return _YES[language][bool(value)]
        case FieldType.MONEY:
            return format_money(int(value), language)
        case FieldType.NUMBER:
            return format_number(int(value), language)
    return in_words(rule, value, language)


def differences(
    declaration: RegisterDeclaration, before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[str, ...]:
    """Give the keys of the parts that two versions say otherwise."""
    keys = [one.key for one in declaration.parts()]
    return tuple(key for key in keys if before.get(key) != after.get(key))

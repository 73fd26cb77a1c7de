"""What a reference may be written as, and what is kept of it: the number of what it names.

A record is named by its natural key (parts between ``|``) or as ``#12``; an area by its code, its
unit id or a name that only one living unit bears; an agency by its code.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import UnknownAgency, agency_by_code, tree
from motcua.core.areas.looking import find
from motcua.core.areas.models import Area
from motcua.core.areas.queries import living
from motcua.core.procedures.fields import validate_fields
from motcua.core.registers.declaration import AGENCY, AREA, ReferenceRule, RegisterDeclaration
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record
from motcua.core.registers.rights import readable
from motcua.core.registers.rules import natural_of
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.vietnamese import clean

_LONGEST = 500
_LARGEST = 2**63 - 1
_BETWEEN = "|"


class NamesNothing(Refused):
    """Nothing is called so, or several things are."""

    code = "registers.names_nothing"
    vi = "Không tìm thấy “{text}”, hoặc có nhiều hơn một; hãy ghi mã."
    en = "“{text}” names nothing, or more than one thing; give its code."


class Reference:
    """One resolved reference: what is kept, and its words."""

    __slots__ = ("kept", "title")

    def __init__(self, kept: str | int, title: str) -> None:
        self.kept, self.title = kept, title


class Resolver:
    """Finds what references name on a day, each text once; `many` reads whole registers at once."""

    def __init__(self, actor: Actor, on: datetime.date, *, many: bool = False) -> None:
        self._actor, self._on, self._many = actor, on, many
        self._known: dict[tuple[str, str], Reference | None] = {}
        self._records: dict[str, dict[str, Reference]] = {}

    def find(self, rule: ReferenceRule, raw: object) -> Reference | None:
        """Find what is named; None for nothing said. Raises `NamesNothing`."""
        if raw is None:
            return None
        if not isinstance(raw, str | int) or isinstance(raw, bool):
            raise NamesNothing(text=str(raw)[:40])
        text = clean(str(raw), limit=_LONGEST)
        if not text:
            return None
        asked = (rule.to, text)
        if asked not in self._known:
            self._known[asked] = self._ways(rule)(text)
        found = self._known[asked]
        if found is None:
            raise NamesNothing(text=text[:40])
        return found

    def _ways(self, rule: ReferenceRule) -> Callable[[str], Reference | None]:
        if rule.to == AREA:
            return self._area
        if rule.to == AGENCY:
            return self._agency
        target = register_of(rule.to)
        return lambda text: self._record(target, text)

    def _area(self, text: str) -> Reference | None:
        rows = Area.objects.filter(unit_id=text)
        if text.isascii() and text.isdigit():
            rows = Area.objects.filter(living(self._on), code=text)
        named = list(rows[:2])
        if not named:
            found = find(text, on=self._on, limit=2)
            named = list(found.areas) if found.count == 1 else []
        return Reference(named[0].unit_id, named[0].name) if len(named) == 1 else None

    def _agency(self, text: str) -> Reference | None:
        try:
            found = agency_by_code(text, on=self._on)
        except UnknownAgency:
            return None
        return Reference(found.id, found.name_vi)

    def _record(self, target: RegisterDeclaration, text: str) -> Reference | None:
        if text.startswith("#"):
            digits = text[1:]
            if not (digits.isascii() and digits.isdigit()) or int(digits) > _LARGEST:
                return None
            return self._one(target, pk=int(digits))
        natural = natural_text(target, text, self._on)
        if natural is None:
            return None
        if self._many:
            return self._all(target).get(natural)
        return self._one(target, natural=natural)

    def _one(self, target: RegisterDeclaration, **told: object) -> Reference | None:
        rows = readable(self._actor, target).filter(retired=False, **told)
        row = rows.values_list("pk", "title").first()
        return Reference(*row) if row else None

    def _all(self, target: RegisterDeclaration) -> dict[str, Reference]:
        if target.key not in self._records:
            rows = readable(self._actor, target).filter(retired=False)
            named = rows.values_list("natural", "pk", "title").iterator(chunk_size=5000)
            self._records[target.key] = {row[0]: Reference(row[1], row[2]) for row in named}
        return self._records[target.key]


def natural_text(target: RegisterDeclaration, text: str, on: datetime.date) -> str | None:
    """Give the natural key that a text means; None where it can be none of this register."""
    said = text.split(_BETWEEN)
    rules = [target.field_rules.get(key) for key in target.natural]
    plain = [rule for rule in rules if rule is not None]
    if len(plain) != len(rules) or len(said) != len(rules):
        return None  # a key that rests on another reference is given as #number
    try:
        pairs = zip(target.natural, said, strict=True)
        return natural_of(target, validate_fields(plain, dict(pairs), on=on))
    except (Invalid, Refused):
        return None


def titles(targets: set[int]) -> dict[int, tuple[str, str]]:
    """Give register and title of records by number, for showing references to them."""
    rows = Record.objects.filter(pk__in=targets).values_list("pk", "register", "title")
    return {pk: (register, title) for pk, register, title in rows}


def area_names(units: set[str]) -> dict[str, str]:
    """Give the names of areas by unit id."""
    return dict(Area.objects.filter(unit_id__in=units).values_list("unit_id", "name"))


def agency_name(agency_id: int, language: str) -> str:
    """Give the name of an agency of any time."""
    node = tree().nodes.get(agency_id)
    return node.name(language) if node else ""

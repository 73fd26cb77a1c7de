"""Đủ – sạch – sống: how complete, clean and alive a register is, by the agencies that keep it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, Sum

from motcua.core.access.actors import Actor
from motcua.core.dossiers import answers
from motcua.core.registers.declaration import RegisterDeclaration
from motcua.core.registers.loading import registers
from motcua.core.registers.models import Record
from motcua.core.registers.querying import is_alive
from motcua.core.registers.rights import readable
from motcua.core.registers.rules import measure
from motcua.core.sql import act

_AT_ONCE = 500
_RULE = "rule_"


@dataclass(frozen=True, slots=True)
class Quality:
    """The records in use of an agency, or of all: how many, and how many of them keep what.

    `asked` and `filled` count parts, `whole` records with every part; `rules` the records that
    break each rule.
    """

    agency_id: int | None
    total: int
    asked: int
    filled: int
    whole: int
    clean: int
    alive: int
    rules: Mapping[str, int]

    @property
    def complete_share(self) -> float | None:
        """Parts filled of parts asked for; None where there are no records."""
        return self.filled / self.asked if self.asked else None

    @property
    def clean_share(self) -> float | None:
        """Records that break no rule."""
        return self.clean / self.total if self.total else None

    @property
    def alive_share(self) -> float | None:
        """Records that were changed or confirmed within the cycle."""
        return self.alive / self.total if self.total else None


def quality(
    actor: Actor, declaration: RegisterDeclaration, on: datetime.date
) -> tuple[Quality, ...]:
    """Give the quality of what an actor may read, by agency, in one query."""
    rows = readable(actor, declaration).filter(retired=False).order_by().values("agency_id")
    broken = {
        f"{_RULE}{one.key}": Count("pk", filter=Q(broken__contains=f",{one.key},"))
        for one in declaration.rules
    }
    found = rows.annotate(
        n=Count("pk"),
        n_asked=Sum("asked"),
        n_filled=Sum("filled"),
        n_whole=Count("pk", filter=Q(filled=F("asked"))),
        n_clean=Count("pk", filter=Q(broken="")),
        n_alive=Count("pk", filter=is_alive(declaration, on)),
        **broken,
    )
    return tuple(_told(declaration, dict(row)) for row in found.order_by("agency_id"))


def _told(declaration: RegisterDeclaration, row: Mapping[str, Any]) -> Quality:
    return Quality(
        agency_id=row["agency_id"],
        total=row["n"],
        asked=row["n_asked"],
        filled=row["n_filled"],
        whole=row["n_whole"],
        clean=row["n_clean"],
        alive=row["n_alive"],
        rules={one.key: row[f"{_RULE}{one.key}"] for one in declaration.rules},
    )


def together(declaration: RegisterDeclaration, parts: tuple[Quality, ...]) -> Quality:
    """Give the quality of all agencies taken together."""
    return Quality(
        agency_id=None,
        total=sum(one.total for one in parts),
        asked=sum(one.asked for one in parts),
        filled=sum(one.filled for one in parts),
        whole=sum(one.whole for one in parts),
        clean=sum(one.clean for one in parts),
        alive=sum(one.alive for one in parts),
        rules={key.key: sum(one.rules[key.key] for one in parts) for key in declaration.rules},
    )


def measure_again(on: datetime.date) -> int:
    """Measure what a rule of the day or a changed declaration touches; give how many changed.

    What is measured follows from the record and the declaration, so it has no entry of its own.
    """
    return sum(_measure(one, on) for one in registers().values())


def _measure(declaration: RegisterDeclaration, on: datetime.date) -> int:
    return sum(_measure_some(declaration, some, on) for some in _pages(declaration))


def _pages(declaration: RegisterDeclaration) -> Iterator[list[int]]:
    rows = Record.objects.filter(register=declaration.key)
    if not declaration.judged_daily:
        rows = rows.exclude(measured=declaration.digest)
    numbers, after = rows.order_by("pk").values_list("pk", flat=True), 0
    while page := list(numbers.filter(pk__gt=after)[:_AT_ONCE]):
        yield page
        after = page[-1]


def _measure_some(declaration: RegisterDeclaration, some: list[int], on: datetime.date) -> int:
    count = 0
    with act():
        for row in Record.objects.select_for_update().filter(pk__in=some).order_by("pk"):
            before = (row.asked, row.filled, row.broken, row.measured)
            told = measure(declaration, answers.read(row.values), placed=bool(row.geometry), on=on)
            after = (told.asked, told.filled, told.broken_text(), declaration.digest)
            if before != after:
                row.asked, row.filled, row.broken, row.measured = after
                row.save(update_fields=["asked", "filled", "broken", "measured"])
                count += 1
    return count

"""A record as it stands, for acts that say nothing new of it."""

from __future__ import annotations

import datetime

from motcua.core.dossiers import answers
from motcua.core.registers.declaration import RegisterDeclaration
from motcua.core.registers.models import Record, RecordLink
from motcua.core.registers.preparing import Prepared, in_words
from motcua.core.registers.rules import measure
from motcua.kernel import geometry
from motcua.kernel.vietnamese import fold

ERASE = "erase"
"""The act after which a record says its key alone."""


def as_it_is(declaration: RegisterDeclaration, row: Record, on: datetime.date) -> Prepared:
    """Give what a record keeps, measured on a day."""
    values, shape = answers.read(row.values), geometry.kept(row.geometry)
    links = dict(RecordLink.objects.filter(record=row).values_list("key", "target_id"))
    return Prepared(
        values=values,
        shape=shape,
        natural=row.natural,
        title=row.title,
        search=row.search,
        hidden=row.hidden,
        measured=measure(declaration, values, placed=shape is not None, on=on),
        targets=links,
    )


def key_alone(declaration: RegisterDeclaration, row: Record, on: datetime.date) -> Prepared:
    """Give a record that says nothing but what names it."""
    kept = answers.read(row.values)
    values = {key: kept[key] for key in declaration.natural if key in kept}
    links = RecordLink.objects.filter(record=row, key__in=declaration.natural)
    rules = declaration.field_rules
    said = [in_words(rules[key], value) for key, value in values.items() if key in rules]
    return Prepared(
        values=values,
        shape=None,
        natural=row.natural,
        title=row.title,
        search=f" {fold(' '.join([row.title, *said]))}",
        hidden="",
        measured=measure(declaration, values, placed=False, on=on),
        targets=dict(links.values_list("key", "target_id")),
    )

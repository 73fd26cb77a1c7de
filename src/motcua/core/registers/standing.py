"""A record as it stands, for acts that say nothing new of it."""

from __future__ import annotations

import datetime

from motcua.core.dossiers import answers
from motcua.core.registers.declaration import RegisterDeclaration
from motcua.core.registers.models import Record, RecordLink
from motcua.core.registers.preparing import Prepared
from motcua.core.registers.rules import measure
from motcua.kernel import geometry


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

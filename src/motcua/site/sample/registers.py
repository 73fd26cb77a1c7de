"""The registers of the sample city: files beside each system, taken in by who keeps the register.

`sample/KEY.csv` of a system is a file as an officer would import it; its column `steward` tells for
which agency. What is there already stays as it is.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable
from graphlib import TopologicalSorter
from importlib.resources import files

from django.conf import settings

from motcua.core.access import actors
from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import agency, agency_by_code, officers_of
from motcua.core.registers.declaration import RegisterDeclaration
from motcua.core.registers.importing import import_rows
from motcua.core.registers.loading import of_system
from motcua.core.registers.models import Record
from motcua.core.registers.rights import day_of
from motcua.core.sql import act
from motcua.site.sample.acting import NobodyThere


def load_registers(at: datetime.datetime) -> int:
    """Take in the sample of every register that is empty, all or none; give how many records."""
    count = 0
    with act():
        for package in settings.MOTCUA_SYSTEMS:
            for declaration in in_order(of_system(package)):
                count += _load(package, declaration, at)
    return count


def in_order(declared: Iterable[RegisterDeclaration]) -> list[RegisterDeclaration]:
    """Put registers after those that their records name; they may not name one another in turn."""
    waiting = {one.key: one for one in declared}
    order = TopologicalSorter(
        {key: {rule.to for rule in one.references} & waiting.keys() for key, one in waiting.items()}
    )
    return [waiting[key] for key in order.static_order()]


def _load(package: str, declaration: RegisterDeclaration, at: datetime.datetime) -> int:
    sample = files(package) / "sample" / f"{declaration.key}.csv"
    if not sample.is_file() or Record.objects.filter(register=declaration.key).exists():
        return 0
    count = 0
    for code, body in by_steward(sample.read_text(encoding="utf-8")).items():
        agency_id = agency_by_code(code, on=day_of(at)).id
        counts = import_rows(
            actor=_keeper(declaration, agency_id, at),
            at=at,
            declaration=declaration,
            agency_id=agency_id,
            body=body.encode(),
            origin="sample",
        )
        count += counts["new"]
    return count


def by_steward(text: str) -> dict[str, str]:
    """Cut a file into one for each agency that its column `steward` names."""
    rows = list(csv.DictReader(io.StringIO(text)))
    found: dict[str, str] = {}
    for code in dict.fromkeys(row["steward"] for row in rows):
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in rows if row["steward"] == code)
        found[code] = out.getvalue()
    return found


def _keeper(declaration: RegisterDeclaration, agency_id: int, at: datetime.datetime) -> Actor:
    on = day_of(at)
    for post in sorted(declaration.posts):
        for number, name in officers_of(agency_id, post, on):
            return actors.officer(number, name, on)
    named = {"agency": agency(agency_id).name_vi, "post": ", ".join(sorted(declaration.posts))}
    raise NobodyThere(**named, move="record_import")

"""Lists of any length as files of a job: asked for, made under both rights, fetched by the asker.

The row, its folder, its time and its end are those of every export (ADR 0021).
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import BinaryIO

from motcua.core.access import log
from motcua.core.exports.asking import OfficersAlone, lay
from motcua.core.exports.making import Tell
from motcua.core.exports.models import Export
from motcua.core.registers.declaration import Form
from motcua.core.registers.exporting import FileForm, NothingToDraw, Wish, give_any
from motcua.core.registers.loading import register_of
from motcua.core.registers.querying import Filter, narrowed
from motcua.core.registers.rights import day_of
from motcua.kernel.vietnamese import Language

JOB = "registers.export"


def ask(wish: Wish) -> Export:
    """Ask for the file of a list; the same wish, while it is being made, is one file.

    Raises `OfficersAlone`, `OfficersRead`, `NothingToDraw` and `TooManyExports`.
    """
    actor, declaration = wish.reader.actor, wish.declaration
    if actor.officer_id is None:
        raise OfficersAlone
    if wish.form is FileForm.GEOJSON and declaration.form is Form.NONE:
        raise NothingToDraw
    count = narrowed(actor, declaration, wish.wanted, on=day_of(wish.reader.at)).count()
    told = {
        "register": declaration.key,
        "wanted": {**asdict(wish.wanted), "fields": dict(wish.wanted.fields)},
        "form": wish.form.value,
        "language": wish.language,
    }
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return lay(wish.reader, text=text, form=wish.form, query=wish.query, expected=count, job=JOB)


def write(row: Export, reader: log.Reader, out: BinaryIO, tell: Tell) -> None:
    """Write what a row asks for, as its officer may read it now."""
    told = json.loads(row.wish)
    language: Language | None = told["language"]
    wish = Wish(
        reader=reader,
        declaration=register_of(told["register"]),
        wanted=Filter(**told["wanted"]),
        form=FileForm(told["form"]),
        query=row.query,
        language=language,
    )
    give_any(out, wish, tell)

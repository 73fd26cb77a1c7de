"""Which registers are layers for whom, and what of their records goes out: public values only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import tree
from motcua.core.dossiers import answers
from motcua.core.places import BITS
from motcua.core.procedures.declaration import Grade
from motcua.core.registers.declaration import Form, Readers, ReferenceRule, RegisterDeclaration
from motcua.core.registers.loading import registers
from motcua.core.registers.models import Record, RecordVersion
from motcua.core.registers.placing import within
from motcua.core.registers.rights import OfficersRead, readable
from motcua.core.registers.showing import Shower
from motcua.core.registers.writing import metres_of
from motcua.faces.ogc.asked import Asked
from motcua.kernel import geometry
from motcua.kernel.errors import Refused


class NoSuchLayer(Refused):
    """There is no such layer, or not for who asks."""

    code = "ogc.no_such_layer"
    vi = "Không có lớp bản đồ “{layer}”, hoặc lớp này không công khai."
    en = "There is no layer “{layer}”, or it is not public."
    status = 404


class NoSuchFeature(Refused):
    """The layer has no such feature."""

    code = "ogc.no_such_feature"
    vi = "Lớp này không có đối tượng số {number}."
    en = "This layer has no feature {number}."
    status = 404


def layers(actor: Actor) -> list[RegisterDeclaration]:
    """Give the registers with a shape that an actor may read."""
    return [one for one in registers().values() if _is_layer(actor, one)]


def layer_of(actor: Actor, key: str) -> RegisterDeclaration:
    """Give a layer. Raises `NoSuchLayer`, whether it is not there or not for this actor."""
    found = next((one for one in layers(actor) if one.key == key), None)
    if found is None:
        raise NoSuchLayer(layer=key[:40])
    return found


def _is_layer(actor: Actor, declaration: RegisterDeclaration) -> bool:
    if declaration.form is Form.NONE:
        return False
    if declaration.readers is Readers.PUBLIC:
        return True
    try:
        readable(actor, declaration)
    except OfficersRead:
        return False
    return True


def features_of(actor: Actor, declaration: RegisterDeclaration) -> QuerySet[Record]:
    """Give the records in use of a layer."""
    return readable(actor, declaration).filter(retired=False)


def narrowed(rows: QuerySet[Record], wanted: Asked) -> QuerySet[Record]:
    """Keep what lies in the frame, and what is so by the last of the days asked for."""
    if wanted.frame is not None:
        rows = within(rows, wanted.frame)
    return rows if wanted.last is None else rows.filter(since__lte=wanted.last)


def told(
    actor: Actor,
    declaration: RegisterDeclaration,
    rows: Sequence[Record | RecordVersion],
    titles: Mapping[int, str] | None = None,
) -> list[dict[str, Any]]:
    """Tell features: shape, and the values that are public, references by what they name.

    Versions are told with the `titles` of their records, and as of their day.
    """
    shower = Shower(actor, declaration, rows, "vi")
    nodes = tree().nodes
    return [
        {
            "type": "Feature",
            "id": _number(row),
            "geometry": json.loads(row.geometry) if row.geometry else None,
            "properties": {
                "title": row.title if isinstance(row, Record) else (titles or {})[_number(row)],
                **_length(row),
                **_values(declaration, shower, row),
                "since": row.since.isoformat(),
                "steward": nodes[row.agency_id].code,
            },
        }
        for row in rows
    ]


def _number(row: Record | RecordVersion) -> int:
    return row.pk if isinstance(row, Record) else row.pk >> BITS


def _length(row: Record | RecordVersion) -> dict[str, float]:
    shape = None if isinstance(row, Record) else geometry.kept(row.geometry)
    metres = row.metres if isinstance(row, Record) else metres_of(shape)
    return {} if metres is None else {"metres": round(metres, 2)}


def _values(
    declaration: RegisterDeclaration, shower: Shower, row: Record | RecordVersion
) -> dict[str, object]:
    keys = [one.key for one in public_parts(declaration)]
    named = {one.key: one.text for one in shower.cells(row, _references(declaration))}
    values = answers.read(row.values)
    return {key: named.get(key, values[key]) for key in keys if key in values}


def public_parts(declaration: RegisterDeclaration) -> Iterable[Any]:
    """Give the parts that everybody may read."""
    return (
        one
        for one in declaration.parts()
        if isinstance(one, ReferenceRule) or one.grade is Grade.PUBLIC
    )


def _references(declaration: RegisterDeclaration) -> list[str]:
    return [one.key for one in declaration.references]

"""The Open Fibre Data Standard (0.4): nodes, spans, organisations and phases of a network, as JSON.

Our words are its words where it has them; the kinds of manholes and ducts are codes of our own in
its open lists. A file of 0.3 is read too, which has `physicalInfrastructureProvider` for owners.
"""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, BinaryIO

from django.conf import settings

from motcua.core.access.log import Reader
from motcua.core.agencies.queries import tree
from motcua.core.dossiers import answers
from motcua.core.procedures.declaration import FieldType
from motcua.core.procedures.queries import current
from motcua.core.registers.declaration import RegisterDeclaration
from motcua.core.registers.exporting import TooManyRecords
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record
from motcua.core.registers.querying import Filter, narrowed
from motcua.core.registers.rights import day_of, readable
from motcua.core.registers.sheets import FileUnreadable, Row, rows_of
from motcua.kernel.vietnamese import fold
from motcua.systems.telecom.queries import STREETS

OPERATORS, NODES, SPANS = "telecom_operators", "telecom_nodes", "telecom_spans"
SCHEMA = "https://standard.ofds.info/en/0__4__0/network-schema.json"
_CRS = {
    "name": "urn:ogc:def:crs:OGC::CRS84",
    "uri": "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
}
_COLLECTIONS = {OPERATORS: "organisations", NODES: "nodes", SPANS: "spans"}
_STATUS = {
    "planned": "planned",
    "building": "underConstruction",
    "in_use": "operational",
    "closed": "decommissioned",
}
_STATES = {told: ours for ours, told in _STATUS.items()} | {
    "proposed": "planned",
    "inactive": "closed",
}
_ABOVE, _BELOW = "aboveGround", "belowGround"
_BATCH = 500
_AT_ONCE = 200_000

Told = Mapping[str, Any]


class OpenFibre:
    """Reads and writes networks of the standard."""

    key = "ofds"
    name = "OFDS"
    gives = frozenset({SPANS})  # a node that no span names is a fault there
    takes = frozenset({OPERATORS, NODES, SPANS})

    def owns(self, told: Told) -> bool:
        """Tell whether a file is a network or a package of networks."""
        return isinstance(told.get("networks"), list) or "nodes" in told or "spans" in told

    def rows(self, declaration: RegisterDeclaration, told: Told) -> list[Row]:
        """Read nodes, spans or organisations, whichever the register has."""
        networks = told.get("networks", [told])
        found = [_table(one) for network in networks for one in _of(network, declaration.key)]
        names = _names(networks)
        told_of = {OPERATORS: _operator, NODES: _node, SPANS: _span}[declaration.key]
        return [Row(line, told_of(one, names), *_shape(one)) for line, one in enumerate(found, 1)]

    def give(
        self, out: BinaryIO, reader: Reader, declaration: RegisterDeclaration, wanted: Filter
    ) -> int:
        """Write spans as a network, with the nodes where they begin and end."""
        on = day_of(reader.at)
        rows = narrowed(reader.actor, declaration, wanted, on=on).order_by("pk")
        spans = list(rows[: _AT_ONCE + 1])
        if len(spans) > _AT_ONCE:
            raise TooManyRecords(most=_AT_ONCE)
        nodes = _named(reader, NODES, _ends(spans))
        owners = _named(reader, OPERATORS, _targets([*nodes, *spans], "owner"))
        network = _network(nodes, spans, owners) | {"publicationDate": on.isoformat()}
        text = io.TextIOWrapper(out, encoding="utf-8", write_through=True)
        json.dump({"networks": [network]}, text, ensure_ascii=False)
        text.detach()
        return len(spans)


FORMS = (OpenFibre(),)

_YES = dict.fromkeys(("co", "x", "yes", "true", "1"), "true")
_NO = dict.fromkeys(("khong", "no", "false", "0"), "false")


def streets_in(body: bytes) -> list[tuple[int, dict[str, str]]]:
    """Read a list of streets, CSV or XLSX: the line of each, and its answers by field.

    Its columns are the fields of the procedure, by key or by name in either language. Raises what
    reading a file of records raises (`FileUnreadable`, `ColumnUnknown`, `NoRows`, `FileTooLong`).
    """
    fields = current(STREETS).declaration.fields
    columns = replace(register_of(OPERATORS), fields=fields, references=())
    flags = {one.key for one in fields if one.type is FieldType.BOOLEAN}
    return [(row.line, _street_of(row.cells, flags)) for row in rows_of(columns, body)]


def _street_of(cells: Mapping[str, str], flags: Collection[str]) -> dict[str, str]:
    told = {key: cell.strip() for key, cell in cells.items() if cell.strip()}
    said = _YES | _NO
    return {key: said.get(fold(one), one) if key in flags else one for key, one in told.items()}


def _table(one: object) -> Told:
    if not isinstance(one, Mapping):
        raise FileUnreadable
    return one


def _of(network: object, register: str) -> list[object]:
    found = _table(network).get(_COLLECTIONS[register], [])
    if not isinstance(found, list):
        raise FileUnreadable
    return found


def _names(networks: Iterable[object]) -> dict[str, str]:
    """Give the names of nodes by id: what a span says of its ends."""
    every = (_table(one) for network in networks for one in _of(network, NODES))
    return {str(one.get("id", "")): _name(one) for one in every}


def _name(one: Told) -> str:
    return str(one.get("name") or one.get("id") or "")


def _shape(one: Told) -> tuple[object, bool]:
    for key in ("location", "route"):
        if key in one:
            return one[key], True
    return None, False


def _operator(one: Told, _names: Mapping[str, str]) -> dict[str, str]:
    return _said({"name": _name(one), "website": one.get("website")})


def _node(one: Told, _names: Mapping[str, str]) -> dict[str, str]:
    address = one.get("address")
    street = address.get("streetAddress") if isinstance(address, Mapping) else None
    told = {"code": _name(one), "kind": _kind(one, NODES), "street": street, "owner": _owner(one)}
    return _said(told)


def _span(one: Told, names: Mapping[str, str]) -> dict[str, str]:
    phase = one.get("phase")
    return _said(
        {
            "code": _name(one),
            "kind": _kind(one, SPANS) or _deployed(one),
            "state": _STATES.get(str(one.get("status"))),
            "phase": phase.get("name") if isinstance(phase, Mapping) else None,
            "handed_over_on": one.get("readyForServiceDate"),
            "begins": _end(one, "start", names),
            "ends": _end(one, "end", names),
            "owner": _owner(one),
        }
    )


def _said(told: Mapping[str, object]) -> dict[str, str]:
    """Keep what is said: a part that a file does not tell leaves a record as it is."""
    return {key: str(value) for key, value in told.items() if value not in (None, "")}


def _kind(one: Told, register: str) -> str | None:
    """Give the kind, where it is one of ours."""
    about = one.get("supportingInfrastructure")
    told = about.get("type") if isinstance(about, Mapping) else None
    known = {choice.key for choice in register_of(register).field_rules["kind"].choices}
    return str(told) if told in known else None


def _deployed(one: Told) -> str | None:
    told = one.get("deployment")
    if not isinstance(told, list) or len(told) != 1:
        return None
    return {_ABOVE: "aerial", _BELOW: "duct"}.get(str(told[0]))


def _owner(one: Told) -> str | None:
    """Give the name of who owns a work, as 0.4 and 0.3 say it."""
    about = one.get("supportingInfrastructure")
    owner = about.get("owner") if isinstance(about, Mapping) else None
    owner = owner or one.get("physicalInfrastructureProvider")
    return str(owner["name"]) if isinstance(owner, Mapping) and owner.get("name") else None


def _end(one: Told, key: str, names: Mapping[str, str]) -> str | None:
    told = one.get(key)
    if isinstance(told, Mapping):  # 0.3 without an API may write the whole node
        return _name(told)
    return names.get(str(told), str(told)) if told else None


def _id(register: str, number: object) -> str:
    """Give the identifier of a thing of this house, the same in every file."""
    return str(
        uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.MOTCUA_PUBLIC_ADDRESS}/{register}/{number}")
    )


def _targets(records: Iterable[Record], key: str) -> set[int]:
    told = (answers.read(row.values).get(key) for row in records)
    return {int(one) for one in told if one is not None}


def _ends(spans: Sequence[Record]) -> set[int]:
    return _targets(spans, "begins") | _targets(spans, "ends")


def _named(reader: Reader, register: str, numbers: set[int]) -> list[Record]:
    """Give the records of another register that were named, as far as the reader may see them."""
    rows, wanted = readable(reader.actor, register_of(register)), sorted(numbers)
    parts = (wanted[start : start + _BATCH] for start in range(0, len(wanted), _BATCH))
    return [row for part in parts for row in rows.filter(pk__in=part).order_by("pk")]


def _network(
    nodes: Sequence[Record], spans: Sequence[Record], owners: Sequence[Record]
) -> dict[str, Any]:
    known = {row.pk: row for row in owners}
    there = {row.pk for row in nodes}
    phases = {str(one) for row in spans if (one := answers.read(row.values).get("phase"))}
    lists = {
        "nodes": [_told_node(row, known) for row in nodes],
        "spans": [_told_span(row, known, there) for row in spans],
        "phases": [{"id": _id("phase", one), "name": one} for one in sorted(phases)],
        "organisations": [_told_owner(row) for row in owners],
    }
    return {
        "id": _id("network", "telecom"),
        "name": register_of(SPANS).name.vi,
        "publisher": {"name": next(iter(_tops()), "Motcua")},
        "crs": _CRS,
        "language": "vi",
        "links": [{"href": SCHEMA, "rel": "describedby"}],
        **{key: told for key, told in lists.items() if told},
    }


def _tops() -> Iterator[str]:
    return (node.name_vi for node in tree().nodes.values() if node.parent_id is None)


def _told_owner(row: Record) -> dict[str, str]:
    website = answers.read(row.values).get("website")
    return {"id": _id(OPERATORS, row.pk), "name": row.title} | (
        {"website": str(website)} if website else {}
    )


def _works(values: Told, owners: Mapping[int, Record]) -> dict[str, Any]:
    owner = owners.get(int(values.get("owner", 0)))
    kind = {"type": values["kind"]} if "kind" in values else {}
    mine = {"owner": {"id": _id(OPERATORS, owner.pk), "name": owner.title}} if owner else {}
    return {"supportingInfrastructure": kind | mine} if kind or mine else {}


def _told_node(row: Record, owners: Mapping[int, Record]) -> dict[str, Any]:
    values = answers.read(row.values)
    told = {"id": _id(NODES, row.pk), "name": row.title, **_works(values, owners)}
    if row.geometry:
        told["location"] = json.loads(row.geometry)
    if "street" in values:
        told["address"] = {"streetAddress": values["street"], "country": "VN"}
    return told


def _told_span(row: Record, owners: Mapping[int, Record], nodes: set[int]) -> dict[str, Any]:
    values = answers.read(row.values)
    told: dict[str, Any] = {
        "id": _id(SPANS, row.pk),
        "name": row.title,
        "directed": False,
        "deployment": [_ABOVE if values["kind"] == "aerial" else _BELOW],
        "countries": ["VN"],
        **_works(values, owners),
    }
    ends = {"start": values.get("begins"), "end": values.get("ends")}
    told |= {key: _id(NODES, one) for key, one in ends.items() if one in nodes}
    if row.geometry:
        told["route"] = json.loads(row.geometry)
    if "state" in values:
        told["status"] = _STATUS[str(values["state"])]
    if "phase" in values:
        told["phase"] = {"id": _id("phase", values["phase"]), "name": values["phase"]}
    if "handed_over_on" in values:
        told["readyForServiceDate"] = values["handed_over_on"]
    return told

"""The Open Fibre Data Standard (0.4): nodes, spans, organisations and phases, as JSON or GeoJSON.

Our words are its words where it has them; the kinds of manholes and ducts are codes of our own in
its open lists. A duct is a span without a medium; a cable is one with a medium, whose supporting
infrastructure is described by the code of the duct it lies in. A span with a medium that names no
duct of its file, as others write them, is both. A file of 0.3 is read too, which has
`physicalInfrastructureProvider` for owners.
"""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.conf import settings

from motcua.core.access.log import Reader
from motcua.core.agencies.queries import tree
from motcua.core.dossiers import answers
from motcua.core.procedures.declaration import Grade
from motcua.core.registers.declaration import RegisterDeclaration
from motcua.core.registers.exporting import TooManyRecords
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record, RecordLink
from motcua.core.registers.querying import Filter, narrowed
from motcua.core.registers.rights import day_of, readable
from motcua.core.registers.sheets import FileUnreadable, Row

OPERATORS, NODES = "telecom_operators", "telecom_nodes"
SPANS, CABLES = "telecom_spans", "telecom_cables"
SCHEMA = "https://standard.ofds.info/en/0__4__0/network-schema.json"
_CRS = {
    "name": "urn:ogc:def:crs:OGC::CRS84",
    "uri": "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
}
_COLLECTIONS = {OPERATORS: "organisations", NODES: "nodes", SPANS: "spans", CABLES: "spans"}
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
_MEDIA = frozenset({"fibre", "copper", "coaxial"})  # a power cable has no words there
_IN_USE = "operational"  # in order, untidy or to go underground: the standard tells no difference
_CABLE_STATUS = {"dead": "inactive", "gone": "decommissioned"}
_CABLE_STATES = {told: ours for ours, told in _CABLE_STATUS.items()}
_POWER = "power"
_BATCH = 500
_AT_ONCE = 200_000

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _File:
    """A file that is read: the names of its nodes by id, and of its spans that are no cables."""

    nodes: Mapping[str, str]
    ducts: frozenset[str]


class OpenFibre:
    """Reads and writes networks of the standard."""

    key = "ofds"
    name = "OFDS"
    gives = frozenset({SPANS, CABLES})  # a node that no span names is a fault there
    takes = frozenset({OPERATORS, NODES, SPANS, CABLES})

    def owns(self, told: Told) -> bool:
        """Tell whether a file is a network or a package of networks."""
        return isinstance(told.get("networks"), list) or "nodes" in told or "spans" in told

    def rows(self, declaration: RegisterDeclaration, told: Told) -> list[Row]:
        """Read nodes, spans, cables or organisations, whichever the register has."""
        return _rows(declaration.key, told.get("networks", [told]))

    def give(
        self, out: BinaryIO, reader: Reader, declaration: RegisterDeclaration, wanted: Filter
    ) -> int:
        """Write spans with their cables, or cables with their spans, and the nodes at their ends.

        Gives how many records of the list there are. Raises `TooManyRecords`.
        """
        network, count = _given(reader, declaration, wanted)
        text = io.TextIOWrapper(out, encoding="utf-8", write_through=True)
        json.dump(self._file(network), text, ensure_ascii=False)
        text.detach()
        return count

    def _file(self, network: Told) -> Told:
        return {"networks": [network]}


class OpenFibreMap(OpenFibre):
    """Reads and writes the same networks as features of a map."""

    key = "ofds-geojson"
    name = "OFDS GeoJSON"

    def owns(self, told: Told) -> bool:
        """Tell whether a file has features that say which part of a network they are."""
        features = told.get("features")
        first = features[0] if isinstance(features, list) and features else None
        about = first.get("properties") if isinstance(first, Mapping) else None
        return isinstance(about, Mapping) and about.get("featureType") in {"node", "span"}

    def rows(self, declaration: RegisterDeclaration, told: Told) -> list[Row]:
        """Read nodes, spans, cables or organisations, whichever the register has."""
        return _rows(declaration.key, [_of_features(told["features"])])

    def _file(self, network: Told) -> Told:
        return {"type": "FeatureCollection", "features": list(_features(network))}


FORMS = (OpenFibre(), OpenFibreMap())


def _rows(register: str, networks: Sequence[object]) -> list[Row]:
    file = _File(_names(networks), frozenset(_ducts(networks)))
    found = [_table(one) for network in networks for one in _of(network, register)]
    told_of = {OPERATORS: _operator, NODES: _node, SPANS: _span, CABLES: _cable}[register]
    told = ((line, one, told_of(one, file)) for line, one in enumerate(found, 1))
    return [Row(line, said, *_shape(register, one)) for line, one, said in told if said is not None]


def _ducts(networks: Iterable[object]) -> Iterator[str]:
    every = (_table(one) for network in networks for one in _of(network, SPANS))
    return (_name(one) for one in every if not one.get("transmissionMedium"))


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


def _shape(register: str, one: Told) -> tuple[object, bool]:
    key = {NODES: "location", SPANS: "route"}.get(register, "")
    return (one[key], True) if key in one else (None, False)


def _operator(one: Told, _file: _File) -> dict[str, str]:
    return _said({"name": _name(one), "website": one.get("website")})


def _node(one: Told, _file: _File) -> dict[str, str]:
    address = one.get("address")
    street = address.get("streetAddress") if isinstance(address, Mapping) else None
    told = {"code": _name(one), "kind": _kind(one, NODES), "street": street, "owner": _owner(one)}
    return _said(told)


def _span(one: Told, file: _File) -> dict[str, str] | None:
    """Read what lies there; None where it is a cable in a duct of the file."""
    if _lies_in(one, file):
        return None
    phase = one.get("phase")
    return _said(
        {
            "code": _name(one),
            "kind": _kind(one, SPANS) or _deployed(one),
            "state": _STATES.get(str(one.get("status"))),
            "phase": phase.get("name") if isinstance(phase, Mapping) else None,
            "handed_over_on": one.get("readyForServiceDate"),
            "power": "true" if one.get("codeployment") == _POWER else None,
            "begins": _end(one, "start", file.nodes),
            "ends": _end(one, "end", file.nodes),
            "owner": _owner(one),
        }
    )


def _cable(one: Told, file: _File) -> dict[str, str] | None:
    """Read a cable; None where nothing is said of what carries the light or the current."""
    media = one.get("transmissionMedium")
    if not isinstance(media, list) or not media:
        return None
    kind = str(media[0]) if len(media) == 1 else ""
    owner = one.get("transmissionMediumOwner")
    return _said(
        {
            "code": _name(one),
            "span": _lies_in(one, file) or _name(one),
            "kind": kind if kind in _MEDIA else None,
            "fibres": one.get("fibreCount"),
            "state": _CABLE_STATES.get(str(one.get("status"))),
            "owner": owner.get("name") if isinstance(owner, Mapping) else None,
        }
    )


def _lies_in(one: Told, file: _File) -> str:
    """Give the duct of the file in which a cable lies; empty where it names none."""
    about = one.get("supportingInfrastructure")
    told = about.get("description") if isinstance(about, Mapping) else None
    return str(told) if one.get("transmissionMedium") and told in file.ducts else ""


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


@dataclass(frozen=True, slots=True)
class _Part:
    """A record that goes out: its name, shape, and the values that anybody may read."""

    number: int
    name: str
    shape: str
    values: Told

    def target(self, key: str) -> int | None:
        """Give the number of the record that is named there."""
        told = self.values.get(key)
        return None if told is None else int(told)


def _given(
    reader: Reader, declaration: RegisterDeclaration, wanted: Filter
) -> tuple[dict[str, Any], int]:
    """Give the network of a list, and how many records of the list there are."""
    on = day_of(reader.at)
    rows = narrowed(reader.actor, declaration, wanted, on=on).order_by("pk")
    listed = _parts(declaration.key, rows[: _AT_ONCE + 1])
    if len(listed) > _AT_ONCE:
        raise TooManyRecords(most=_AT_ONCE)
    if declaration.key == CABLES:
        cables, spans = listed, _named(reader, SPANS, _targets(listed, "span"))
    else:
        cables, spans = _laid_in(reader, [one.number for one in listed]), listed
    nodes = _named(reader, NODES, _targets(spans, "begins") | _targets(spans, "ends"))
    owners = _named(reader, OPERATORS, _targets([*nodes, *spans, *cables], "owner"))
    network = _network(nodes, spans, cables, owners)
    return network | {"publicationDate": on.isoformat()}, len(listed)


def _parts(register: str, rows: Iterable[Record]) -> list[_Part]:
    """Keep of records what is public: a network goes to whoever it is handed to."""
    parts = register_of(register).parts()
    public = {one.key for one in parts if getattr(one, "grade", Grade.PUBLIC) is Grade.PUBLIC}
    told = ((row, answers.read(row.values)) for row in rows)
    return [
        _Part(row.pk, row.title, row.geometry, {k: v for k, v in values.items() if k in public})
        for row, values in told
    ]


def _laid_in(reader: Reader, spans: Sequence[int]) -> list[_Part]:
    """Give the cables in use of some spans, as far as the reader may see them."""
    found: list[_Part] = []
    rows = readable(reader.actor, register_of(CABLES)).filter(retired=False)
    for start in range(0, len(spans), _BATCH):
        links = RecordLink.objects.filter(key="span", target__in=spans[start : start + _BATCH])
        found += _parts(CABLES, rows.filter(pk__in=links.values("record_id")).order_by("pk"))
    return found


def _targets(parts: Iterable[_Part], key: str) -> set[int]:
    return {one for part in parts if (one := part.target(key)) is not None}


def _named(reader: Reader, register: str, numbers: set[int]) -> list[_Part]:
    """Give the records of another register that were named, as far as the reader may see them."""
    rows, wanted = readable(reader.actor, register_of(register)), sorted(numbers)
    parts = (wanted[start : start + _BATCH] for start in range(0, len(wanted), _BATCH))
    return [
        row for part in parts for row in _parts(register, rows.filter(pk__in=part).order_by("pk"))
    ]


def _network(
    nodes: Sequence[_Part],
    spans: Sequence[_Part],
    cables: Sequence[_Part],
    owners: Sequence[_Part],
) -> dict[str, Any]:
    tops = (node.name_vi for node in tree().nodes.values() if node.parent_id is None)
    known = {one.number: one for one in owners}
    there = {one.number for one in nodes}
    phases = {str(one) for row in spans if (one := row.values.get("phase"))}
    ducts = {row.number: (row, _told_span(row, known, there)) for row in spans}
    lists = {
        "nodes": [_told_node(row, known) for row in nodes],
        "spans": [told for _row, told in ducts.values()] + list(_told_cables(cables, ducts, known)),
        "phases": [{"id": _id("phase", one), "name": one} for one in sorted(phases)],
        "organisations": [_told_owner(row) for row in owners],
    }
    return {
        "id": _id("network", "telecom"),
        "name": register_of(SPANS).name.vi,
        "publisher": {"name": next(tops, "Motcua")},
        "crs": _CRS,
        "language": "vi",
        "links": [{"href": SCHEMA, "rel": "describedby"}],
        **{key: told for key, told in lists.items() if told},
    }


def _told_owner(row: _Part) -> dict[str, str]:
    website = row.values.get("website")
    return _called(row) | ({"website": str(website)} if website else {})


def _called(owner: _Part) -> dict[str, str]:
    return {"id": _id(OPERATORS, owner.number), "name": owner.name}


def _works(row: _Part, owners: Mapping[int, _Part], room: str, taken: str) -> dict[str, Any]:
    """Tell what carries a cable: its kind, its owner, and whether it has room for more."""
    owner = owners.get(row.target("owner") or 0)
    told: dict[str, Any] = {"type": row.values["kind"]} if "kind" in row.values else {}
    told |= {"owner": _called(owner)} if owner else {}
    if room in row.values and taken in row.values:
        told["spareCapacity"] = int(row.values[taken]) < int(row.values[room])
    return {"supportingInfrastructure": told} if told else {}


def _told_node(row: _Part, owners: Mapping[int, _Part]) -> dict[str, Any]:
    told: dict[str, Any] = {"id": _id(NODES, row.number), "name": row.name}
    told |= _works(row, owners, "capacity", "used")
    if row.shape:
        told["location"] = json.loads(row.shape)
    if "street" in row.values:
        told["address"] = {"streetAddress": row.values["street"], "country": "VN"}
    return told


def _told_span(row: _Part, owners: Mapping[int, _Part], nodes: set[int]) -> dict[str, Any]:
    values = row.values
    told: dict[str, Any] = {
        "id": _id(SPANS, row.number),
        "name": row.name,
        "directed": False,
        "deployment": [_ABOVE if values.get("kind") == "aerial" else _BELOW],
        "countries": ["VN"],
        **_works(row, owners, "ducts", "ducts_used"),
    }
    ends = {"start": row.target("begins"), "end": row.target("ends")}
    told |= {key: _id(NODES, one) for key, one in ends.items() if one in nodes}
    if row.shape:
        told["route"] = json.loads(row.shape)
    if "state" in values:
        told["status"] = _STATUS[str(values["state"])]
    if "phase" in values:
        told["phase"] = {"id": _id("phase", values["phase"]), "name": values["phase"]}
    if "handed_over_on" in values:
        told["readyForServiceDate"] = values["handed_over_on"]
    if values.get("power"):
        told["codeployment"] = _POWER
    return told


_OF_DUCT = frozenset(("directed", "deployment", "countries", "start", "end", "route"))


def _told_cables(
    cables: Iterable[_Part],
    ducts: Mapping[int, tuple[_Part, Told]],
    owners: Mapping[int, _Part],
) -> Iterator[dict[str, Any]]:
    """Tell cables for telecommunication: each runs as its duct does, which it names."""
    for row in cables:
        duct = ducts.get(row.target("span") or 0)
        if duct is not None and row.values.get("kind") in _MEDIA:
            yield _told_cable(row, *duct, owners)


def _told_cable(
    row: _Part, duct: _Part, told_duct: Told, owners: Mapping[int, _Part]
) -> dict[str, Any]:
    works = told_duct.get("supportingInfrastructure", {})
    told: dict[str, Any] = {
        "id": _id(CABLES, row.number),
        "name": row.name,
        **{key: value for key, value in told_duct.items() if key in _OF_DUCT},
        "supportingInfrastructure": {**works, "description": duct.name},
        "transmissionMedium": [row.values["kind"]],
    }
    owner = owners.get(row.target("owner") or 0)
    if owner is not None:
        told["transmissionMediumOwner"] = _called(owner)
    if "fibres" in row.values:
        told["fibreCount"] = row.values["fibres"]
    if "state" in row.values:
        told["status"] = _CABLE_STATUS.get(str(row.values["state"]), _IN_USE)
    return told


_LISTS = ("nodes", "spans", "phases", "organisations")


def _features(network: Told) -> Iterator[dict[str, Any]]:
    """Tell a network as features: each has the network about it, and whole what it names."""
    about = {key: told for key, told in network.items() if key not in _LISTS}
    whole = {one["id"]: one for key in _LISTS for one in network.get(key, ())}
    for kind, place in (("node", "location"), ("span", "route")):
        for one in network.get(f"{kind}s", ()):
            told = {key: _whole(value, whole) for key, value in one.items() if key != place}
            told |= {key: whole[told[key]] for key in ("start", "end") if key in told}
            told |= {"network": about, "featureType": kind}
            yield {"type": "Feature", "geometry": one.get(place), "properties": told}


def _whole(told: Any, whole: Mapping[str, Told]) -> Any:  # noqa: ANN401 - any value of JSON
    """Put in what an identifier or a reference names."""
    if isinstance(told, Mapping):
        if told.get("id") in whole:
            return whole[told["id"]]
        return {key: _whole(value, whole) for key, value in told.items()}
    return told


def _of_features(features: Iterable[object]) -> dict[str, Any]:
    """Read features back as one network, its organisations from where they are named."""
    found: dict[str, list[Told]] = {"nodes": [], "spans": []}
    owners: dict[str, Told] = {}
    for one in map(_table, features):
        told = dict(_table(one.get("properties")))
        kind = told.get("featureType")
        if kind not in {"node", "span"}:
            raise FileUnreadable
        if one.get("geometry") is not None:
            told["location" if kind == "node" else "route"] = one["geometry"]
        found[f"{kind}s"].append(told)
        owners |= {_name(owner): owner for owner in _owners_of(told) if _name(owner)}
    return {**found, "organisations": list(owners.values())}


def _owners_of(told: Told) -> Iterator[Told]:
    works = told.get("supportingInfrastructure")
    within = works.get("owner") if isinstance(works, Mapping) else None
    others = ("transmissionMediumOwner", "physicalInfrastructureProvider")
    every = (within, *(told.get(key) for key in others))
    return (one for one in every if isinstance(one, Mapping))

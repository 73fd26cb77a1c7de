"""Networks go out and come in by the Open Fibre Data Standard, and nothing is lost on the way."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, replace

import pytest

from motcua.core.access.log import Reader
from motcua.core.dossiers import answers
from motcua.core.dossiers.tests.world import MONDAY, World, make_world
from motcua.core.registers.importing import import_rows, look
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record
from motcua.core.registers.querying import Filter
from motcua.core.registers.sheets import FileUnreadable, rows_of
from motcua.systems.telecom import forms
from motcua.systems.telecom.forms import (
    CABLES,
    NODES,
    OPERATORS,
    SCHEMA,
    SPANS,
    OpenFibre,
    OpenFibreMap,
    _features,
)

OWNERS = "name,kind,contact\nHạ tầng ngầm Đô Mẫu,investor,Phạm Thị Mẫu\n"
PLACES = """code,kind,street,owner,lat,lon
N-1,manhole,Phố Huế,Hạ tầng ngầm Đô Mẫu,21.01,105.85
N-2,manhole,Phố Huế,,21.02,105.85
N-3,pole,,,21.03,105.86
"""
LINES = """code,kind,street,ducts,phase,state,started_on,handed_over_on,begins,ends,owner,geometry
D-1,duct,Phố Huế,4,2016-2020,planned,2017-02-01,2017-10-05,N-1,N-2,Hạ tầng ngầm Đô Mẫu,L
D-2,aerial,,,,closed,,,,N-3,,L
"""
LAID = """code,span,kind,fibres,state,owner
C-1,D-1,fibre,48,untidy,Hạ tầng ngầm Đô Mẫu
C-2,D-1,coaxial,,dead,
C-3,D-2,power,,in_order,
"""
ROUTE = '"LINESTRING (105.85 21.01, 105.85 21.02)"'


@dataclass
class City:
    """The made-up department, which keeps a small network."""

    world: World

    def take(self, register: str, body: str) -> dict[str, int]:
        """Take a file in as the department's specialist does."""
        return import_rows(**self._told(register), body=body.encode())

    def seen(self, register: str, body: str) -> dict[str, object]:
        """Give the look at a file before it is taken in."""
        return json.loads(look(**self._told(register), name="x.json", body=body.encode()).report)

    def _told(self, register: str) -> dict[str, object]:
        return {
            "actor": self.world.officers["specialist"],
            "at": MONDAY,
            "declaration": register_of(register),
            "agency_id": self.world.department.pk,
        }

    def given(self, **wanted) -> dict:
        """Give the only network of an export."""
        (network,) = self.file(SPANS, OpenFibre(), **wanted)["networks"]
        return network

    def file(self, register: str, form: OpenFibre, **wanted) -> dict:
        """Give what a list is exported as."""
        out, reader = io.BytesIO(), Reader(self.world.officers["counter"], MONDAY)
        form.give(out, reader, register_of(register), Filter(**wanted))
        return json.loads(out.getvalue())


@pytest.fixture
def city(db) -> City:
    found = City(make_world())
    found.take(OPERATORS, OWNERS)
    found.take(NODES, PLACES)
    found.take(SPANS, LINES.replace(",L\n", f",{ROUTE}\n"))
    found.take(CABLES, LAID)
    return found


def spans(network: dict) -> dict[str, dict]:
    return {one["name"]: one for one in network["spans"]}


def test_a_network_names_what_its_spans_name(city):
    told = city.given()
    assert told["links"] == [{"href": SCHEMA, "rel": "describedby"}]
    ids = {one["name"]: one["id"] for one in told["nodes"]}
    first, second = spans(told)["D-1"], spans(told)["D-2"]
    assert (first["start"], first["end"]) == (ids["N-1"], ids["N-2"])
    assert first["status"] == "planned"
    assert first["readyForServiceDate"] == "2017-10-05"
    assert (first["deployment"], second["deployment"]) == (["belowGround"], ["aboveGround"])
    assert first["route"]["coordinates"] == [[105.85, 21.01], [105.85, 21.02]]
    (owner,) = told["organisations"]
    assert first["supportingInfrastructure"]["owner"] == {"id": owner["id"], "name": owner["name"]}
    assert [one["name"] for one in told["phases"]] == ["2016-2020"]
    assert "Phạm" not in json.dumps(told, ensure_ascii=False)


def test_a_list_goes_out_as_it_is_narrowed(city):
    told = city.given(fields={"kind": "aerial"})
    assert [one["name"] for one in told["spans"]] == ["D-2"]
    assert [one["name"] for one in told["nodes"]] == ["N-3"]
    assert {"phases", "organisations"}.isdisjoint(told)


def test_what_went_out_comes_in_as_what_is_there(city):
    body = json.dumps({"networks": [city.given()]})
    for register, count in ((OPERATORS, 1), (NODES, 3), (SPANS, 2), (CABLES, 2)):
        counts = city.seen(register, body)["counts"]
        assert counts == {"new": 0, "changed": 0, "same": count, "wrong": 0}


def test_a_network_of_others_comes_in_by_the_look(city):
    owner = {"id": "o", "name": "Truyền dẫn Cầu Mẫu"}
    network = {
        "id": "x",
        "nodes": [
            {"id": "1", "name": "M-1", "location": {"type": "Point", "coordinates": [105.8, 21]}},
            {"id": "M-2"},
        ],
        "spans": [
            {
                "id": "s",
                "name": "S-1",
                "status": "operational",
                "deployment": ["belowGround"],
                "physicalInfrastructureProvider": owner,
                "start": "1",
                "end": {"id": "M-2"},
                "route": {"type": "LineString", "coordinates": [[105.8, 21], [105.81, 21]]},
            }
        ],
        "organisations": [owner],
    }
    body = json.dumps(network)
    assert city.seen(SPANS, body)["counts"]["wrong"] == 1  # its owner and ends are not there yet
    for register, new in ((OPERATORS, 1), (NODES, 2), (SPANS, 1)):
        assert city.take(register, body)["new"] == new
    row = Record.objects.get(register=SPANS, title="S-1")
    values = answers.read(row.values)
    assert (values["kind"], values["state"]) == ("duct", "in_use")
    assert Record.objects.get(pk=values["ends"]).title == "M-2"


@pytest.mark.parametrize(
    "told", [{}, {"nodes": 3}, {"nodes": [3]}, {"networks": [3]}, {"networks": {}}]
)
def test_what_is_no_network_is_refused(told):
    with pytest.raises(FileUnreadable):
        rows_of(register_of(NODES), json.dumps(told).encode())
    with pytest.raises(FileUnreadable):
        rows_of(register_of("telecom_sites"), json.dumps({"nodes": []}).encode())


def test_a_cable_is_a_span_with_a_medium_in_its_duct(city):
    told = spans(city.given())
    assert sorted(told) == ["C-1", "C-2", "D-1", "D-2"]  # the standard has no power cables
    cable, duct = told["C-1"], told["D-1"]
    assert (cable["transmissionMedium"], cable["fibreCount"]) == (["fibre"], 48)
    assert {key: cable[key] for key in ("start", "end", "route", "deployment")} == {
        key: duct[key] for key in ("start", "end", "route", "deployment")
    }
    works = duct["supportingInfrastructure"]
    assert cable["supportingInfrastructure"] == {**works, "description": "D-1"}
    assert cable["transmissionMediumOwner"] == works["owner"]
    assert (cable["status"], told["C-2"]["status"]) == ("operational", "inactive")


def test_a_list_of_cables_brings_their_ducts(city):
    (network,) = city.file(CABLES, OpenFibre(), fields={"kind": "coaxial"})["networks"]
    assert sorted(spans(network)) == ["C-2", "D-1"]
    assert [one["name"] for one in network["nodes"]] == ["N-1", "N-2"]


def test_a_cable_of_others_is_its_own_line(city):
    line = {"type": "LineString", "coordinates": [[105.8, 21], [105.81, 21]]}
    span = {"id": "s", "name": "X-1", "transmissionMedium": ["fibre"], "route": line}
    works = {"description": "along the road"}
    told = {"id": "x", "spans": [{**span, "fibreCount": 12, "supportingInfrastructure": works}]}
    span["deployment"] = told["spans"][0]["deployment"] = ["belowGround"]
    assert city.take(SPANS, json.dumps(told))["new"] == 1
    assert city.take(CABLES, json.dumps(told))["new"] == 1
    cable = Record.objects.get(register=CABLES, title__startswith="X-1")
    values = answers.read(cable.values)
    assert Record.objects.get(pk=values["span"]).title == "X-1"
    assert (values["kind"], values["fibres"]) == ("fibre", 12)


def test_features_come_in_as_what_is_there(city):
    body = json.dumps(city.file(SPANS, OpenFibreMap()))
    for register, count in ((OPERATORS, 1), (NODES, 3), (SPANS, 2), (CABLES, 2)):
        counts = city.seen(register, body)["counts"]
        assert counts == {"new": 0, "changed": 0, "same": count, "wrong": 0}


def test_a_feature_has_whole_what_it_names(city):
    told = city.file(SPANS, OpenFibreMap())["features"]
    kinds = [one["properties"]["featureType"] for one in told]
    assert kinds == ["node"] * 3 + ["span"] * 4
    duct = next(one for one in told if one["properties"]["name"] == "D-1")
    assert duct["geometry"]["type"] == "LineString"
    assert duct["properties"]["start"]["name"] == "N-1"
    assert duct["properties"]["network"]["publisher"]["name"]
    assert "route" not in duct["properties"]


@pytest.mark.parametrize("features", [[3], [{}], [{"properties": {"featureType": "x"}}]])
def test_features_of_something_else_are_refused(city, features):
    first = {"type": "Feature", "properties": {"featureType": "node", "name": "N"}}
    body = json.dumps({"type": "FeatureCollection", "features": [first, *features]}).encode()
    with pytest.raises(FileUnreadable):
        rows_of(register_of(NODES), body)


def anew(network: dict) -> dict:
    """Give a network as it would be of another house: by other numbers, under other codes."""
    text = json.dumps(network, ensure_ascii=False)
    for old, new in (("N-", "M-"), ("D-", "E-"), ("C-", "F-"), ("Đô Mẫu", "Phố Mẫu")):
        text = text.replace(old, new)
    return json.loads(text)


def told_alike(told: object, names: dict[str, str]) -> object:
    """Put names where identifiers stand, so that networks of two houses can be compared."""
    if isinstance(told, dict):
        return {key: told_alike(one, names) for key, one in told.items()}
    if isinstance(told, list):
        return sorted((told_alike(one, names) for one in told), key=json.dumps)
    return names.get(told, told) if isinstance(told, str) else told


def alike(network: dict) -> object:
    kept = {key: network[key] for key in ("nodes", "spans", "phases", "organisations")}
    names = {one["id"]: one["name"] for some in kept.values() for one in some}
    return told_alike(kept, names)


@pytest.mark.parametrize("form", [OpenFibre(), OpenFibreMap()], ids=["json", "geojson"])
def test_what_goes_out_is_what_another_house_gives_out_again(city, form):
    Record.objects.filter(title="N-3").update(geometry="")
    sent = city.given()
    for one in sent["nodes"] + sent["spans"]:  # room is counted here, and not read out of a file
        one.get("supportingInfrastructure", {}).pop("spareCapacity", None)
    spans(sent)["C-1"].pop("status")  # in use there may be in order, untidy or to be buried here
    body = anew({"networks": [sent]})
    if isinstance(form, OpenFibreMap):
        features = _features(body["networks"][0])
        body = {"type": "FeatureCollection", "features": list(features)}
    for register in (OPERATORS, NODES, SPANS, CABLES):
        assert city.take(register, json.dumps(body))["new"]
    given = city.given(words="E")
    assert alike(given) == alike(anew(sent))


def test_what_is_masked_is_in_no_file(city, monkeypatch):
    rules = register_of(SPANS)
    hidden = tuple(
        replace(one, personal=True) if one.key in {"phase", "state"} else one
        for one in rules.fields
    )
    monkeypatch.setattr(
        forms, "register_of", lambda key: replace(rules, fields=hidden) if key == SPANS
        else register_of(key)
    )  # fmt: skip
    told = spans(city.given())["D-1"]
    assert {"phase", "status"}.isdisjoint(told)
    assert told["readyForServiceDate"] == "2017-10-05"


def test_the_standards_own_checker_finds_no_fault(city):
    """Its checker is under the AGPL, so it is none of our packages: where it is, it is asked."""
    checking = pytest.importorskip("libcoveofds.jsonschemavalidate")
    rules = pytest.importorskip("libcoveofds.python_validate")
    maps = pytest.importorskip("libcoveofds.geojson")
    schema = pytest.importorskip("libcoveofds.schema").OFDSSchema()
    told = {"networks": [city.given()]}
    assert [one.json() for one in checking.JSONSchemaValidator(schema).validate(told)] == []
    assert rules.PythonValidate(schema).validate(told) == []
    back, features = maps.GeoJSONToJSONConverter(), city.file(SPANS, OpenFibreMap())["features"]
    for kind in maps.GeoJSONAssumeFeatureType:
        some = [one for one in features if one["properties"]["featureType"] == kind.value]
        back.process_data({"type": "FeatureCollection", "features": some}, kind)
    (network,) = back.get_json()["networks"]
    assert (len(network["nodes"]), len(network["spans"])) == (3, 4)

"""Networks go out and come in by the Open Fibre Data Standard, and nothing is lost on the way."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass

import pytest

from motcua.core.access.log import Reader
from motcua.core.dossiers import answers
from motcua.core.dossiers.tests.world import MONDAY, World, make_world
from motcua.core.registers.importing import import_rows, look
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record
from motcua.core.registers.querying import Filter
from motcua.core.registers.sheets import FileUnreadable, rows_of
from motcua.systems.telecom.forms import NODES, OPERATORS, SCHEMA, SPANS, OpenFibre

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
        out, reader = io.BytesIO(), Reader(self.world.officers["counter"], MONDAY)
        OpenFibre().give(out, reader, register_of(SPANS), Filter(**wanted))
        told = json.loads(out.getvalue())
        (network,) = told["networks"]
        return network


@pytest.fixture
def city(db) -> City:
    found = City(make_world())
    found.take(OPERATORS, OWNERS)
    found.take(NODES, PLACES)
    found.take(SPANS, LINES.replace(",L\n", f",{ROUTE}\n"))
    return found


def test_a_network_names_what_its_spans_name(city):
    told = city.given()
    assert told["links"] == [{"href": SCHEMA, "rel": "describedby"}]
    ids = {one["name"]: one["id"] for one in told["nodes"]}
    first, second = told["spans"]
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
    for register, count in ((OPERATORS, 1), (NODES, 3), (SPANS, 2)):
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


def test_the_standards_own_checker_finds_no_fault(city):
    """Its checker is under the AGPL, so it is none of our packages: where it is, it is asked."""
    checking = pytest.importorskip("libcoveofds.jsonschemavalidate")
    rules = pytest.importorskip("libcoveofds.python_validate")
    schema = pytest.importorskip("libcoveofds.schema").OFDSSchema()
    told = {"networks": [city.given()]}
    assert [one.json() for one in checking.JSONSchemaValidator(schema).validate(told)] == []
    assert rules.PythonValidate(schema).validate(told) == []

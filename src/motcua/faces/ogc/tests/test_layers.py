"""Layers go to whom they are for, page by page, with their public values."""

from __future__ import annotations

import datetime
import json

import pytest
from django.test import Client

from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.registers.acts import change, retire
from motcua.core.registers.loading import register_of
from motcua.core.registers.preparing import Order

SITES = "/collections/telecom_sites/items"


def codes(answer: dict) -> list[str]:
    return [one["properties"]["code"] for one in answer["features"]]


def test_everybody_sees_the_public_layer_alone(layers):
    told = layers.get("/collections")["collections"]
    assert [one["id"] for one in told] == ["telecom_sites"]
    assert told[0]["extent"]["spatial"]["bbox"] == [[105.81, 21.0, 105.86, 21.03]]
    for path in ("", "/items", f"/items/{layers.records['D-1']}"):
        refused = layers.get(f"/collections/telecom_spans{path}", status=404)
        assert refused["error"]["code"] == "ogc.no_such_layer"


def test_an_officer_sees_every_layer(layers):
    told = layers.get("/collections", "counter")["collections"]
    assert {one["id"] for one in told} >= {"telecom_sites", "telecom_spans", "telecom_nodes"}
    (span,) = layers.get("/collections/telecom_spans/items", "counter")["features"]
    assert span["properties"]["metres"] == pytest.approx(1111.95, abs=0.1)
    assert span["geometry"]["type"] == "LineString"


def test_a_feature_tells_public_values_and_what_it_names(layers):
    told = layers.get(f"{SITES}/{layers.records['HN-1']}")
    assert told["geometry"] == {"type": "Point", "coordinates": [105.85, 21.02]}
    assert told["properties"] == {
        "title": "HN-1",
        "code": "HN-1",
        "operator": "Viễn thông Mẫu",
        "height": 20,
        "g4": True,
        "since": "2026-11-02",
        "steward": "H26.12",
    }
    assert "Phạm" not in json.dumps(layers.get(SITES), ensure_ascii=False)


def test_pages_lead_from_one_to_the_next(layers):
    first = layers.get(f"{SITES}?limit=2")
    assert (first["numberMatched"], first["numberReturned"]) == (3, 2)
    (link,) = [one["href"] for one in first["links"] if one["rel"] == "next"]
    second = layers.get(link.partition("/ogc")[2])
    assert codes(first) + codes(second) == ["HN-1", "HN-2", "HN-3"]
    assert "next" not in {one["rel"] for one in second["links"]}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("bbox=105.84,21.01,105.87,21.025", ["HN-1"]),
        ("bbox=105.84,21.01,0,105.87,21.04,50", ["HN-1", "HN-3"]),
        ("datetime=2026-11-01", []),
        ("datetime=2026-11-02T10:00:00Z", ["HN-1", "HN-2", "HN-3"]),
        ("datetime=2026-01-01/..", ["HN-1", "HN-2", "HN-3"]),
        ("datetime=../2026-11-01T00:00:00Z", []),
        ("limit=100000", ["HN-1", "HN-2", "HN-3"]),
    ],
)
def test_a_layer_is_narrowed(layers, query, found):
    assert codes(layers.get(f"{SITES}?{query}")) == found


@pytest.mark.parametrize(
    "query",
    [
        *("limit=0", "limit=x", "limit=-1", "after=1e9", "bbox=1,2,3", "bbox=a,b,c,d"),
        *("bbox=1,2,1,2&bbox=1,2,3,4", "datetime=x", "datetime=../..", "unknown=1", "f=html"),
        *("datetime=2026-11-02/2026-11-01", "datetime=/", "bbox=nan,0,1,1"),
    ],
)
def test_what_cannot_be_asked_is_refused(db, query):
    answer = Client().get(f"/ogc{SITES}?{query}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "ogc.parameter_wrong")


def test_what_is_not_there_is_told(layers):
    assert layers.get("/collections/x", status=404)["error"]["code"] == "ogc.no_such_layer"
    assert layers.get(f"{SITES}/999", status=404)["error"]["code"] == "ogc.no_such_feature"
    gone = max(layers.records.values()) + 1
    assert layers.get(f"{SITES}/{gone}", status=404)["error"]["code"] == "ogc.no_such_feature"
    answer = Client().post("/ogc/collections")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


def test_every_link_of_the_landing_page_answers(layers):
    links = layers.get("/")["links"]
    assert {one["rel"] for one in links} == {"self", "service-desc", "conformance", "data"}
    for one in links:
        assert layers.get(one["href"].partition("/ogc")[2])
    paths = layers.get("/api")["paths"]
    assert "/collections/{register}/items/{number}" in paths


THEN, SINCE = "2026-11-05", MONDAY + datetime.timedelta(days=8)


@pytest.fixture
def moved(layers) -> None:
    """Let a mast move and grow, and another one go, a week after they were entered."""
    told = {
        "actor": layers.world.officers["specialist"],
        "at": SINCE,
        "declaration": register_of("telecom_sites"),
        "revision": 1,
        "key": None,
    }
    values = {"code": "HN-1", "operator": "Viễn thông Mẫu", "height": 45, "g4": True}
    number = layers.records["HN-1"]
    change(**told, record_id=number, order=Order(values, "20.99, 105.80"))
    retire(**told, record_id=layers.records["HN-2"], reason="Đã tháo dỡ")


def test_a_day_that_is_over_shows_what_stood_then(layers, moved):
    then = layers.get(f"{SITES}?datetime={THEN}")
    first = then["features"][0]
    assert codes(then) == ["HN-1", "HN-2", "HN-3"]
    assert first["geometry"]["coordinates"] == [105.85, 21.02]
    assert first["properties"]["height"] == 20
    assert (first["id"], first["properties"]["since"]) == (layers.records["HN-1"], "2026-11-02")
    assert codes(layers.get(f"{SITES}?datetime=2026-11-12")) == ["HN-1", "HN-3"]
    assert codes(layers.get(SITES)) == ["HN-1", "HN-3"]
    assert "Phạm" not in json.dumps(then, ensure_ascii=False)


@pytest.mark.parametrize(
    ("days", "found", "height"),
    [
        ("2026-11-05/2026-11-08", ["HN-1", "HN-2", "HN-3"], 20),
        ("2026-11-05/2026-11-12", ["HN-1", "HN-2", "HN-3"], 45),
        ("2026-11-05/..", ["HN-1", "HN-2", "HN-3"], 45),
        ("../2026-11-05", ["HN-1", "HN-2", "HN-3"], 20),
        ("2026-11-10/2026-11-12", ["HN-1", "HN-3"], 45),
        ("2026-11-09/2026-11-10", ["HN-1", "HN-2", "HN-3"], 45),
        ("2026-10-01/2026-11-01", [], None),
        ("2026-11-11/..", ["HN-1", "HN-3"], 45),
        ("2030-01-01/2031-01-01", ["HN-1", "HN-3"], 45),
    ],
)
def test_an_interval_shows_what_stood_at_some_time_of_it(layers, moved, days, found, height):
    told = layers.get(f"{SITES}?datetime={days}")
    assert (codes(told), told["numberMatched"]) == (found, len(found))
    heights = [one["properties"]["height"] for one in told["features"]]
    assert heights[:1] == [height][: len(found)]


def test_pages_of_an_interval_lead_from_one_to_the_next(layers, moved):
    path, seen = f"{SITES}?limit=1&datetime=2026-11-05/2026-11-12", []
    for _turn in range(3):
        told = layers.get(path)
        assert told["numberMatched"] == 3
        seen += codes(told)
        links = [one["href"] for one in told["links"] if one["rel"] == "next"]
        path = links[0].partition("/ogc")[2] if links else ""
    assert (seen, path) == (["HN-1", "HN-2", "HN-3"], "")


def test_a_frame_of_then_holds_what_lay_there_then(layers, moved):
    before, now = "bbox=105.84,21.01,105.87,21.025", "bbox=105.79,20.98,105.81,20.995"
    assert codes(layers.get(f"{SITES}?datetime={THEN}&{before}")) == ["HN-1"]
    assert codes(layers.get(f"{SITES}?datetime={THEN}&{now}")) == []
    assert codes(layers.get(f"{SITES}?{now}")) == ["HN-1"]


def test_pages_of_then_lead_from_one_to_the_next(layers, moved):
    first = layers.get(f"{SITES}?limit=2&datetime={THEN}")
    assert (first["numberMatched"], first["numberReturned"]) == (3, 2)
    (link,) = [one["href"] for one in first["links"] if one["rel"] == "next"]
    assert codes(layers.get(link.partition("/ogc")[2])) == ["HN-3"]


def test_a_line_of_then_is_as_long_as_it_was(layers):
    path = f"/collections/telecom_spans/items?datetime={THEN}"
    (span,) = layers.get(path, "counter")["features"]
    assert span["properties"]["metres"] == pytest.approx(1111.95, abs=0.1)
    layers.get(path, status=404)

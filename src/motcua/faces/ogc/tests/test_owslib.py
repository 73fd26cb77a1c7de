"""OWSLib, a map program's own library, finds the layers and reads their features."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from owslib import ogcapi
from owslib.ogcapi.features import Features

HOUSE = "http://127.0.0.1:8000"


@pytest.fixture
def through(monkeypatch):
    """Let OWSLib's requests come in at our own door instead of over a socket."""

    def ask(url: str, *, params=None, headers=None, **_more) -> ogcapi.requests.Response:
        asked = ogcapi.requests.Request("GET", url, params=params).prepare()
        path = asked.url.removeprefix(HOUSE)
        answer = Client().get(path, headers=dict(headers or {}))
        found = ogcapi.requests.Response()
        found.status_code, found.url = answer.status_code, asked.url
        found.headers.update(answer.headers)
        found.raw = io.BytesIO(answer.content)
        return found

    monkeypatch.setattr(ogcapi, "http_get", ask)


def test_owslib_reads_the_public_layer(layers, through):
    city = Features(f"{HOUSE}/ogc/")
    assert city.feature_collections() == ["telecom_sites"]
    assert any(one.endswith("/conf/core") for one in city.conformance()["conformsTo"])
    assert city.api()["openapi"].startswith("3.0")
    assert city.collection("telecom_sites")["itemType"] == "feature"
    told = city.collection_items("telecom_sites", bbox=[105.84, 21.01, 105.87, 21.04], limit=1)
    assert (told["numberMatched"], told["numberReturned"]) == (2, 1)
    one = city.collection_item("telecom_sites", str(layers.records["HN-1"]))
    assert one["properties"]["code"] == "HN-1"


def test_owslib_reads_the_others_with_an_officers_key(layers, through):
    city = Features(f"{HOUSE}/ogc/", headers=layers.key("specialist"))
    assert "telecom_spans" in city.feature_collections()
    assert city.collection_items("telecom_spans")["numberMatched"] == 1

"""The catalogue through the API: published editions, found without accents, never a draft."""

from __future__ import annotations

import pytest

from motcua.core.catalogue.tests.conftest import brought_out, taken_in
from motcua.core.catalogue.tests.samples import FACTS, NATIONAL, facts

KEY = "1.900001"


@pytest.fixture
def published(db):
    brought_out(FACTS)
    taken_in(NATIONAL, facts(result="Bản thảo sau"))


def test_published_procedures_are_found(published, client):
    answer = client.get("/api/v1/catalogue", {"q": "thu tay 61/2018"}).json()
    assert answer["count"] == 1
    assert answer["items"][0]["key"] == KEY
    assert client.get("/api/v1/catalogue").json()["count"] == 1


def test_a_procedure_is_told_with_every_source(published, client):
    answer = client.get(f"/api/v1/catalogue/{KEY}").json()
    assert answer["values"]["result"] == {
        "name": {"vi": "Kết quả", "en": "Result"},
        "said": "Giấy phép",
        "mark": "confirmed",
        "source": "trang A",
    }
    assert answer["limits"][0]["limit"] == "10 working_day"
    assert [one["level"] for one in answer["levels"]] == ["3", "part"]
    assert [one["number"] for one in answer["editions"]] == [1]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("1.900002", "catalogue.unknown"),  # a draft
        ("khong-co", "catalogue.unknown"),
        (f"{KEY}?edition=2", "catalogue.unknown_edition"),  # a draft
    ],
)
def test_drafts_are_told_to_nobody(published, client, address, code):
    answer = client.get(f"/api/v1/catalogue/{address}")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == code

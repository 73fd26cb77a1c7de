"""What is refused before any view: in the shape of the door that was knocked at."""

from __future__ import annotations

import pytest
from django.test import Client

FOREIGN = {"Host": "elsewhere.example"}


@pytest.mark.parametrize("address", ["/api/v1/procedures", "/api/v1/nothing"])
def test_a_foreign_host_is_refused_in_the_shape_of_the_api(db, address):
    response = Client().get(address, headers=FOREIGN)
    assert (response.status_code, response["Content-Type"]) == (400, "application/json")
    assert response.json()["error"]["code"] == "api.request_broken"


def test_a_foreign_host_is_refused_with_a_page_elsewhere(db):
    response = Client().get("/", headers=FOREIGN)
    assert (response.status_code, response["Content-Type"]) == (400, "text/html; charset=utf-8")

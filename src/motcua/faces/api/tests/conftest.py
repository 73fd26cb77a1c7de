"""A made-up world behind the API, and a client that speaks JSON to it."""

from __future__ import annotations

import itertools

import pytest
from django.test import Client

from motcua.core.accounts.tests.doors import account_of, bearer, key_for
from motcua.core.dossiers.tests.world import World, make_world


class Api:
    """Sends requests as an officer (`who`) or, without one, as a stranger."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.client = Client(raise_request_exception=False)
        self._keys = itertools.count()
        self.tokens: dict[str, str] = {}

    def get(self, address: str, who: str | None = None, **headers):
        return self.client.get(f"/api/v1{address}", headers={**self.key(who), **headers})

    def post(self, address: str, body, who: str | None = None, *, key: str = "", **headers):
        sent = {"Idempotency-Key": key or f"key-{next(self._keys)}", **self.key(who), **headers}
        return self.client.post(f"/api/v1{address}", body, "application/json", headers=sent)

    def key(self, who: str | None, *scopes: str) -> dict[str, str]:
        """Give the header with a key of an officer: one of every scope unless some are named."""
        if who is None:
            return {}
        if scopes or who not in self.tokens:
            token = key_for(account_of(who, self.world.officer_id(who)), *scopes)
            self.tokens.setdefault(who, token)
            return bearer(token)
        return bearer(self.tokens[who])

    def filing(self, **changes) -> dict:
        plain = {
            "procedure": "9.000001",
            "agency": "H26.12",
            "applicant": {"name": "Nguyễn Trường Đạt", "phone": "0912 345 678"},
            "fields": {"licence": "GP 12", "expires": "2026-12-01"},
            "evidence": [{"component": "request", "originals": 1}],
        }
        return {**plain, **changes}

    def file(self, *, who: str | None = None, key: str = "", **changes) -> dict:
        response = self.post("/dossiers", self.filing(**changes), who, key=key)
        assert response.status_code == 201, response.content
        return response.json()

    def move(self, lookup: str, who: str | None, name: str, **wishes):
        sent = {key: wishes.pop(key) for key in ("X-Phone", "If-Match") if key in wishes}
        key = wishes.pop("key", "")
        return self.post(
            f"/dossiers/{lookup}/moves", {"move": name, **wishes}, who, key=key, **sent
        )


def error(response, status: int) -> dict:
    """Give the error of a refused request, in the one shape."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/json"
    told = response.json()["error"]
    assert told.keys() == {"code", "vi", "en", "details", "fields", "retry"}
    assert told["vi"]
    assert told["en"]
    return told


@pytest.fixture
def api(db, settings) -> Api:
    settings.ROOT_URLCONF = "motcua.faces.api.tests.addresses"
    return Api(make_world())

"""Taking one dossier to a newer version over HTTP."""

from __future__ import annotations

import pytest

from motcua.core.dossiers.models import Dossier
from motcua.core.migrating.tests.conftest import Versions
from motcua.faces.api.tests.conftest import error


@pytest.fixture
def done(api):
    found = api.world.to("assign")
    Versions(api.world).renew()
    return found


def send(api, done, who="leader", number=2, key="k", **sent):
    return api.post(f"/dossiers/{done.code}/version", {"number": number, **sent}, who, key=key)


def test_a_head_takes_it_over_and_a_repeat_gives_the_first_answer(api, done):
    first, again = (send(api, done) for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    assert again["Idempotency-Replayed"] == "true"
    assert again.json() == first.json()
    assert Dossier.objects.get().version.number == 2


def test_it_is_refused_by_name(api, done):
    assert error(send(api, done, number=7), 404)["code"] == "migrating.no_map"
    assert error(send(api, done, "counter"), 403)["code"] == "migrating.not_yours"
    assert error(send(api, done, revision=0), 409)["code"] == "dossiers.stale"
    error(send(api, done, "police"), 404)
    error(send(api, done, None), 401)

"""A mast's permit by the API: issued with its site, once; the plain move leads there."""

from __future__ import annotations

import pytest

from motcua.core.dossiers.models import Dossier
from motcua.core.registers.models import Record
from motcua.faces.api.tests.conftest import Api, error
from motcua.systems.telecom.queries import SITES
from motcua.systems.telecom.reactions import ISSUE
from motcua.systems.telecom.tests.test_issuing import SAID, signed
from motcua.systems.telecom.tests.test_permits import world

__all__ = ["signed", "world"]


@pytest.fixture
def api(world) -> Api:
    return Api(world)


def issue(api: Api, row: Dossier, who: str | None = "own_clerk", *, key: str = "one", **more):
    return api.post(f"/dossiers/{row.code}/mast-permit", {**SAID, **more}, who, key=key)


def test_a_permit_is_issued_with_its_site_once(api, signed):
    first, again = issue(api, signed), issue(api, signed)
    assert (first.status_code, again.status_code) == (200, 200), first.content
    assert first.json() == again.json()
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    record = Record.objects.get(register=SITES, pk=first.json()["record"])
    assert record.natural
    assert Dossier.objects.get(pk=signed.pk).step == "return"
    error(issue(api, signed, permit="13/GPXD"), 409)


def test_what_is_wrong_issues_nothing(api, signed):
    error(issue(api, signed, permit_on="hôm nay"), 422)
    error(issue(api, signed, revision=signed.revision - 1), 409)
    error(issue(api, signed, "specialist"), 403)
    error(issue(api, signed, "external"), 404)
    assert issue(api, signed, None).status_code == 401
    assert Dossier.objects.get(pk=signed.pk).step == ISSUE
    assert not Record.objects.filter(register=SITES).exists()


def test_the_plain_move_names_the_operation(api, signed):
    found = api.get(f"/dossiers/{signed.code}", "own_clerk").json()
    [told] = [one for one in found["moves"] if one["move"] == ISSUE]
    assert told["why_not"]["code"] == "dossiers.made_elsewhere"
    refused = error(api.move(signed.code, "own_clerk", ISSUE), 409)
    assert refused["code"] == "dossiers.made_elsewhere"
    assert "issueMastPermit" in refused["en"]

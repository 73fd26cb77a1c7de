"""Complaining over HTTP: as the applicant by telephone, or at the counter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motcua.core.complaints.tests.conftest import CODE, FLOW, appoint
from motcua.core.dossiers.models import Tie
from motcua.core.dossiers.tests.world import declaration, publish
from motcua.faces.api.tests.conftest import error

SAID = {"procedure": CODE, "fields": {"licence": "chậm", "expires": "2026-12-01"}}
PHONE = {"X-Phone": "0912345678"}


@pytest.fixture
def api(api):
    told = declaration(CODE, FLOW)
    publish(replace(told, channels=("dossier",), complaint=True, evidence=(), messages={}))
    api.world.officers["chief"] = appoint("chief", api.world.department, "leader")
    return api


def send(api, lookup, who=None, key="", **headers):
    return api.post(f"/dossiers/{lookup}/complaints", SAID, who, key=key, **headers)


def test_its_applicant_complains_and_follows_the_complaint(api):
    answer = send(api, api.file()["lookup"], **PHONE)
    assert answer.status_code == 201
    assert api.get(f"/dossiers/{answer.json()['lookup']}", **PHONE).status_code == 200
    assert Tie.objects.get().kind == "complaint"


def test_a_repeat_gives_the_first_answer(api):
    lookup = api.file()["lookup"]
    first, again = (send(api, lookup, key="k", **PHONE) for _ in range(2))
    assert (again.status_code, again.json()) == (200, first.json())


def test_the_counter_complains_for_who_came(api):
    assert send(api, api.file()["lookup"], "counter").status_code == 201


def test_strangers_and_other_officers_do_not(api):
    lookup = api.file()["lookup"]
    error(send(api, lookup), 404)
    error(send(api, lookup, **{"X-Phone": "0987654321"}), 404)
    error(send(api, lookup, "other_head"), 404)
    error(send(api, lookup, "chief"), 403)
    assert not Tie.objects.exists()

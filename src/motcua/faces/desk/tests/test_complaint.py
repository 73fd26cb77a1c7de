"""The counter writes a complaint down; who handled the dossier reads nothing of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motcua.core.complaints.tests.conftest import CODE, FLOW, appoint
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.tests.world import declaration, publish


@pytest.fixture
def desk(desk):
    told = declaration(CODE, FLOW)
    publish(replace(told, channels=("dossier",), complaint=True, evidence=(), messages={}))
    desk.world.officers["chief"] = appoint("chief", desk.world.department, "leader")
    return desk


SAID = {
    "key": "c-1",
    "fields.licence": "Chậm",
    "fields.expires.day": "1",
    "fields.expires.month": "12",
    "fields.expires.year": "2026",
}


def test_the_counter_writes_it_down_and_its_number_is_told(desk):
    done = desk.received()
    path = f"/ban/ho-so/{done.code}/khieu-nai"
    assert path in desk.get("counter", f"/ban/ho-so/{done.code}").content.decode()
    assert f"{path}/{CODE}" in desk.get("counter", path).content.decode()
    browser = desk.as_("counter")
    answer = browser.post(f"{path}/{CODE}", SAID)
    assert answer.headers["location"] == f"/ban/ho-so/{done.code}"
    complaint = Dossier.objects.get(tie__of=done.dossier_id)
    shown = browser.get(answer.headers["location"]).content.decode()
    assert complaint.lookup in shown  # once, in the message
    assert browser.get(f"/ban/ho-so/{complaint.lookup}").status_code == 403
    assert complaint.lookup not in desk.get("counter", f"/ban/ho-so/{done.code}").content.decode()


def test_who_answers_goes_from_one_to_the_other(desk):
    done = desk.received()
    desk.as_("counter").post(f"/ban/ho-so/{done.code}/khieu-nai/{CODE}", SAID)
    complaint = Dossier.objects.get(tie__of=done.dossier_id)
    assert complaint.lookup in desk.get("chief", f"/ban/ho-so/{done.code}").content.decode()
    assert done.code in desk.get("chief", f"/ban/ho-so/{complaint.lookup}").content.decode()


def test_faults_are_told_in_the_form(desk):
    done = desk.received()
    answer = desk.as_("counter").post(f"/ban/ho-so/{done.code}/khieu-nai/{CODE}", {"key": "c"})
    assert answer.status_code == 422


def test_others_than_the_counter_have_no_such_form(desk):
    done = desk.received()
    for path in ("khieu-nai", f"khieu-nai/{CODE}"):
        assert desk.get("specialist", f"/ban/ho-so/{done.code}/{path}").status_code == 403
    assert desk.get("counter", f"/ban/ho-so/{done.code}/khieu-nai/9.000001").status_code == 404

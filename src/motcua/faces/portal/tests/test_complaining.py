"""A citizen complains about a dossier and follows the complaint from it."""

from __future__ import annotations

import pytest

from motcua.core.complaints.tests.conftest import appoint
from motcua.core.dossiers.models import Dossier, Tie
from motcua.core.dossiers.reconcile import check_state
from motcua.faces.portal.tests import walking

REMARK = "9.000031"


@pytest.fixture
def filed(client, clock, full, world) -> str:
    appoint("chief", world.department, "leader")
    sent = walking.file(client, "1.003633", full)
    return sent["Location"].rsplit("/", 1)[-1]


def send(client, lookup, **changes):
    said = {"key": "c-1", "fields.about": "late", "fields.content": "Quá hẹn.", **changes}
    return client.post(f"/ho-so/{lookup}/khieu-nai/{REMARK}", said)


def test_the_page_of_a_dossier_leads_to_the_ways_of_complaining(client, filed):
    assert f"/ho-so/{filed}/khieu-nai" in client.get(f"/ho-so/{filed}").content.decode()
    ways = client.get(f"/ho-so/{filed}/khieu-nai").content.decode()
    assert f"/ho-so/{filed}/khieu-nai/{REMARK}" in ways
    assert "15 ngày làm việc" in ways


def test_a_complaint_is_sent_once_and_opens_from_the_dossier(client, filed):
    for _ in range(2):
        assert send(client, filed).status_code == 302
    complaint = Dossier.objects.get(tie__of__lookup=filed)
    page = client.get(f"/ho-so/{filed}").content.decode()
    assert f"/ho-so/{complaint.lookup}" in page
    own = client.get(f"/ho-so/{complaint.lookup}")
    assert "Phản ánh, kiến nghị về việc giải quyết hồ sơ" in own.content.decode()
    assert f"/ho-so/{complaint.lookup}/khieu-nai" not in own.content.decode()
    assert list(check_state()) == []


def test_it_is_withdrawn_by_who_opened_the_dossier(client, filed):
    send(client, filed)
    complaint = Dossier.objects.get(tie__of__lookup=filed)
    told = {"key": "w-1", "revision": complaint.revision}
    assert client.post(f"/ho-so/{complaint.lookup}/rut", told).status_code == 302
    complaint.refresh_from_db()
    assert complaint.state == "withdrawn"


def test_what_is_missing_is_told_beside_what_was_typed(client, filed):
    answer = send(client, filed, **{"fields.about": "", "fields.content": "Chậm quá."})
    assert answer.status_code == 422
    assert "Chậm quá." in answer.content.decode()
    assert not Tie.objects.exists()


def test_a_second_complaint_is_refused_while_the_first_is_open(client, filed):
    send(client, filed)
    assert send(client, filed, key="c-2").status_code == 409


def test_strangers_and_other_procedures_find_no_form(client, filed):
    assert client.get(f"/ho-so/{filed}/khieu-nai/1.003633").status_code == 404
    client.cookies.clear()
    assert "/tra-cuu" in client.get(f"/ho-so/{filed}/khieu-nai", follow=True).redirect_chain[0][0]


def test_the_form_speaks_english(client, filed):
    client.post("/ngon-ngu", {"language": "en", "next": "/"})
    page = client.get(f"/ho-so/{filed}/khieu-nai/{REMARK}").content.decode()
    assert "Remark or proposal about the handling" in page

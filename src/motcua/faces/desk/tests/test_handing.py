"""The return desk: who took the result, what they signed, and where it can be read again."""

from __future__ import annotations

import base64

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.core.daybook.noting import noted
from motcua.core.daybook.numbering import Numbering
from motcua.core.daybook.reading import extract, opened
from motcua.core.dossiers.models import Dossier, Remark
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.files.models import Evidence
from motcua.core.ledger.models import Entry
from motcua.core.sql import reading

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)
OTHER = {
    "receiver.relation": "authorised",
    "receiver.name": "Trần Thị Bưởi",
    "receiver.paper": "card",
    "receiver.last": "0142",
}


@pytest.fixture
def ready(desk):
    """Give a dossier whose result waits at the counter."""
    done = desk.received()
    for who, name in (("specialist", "submit"), ("unit_head", "agree"), ("leader", "issue")):
        done = desk.world.move(done, who, name, hours=1.5)
    return done


def signature():
    return SimpleUploadedFile("chu-ky.png", PNG, "image/png")


def hand(desk, ready, **sent):
    return desk.send("counter", ready, "return", **sent)


def test_a_signature_is_kept_with_the_act_and_read_on_the_dossier(desk, ready):
    answer = hand(desk, ready, **OTHER, **{"evidence.result_receipt": signature()})
    assert answer.status_code == 302
    row = Evidence.objects.get(component="result_receipt")
    words = Remark.objects.get(kind="return").text
    assert words.splitlines()[0] == ("Người nhận kết quả: Trần Thị Bưởi (người được ủy quyền)")
    assert "Giấy tờ: Căn cước, …0142" in words
    body = Entry.objects.of(ready.dossier_id).get(seq=row.seq).body
    assert row.file.sha256.hex() if isinstance(row.file.sha256, bytes) else row.file.sha256 in body
    page = desk.get("counter", f"/ban/ho-so/{ready.code}").content.decode()
    assert "Ký nhận kết quả" in page
    assert "Trần Thị Bưởi" in page


def test_the_book_tells_who_took_it_to_those_with_clearance(desk, ready):
    hand(desk, ready, **OTHER, **{"receiver.typed": "Trần Thị Bưởi"})
    actor = desk.world.officers["unit_head"]
    lines = opened(actor, extract(actor, MONDAY.date())).rows
    (line,) = noted(actor, lines, Numbering(reading()))
    assert "Người nhận: Trần Thị Bưởi (người được ủy quyền)" in [one.vi for one in line.remarks]


def test_typing_a_name_signs_without_scripts(desk, ready):
    sent = {"receiver.relation": "self", "receiver.typed": "Nguyễn Trường Đạt"}
    assert hand(desk, ready, **sent).status_code == 302
    assert "gõ họ tên “Nguyễn Trường Đạt”" in Remark.objects.get(kind="return").text


def test_what_goes_another_way_asks_for_no_signature(desk, ready):
    assert hand(desk, ready).status_code == 302
    assert Dossier.objects.get().state == "returned"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"receiver.relation": "self"}, "receiver.typed"),
        ({**OTHER, "receiver.name": " ", "receiver.typed": "x"}, "receiver.name"),
        ({**OTHER, "receiver.last": "001088000142", "receiver.typed": "x"}, "receiver.last"),
        ({"receiver.relation": "nobody", "receiver.typed": "x"}, "receiver.relation"),
        ({**OTHER, "receiver.typed": "x\x00"}, "receiver.typed"),
    ],
)
def test_a_fault_is_said_at_its_box_and_nothing_is_lost(desk, ready, sent, field):
    answer = hand(desk, ready, **sent)
    found = {box.name: box for box in answer.context["handing"]}
    assert answer.status_code == 422
    assert found[field].error
    assert Dossier.objects.get().state != "returned"


def test_a_file_that_is_none_is_said_beside_all_else(desk, ready):
    broken = SimpleUploadedFile("x", b"")
    sent = {**OTHER, "receiver.name": "", "evidence.result_receipt": broken}
    answer = hand(desk, ready, **sent)
    wrong = {box.name for box in answer.context["handing"] if box.error}
    assert wrong == {"receiver.name", "evidence.result_receipt"}


def test_a_signature_survives_a_fault(desk, ready):
    sent = {**OTHER, "receiver.name": "", "evidence.result_receipt": signature()}
    answer = hand(desk, ready, **sent)
    assert answer.context["handing"][-1].kept


def test_no_other_move_takes_a_signature(desk):
    done = desk.received()
    page = desk.get("specialist", f"/ban/ho-so/{done.code}/submit")
    assert page.context["handing"] == []
    desk.send("specialist", done, "submit", **OTHER, **{"evidence.result_receipt": signature()})
    assert not Evidence.objects.filter(component="result_receipt").exists()

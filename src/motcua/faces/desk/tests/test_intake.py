"""Tiếp nhận: the counter takes a dossier in with one act, all faults at once, once only."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.core.dossiers.models import Dossier
from motcua.core.files.models import Evidence
from motcua.core.staff.tests.lent import lend
from motcua.faces.desk.reading import intake

PATH = "/ban/tiep-nhan/9.000001"
GOOD = {
    "key": "one",
    "applicant.kind": "person",
    "applicant.name": "Nguyễn Trường Đạt",
    "applicant.phone": "0912345678",
    "fields.licence": "GP 12",
    "fields.expires.day": "1",
    "fields.expires.month": "12",
    "fields.expires.year": "2026",
    "sheets.request.originals": "1",
}


def test_the_counter_is_offered_what_it_may_take_in(desk):
    offered = desk.get("counter", "/ban/tiep-nhan").context["procedures"]
    assert [one.declaration.code for one in offered] == ["9.000001"]
    assert desk.get("specialist", "/ban/tiep-nhan").context["procedures"] == []


def test_one_submit_receives_and_gives_the_code(desk):
    answer = desk.as_("counter").post(PATH, GOOD, follow=True)
    row = Dossier.objects.get()
    assert answer.redirect_chain == [(f"/ban/da-nhan/{row.code}", 302)]
    assert (row.code, row.channel, row.state) == ("H26.12-261102-0001", "counter", "processing")
    page = answer.content.decode()
    assert "H26.12-261102-0001" in page
    assert "11:00, Thứ Hai, 16/11/2026" in page


def test_who_stands_in_at_the_counter_takes_in_and_sees_the_queue(desk):
    waits = desk.world.file()
    lend(desk.world, "counter", "second")
    shown = desk.get("second", "/ban/tiep-nhan")
    assert [one.declaration.code for one in shown.context["procedures"]] == ["9.000001"]
    assert shown.context["waiting"] == 1
    assert waits.lookup in shown.content.decode()
    answer = desk.as_("second").post(PATH, GOOD, follow=True)
    assert answer.redirect_chain == [("/ban/da-nhan/H26.12-261102-0001", 302)]
    assert "H26.12-261102-0001" in answer.content.decode()


def test_a_procedure_without_a_receipt_promises_no_day(desk):
    done = desk.world.take_in()
    assert "Hẹn trả" in desk.get("counter", f"/ban/da-nhan/{done.code}").content.decode()
    Dossier.objects.update(promised_at=None)
    assert "Hẹn trả" not in desk.get("counter", f"/ban/da-nhan/{done.code}").content.decode()


def test_a_number_of_sheets_is_told_by_its_paper(desk):
    answer = desk.as_("counter").post(PATH, {**GOOD, "sheets.report.copies": "hai"})
    (fault,) = answer.context["errors"]
    assert fault.text.endswith(": Số bản phải là số nguyên, ví dụ 1.")


def test_a_double_submit_makes_one_dossier(desk):
    places = {desk.as_("counter").post(PATH, GOOD).headers["Location"] for _ in range(2)}
    assert (len(places), Dossier.objects.count()) == (1, 1)


def test_all_faults_are_said_at_once_and_values_kept(desk):
    sent = {
        **GOOD,
        "applicant.name": "",
        "applicant.address": "Số 1, phố Huế",
        "fields.expires.month": "13",
        "sheets.request.originals": "",
        "sheets.report.copies": "hai",
    }
    answer = desk.as_("counter").post(PATH, sent)
    page = answer.content.decode()
    targets = {fault.target for fault in answer.context["errors"]}
    assert (answer.status_code, Dossier.objects.count()) == (422, 0)
    assert targets == {
        "box-applicant-name",
        "box-fields-expires",
        "box-evidence-request",
        "box-evidence-report",
    }
    assert all(f'id="{target}"' in page for target in targets)
    assert "<title>Lỗi:" in page
    assert "Số 1, phố Huế" in page


def test_a_file_that_was_chosen_need_not_be_chosen_again(desk):
    client = desk.as_("counter")
    scan = SimpleUploadedFile("don.pdf", b"%PDF-1.7 made up")
    first = client.post(PATH, {**GOOD, "applicant.name": "", "evidence.request": scan})
    (kept,) = next(row.box.kept for row in first.context["sheets"] if row.key == "request")
    client.post(PATH, {**GOOD, "kept.evidence.request": kept.reference})
    assert Evidence.objects.get(name="don.pdf").file is not None


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_sits_at_no_counter_takes_nothing_in(desk, method):
    answer = getattr(desk.as_("specialist"), method)(PATH, GOOD)
    assert (answer.status_code, Dossier.objects.count()) == (403, 0)


def test_an_agency_where_one_does_not_sit_is_refused(desk):
    answer = desk.as_("counter").post(PATH, {**GOOD, "counter": str(desk.world.city.pk)})
    assert (answer.status_code, Dossier.objects.count()) == (403, 0)


def test_an_unpublished_procedure_is_not_there(desk):
    assert desk.get("counter", "/ban/tiep-nhan/9.9").status_code == 404


def test_what_was_filed_online_waits_with_its_moves(desk):
    done = desk.world.file()
    (one,) = desk.get("counter", "/ban/tiep-nhan").context["queue"]
    assert one.code == done.lookup
    assert [key for key, _name, _grave in one.moves] == ["receive", "turn_away"]


def test_an_online_dossier_is_received_and_gets_its_code(desk):
    done = desk.world.file()
    answer = desk.send("counter", done, "receive")
    assert answer.headers["Location"] == "/ban/ho-so/H26.12-261102-0001"
    assert desk.get("counter", "/ban/tiep-nhan").context["queue"] == []


def test_the_queue_of_others_is_not_shown(desk):
    desk.world.file()
    assert desk.get("other_head", "/ban/tiep-nhan").context["queue"] == []


def test_the_queue_tells_how_many_wait_beyond_those_it_shows(desk, monkeypatch):
    monkeypatch.setattr(intake, "QUEUE", 1)
    for key in ("one", "two"):
        desk.world.file(key=key)
    answer = desk.get("counter", "/ban/tiep-nhan")
    assert (len(answer.context["queue"]), answer.context["waiting"]) == (1, 2)
    assert "?tinh-trang=submitted" in answer.content.decode()

"""Sổ theo dõi hồ sơ on the desk: its lines, its choices, its place in the log, and its files."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.access.models import Read
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.exports.models import Export
from motcua.core.jobs.models import Job
from motcua.core.jobs.registry import discover
from motcua.core.jobs.worker import run_one

PATH = "/ban/so-theo-doi"


def page(desk, who="counter", query="") -> str:
    answer = desk.get(who, f"{PATH}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_line_tells_number_code_and_who(desk):
    done = desk.received()
    shown = page(desk)
    assert "<strong>1</strong><small>Quyển 1</small>" in shown
    assert done.code in shown
    assert "Nguyễn Trường Đạt" in shown
    assert "0912345678" in shown
    assert "Chuyển 09:00, 02/11/2026" in shown
    row = Read.objects.get()
    assert (row.kind, row.what, row.count) == ("listed", "daybook", 1)


def test_who_does_not_deal_with_it_sees_the_mask(desk):
    desk.received()
    shown = page(desk, "leader", f"?co-quan={desk.world.department.pk}")
    assert "Ng***" in shown
    assert "091***" in shown
    assert "Trường Đạt" not in shown


@pytest.mark.parametrize("who", ["police", "other_head"])
def test_who_may_not_read_a_dossier_sees_no_line(desk, who):
    done = desk.received()
    shown = page(desk, who, f"?co-quan={desk.world.department.pk}")
    assert done.code not in shown
    assert "0 hồ sơ" in shown


def test_it_is_narrowed_by_days_and_procedure(desk):
    desk.received()
    assert "1 hồ sơ" in page(desk, query="?tu=2026-11-02&den=2026-11-02&thu-tuc=9.000001")
    assert "0 hồ sơ" in page(desk, query="?tu=2026-11-03&den=2026-11-30")
    assert "0 hồ sơ" in page(desk, query="?thu-tuc=9.000002")
    assert "1 hồ sơ" in page(desk, query="?tu=hôm+qua&co-quan=987654&page=7")


def test_pages_hold_twenty_and_the_total_is_exact(desk):
    for _ in range(21):
        desk.world.take_in()
    assert "21 hồ sơ" in page(desk)
    second = page(desk, query="?page=2")
    assert "<strong>21</strong>" in second
    assert "<strong>20</strong>" not in second


def test_a_period_that_ends_before_it_begins_is_told(desk):
    answer = desk.get("counter", f"{PATH}?tu=2026-11-03&den=2026-11-02")
    assert answer.status_code == 422
    assert "Kỳ xem sổ" in answer.content.decode()


def test_strangers_sign_in_first(desk, client):
    assert client.get(PATH).status_code == 302
    assert not Read.objects.exists()


@pytest.mark.parametrize(
    ("form", "begins"), [("pdf", b"%PDF-"), ("xlsx", b"PK"), ("csv2", b"\xef\xbb\xbfTT;")]
)
def test_it_is_taken_home(desk, settings, tmp_path, form, begins):
    settings.MOTCUA_FILES = tmp_path
    discover()
    desk.received()
    officer = desk.as_("counter")
    answer = officer.post(f"{PATH}?tu=2026-11-01", {"dang": form})
    assert answer.headers["location"] == "/ban/tep-xuat"
    Job.objects.exclude(kind="exports.make").update(state="done")
    while run_one("w", MONDAY + datetime.timedelta(hours=2)):
        pass
    row = Export.objects.get()
    assert (row.state, row.written) == ("ready", 1)
    file = officer.get(f"/ban/tep-xuat/{row.code}")
    assert file.getvalue().startswith(begins)
    assert f'filename="so-theo-doi-2026-11-02.{row.form}"' in file.headers["content-disposition"]
    assert Read.objects.order_by("pk").last().what == f"daybook.{row.form}.file"
    assert "<small>Sổ theo dõi hồ sơ</small>" in officer.get("/ban/tep-xuat").content.decode()


def test_no_other_form(desk):
    assert desk.as_("counter").post(PATH, {"dang": "xes"}).status_code == 404
    assert not Export.objects.exists()

"""Vận hành hệ thống: a keeper sees how the house is and tries again; nobody else gets in."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.agencies.models import Appointment
from motcua.core.dossiers.tests.world import DAY, MONDAY
from motcua.core.jobs.models import Job
from motcua.core.upkeep import findings
from motcua.core.upkeep.findings import Finding, look_at
from motcua.core.upkeep.watching import watch

PATH = "/ban/van-hanh"


@pytest.fixture
def keeper(desk, monkeypatch):
    monkeypatch.setattr(findings, "_LOOKS", {})
    held = Appointment.objects.filter(officer_id=desk.world.officer_id("second"))
    held.update(post="system_keeper")
    return "second"


def dead() -> Job:
    return Job.objects.create(
        kind="papers.make",
        payload="{}",
        run_at=MONDAY,
        created_at=MONDAY,
        finished_at=MONDAY,
        state="dead",
        tries=5,
        last_error="<b>ValueError</b>",
    )


@pytest.mark.parametrize("who", ["counter", "leader", "specialist"])
def test_nobody_but_a_keeper_gets_in(desk, keeper, who):
    assert desk.get(who, PATH).status_code == 403
    assert desk.as_(who).post(PATH, {"job": str(dead().pk)}).status_code == 403
    assert Job.objects.get(kind="papers.make").state == "dead"


def test_what_is_wrong_stands_first_and_is_told_in_words(desk, keeper):
    look_at("a", lambda _: [Finding("a.ok", ok=True, vi="Ổn cả", en="Well")])
    look_at("b", lambda _: [Finding("b.no", ok=False, vi="Ổ đĩa đầy", en="Disk full")])
    page = desk.get(keeper, PATH).content.decode()
    assert page.index("Ổ đĩa đầy") < page.index("Ổn cả")
    assert "Có phần cần xem" in page


def test_what_the_schedule_found_stands_there_with_its_turns(desk, keeper):
    told = {"ok": True}
    look_at("messages.link", lambda _: [Finding("m", ok=told["ok"], vi="Máy thư", en="Mail host")])
    assert "Chưa có lần xem nào" in desk.get(keeper, PATH).content.decode()
    for turn, ok in enumerate((True, False)):
        told["ok"] = ok
        watch(at=MONDAY + datetime.timedelta(hours=turn), on=DAY)
    page = desk.get(keeper, PATH).content.decode()
    assert "Kết nối gửi thư" in page
    assert "Chưa có lần xem nào" not in page
    assert "<strong>Kết nối gửi thư</strong>: cần xem" in page
    assert page.count("10:00, 02/11/2026") >= 3  # since, last bad, and the turn itself


def test_a_job_is_tried_again_once_however_often_it_is_pressed(desk, keeper):
    job, browser = dead(), desk.as_(keeper)
    shown = browser.get(PATH).content.decode()
    assert "&lt;b&gt;ValueError" in shown
    for _ in range(2):
        answer = browser.post(PATH, {"job": str(job.pk), "key": "k"}, follow=True)
        assert "Đã cho chạy lại." in answer.content.decode()
    again = browser.post(PATH, {"job": str(job.pk), "key": "other"}, follow=True)
    assert "không chạy lại được" in again.content.decode()
    assert Job.objects.get(kind="papers.make").state == "ready"


@pytest.mark.parametrize("sent", [{}, {"job": "x"}, {"letter": "9" * 40}, {"job": "", "key": "k"}])
def test_nonsense_changes_nothing(desk, keeper, sent):
    dead()
    assert desk.as_(keeper).post(PATH, sent).status_code in {302, 404}
    assert Job.objects.get(kind="papers.make").state == "dead"


def test_a_job_is_dropped_for_a_reason_alone(desk, keeper):
    job, browser = dead(), desk.as_(keeper)
    for reason, told in (("", "Chọn lý do bỏ"), ("pointless", "Đã bỏ.")):
        sent = {"do": "drop", "job": str(job.pk), "reason": reason, "key": f"k{reason}"}
        assert told in browser.post(PATH, sent, follow=True).content.decode()
    assert Job.objects.get(kind="papers.make").state == "dropped"


def test_an_archive_is_asked_for_and_waits_on_the_page(desk, keeper):
    answer = desk.as_(keeper).post(PATH, {"do": "archive", "key": "k"}, follow=True)
    page = answer.content.decode()
    assert "Đã giao lập bản sao lưu" in page
    assert "chờ làm" in page
    assert Job.objects.filter(kind="backups.take", state="ready").count() == 1


def test_a_drill_of_nothing_is_refused_in_words(desk, keeper):
    sent = {"do": "drill", "root": "../x", "key": "k"}
    assert (
        "Không có bản sao lưu nào"
        in desk.as_(keeper).post(PATH, sent, follow=True).content.decode()
    )


def test_jobs_are_listed_by_state_and_kind(desk, keeper):
    dead()
    found = desk.get(keeper, f"{PATH}/viec-nen?tinh-trang=dead&kieu=papers.make")
    assert found.context["listed"].total == 1
    assert "&lt;b&gt;ValueError" in found.content.decode()
    assert desk.get(keeper, f"{PATH}/viec-nen?kieu=x&page=9").context["listed"].total == 0
    assert desk.get(keeper, f"{PATH}/viec-nen?tinh-trang=x").status_code == 200
    assert desk.get("leader", f"{PATH}/viec-nen").status_code == 403

"""The access log as heads and auditors read it."""

from __future__ import annotations

import pytest

from motcua.core.access import actors
from motcua.core.access.models import Read
from motcua.core.agencies.models import Appointment
from motcua.core.dossiers import watching
from motcua.core.dossiers.tests.world import DAY
from motcua.core.dossiers.watching import Wanted, watched
from motcua.core.people.models import Officer

PATH = "/ban/nhat-ky-truy-cap"


def page_of(desk, who, query="") -> str:
    answer = desk.get(who, f"{PATH}?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def total(desk, who, **wanted) -> int:
    actor = actors.officer(desk.world.officer_id(who), who, DAY)
    return watched(actor, Wanted(**wanted)).total


@pytest.fixture
def auditor(desk, monkeypatch) -> str:
    """The officer of the other commune who audits, beside what they do there."""
    monkeypatch.setattr(watching, "audit_posts", lambda: frozenset({"auditor"}))
    Appointment.objects.create(
        officer_id=desk.world.officer_id("other_specialist"),
        agency_id=desk.world.officers["other_specialist"].posts[0].agency_id,
        post="auditor",
        valid_from=DAY,
    )
    return "other_specialist"


def test_it_is_for_heads_and_auditors(desk):
    assert desk.get("specialist", PATH).status_code == 403
    assert desk.get("leader", PATH).status_code == 200


def test_a_head_sees_their_people_and_what_concerns_their_dossiers(desk):
    done = desk.received()
    desk.get("specialist", f"/ban/ho-so/{done.code}")
    assert Read.objects.filter(kind="opened").count() == 1
    shown = page_of(desk, "leader")
    assert done.code in shown
    assert "192.0.2" in shown or "127.0.0.1" in shown
    assert total(desk, "leader", kind="opened") == 1
    assert total(desk, "other_head") == 0


def test_a_head_sees_who_else_looked_at_a_dossier_that_their_agency_holds(desk):
    done = desk.received()
    desk.world.move(done, "specialist", "consult", hours=2, reason="Hỏi.", legs=("police",))
    desk.at(3)
    desk.get("police", f"/ban/ho-so/{done.code}")
    assert total(desk, "leader", kind="opened") == 1


def test_reading_the_log_is_a_line_of_it(desk):
    page_of(desk, "leader")
    row = Read.objects.get()
    assert (row.kind, row.what, row.actor) == (
        "listed",
        "access_log",
        f"officer:{desk.world.officer_id('leader')}",
    )


def test_it_is_narrowed_by_dossier_officer_kind_and_days(desk):
    done, other = desk.received(), desk.received()
    desk.get("specialist", f"/ban/ho-so/{done.code}")
    desk.get("counter", f"/ban/ho-so/{other.code}")
    desk.get("counter", "/ban/ho-so")
    assert total(desk, "leader", dossier=done.code) == 2  # opened, and seen in the list
    assert total(desk, "leader", dossier=done.code, kind="opened") == 1
    assert total(desk, "leader", dossier="22222-22222") == 0
    assert total(desk, "leader", officer="không ai tên thế") == 0
    reader = Officer.objects.get(pk=desk.world.officer_id("counter"))
    assert total(desk, "leader", officer=reader.name.upper()) == 2
    assert page_of(desk, "leader", "tu=2026-11-03").count("<tr>") == 0
    assert page_of(desk, "leader", "tu=2026-11-02&den=2026-11-02").count("<tr>") > 1
    assert desk.get("leader", f"{PATH}?tu=9999-12-31&den=x&kieu=z&page=99999999").status_code == 200


def test_a_dossier_that_the_head_may_not_read_is_not_named(desk):
    done = desk.received()
    desk.get("specialist", f"/ban/ho-so/{done.code}")
    told = {"grade": "restricted", "key": "k", "reason": "Nhạy cảm."}
    desk.as_("specialist").post(f"/ban/ho-so/{done.code}/muc-han-che", told)
    assert done.code not in page_of(desk, "leader")
    assert total(desk, "leader", dossier=done.code) == 0
    assert total(desk, "leader", kind="opened") == 1  # that their officer looked at something


def test_what_was_typed_is_told_and_no_tick_or_choice(desk):
    desk.get("specialist", "/ban/ho-so?q=nguyen+van&tinh-trang=returned&dang-mo=1")
    shown = page_of(desk, "leader")
    assert ">nguyen van<" in shown
    assert "nguyen van, " not in shown


def test_an_auditor_sees_all(desk, auditor):
    done = desk.received()
    desk.get("specialist", f"/ban/ho-so/{done.code}")
    assert done.code in page_of(desk, auditor)
    assert total(desk, auditor, dossier=done.code) >= 1
    assert desk.get(auditor, f"/ban/ho-so/{done.code}").status_code == 404


def test_what_is_over_is_not_shown(desk):
    page_of(desk, "leader")
    before = total(desk, "leader")
    row = Read.objects.get()
    row.pk, row.kind = None, ""
    row.save()
    assert total(desk, "leader") == before

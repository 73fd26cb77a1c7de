"""Fines: what stands in their register stands on the dossier of the number, and is counted."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.dossiers.beside import beside
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.situation import read
from motcua.core.registers import acts
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record
from motcua.core.registers.preparing import Order
from motcua.core.registers.rights import readable
from motcua.core.registers.rules import measure
from motcua.core.sql import reading
from motcua.faces.ui.tests.pages import faults
from motcua.systems.antispam.models import Case
from motcua.systems.antispam.queries import CASES
from motcua.systems.antispam.reactions import FINES, fines_counted, fines_of
from motcua.systems.antispam.tests.test_pages import browser, text

FINE = {
    "decision": "12/QĐ-XP",
    "number": "0912345678",
    "party": "person",
    "name": "Nguyễn Văn Mẫu",
    "amount": "5000000",
    "minutes_on": "2026-11-02",
    "decided_on": "2026-11-02",
}
__all__ = ["browser"]


def attended(desk, seen_on="2026-10-30") -> Case:
    """Bring a number to where its subscriber came."""
    desk.see(FINE["number"], seen_on=seen_on)
    desk.open()
    case = Case.objects.select_related("dossier").latest("pk")
    desk.move(case, "verify", "invite", "attend")
    case.dossier.refresh_from_db()
    return case


def fine(desk, **more) -> Record:
    return Record.objects.get(pk=desk.keep(FINES, {**FINE, **more}).record_id)


def change(desk, row: Record, **more) -> None:
    kept = {**FINE, **more}
    told = {"actor": desk.actor, "at": desk.at, "declaration": register_of(FINES)}
    acts.change(**told, record_id=row.pk, revision=None, order=Order(kept), key=None)
    row.refresh_from_db()


def shown(desk, case: Case, who="specialist"):
    """Give what stands beside the dossier for an officer."""
    actor, snapshot = desk.world.officers[who], read(reading(), case.dossier_id)
    return next(beside(CASES, actor, snapshot, desk.at, "vi"), None)


def states(desk, case: Case) -> list[str]:
    return [line.state for line in shown(desk, case).lines]


def test_a_fine_stands_on_the_dossier_that_it_names_or_on_that_of_its_number(desk):
    case = attended(desk)
    assert shown(desk, case).lines == ()
    fine(desk, dossier=case.dossier.code)
    fine(desk, decision="13/QĐ-XP", amount="1000000")
    fine(desk, decision="14/QĐ-XP", number="0971234567")  # of another number
    told = shown(desk, case)
    assert [one.title for one in told.lines] == ["12/QĐ-XP", "13/QĐ-XP"]
    assert "6.000.000" in told.total
    assert "chưa đối chiếu" in told.doubt
    assert "Nguyễn Văn Mẫu" not in repr(told)


def test_what_became_of_a_fine_is_said_and_stands_on_the_time_line(desk):
    case = attended(desk)
    row = fine(desk, dossier=case.dossier.code)
    days = {"dossier": case.dossier.code}
    for key, state in (
        ("served_on", "Đã giao, chờ nộp phạt"),
        ("enforced_on", "Đang cưỡng chế thi hành"),
        ("paid_on", "Đã nộp phạt"),
    ):
        days[key] = "2026-11-02"
        change(desk, row, **days)
        assert states(desk, case) == [state]
    days |= {"annulled_on": "2026-11-02", "annulled_by": "20/QĐ-HB"}
    change(desk, row, **days)
    told = shown(desk, case)
    assert states(desk, case) == ["Đã hủy bỏ"]
    assert told.total == ""
    assert ("Quyết định hủy bỏ số", "20/QĐ-HB") in told.lines[0].facts
    assert [one.act.rpartition(": ")[2] for one in told.happened] == [
        "Đã quyết định, chưa giao",
        "Đã giao, chờ nộp phạt",
        "Đang cưỡng chế thi hành",
        "Đã nộp phạt",
        "Đã hủy bỏ",
    ]
    assert all(len(one.hash) == 12 for one in told.happened)


def test_a_fine_that_left_the_register_says_so_and_counts_no_more(desk):
    case = attended(desk)
    row = fine(desk, dossier=case.dossier.code)
    told = {"actor": desk.actor, "at": desk.at, "declaration": register_of(FINES)}
    acts.retire(**told, record_id=row.pk, revision=None, reason="Ghi nhầm", key=None)
    kept = shown(desk, case)
    assert [line.state for line in kept.lines] == ["Đã rút khỏi sổ"]
    assert (kept.total, kept.happened[-1].words) == ("", "Ghi nhầm")


def test_a_fine_of_another_number_that_names_the_dossier_is_told_as_odd(desk):
    case = attended(desk)
    fine(desk, dossier=case.dossier.lookup.lower(), number="0971234567")
    [line] = shown(desk, case).lines
    assert "khác với hồ sơ" in dict(line.facts)["Lưu ý"]


def test_each_round_has_the_fines_of_its_days(desk):
    case = attended(desk)
    Dossier.objects.filter(pk=case.dossier_id).update(
        filed_at=desk.at - datetime.timedelta(days=40)
    )
    desk.move(case, "sanction")
    again = attended(desk, "2026-11-01")
    assert again.round == 2
    fine(desk, decided_on="2026-10-20", minutes_on="2026-10-20")
    fine(desk, decision="13/QĐ-XP")
    fine(desk, decision="11/QĐ-XP", decided_on="2026-08-01", minutes_on="2026-08-01")
    told = [[row.title for row in fines_of(desk.actor, one)] for one in Case.objects.order_by("pk")]
    assert told == [["12/QĐ-XP"], ["13/QĐ-XP"]]


def test_fines_are_counted_by_how_they_stand(desk):
    fine(desk, served_on="2026-11-02", paid_on="2026-11-02")
    fine(desk, decision="13/QĐ-XP", amount="2000000")
    annulled = {"annulled_on": "2026-11-02", "annulled_by": "20/QĐ-HB"}
    fine(desk, decision="14/QĐ-XP", **annulled)
    counted = [(one.state, one.decisions, one.amount) for one in fines_counted(desk.actor)]
    assert counted == [
        ("Đã hủy bỏ", 1, 5_000_000),
        ("Đã nộp phạt", 1, 5_000_000),
        ("Đã quyết định, chưa giao", 1, 2_000_000),
    ]


def test_who_does_not_read_the_register_sees_no_fine(desk):
    case = attended(desk)
    fine(desk, dossier=case.dossier.code)
    seen = {}
    for who, actor in desk.world.officers.items():
        kept = shown(desk, case, who)
        seen[who] = readable(actor, register_of(FINES)).exists() if actor.posts else False
        assert bool(kept and kept.lines) == seen[who], who
    assert set(seen.values()) == {True, False}


def test_the_page_of_the_dossier_tells_fines_and_leads_to_entering_one(desk, browser):
    case = attended(desk)
    client = browser()
    page = f"/ban/ho-so/{case.dossier.code}"
    before = client.get(page)
    assert faults(before) == []
    assert "Ghi quyết định xử phạt" in text(before)
    form = client.get(
        "/ban/so-dang-ky/sanctions/moi",
        {"fields.number": case.number, "fields.dossier": case.dossier.code},
    )
    assert case.dossier.code in form.content.decode()
    fine(desk, dossier=case.dossier.code)
    after = client.get(page)
    assert faults(after) == []
    assert "Quyết định xử phạt 12/QĐ-XP: Đã quyết định, chưa giao" in text(after)
    assert "5.000.000" in text(after)
    client.cookies["language"] = "en"
    english = " ".join(text(client.get(page)).split())
    assert "Decided, not served" in english, english
    assert "were not compared with the law" in english
    overview = " ".join(text(client.get("/ban/so-quang-cao")).split())
    assert "Decided, not served" in overview


@pytest.mark.parametrize(
    ("more", "broken"),
    [
        ({}, ()),
        ({"enforced_on": "2026-11-03"}, ("enforced_after_served",)),
        ({"served_on": "2026-11-03", "enforced_on": "2026-11-04"}, ()),
        ({"annulled_on": "2026-11-03"}, ("annulled_by_a_decision",)),
        ({"annulled_on": "2026-11-01", "annulled_by": "1"}, ("annulled_after_decided",)),
    ],
)
def test_what_a_clean_fine_keeps_to(more, broken):
    values = {**FINE, "amount": 1, **more}
    on = datetime.date(2026, 11, 27)
    assert measure(register_of(FINES), values, placed=False, on=on).broken == broken

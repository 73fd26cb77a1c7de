"""What leaves as a file is what the list shows: same rows, same order, same masks, all logged."""

from __future__ import annotations

import csv
import io
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from motcua.core.access import log
from motcua.core.access.models import Read, ScopeRow
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.queries import Filter, dossiers
from motcua.core.dossiers.tests.world import MONDAY, make_world
from motcua.core.exports import listed
from motcua.core.exports.giving import Format
from motcua.core.exports.listed import COLUMNS, OnlyTables, TooMany, Wish, Wording, give_listed

NAME = "=Nguyễn Trường Đạt"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def world(db):
    return make_world()


def wish(world, who="counter", form=Format.CSV, **changes) -> Wish:
    reader = log.Reader(world.officers[who], MONDAY.replace(day=3), "192.0.2.1")
    plain = {"reader": reader, "wanted": Filter(), "form": form, "zone": ZONE}
    return Wish(**{**plain, **changes})


def given(*args, **changes) -> bytes:
    out = io.BytesIO()
    give_listed(out, wish(*args, **changes))
    return out.getvalue()


def lines(*args, **changes) -> list[dict[str, str]]:
    text = given(*args, **changes).decode()
    assert text.startswith("\ufeff")
    sign = ";" if changes.get("semicolons") else ","
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=sign))


@pytest.mark.parametrize("who", ["counter", "specialist", "leader", "police", "other_head"])
def test_it_is_what_the_list_shows_to_this_officer(world, who, monkeypatch):
    monkeypatch.setattr(listed, "BATCH", 2)
    for _ in range(5):
        world.to("appraise")
    world.take_in()
    mine = dossiers(world.officers[who], Filter())
    assert [one["lookup"] for one in lines(world, who)] == [row.lookup for row in mine.rows]


def test_it_is_narrowed_as_the_list_is(world):
    world.to("appraise")
    taken = world.take_in()
    told = lines(world, wanted=Filter(state=taken.state, words=taken.lookup))
    assert [one["code"] for one in told] == [taken.code]
    assert lines(world, wanted=Filter(words="không có")) == []


def test_names_stay_masked_for_who_does_not_deal_with_it(world):
    world.take_in(applicant={"name": NAME[1:], "phone": "0912345678"})
    assert lines(world)[0]["applicant"] == NAME[1:]
    assert lines(world, "leader")[0]["applicant"] == "Ng***"


def test_a_cell_is_no_formula_an_instant_iso_and_the_words_are_the_page_s(world):
    done = world.take_in()
    Dossier.objects.get(pk=done.dossier_id).applicant.__class__.objects.update(name=NAME)
    wording = Wording("vi", {"applicant": "Người nộp"}, {"state": {done.state: "Đang xử lý"}})
    one = lines(world, wording=wording, semicolons=True)[0]
    assert one["Người nộp"] == f"'{NAME}"
    assert one["state"] == "Đang xử lý"
    assert one["received"] == "2026-11-02 09:00:00+07:00"


def test_a_spreadsheet_has_real_dates(world):
    world.take_in()
    head, row = (
        CalamineWorkbook.from_filelike(io.BytesIO(given(world, form=Format.XLSX)))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert head == list(COLUMNS)
    assert row[head.index("received")].isoformat() == "2026-11-02T09:00:00"


def test_every_batch_is_in_the_log_before_it_is_in_the_file(world, monkeypatch):
    monkeypatch.setattr(listed, "BATCH", 2)
    for _ in range(3):
        world.take_in()
    given(world, query="dang=csv")
    rows = Read.objects.order_by("id")
    assert [(row.kind, row.what, row.count) for row in rows] == [
        ("exported", "dossiers.csv", 2),
        ("exported", "dossiers.csv", 1),
    ]
    assert all("dang=csv" in row.said for row in rows)


def test_what_can_not_be_logged_is_not_written(world, monkeypatch):
    world.take_in()

    def broken(*_):
        raise OSError("disk full")

    monkeypatch.setattr(log, "_insert", broken)
    out = io.BytesIO()
    with pytest.raises(log.LogUnwritable):
        give_listed(out, wish(world))
    assert b"9.000001" not in out.getvalue()


def test_a_right_that_ends_while_it_is_written_gives_nothing_more(world, monkeypatch):
    monkeypatch.setattr(listed, "BATCH", 1)
    world.take_in()
    world.take_in()
    exported = log.exported

    def and_all_rights_end(*args, **told):
        exported(*args, **told)
        ScopeRow.objects.update(until_at=MONDAY)

    monkeypatch.setattr(log, "exported", and_all_rights_end)
    assert len(lines(world)) == 1


def test_more_than_a_file_takes_is_refused_and_nothing_is_logged(world, monkeypatch):
    monkeypatch.setattr(listed, "AT_ONCE", 1)
    world.take_in()
    world.take_in()
    with pytest.raises(TooMany) as refusal:
        given(world)
    assert "2" in refusal.value.text("vi")
    assert not Read.objects.exists()


def test_a_list_is_no_event_log(world):
    with pytest.raises(OnlyTables):
        given(world, form=Format.XES)


def test_who_is_late_now_is_told_late(world):
    done = world.take_in()
    Dossier.objects.filter(pk=done.dossier_id).update(due_at=MONDAY)
    assert lines(world)[0]["bucket"] == "late"

"""Files of any size by a job: the list in whole, for who asked, as long as they may."""

from __future__ import annotations

import csv
import datetime
import io
from dataclasses import replace
from xml.etree import ElementTree  # of what this house has written itself
from zoneinfo import ZoneInfo

import pyarrow.parquet
import pytest
from python_calamine import CalamineWorkbook

from motcua.core.access import log
from motcua.core.access.models import Read, ScopeRow
from motcua.core.agencies.models import Appointment
from motcua.core.dossiers.queries import Filter
from motcua.core.dossiers.sorting import Order
from motcua.core.dossiers.tests.world import MONDAY, make_world
from motcua.core.exports import asking, listed, making
from motcua.core.exports.asking import (
    ExportGone,
    NoSuchExport,
    NotReady,
    OfficersAlone,
    TooManyExports,
    ask,
    fetch,
    folder,
    mine,
    one_of,
)
from motcua.core.exports.giving import Format
from motcua.core.exports.listed import Wish, give_listed
from motcua.core.exports.models import Export
from motcua.core.exports.rights import RightsEnded
from motcua.core.jobs.models import Job
from motcua.core.jobs.registry import discover
from motcua.core.jobs.worker import run_one

AT = MONDAY.replace(day=3)
LATER = AT + datetime.timedelta(hours=1)


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MOTCUA_FILES = tmp_path
    discover()
    made = make_world()
    for _ in range(5):
        made.take_in(applicant={"name": "Nguyễn Trường Đạt", "phone": "0912345678"})
    return made


def reader(world, who="counter", at=AT) -> log.Reader:
    return log.Reader(world.officers[who], at, "192.0.2.1")


def wish(world, who="counter", form=Format.CSV, **changes) -> Wish:
    plain = {"reader": reader(world, who), "wanted": Filter(), "form": form, "query": "dang=csv"}
    return Wish(**{**plain, "zone": ZoneInfo("Asia/Ho_Chi_Minh"), **changes})


def work(at=AT) -> None:
    Job.objects.exclude(kind="exports.make").update(state="done")
    while run_one("w", at):
        pass


def made(world, who="counter", form=Format.CSV, **changes) -> bytes:
    code = ask(wish(world, who, form, **changes)).code
    work()
    _row, path = fetch(reader(world, who, LATER), code)
    return path.read_bytes()


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode()[1:], newline="")))


@pytest.mark.parametrize("who", ["counter", "specialist", "leader", "police", "other_head"])
@pytest.mark.parametrize("words", ["", "truong dat"])
def test_it_holds_what_the_list_at_once_holds(world, who, words, monkeypatch):
    monkeypatch.setattr(making, "BATCH", 2)
    world.to("appraise")
    out = io.BytesIO()
    give_listed(out, wish(world, who, wanted=Filter(words=words)))
    at_once, by_job = table(out.getvalue()), table(made(world, who, wanted=Filter(words=words)))
    assert sorted(by_job, key=str) == sorted(at_once, key=str)


def test_it_is_narrowed_as_the_list_is(world):
    moved = world.to("appraise")
    by_state = table(made(world, wanted=Filter(state=moved.state, open_only=True)))
    assert moved.lookup in [one["lookup"] for one in by_state]
    assert len(table(made(world, wanted=Filter(procedure="9.000001")))) == 6
    assert table(made(world, wanted=Filter(agency_id=10**17))) == []


def test_it_comes_as_xlsx_and_parquet_with_names_masked(world):
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(made(world, "leader", Format.XLSX)))
    rows = sheet.get_sheet_by_index(0).to_python()
    assert [row[2] for row in rows[1:]] == ["Ng***"] * 5
    columns = pyarrow.parquet.read_table(io.BytesIO(made(world, "leader", Format.PARQUET)))
    assert columns["applicant"].to_pylist() == ["Ng***"] * 5


def test_an_event_log_holds_the_events_of_what_the_officer_sees(world):
    log_of = ElementTree.fromstring(made(world, form=Format.XES).decode())
    traces = [one for one in log_of if one.tag.endswith("trace")]
    events = [one for trace in traces for one in trace if one.tag.endswith("event")]
    assert (len(traces), len(events)) == (5, 5)  # taken in at the counter in one act
    assert b"Nguy\xe1\xbb\x85n" not in made(world, form=Format.XES)
    assert b"<trace>" not in made(world, "other_head", Format.XES)


def test_every_batch_and_the_fetching_are_in_the_log(world, monkeypatch):
    monkeypatch.setattr(making, "BATCH", 3)
    made(world)
    rows = Read.objects.order_by("id").values_list("actor", "what", "count")
    actor = world.officers["counter"].key
    assert list(rows) == [
        (actor, "dossiers.csv", 3),
        (actor, "dossiers.csv", 2),
        (actor, "dossiers.csv.file", 5),
    ]


def test_asked_twice_it_is_one_file_and_only_so_many_wait(world):
    first = ask(wish(world))
    assert ask(wish(world)).code == first.code
    assert ask(wish(world, "specialist")).code != first.code
    for number in range(asking.LIVE_AT_MOST - 1):
        ask(wish(world, wanted=Filter(words=f"w{number}")))
    with pytest.raises(TooManyExports):
        ask(wish(world, wanted=Filter(words="one more")))
    work()
    assert ask(wish(world)).code != first.code  # that one is made: now it may be made anew


def test_nobody_else_finds_it(world):
    code = ask(wish(world)).code
    work()
    for who in ("specialist", "leader", "other_head"):
        with pytest.raises(NoSuchExport):
            fetch(reader(world, who), code)
        assert mine(world.officers[who]) == []
    with pytest.raises(NoSuchExport):
        one_of(world.officers["counter"], "../../etc/passwd")


def test_an_applicant_has_no_file_made(world):
    """Their session opens the API too: they are refused by name."""
    applicant = world.applicant(world.file())
    with pytest.raises(OfficersAlone):
        ask(replace(wish(world), reader=log.Reader(applicant, AT, "192.0.2.1")))
    assert not Export.objects.exists()


def test_before_it_is_made_it_is_said_so(world):
    with pytest.raises(NotReady):
        fetch(reader(world), ask(wish(world)).code)


def test_a_post_that_ended_gives_no_file_and_no_rows(world):
    code = ask(wish(world)).code
    work()
    less = replace(world.officers["counter"], scopes=world.officers["counter"].scopes[:1], posts=())
    with pytest.raises(RightsEnded):
        fetch(log.Reader(less, LATER, ""), code)
    assert not Read.objects.filter(what="dossiers.csv.file").exists()
    later = ask(wish(world, wanted=Filter(words="truong"))).pk
    Appointment.objects.update(valid_to=AT.date() - datetime.timedelta(days=1))
    work()
    row = Export.objects.get(pk=later)
    path = asking.path_of(row.code)
    assert row.state == "failed" or table(path.read_bytes()) == []


def test_a_right_given_after_asking_adds_nothing(world):
    row = ask(wish(world, "other_head"))
    scope = world.officers["other_head"].scopes[0]
    held = world.officers["counter"].scopes
    assert scope not in held
    work()
    _row, path = fetch(reader(world, "other_head", LATER), row.code)
    assert table(path.read_bytes()) == []


def test_a_right_that_ends_while_it_is_made_gives_nothing_more(world, monkeypatch):
    monkeypatch.setattr(making, "BATCH", 1)
    exported = log.exported

    def and_all_rights_end(*args, **told):
        exported(*args, **told)
        ScopeRow.objects.update(until_at=MONDAY)

    monkeypatch.setattr(log, "exported", and_all_rights_end)
    assert len(table(made(world))) == 1


def test_killed_half_way_it_is_made_again_from_its_beginning(world, monkeypatch):
    code = ask(wish(world)).code
    monkeypatch.setattr(making, "BATCH", 2)
    cells, seen = listed._cells, []

    def killed(told, line):
        seen.append(line)
        if len(seen) == 4:
            raise KeyboardInterrupt
        return cells(told, line)

    monkeypatch.setattr(listed, "_cells", killed)
    with pytest.raises(KeyboardInterrupt):
        work()
    with pytest.raises(NotReady):
        fetch(reader(world), code)
    work(LATER)  # the lease of the first has run out
    _row, path = fetch(reader(world, at=LATER), code)
    assert len(table(path.read_bytes())) == 5
    assert [one.name for one in folder().iterdir()] == [code]


def test_the_same_job_done_twice_leaves_one_whole_file(world):
    row = ask(wish(world))
    for _ in range(2):
        making.make(row.pk, at=AT, on=AT.date())
    assert [one.name for one in folder().iterdir()] == [row.code]
    row.refresh_from_db()
    assert (row.state, row.written, row.expected) == ("ready", 5, 5)


def test_a_log_that_takes_nothing_leaves_no_file(world, monkeypatch):
    row = ask(wish(world))

    def broken(*_):
        raise OSError("disk full")

    monkeypatch.setattr(log, "_insert", broken)
    with pytest.raises(log.LogUnwritable):
        making.make(row.pk, at=AT, on=AT.date())
    assert list(folder().iterdir()) == []


def test_it_expires_and_is_swept(world):
    code = ask(wish(world)).code
    work()
    late = LATER + asking.KEPT
    with pytest.raises(ExportGone):
        fetch(reader(world, at=late), code)
    making.sweep(at=late)
    assert list(folder().iterdir()) == []
    assert mine(world.officers["counter"])[0].state == "gone"
    making.sweep(at=late + datetime.timedelta(days=31))
    assert mine(world.officers["counter"]) == []


def test_more_words_than_are_counted_are_told_as_such(world, monkeypatch):
    monkeypatch.setattr("motcua.core.dossiers.listing.FOUND_AT_MOST", 2)
    monkeypatch.setattr("motcua.core.dossiers.walking.FOUND_AT_MOST", 2)
    row = ask(wish(world, wanted=Filter(words="truong dat")))
    work()
    row.refresh_from_db()
    assert (row.state, row.why) == ("failed", "dossiers.too_many_hits")


def test_it_stands_in_the_order_and_with_the_columns_of_the_list(world, monkeypatch):
    """Also where a job makes it, as long as the list can be sorted at all."""
    for name in ("Trần Văn Đạo", "Lê Thị Dung", "Vũ Đức An"):
        world.take_in(applicant={"name": name, "phone": "0912345678"})
    columns = ("applicant", "standing", "due")
    asked = ask(wish(world, order=Order.NAME, columns=columns))
    making.make(asked.pk, at=AT, on=AT.date())
    rows = list(csv.reader(io.StringIO(asking.path_of(asked.code).read_text("utf-8-sig"))))
    assert rows[0] == list(columns)
    assert [row[0] for row in rows[1:4]] == ["Vũ Đức An", "Lê Thị Dung", "Trần Văn Đạo"]
    assert {row[1] for row in rows[1:]} == {"in_time"}
    monkeypatch.setattr(listed, "AT_ONCE", 5)
    longer = ask(wish(world, columns=("lookup",), order=Order.NAME, semicolons=True))
    making.make(longer.pk, at=AT, on=AT.date())
    assert len(asking.path_of(longer.code).read_text("utf-8-sig").splitlines()) == 9

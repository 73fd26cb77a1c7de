"""Every format tells the same, and what a spreadsheet opens is harmless."""

from __future__ import annotations

import csv
import datetime
import io
import tracemalloc
import zipfile
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from motcua.core.dossiers.tests.world import make_world
from motcua.core.exports.giving import Format, OnlyEvents, Rows, give_back, give_dossiers
from motcua.core.exports.house import CASE_COLUMNS, EVENT_COLUMNS
from motcua.core.exports.table import Column, Kind, Table, in_words
from motcua.core.exports.writers import csv as csv_writer
from motcua.core.exports.writers import parquet, xes, xlsx
from motcua.core.takeover.tests.logs import SOURCE, row, take, take_bytes
from motcua.core.takeover.tests.xes import XES_MAPPING, log, trace

ZONE = "Asia/Ho_Chi_Minh"
AT = datetime.datetime(2026, 11, 2, 9, 30, tzinfo=ZoneInfo(ZONE))
COLUMNS = (
    Column("case:concept:name", of_case=True),
    Column("concept:name"),
    Column("time:timestamp", Kind.INSTANT),
    Column("count", Kind.WHOLE),
)
NASTY = '=1+1,"quoted"\r\n\t<&> \x00\x1b[31m'
ROWS = [["c1", "Nhận", AT, 1], ["c1", NASTY, None, None], ["c2", "", AT, -3]]


def table(rows=ROWS):
    return Table("made", COLUMNS, iter(rows))


def given(form: Format, rows: Rows = Rows.EVENTS) -> bytes:
    out = io.BytesIO()
    give_dossiers(out, form, zone=ZONE, rows=rows)
    return out.getvalue()


def test_csv_keeps_every_character():
    out = io.BytesIO()
    assert csv_writer.write(table(), out) == 3
    told = list(csv.reader(io.StringIO(out.getvalue().decode(), newline="")))
    assert told[1:] == [[in_words(cell) for cell in one] for one in ROWS]


def test_csv_for_spreadsheets_holds_no_formula_and_shows_its_accents():
    out = io.BytesIO()
    csv_writer.write(
        table([["-c", "=cmd", AT, 1], ["@c", "\t+1", None, 2]]), out, for_spreadsheets=True
    )
    assert out.getvalue().startswith(csv_writer.BOM.encode())
    told = list(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"))))
    assert [one[:2] for one in told[1:]] == [["'-c", "'=cmd"], ["'@c", "'\t+1"]]


def test_a_workbook_has_text_dates_and_numbers_and_no_formula():
    out = io.BytesIO()
    assert xlsx.write(table(), out) == 3
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(out.getvalue())).get_sheet_by_index(0)
    told = sheet.to_python()
    assert told[1] == ["c1", "Nhận", AT.replace(tzinfo=None), 1.0]
    assert told[2][1].startswith('=1+1,"quoted"')
    assert told[3][2:] == [AT.replace(tzinfo=None), -3.0]
    with zipfile.ZipFile(out) as parts:
        assert b"<f" not in parts.read("xl/worksheets/sheet1.xml").replace(b"<format", b"")


def test_a_workbook_goes_on_on_another_sheet(monkeypatch):
    monkeypatch.setattr(xlsx, "SHEET_ROWS", 3)
    out = io.BytesIO()
    assert xlsx.write(table(), out) == 3
    book = CalamineWorkbook.from_filelike(io.BytesIO(out.getvalue()))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    assert [len(one) for one in sheets] == [3, 2]
    assert sheets[0][0] == sheets[1][0]


def test_parquet_keeps_types_and_moments(monkeypatch):
    monkeypatch.setattr(parquet, "GROUP", 2)
    out = io.BytesIO()
    assert parquet.write(table(), out) == 3
    told = pq.read_table(io.BytesIO(out.getvalue())).to_pylist()
    assert told[0] == dict(zip([c.key for c in COLUMNS], ROWS[0], strict=True))
    assert told[1]["concept:name"] == NASTY
    assert told[1]["time:timestamp"] is None


def test_an_event_log_has_one_trace_for_each_case_and_typed_attributes():
    out = io.BytesIO()
    assert xes.write(table(), out) == 3
    traces = ElementTree.fromstring(out.getvalue()).findall("{*}trace")
    assert [len(one.findall("{*}event")) for one in traces] == [2, 1]
    first = traces[0].find("{*}event")
    told = [(one.tag.rpartition("}")[2], one.get("key"), one.get("value")) for one in first]
    assert told == [
        ("string", "concept:name", "Nhận"),
        ("date", "time:timestamp", "2026-11-02T09:30:00+07:00"),
        ("int", "count", "1"),
    ]
    (nasty,) = traces[0].findall("{*}event")[1]
    assert nasty.get("value") == NASTY.replace("\x00", "\ufffd").replace("\x1b", "\ufffd")


def test_an_empty_table_is_a_file_all_the_same():
    for write in (csv_writer.write, xlsx.write, parquet.write, xes.write):
        out = io.BytesIO()
        assert write(table([]), out) == 0
        assert out.getvalue()


@pytest.mark.parametrize("write", [csv_writer.write, parquet.write, xes.write, xlsx.write])
def test_memory_does_not_grow_with_the_rows(write, monkeypatch, tmp_path):
    monkeypatch.setattr(parquet, "GROUP", 500)

    def peak(count: int) -> int:
        rows = ([f"c{n}", "Nhận", AT, n] for n in range(count))
        tracemalloc.start()
        with (tmp_path / "out").open("wb") as out:
            assert write(Table("made", COLUMNS, rows), out) == count
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(500)  # what a library loads at first is not of the rows
    assert peak(8000) < 2 * peak(1000)


@pytest.mark.usefixtures("house")
def test_all_formats_tell_the_same_of_the_house():
    world = make_world()
    for _ in range(3):
        world.take_in()
    told = list(csv.reader(io.StringIO(given(Format.CSV).decode())))
    assert told[0] == [column.key for column in EVENT_COLUMNS]
    book = CalamineWorkbook.from_filelike(io.BytesIO(given(Format.XLSX))).get_sheet_by_index(0)
    frame = pq.read_table(io.BytesIO(given(Format.PARQUET))).to_pylist()
    traces = ElementTree.fromstring(given(Format.XES)).findall("{*}trace")
    assert len(told) - 1 == len(frame) == book.height - 1
    assert len(traces) == 3
    zone = ZoneInfo(ZONE)
    for line, record in zip(told[1:], frame, strict=True):
        cells = [
            in_words(cell.astimezone(zone) if isinstance(cell, datetime.datetime) else cell)
            for cell in record.values()
        ]
        assert cells == line


@pytest.mark.usefixtures("house")
def test_a_row_for_each_dossier():
    world = make_world()
    done = [world.take_in() for _ in range(3)]
    told = list(csv.DictReader(io.StringIO(given(Format.CSV, Rows.CASES).decode())))
    assert [one["motcua:code"] for one in told] == [one.code for one in done]
    assert tuple(told[0]) == tuple(column.key for column in CASE_COLUMNS)


@pytest.mark.usefixtures("house")
def test_an_event_log_of_cases_is_refused():
    with pytest.raises(OnlyEvents):
        give_dossiers(io.BytesIO(), Format.XES, zone=ZONE, rows=Rows.CASES)


@pytest.mark.usefixtures("house")
def test_an_event_log_that_was_taken_over_comes_back_and_may_be_taken_again(tmp_path):
    data = log(trace("c1"), trace("c2", more='<float key="sum" value="1.50"/>'))
    take_bytes(tmp_path, data, mapping=XES_MAPPING)
    out = io.BytesIO()
    assert give_back(out, Format.XES, SOURCE) == 4
    assert attributes(out.getvalue()) == attributes(data)
    assert take_bytes(tmp_path, out.getvalue(), mapping=XES_MAPPING).unchanged == 2


@pytest.mark.usefixtures("house")
def test_what_came_as_csv_is_given_as_an_event_log_under_the_standard_keys(tmp_path):
    take(tmp_path, row(), row(event="e2"), row(case="c2", event="e3"))
    out = io.BytesIO()
    give_back(out, Format.XES, SOURCE)
    traces = attributes(out.getvalue())
    assert [one[0]["concept:name"] for one in traces] == [("string", "c1"), ("string", "c2")]
    assert traces[1][1]["concept:name"] == ("string", "Receive")
    assert traces[1][1]["time:timestamp"] == ("date", "2026-03-02T09:00:01+07:00")
    assert traces[1][1]["concept:instance"] == ("string", "e3")


def attributes(data: bytes):
    """Give each trace as its own attributes and those of each event: key → type and value."""

    def told(element):
        return {
            one.get("key"): (one.tag.rpartition("}")[2], one.get("value"))
            for one in element
            if one.get("key")
        }

    return [
        [told(found), *(told(event) for event in found.findall("{*}event"))]
        for found in ElementTree.fromstring(data).findall("{*}trace")
    ]

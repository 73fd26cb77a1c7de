"""A file is looked at, then taken in whole or not at all; the same file again changes nothing."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from itertools import count

import pytest
from django.db import connection
from xlsxwriter import Workbook

from motcua.core.dossiers import answers
from motcua.core.dossiers.tests.sharing import together
from motcua.core.dossiers.tests.unchanged import tables, unchanged
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.ledger.models import Entry
from motcua.core.registers import importing, sheets
from motcua.core.registers.exporting import FileForm
from motcua.core.registers.models import Record, RecordImport
from motcua.core.registers.rights import NotYourRegister
from motcua.core.registers.tests.test_acts import change
from motcua.core.registers.tests.test_concurrent import BrokenOff, _broken_at, shared  # noqa: F401
from motcua.core.registers.tests.test_lists import exported

CSV = """Mã,Doanh nghiệp,height,lat,lon
HN-1,red,42,21.0285,105.8542
HN-2,blue,,,
"""


def look(kept, body: bytes | str, who="specialist") -> RecordImport:
    return importing.look(
        actor=kept.world.officers[who],
        at=MONDAY,
        declaration=kept.sites,
        agency_id=kept.world.department.pk,
        name="cot.csv",
        body=body.encode() if isinstance(body, str) else body,
    )


def take(kept, row: RecordImport, who="specialist") -> RecordImport:
    actor = kept.world.officers[who]
    return importing.take_in(actor=actor, at=MONDAY, declaration=kept.sites, code=row.code)


def counts(row: RecordImport) -> tuple[int, ...]:
    return tuple(json.loads(row.report)["counts"].values())


def problems(row: RecordImport) -> list[tuple[int, str, str]]:
    told = json.loads(row.report)["rows"]
    return [(one["line"], why["part"], why["code"]) for one in told for why in one["problems"]]


def test_a_look_writes_no_record(kept):
    assert counts(look(kept, CSV)) == (2, 0, 0, 0)
    assert Record.objects.count() == 0


def test_a_file_is_taken_in_once(kept):
    row = take(kept, look(kept, CSV))
    assert counts(row) == (2, 0, 0, 0)
    assert bytes(row.body) == b""
    first, second = Record.objects.order_by("id")
    assert answers.read(first.values) == {"code": "HN-1", "operator": "red", "height": 42}
    assert json.loads(first.geometry)["coordinates"] == [105.8542, 21.0285]
    assert second.geometry == ""
    assert set(Entry.objects.values_list("act", flat=True)) == {"record_enter", "record_import"}
    with unchanged():
        assert take(kept, row).pk == row.pk


def test_the_same_file_again_changes_nothing(kept):
    take(kept, look(kept, CSV))
    row = look(kept, CSV)
    assert counts(row) == (0, 0, 2, 0)
    before = Entry.objects.count()
    take(kept, row)
    assert Entry.objects.count() == before
    assert Record.objects.filter(number=1).count() == 2


def test_columns_that_are_absent_leave_what_is_there(kept):
    kept.site("HN-1", operator="red", height=9, keeper="A", keeper_number="001190000345")
    take(kept, look(kept, "code;height\nhn-1;10\n"))
    row = Record.objects.get()
    assert answers.read(row.values) == {
        "code": "hn-1", "operator": "red", "height": 10, "keeper": "A",
        "keeper_number": "001190000345",
    }  # fmt: skip
    assert row.geometry


def test_a_blank_cell_makes_blank(kept):
    kept.site("HN-1", operator="red", height=9)
    take(kept, look(kept, "code,height\nHN-1,\n"))
    assert answers.read(Record.objects.get().values) == {"code": "HN-1", "operator": "red"}


def test_what_went_out_comes_back_as_it_was(kept):
    kept.site("HN-1", operator="red", height=9, keeper="A", keeper_number="001190000345")
    kept.site("=HN-2", on_air="2026-01-31", geometry=None)
    for form in (FileForm.CSV, FileForm.XLSX, FileForm.GEOJSON):
        for language in (None, "vi", "en"):
            body = exported(kept, form, language=language)
            assert counts(look(kept, body)) == (0, 0, 2, 0), (form, language)


def test_every_row_that_is_wrong_is_told_and_none_is_taken(kept):
    kept.site(
        "HN-9",
        who="other_specialist",
        agency_id=kept.world.officers["other_specialist"].agencies()[0],
    )
    bad = "code,operator,height\nHN-1,green,1000\n,red,\nHN-2,,\nhn 2,,\nHN-9,,\nHN-3,,x\n"
    row = look(kept, bad)
    assert problems(row) == [
        (2, "operator", "field.not_a_choice"),
        (2, "height", "field.too_large"),
        (3, "code", "field.missing"),
        (5, "key", "registers.twice_in_file"),
        (6, "key", "registers.kept_elsewhere"),
        (7, "height", "number.unreadable"),
    ]
    with unchanged(), pytest.raises(importing.ImportFaulty):
        take(kept, row)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "registers.no_rows"),
        (b"code\n", "registers.no_rows"),
        (b"code,nothing\nA,B\n", "registers.column_unknown"),
        (b"code,code\nA,B\n", "registers.column_unknown"),
        ("code\nĐ".encode("utf-16"), "registers.file_unreadable"),
        (b"code\nA\0\n", "registers.file_unreadable"),
        (b'code\n"A\n', "registers.file_unreadable"),
        (b"PK\x03\x04nothing", "registers.file_unreadable"),
        (b"{", "registers.file_unreadable"),
        (b'{"type":"Feature"}', "registers.file_unreadable"),
        (b'{"type":"FeatureCollection","features":[3]}', "registers.file_unreadable"),
    ],
)
def test_what_is_no_table_is_refused(kept, body, code):
    with pytest.raises(Exception) as refused:  # noqa: PT011 - its code is looked at
        look(kept, body)
    assert refused.value.code == code


def test_too_many_rows_are_refused(kept, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 1)
    with pytest.raises(sheets.FileTooLong):
        look(kept, CSV)


def test_a_spreadsheet_is_read_as_it_was_typed(kept):
    out = io.BytesIO()
    with Workbook(out) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate([["code", "height"], [12, 42], ["HN-2", None]]):
            sheet.write_row(number, 0, line)
    take(kept, look(kept, out.getvalue()))
    first = Record.objects.order_by("id").first()
    assert answers.read(first.values) == {"code": "12", "height": 42}


def test_only_keepers_import_and_only_who_uploaded_takes_in(kept):
    with pytest.raises(NotYourRegister):
        look(kept, CSV, "counter")
    row = look(kept, CSV)
    for who in ("second", "leader"):
        with pytest.raises(importing.NoSuchImport):
            take(kept, row, who)


def test_what_moved_since_is_planned_anew(kept):
    done = kept.site("HN-1", height=1)
    row = look(kept, "code,height\nHN-1,5\n")
    change(kept, done, height=5)
    assert counts(take(kept, row)) == (0, 0, 1, 0)


def test_nothing_is_written_over_that_the_look_did_not_show(kept):
    done = kept.site("HN-1", height=1)
    row = look(kept, "code,height\nHN-1,5\n")
    change(kept, done, height=7)
    with pytest.raises(importing.LookedOld):
        take(kept, row)
    assert answers.read(Record.objects.get().values)["height"] == 7
    assert counts(take(kept, row)) == (0, 1, 0, 0)  # the look was made anew
    assert answers.read(Record.objects.get().values)["height"] == 5


def test_what_came_to_be_since_the_look_is_not_written_over_unseen(kept):
    row = look(kept, CSV)
    kept.site("HN-1", height=7)
    with pytest.raises(importing.LookedOld):
        take(kept, row)
    assert Record.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twins_take_a_file_in_once(shared):  # noqa: F811
    row = look(shared, CSV)
    answers_ = together(*[lambda: take(shared, row)] * 4)
    assert {getattr(one, "pk", one) for one in answers_} == {row.pk}
    assert Record.objects.count() == 2
    assert Entry.objects.filter(act="record_import").count() == 1


@pytest.mark.django_db(transaction=True)
def test_wherever_an_import_breaks_off_nothing_of_it_is_there(shared):  # noqa: F811
    row, before = look(shared, CSV), tables()
    before = tables()
    for number in count():
        with suppress(BrokenOff), _broken_at(number):
            take(shared, row)
            break
        assert tables() == before, number
    assert number > 5
    assert connection.in_atomic_block is False
    assert Record.objects.count() == 2

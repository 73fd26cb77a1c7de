"""Lists, masks, files and quality: what each reader sees, finds, and takes away."""

from __future__ import annotations

import csv
import datetime
import io
import json

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from motcua.core.access import log
from motcua.core.access.models import Read
from motcua.core.dossiers.tests.world import DAY, MONDAY
from motcua.core.registers import quality as measured
from motcua.core.registers.exporting import FileForm, NothingToDraw, Wish, give
from motcua.core.registers.headings import headings
from motcua.core.registers.models import Record
from motcua.core.registers.querying import Filter, listed
from motcua.core.registers.showing import Shower, said


@pytest.fixture
def three(kept):
    kept.site("HN-1", operator="red", height=42, keeper="Nguyễn Văn An")
    kept.site("HN-2", operator="blue", geometry=None, keeper_number="001190000345")
    kept.site("HN-3", operator="red", height=60, on_air="2026-12-01")
    return kept


def found(kept, who="specialist", **wanted) -> list[str]:
    page = listed(kept.world.officers[who], kept.sites, Filter(**wanted), on=DAY, page=1, size=10)
    assert page.total == len(page.rows)
    return [row.title for row in page.rows]


def exported(kept, form: FileForm, who="specialist", language=None, **wanted) -> bytes:
    out = io.BytesIO()
    reader = log.Reader(kept.world.officers[who], MONDAY)
    told = {"declaration": kept.sites, "wanted": Filter(**wanted), "language": language}
    give(out, Wish(reader=reader, form=form, **told))
    return out.getvalue()


def test_the_last_entered_stands_first(three):
    assert found(three) == ["HN-3", "HN-2", "HN-1"]


def test_words_are_found_without_accents_or_signs(three):
    assert found(three, words="hn 42") == ["HN-1"]
    assert found(three, words="ĐỎ") == ["HN-3", "HN-1"]
    assert found(three, words="%") == ["HN-3", "HN-2", "HN-1"]
    assert found(three, words="guyen") == []  # a word is found by its beginning


def test_fields_narrow_and_what_is_no_value_finds_nothing(three):
    assert found(three, fields={"operator": "blue"}) == ["HN-2"]
    assert found(three, fields={"height": "60"}) == ["HN-3"]
    assert found(three, fields={"on_air": "01/12/2026"}) == ["HN-3"]
    assert found(three, fields={"height": "x"}) == []
    assert found(three, fields={"no_such": "x"}) == ["HN-3", "HN-2", "HN-1"]


def test_a_personal_value_is_found_by_those_alone_who_see_it(three):
    assert found(three, words="nguyen an") == ["HN-1"]
    assert found(three, fields={"keeper": "nguyen van an"}) == ["HN-1"]
    assert found(three, "other_specialist", words="nguyen an") == []
    assert found(three, "other_specialist", fields={"keeper": "nguyen van an"}) == []
    assert found(three, "other_specialist", words="hn") == ["HN-3", "HN-2", "HN-1"]


def test_nobody_finds_a_secret(three):
    assert found(three, words="001190000345") == []


def test_failings_are_listed(three):
    assert found(three, failing="incomplete") == ["HN-2"]
    assert found(three, failing="broken") == ["HN-3"]
    assert found(three, failing="low") == ["HN-3"]
    assert found(three, failing="past") == ["HN-3"]
    assert found(three, failing="stale") == []
    Record.objects.update(confirmed_on=DAY - datetime.timedelta(days=90))
    assert len(found(three, failing="stale")) == 3


def test_masks_hide_from_others_and_secrets_from_all(three):
    for who, keeper in (("specialist", "Nguyễn Văn An"), ("other_specialist", "***")):
        rows = list(Record.objects.order_by("id"))
        shower = Shower(three.world.officers[who], three.sites, rows, "vi")
        cells = {one.key: one for one in shower.cells(rows[0])}
        assert (cells["keeper"].text, cells["keeper"].masked) == (keeper, who != "specialist")
        secret = next(one for one in shower.cells(rows[1]) if one.key == "keeper_number")
        assert secret.masked
        assert "0000345"[:4] not in secret.text


def test_quality_is_counted_by_agency(three):
    (told,) = measured.quality(three.keeper, three.sites, DAY)
    assert (told.total, told.asked, told.filled, told.whole) == (3, 9, 7, 2)
    assert (told.clean, told.alive, dict(told.rules)) == (2, 3, {"low": 1, "past": 1})
    assert measured.together(three.sites, (told, told)).total == 6
    assert told.clean_share == pytest.approx(2 / 3)


def test_a_day_that_comes_mends_what_it_broke(three):
    assert measured.measure_again(datetime.date(2026, 12, 2)) == 1
    assert found(three, failing="past") == []
    Record.objects.update(measured="another file", broken=",low,")
    assert measured.measure_again(datetime.date(2026, 12, 2)) == 3
    assert found(three, failing="broken") == ["HN-3"]


def test_a_file_holds_what_the_list_shows(three):
    rows = list(csv.DictReader(io.StringIO(exported(three, FileForm.CSV).decode("utf-8-sig"))))
    assert [row["code"] for row in rows] == ["HN-3", "HN-2", "HN-1"]
    assert rows[2]["keeper"] == "Nguyễn Văn An"
    assert rows[2]["geometry"] == "POINT (105.8542 21.0285)"
    assert "001190000345" not in exported(three, FileForm.CSV).decode()
    assert b"Nguy" not in exported(three, FileForm.CSV, "other_specialist")
    assert exported(three, FileForm.CSV).startswith(b"\xef\xbb\xbf")
    book = CalamineWorkbook.from_filelike(io.BytesIO(exported(three, FileForm.XLSX)))
    assert len(book.get_sheet_by_index(0).to_python()) == 4
    table = pq.read_table(io.BytesIO(exported(three, FileForm.PARQUET)))
    assert table.column("height").to_pylist() == [60, None, 42]


def test_geojson_holds_every_record(three, registers):
    told = json.loads(exported(three, FileForm.GEOJSON))
    shapes = [one["geometry"] and one["geometry"]["coordinates"] for one in told["features"]]
    assert shapes == [[105.8542, 21.0285], None, [105.8542, 21.0285]]
    assert "keeper_number" not in told["features"][0]["properties"]


def test_each_batch_that_goes_out_is_written_down(three):
    before = Read.objects.count()
    exported(three, FileForm.CSV)
    row = Read.objects.order_by("-id").first()
    assert Read.objects.count() == before + 1
    assert (row.kind, row.what, row.count) == ("exported", "register.trial_sites.csv", 3)
    assert row.dossiers == ""


def test_without_shapes_there_is_nothing_to_draw(three, registers):
    from dataclasses import replace

    from motcua.core.registers.declaration import Form

    three.sites = replace(three.sites, form=Form.NONE)
    with pytest.raises(NothingToDraw):
        exported(three, FileForm.GEOJSON)


def test_a_day_is_said_so_that_nobody_reads_it_month_first(kept):
    rule = kept.sites.field_rules["on_air"]
    assert [said(rule, "2026-06-05", one) for one in ("vi", "en")] == ["05/06/2026", "5 Jun 2026"]


def test_columns_of_a_sheet_bear_names_for_people_and_keys_for_programs(three):
    def heads(form, language):
        return exported(three, form, language=language).decode("utf-8-sig").splitlines()[0]

    assert heads(FileForm.CSV, None).startswith("code,operator,")
    named = heads(FileForm.CSV, "vi").split(",")
    assert named[:2] == ["Mã", "Doanh nghiệp"]
    assert named[-4:] == ["Vị trí (WKT)", "Có hiệu lực từ", "Mã cơ quan phụ trách", "Số bản ghi"]
    assert "In force since" in heads(FileForm.CSV, "en")
    assert b'"code":"HN-1"' in exported(three, FileForm.GEOJSON, language="vi")


def test_a_name_that_two_columns_would_bear_is_left_to_their_keys(kept):
    from dataclasses import replace

    code, *rest = kept.sites.fields
    twin = replace(code, label=replace(code.label, vi="Số bản ghí"))
    named = headings(replace(kept.sites, fields=(twin, *rest)), "vi")
    assert (named["code"], named["record"]) == ("code", "record")

"""A folder is loaded whole or not at all, and again without a change."""

from __future__ import annotations

import json
from datetime import date

import pytest

from motcua.core.areas.faults import AreasFaulty
from motcua.core.areas.importing import folder_of, known
from motcua.core.areas.models import Area, ListedAgency, Province, Succession
from motcua.core.areas.tests.conftest import load
from motcua.core.areas.writing import KeyElsewhere, UnitsLeftOut
from motcua.core.ledger.models import Entry

PROVINCE = """
code = "99"
name_vi = "Tỉnh Thử"
name_en = "Test Province"
agency_code = "T99"
source = "made up"
"""
UNITS = """\
unit_id,gso_code,name,type,tier,parent_unit_id,valid_from,valid_to,lat,lon,source,status,note
d,001,Một,huyện,district,,,2025-07-01,,,made up,confirmed,
a,00001,An,xã,commune,d,,2025-07-01,21.5,105.5,made up,confirmed,
b,00002,Bình,xã,commune,d,,2025-07-01,,,made up,confirmed,
n,00001,An Bình,xã,commune,,2025-07-01,,,,made up,unconfirmed,
"""
CHANGES = """\
date,legal_ref,from_unit_id,to_unit_id,share,kind,main_heir,source,status,note
2025-07-01,NQ 1,a,n,whole,merged,1,made up,confirmed,
2025-07-01,NQ 1,b,n,whole,merged,1,made up,confirmed,
2025-07-01,NQ 1,d,n,part,tier abolished,,made up,confirmed,
"""


@pytest.fixture
def folder(tmp_path):
    def write(province=PROVINCE, units=UNITS, changes=CHANGES, **others):
        texts = {"province.toml": province, "units.csv": units, "changes.csv": changes}
        texts |= {f"{name}.csv": text for name, text in others.items()}
        for name, text in texts.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def codes(folder):
    with pytest.raises(AreasFaulty) as refused:
        load(folder)
    assert not Province.objects.exists()
    return {(one.where, one.code) for one in refused.value.faults}


def test_a_folder_is_loaded_with_its_sources(db, folder):
    told = load(folder())
    assert (told.units, told.successions, told.created, told.changed) == (4, 3, 7, 0)
    assert Area.objects.get(unit_id="n").status == "unconfirmed"
    assert Area.objects.get(unit_id="a").parent.unit_id == "d"
    (entry,) = Entry.objects.filter(act="import_areas")
    assert json.loads(entry.body)["data"]["province"] == "99"


def test_again_changes_nothing_and_says_nothing(db, folder):
    load(folder())
    again = load(folder())
    assert (again.created, again.changed, again.removed) == (0, 0, 0)
    assert Entry.objects.filter(act="import_areas").count() == 1
    assert known(folder())
    assert not known(folder(units=UNITS.replace("Bình", "Yên")))


def test_a_corrected_fact_is_mended_and_a_wrong_pair_removed(db, folder):
    load(folder())
    kept = set(Area.objects.values_list("pk", flat=True))
    two = CHANGES.replace("NQ 1,d,n", "NQ 1,d,m")
    units = UNITS.replace("a,00001,An,", "a,00001,Ân,") + (
        "m,00002,Mới,xã,commune,,2025-07-01,,,,made up,confirmed,\n"
    )
    told = load(folder(units=units, changes=two))
    assert (told.created, told.changed, told.removed) == (2, 1, 1)
    assert kept < set(Area.objects.values_list("pk", flat=True))
    assert Area.objects.get(unit_id="a").folded == "an"


def test_a_unit_is_never_removed(db, folder):
    load(folder())
    units = "".join(line for line in UNITS.splitlines(True) if not line.startswith("b,"))
    changes = "".join(line for line in CHANGES.splitlines(True) if ",b," not in line)
    with pytest.raises(UnitsLeftOut, match="lack 1 units"):
        load(folder(units=units, changes=changes))
    assert Succession.objects.count() == 3


def test_a_dry_run_checks_and_writes_nothing(db, folder):
    assert load(folder(), dry_run=True).created == 7
    assert not Area.objects.exists()
    assert not Province.objects.exists()


def test_an_id_of_another_province_is_refused(db, folder):
    load(folder())
    with pytest.raises(KeyElsewhere):
        load(folder(province=PROVINCE.replace("99", "98")))
    assert Province.objects.count() == 1


def test_a_write_that_fails_leaves_nothing(db, folder, monkeypatch):
    monkeypatch.setattr("motcua.core.areas.importing.append_to_house", None)
    with pytest.raises(TypeError):
        load(folder())
    assert not Area.objects.exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "code"),
    [
        ("province", 'code = "99"', "code = 99", "province.toml", "areas.wrong_key"),
        ("province", "code = ", "code ", "province.toml", "areas.not_toml"),
        ("units", "unit_id,gso", "gso,unit_id", "units.csv:1", "areas.wrong_header"),
        ("units", "d,001,Một", "d,001", "units.csv:2", "areas.wrong_columns"),
        ("units", "d,001,Một", "d,001,", "units.csv:2", "areas.cell_missing"),
        ("units", "Bình,xã,c", f"{'B' * 101},xã,c", "units.csv:4", "areas.cell_too_long"),
        ("units", "Bình,xã,c", "Bì\x00nh,xã,c", "units.csv:4", "areas.control_sign"),
        ("units", "d,001", "d,OO1", "units.csv:2", "areas.not_a_code"),
        ("units", "d,,2025-07-01,21", "d,,01/07/2025,21", "units.csv:3", "areas.not_a_day"),
        ("units", "21.5", "nan", "units.csv:3", "areas.not_a_number"),
        ("units", "21.5", "", "units.csv:3", "areas.half_a_centre"),
        ("units", "confirmed,\na", "perhaps,\na", "units.csv:2", "areas.not_one_of"),
        ("units", "b,00002", "a,00002", "units.csv:4", "areas.twice"),
        (
            "units",
            "commune,d,,2025-07-01,,",
            "commune,x,,2025-07-01,,",
            "units.csv:4",
            "areas.unknown_unit",
        ),
        ("units", "district,,,", "district,d,,", "units.csv:2", "areas.parent_circle"),
        ("units", "commune,,2025", "commune,d,2025", "units.csv:5", "areas.parent_not_there"),
        ("units", "b,00002", "b,00001", "units.csv:4", "areas.code_clash"),
        ("units", "Bình,xã,commune,d", "An,xã,commune,d", "units.csv:4", "areas.name_clash"),
        (
            "units",
            "commune,,2025-07-01,,",
            "commune,,2025-07-01,2025-07-01,",
            "units.csv:5",
            "areas.ends_before",
        ),
        (
            "units",
            "commune,,2025-07-01",
            "commune,,2025-07-02",
            "changes.csv:2",
            "areas.heir_not_there",
        ),
        ("changes", "a,n,whole", "n,a,whole", "units.csv:3", "areas.no_heir"),
        (
            "changes",
            "2025-07-01,NQ 1,b",
            "2025-07-02,NQ 1,b",
            "changes.csv:3",
            "areas.old_not_there",
        ),
        ("changes", "b,n,whole", "b,n,part", "changes.csv:3", "areas.lone_part"),
        ("changes", "b,n,whole", "b,n,1.5", "changes.csv:3", "areas.not_a_number"),
        ("changes", "b,n,whole", "b,n,0.4", "changes.csv:3", "areas.shares"),
        ("changes", "NQ 1,b,", "NQ 1,a,", "changes.csv:3", "areas.twice"),
        ("changes", "whole,merged,1", "whole,merged,2", "changes.csv:2", "areas.not_one_of"),
        ("changes", "merged", "vanished", "changes.csv:2", "areas.not_one_of"),
    ],
)
def test_each_fault_is_told_with_its_place(db, folder, file, old, new, where, code):
    text = {"province": PROVINCE, "units": UNITS, "changes": CHANGES}[file]
    assert old in text
    assert (where, code) in codes(folder(**{file: text.replace(old, new, 1)}))


def test_what_a_source_counts_must_be_what_the_rows_count(db, folder):
    counts = "day,tier,kind,count,source\n2025-06-30,commune,,2,x\n2025-07-01,commune,xã,2,x\n"
    assert codes(folder(counts=counts)) == {("counts.csv:3", "areas.count")}


AGENCIES = """\
list_id,tier,name_vi,name_en,code_qd20,code_102,heir,valid_from,valid_to,source,status,note
o,department,Sở Cũ,Old,T99.05,000.00.05.T99,n,,2025-03-01,made up,confirmed,
n,department,Sở Mới,New,,,,2025-03-01,,made up,unconfirmed,
"""


def test_agencies_of_lists_are_counted_too(db, folder):
    counts = "day,tier,kind,count,source\n2025-02-28,department,,1,x\n2025-03-01,department,,1,x\n"
    assert load(folder(agencies=AGENCIES, counts=counts)).agencies == 2
    two = counts.replace("01,department,,1", "01,department,,2")
    with pytest.raises(AreasFaulty, match=r"areas\.count"):
        load(folder(agencies=AGENCIES, counts=two))


@pytest.mark.parametrize(
    ("old", "new", "where", "code"),
    [
        ("T99,n,", "T99,x,", "agencies.csv:2", "areas.unknown_agency"),
        ("T99,n,", "T99,,", "agencies.csv:2", "areas.no_heir"),
        (
            "Mới,New,,,,2025-03-01",
            "Mới,New,,,,2025-03-02",
            "agencies.csv:2",
            "areas.heir_not_there",
        ),
        ("T99,n,,2025-03-01", "T99,n,,", "agencies.csv:2", "areas.heir_too_early"),
        ("T99.05", "T99-05", "agencies.csv:2", "areas.not_a_code"),
    ],
)
def test_each_fault_of_an_agency_is_told(db, folder, old, new, where, code):
    assert old in AGENCIES
    assert (where, code) in codes(folder(agencies=AGENCIES.replace(old, new, 1)))


def test_the_first_day_of_the_facts_is_a_day(db, folder):
    wrong = folder(province=PROVINCE + 'facts_from = "2025-01-01"\n')
    assert codes(wrong) == {("province.toml", "areas.wrong_key")}
    load(folder(province=PROVINCE + "facts_from = 2025-01-01\n"))
    assert [one.knows(date(2024, 12, 31)) for one in Province.objects.all()] == [False]


def test_a_whole_with_two_heirs_and_two_main_ones_is_refused(db, folder):
    units = UNITS + "m,00002,Mới,xã,commune,,2025-07-01,,,,made up,confirmed,\n"
    changes = CHANGES + "2025-07-01,NQ 1,b,m,part,merged,1,made up,confirmed,\n"
    found = {code for _, code in codes(folder(units=units, changes=changes))}
    assert found == {"areas.whole_shared", "areas.two_main"}


def test_a_unit_from_nowhere_is_refused(db, folder):
    units = UNITS + "m,00002,Mới,xã,commune,,2025-07-01,,,,made up,confirmed,\n"
    assert codes(folder(units=units)) == {("units.csv:6", "areas.no_origin")}


def test_a_missing_file_and_foreign_bytes_are_told(db, folder):
    place = folder()
    (place / "units.csv").unlink()
    (place / "changes.csv").write_bytes(b"\xff\xfe")
    assert codes(place) == {
        ("units.csv", "areas.no_file"),
        ("changes.csv", "areas.not_text"),
    }


def test_the_refusal_can_be_read_in_both_languages(db, folder):
    with pytest.raises(AreasFaulty) as refused:
        load(folder(units=UNITS.replace("d,001", "d,OO1")))
    assert "units.csv:2: [areas.not_a_code]" in refused.value.text("vi")
    assert "có 1 chỗ phải sửa" in refused.value.text("vi")
    assert "is no code" in refused.value.text("en")


def test_the_shipped_facts_are_those_that_were_compiled(db):
    load(folder_of("hanoi"))
    assert Area.objects.count() == 793
    assert ListedAgency.objects.count() == 28
    assert not ListedAgency.objects.filter(source="").exists()
    assert ListedAgency.objects.filter(status="unconfirmed").count() == 3
    assert Succession.objects.count() == 1143
    assert not Area.objects.filter(source="").exists()
    assert not Succession.objects.filter(source="").exists()
    assert Area.objects.filter(status="unconfirmed").count() == 1
    assert Succession.objects.filter(status="unconfirmed").count() == 67

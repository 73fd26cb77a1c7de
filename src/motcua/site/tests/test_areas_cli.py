"""Units through time from the command line: loaded, listed, counted as of a day."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout

import pytest
from django.test import override_settings

from motcua.core.ledger.models import Entry
from motcua.site.cli.main import main
from motcua.site.tests.conftest import forget, instance_for_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_at_the_start(settings):
    settings.MOTCUA_AREAS = []


@pytest.fixture(scope="module")
def _hanoi_once(django_db_setup, django_db_blocker):
    told = io.StringIO()
    with override_settings(MOTCUA_AREAS=[]), instance_for_all(django_db_blocker):
        with redirect_stdout(told):
            assert main(["areas", "import", "hanoi", "--json"]) == 0
        yield json.loads(told.getvalue())


@pytest.fixture
def hanoi(_hanoi_once, db):
    forget()
    yield _hanoi_once
    forget()


def tiers(capsys, day: str) -> dict[str, int]:
    assert main(["agencies", "count", "--as-of", day, "--json"]) == 0
    (province,) = json.loads(capsys.readouterr().out)["provinces"]
    return province["tiers"]


@pytest.mark.parametrize(
    ("day", "department", "district", "commune"),
    [
        ("2014-03-31", 20, 29, 577),
        ("2017-12-31", 21, 30, 584),
        ("2020-12-31", 21, 30, 579),
        ("2025-02-28", 21, 30, 526),
        ("2025-03-01", 15, 30, 526),
        ("2025-06-30", 15, 30, 526),
        ("2025-07-01", 15, 0, 126),
    ],
)
def test_units_are_counted_as_of_a_day(hanoi, capsys, day, department, district, commune):
    counted = {"department": department, "district": district, "commune": commune}
    assert tiers(capsys, day) == counted


def test_a_day_before_the_facts_is_not_counted_but_told(hanoi, capsys):
    assert tiers(capsys, "2008-08-01") == {}
    assert main(["agencies", "count", "--as-of", "2008-08-01"]) == 0
    assert "facts begin on 2014-01-01" in capsys.readouterr().out


def test_files_that_the_next_start_would_undo_are_refused(hanoi, capsys, settings, tmp_path):
    settings.MOTCUA_AREAS = ["hanoi"]
    for name in ("units", "changes"):
        (tmp_path / f"{name}.csv").write_text("")
    (tmp_path / "province.toml").write_text('code = "01"')
    assert main(["areas", "import", str(tmp_path)]) == 1
    assert "areas.kept_by_setting" in capsys.readouterr().err


def test_people_read_the_kinds_too(hanoi, capsys):
    assert main(["agencies", "count", "--as-of", "2025-07-01", "--province", "01"]) == 0
    told = capsys.readouterr().out
    assert "commune  126  (phường 51, xã 75)" in told
    assert "district  0\n" in told


def test_a_province_is_loaded_once(hanoi, capsys):
    entries = Entry.objects.count()
    assert (hanoi["units"], hanoi["successions"], hanoi["created"] > 0) == (793, 1143, True)
    assert main(["areas", "import", "hanoi", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["created"] == 0
    assert Entry.objects.count() == entries
    assert main(["areas", "list"]) == 0
    assert capsys.readouterr().out == "01  Thành phố Hà Nội / Hanoi\n"


def test_another_province_than_those_loaded_is_told(hanoi, capsys):
    assert main(["agencies", "count", "--as-of", "2017-12-31", "--province", "22"]) == 1
    assert "areas.not_loaded" in capsys.readouterr().err


@pytest.mark.parametrize("day", ["31/12/2017", "2017-02-30", ""])
def test_a_day_that_is_none_is_a_wrong_call(capsys, day):
    with pytest.raises(SystemExit, match="2"):
        main(["agencies", "count", "--as-of", day])


def test_an_old_name_is_found_with_its_heirs(hanoi, capsys):
    assert main(["areas", "find", "xa canh nau, huyen thach that"]) == 0
    told = capsys.readouterr().out
    assert "Xã Canh Nậu, Huyện Thạch Thất" in told
    assert "→ Xã Tây Phương 10003 (whole, unconfirmed)" in told


def test_a_code_is_found_as_of_a_day_and_its_heirs_on_another(hanoi, capsys):
    line = ["areas", "find", "00253", "--as-of", "2019-01-01", "--on", "2020-03-01", "--json"]
    assert main(line) == 0
    (one,) = json.loads(capsys.readouterr().out)["areas"]
    assert {heir["share"] for heir in one["heirs"]} == {"0.896", "0.104"}


def test_a_department_is_found_with_its_heir(hanoi, capsys):
    assert main(["areas", "find", "so thong tin va truyen thong"]) == 0
    assert "→ Sở Khoa học và Công nghệ" in capsys.readouterr().out


def test_another_province_loads_beside(hanoi, capsys):
    assert main(["areas", "import", "quang-ninh"]) == 0
    capsys.readouterr()
    line = ["agencies", "count", "--as-of", "2025-07-01", "--province", "22", "--json"]
    assert main(line) == 0
    (province,) = json.loads(capsys.readouterr().out)["provinces"]
    assert province["tiers"] == {"district": 0, "commune": 54}

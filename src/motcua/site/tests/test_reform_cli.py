"""A reform from the command line: drafted, looked at, kept, undone, kept again and run."""

from __future__ import annotations

import datetime
import json

import pytest

from motcua.core.agencies.models import Agency
from motcua.core.agencies.queries import forget_tree
from motcua.core.areas.models import Area, Province, Succession
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.tests.world import make_world
from motcua.core.now import now
from motcua.core.reform.models import Reform
from motcua.core.reform.tests.city import City, findings
from motcua.site.cli.main import main

PLAN = """format = 1
date = {day}
document = "12/NQ-HĐND"
[[heir]]
from = "H26.12"
to = "H26.101"
"""


@pytest.fixture
def city(db):
    today = now().astimezone(datetime.timezone(datetime.timedelta(hours=7))).date()
    yield City(make_world(), on=today)
    forget_tree()


@pytest.fixture
def leader(city) -> str:
    from motcua.core.accounts.tests.doors import account_of

    account = account_of("leader", city.world.officer_id("leader"))
    return account.username


@pytest.fixture
def file(city, tmp_path) -> str:
    path = tmp_path / "plan.toml"
    path.write_text(PLAN.format(day=city.on.isoformat()), "utf-8")
    return str(path)


def told(capsys, *words: str, code: int = 0) -> dict[str, object]:
    assert main(["reform", *words, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_a_plan_is_looked_at_kept_undone_and_carried_out(city, file, leader, capsys):
    done = city.world.take_in(at=now())
    assert told(capsys, "preview", file)["dossiers"] == 1
    first = told(capsys, "plan", file, "--by", leader)
    assert told(capsys, "preview", str(first["reform"]))["faults"] == []
    assert told(capsys, "undo", str(first["reform"]), "--by", leader)["state"] == "undone"
    second = told(capsys, "plan", file, "--by", leader)
    assert told(capsys, "run", str(second["reform"]))["moved"] == 1
    states = [one["state"] for one in told(capsys, "status")["reforms"]]
    assert states == ["undone", "done"]
    assert Dossier.objects.get(pk=done.dossier_id).holding_agency_id == city.ward.pk
    assert [one for one in findings() if "seal" not in one] == []


def test_a_plan_with_faults_is_told_and_refused(city, file, leader, capsys):
    Agency.objects.filter(code="H26.101").delete()
    forget_tree()
    assert told(capsys, "preview", file, code=1)["faults"][0]["code"] == "reform.heir_not_there"
    assert main(["reform", "plan", file, "--by", leader]) == 1
    assert "[reform.heir_not_there]" in capsys.readouterr().err
    assert not Reform.objects.exists()


def test_a_csv_needs_a_day_and_a_document(city, tmp_path, capsys):
    path = tmp_path / "plan.csv"
    path.write_text("from,to\nH26.12,H26.101\n", "utf-8")
    assert main(["reform", "preview", str(path)]) == 1
    assert "cli.reform_day_missing" in capsys.readouterr().err
    more = ("--date", city.on.isoformat(), "--document", "12/NQ-HĐND")
    assert told(capsys, "preview", str(path), *more)["faults"] == []


def unit(province, unit_id: str, parent=None) -> Area:
    told = {"name": unit_id, "folded": unit_id, "kind": "xã", "tier": "commune", "source": "x"}
    return Area.objects.create(unit_id=unit_id, province=province, parent=parent, **told)


def test_a_draft_is_written_from_what_becomes_of_areas(city, tmp_path, capsys):
    Agency.objects.filter(code="H26.12").update(area="d1")
    Agency.objects.filter(code="H26.101").update(area="c2")
    forget_tree()
    province = Province.objects.create(code="01", name_vi="Hà Nội", name_en="Hanoi", digest="x")
    district, new = unit(province, "d1"), unit(province, "c2")
    what = {"date": city.on, "new": new, "share": "whole", "kind": "merged"}
    Succession.objects.create(old=unit(province, "c1", district), main=True, **what)
    Succession.objects.create(old=district, main=None, **what)
    words = ["draft", "--date", city.on.isoformat(), "--document", "12/NQ-HĐND"]
    assert main(["reform", *words]) == 0
    plan = tmp_path / "draft.toml"
    plan.write_text(capsys.readouterr().out, "utf-8")
    assert told(capsys, "preview", str(plan))["faults"] == []
    assert 'areas = ["c1"]' in plan.read_text("utf-8")
    assert main(["reform", "draft", "--date", "2001-01-01", "--document", "x"]) == 1
    assert "reform.nothing_ends" in capsys.readouterr().err

"""A new version, a map and the move of what runs, from the command line."""

from __future__ import annotations

import json

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnValidator
from xlsxwriter import Workbook

from motcua.core.dossiers.house import check_house
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.reconcile import check_state
from motcua.core.jobs.models import Job
from motcua.core.migrating.jobs import take_all_over
from motcua.core.procedures.models import Version
from motcua.core.procedures.queries import current
from motcua.core.procedures.systems import systems
from motcua.site.cli.main import main
from motcua.site.tests.conftest import AT

BY = ("--by", "motcua", "--document", "12/QĐ-UBND")


def told(capsys, *words: str) -> dict[str, object]:
    assert main(["procedures", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def renewed(lively_city, capsys, tmp_path):
    """The sample city, with a second version of the procedure of one of its running dossiers."""
    version = Dossier.objects.filter(closed=False).values_list("version_id", flat=True)[0]
    row = Version.objects.get(pk=version)
    code, text = row.procedure.code, row.source
    assert text in [one for system in systems() for one in system.procedures.values()]
    file = tmp_path / "new.toml"
    file.write_text(text.replace('[group]\nvi = "', '[group]\nvi = "Mới: '), "utf-8")
    capsys.readouterr()
    assert told(capsys, "publish", str(file), *BY) == {"procedure": code, "version": 2}
    assert main(["procedures", "publish", str(file), *BY]) == 1  # it is published already
    assert "procedures.not_a_draft" in capsys.readouterr().err
    return code


def test_a_new_version_a_map_a_preview_and_the_move(renewed, capsys, tmp_path):
    between = (renewed, "--from", "1", "--to", "2")
    assert main(["procedures", "migrate", *between]) == 1
    assert "migrating.no_map" in capsys.readouterr().err
    assert main(["procedures", "draft-map", *between]) == 0
    file = tmp_path / "map.toml"
    file.write_text(capsys.readouterr().out, "utf-8")
    answer = told(capsys, "publish-map", str(file), *BY)
    assert answer == {"procedure": renewed, "from": 1, "to": 2}
    running = Dossier.objects.filter(version__procedure__code=renewed, closed=False)
    preview = told(capsys, "migrate", *between, "--dry-run")
    assert preview["moved"] + preview["refused"] == running.count() > 0
    assert not running.filter(version__number=2).exists()
    report = told(capsys, "migrate", *between)
    assert report == {**preview, "dry_run": False}
    assert running.filter(version__number=2).count() == report["moved"]
    assert list(check_state()) == list(check_house()) == []
    assert told(capsys, "migrate", *between, "--later") == {"queued": True}
    job = Job.objects.get(kind="migrating.all")
    take_all_over(json.loads(job.payload), at=AT)
    assert running.filter(version__number=2).count() == report["moved"]


def test_there_must_be_such_a_version(renewed, capsys):
    assert main(["procedures", "draft-map", renewed, "--from", "1", "--to", "7"]) == 1
    assert "cli.no_such_version" in capsys.readouterr().err


@pytest.fixture
def table(lively_city, capsys, tmp_path):
    """The internal process of a procedure as XLSX."""
    file = tmp_path / "quy-trinh.xlsx"
    assert main(["procedures", "table", "1.003633", "--out", str(file)]) == 0
    capsys.readouterr()
    return file


def test_a_table_goes_out_and_comes_in_as_a_draft(table, capsys):
    answer = told(capsys, "take-table", "1.003633", str(table), "--dry-run")
    assert answer == {"procedure": "1.003633", "changed": [], "to_mend": []}
    rows = CalamineWorkbook.from_path(str(table)).get_sheet_by_index(0).to_python()
    rows[7][4] = 48  # four hours less than the limit allows
    with Workbook(str(table)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    answer = told(capsys, "take-table", "1.003633", str(table))
    assert answer["version"] == 2
    assert answer["changed"] == ["flow.steps › appraise.minutes: 3120 → 2880"]
    assert len(answer["to_mend"]) == 1  # the hours no longer make up the limit
    assert Version.objects.get(procedure__code="1.003633", number=2).state == "draft"


def test_new_dossiers_follow_the_table_and_running_ones_their_own(lively_city, capsys, tmp_path):
    running = Dossier.objects.filter(version__procedure__code="1.003633", closed=False)
    before = running.count()
    table = tmp_path / "quy-trinh.xlsx"
    assert main(["procedures", "table", "1.003633", "--out", str(table)]) == 0
    rows = CalamineWorkbook.from_path(str(table)).get_sheet_by_index(0).to_python()
    rows[7][4] -= 4
    rows.insert(9, ["", "", "Rà soát pháp lý", "Trưởng phòng", 4, "", ""])
    with Workbook(str(table)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    capsys.readouterr()
    assert told(capsys, "take-table", "1.003633", str(table))["to_mend"] == []
    text = Version.objects.get(procedure__code="1.003633", number=2).source
    (tmp_path / "new.toml").write_text(text, "utf-8")
    told(capsys, "publish", str(tmp_path / "new.toml"), *BY)
    assert "ra_soat_phap_ly" in current("1.003633").declaration.flow.step
    assert running.filter(version__number=1).count() == before > 0
    between = ("1.003633", "--from", "1", "--to", "2")
    assert main(["procedures", "draft-map", *between]) == 0
    (tmp_path / "map.toml").write_text(capsys.readouterr().out, "utf-8")
    told(capsys, "publish-map", str(tmp_path / "map.toml"), *BY)
    moved = told(capsys, "migrate", *between)["moved"]
    assert running.filter(version__number=2).count() == moved > 0
    assert list(check_state()) == list(check_house()) == []


def test_a_file_that_is_no_table_is_refused(lively_city, capsys, tmp_path):
    (tmp_path / "x.xlsx").write_bytes(b"x")
    for name, code in (("x.xlsx", "procedures.not_a_table"), ("y.xlsx", "cli.table_not_read")):
        assert main(["procedures", "take-table", "1.003633", str(tmp_path / name)]) == 1
        assert code in capsys.readouterr().err


def test_a_process_goes_out_as_bpmn(lively_city, capsys, tmp_path):
    file = tmp_path / "quy-trinh.bpmn"
    words = ("bpmn", "1.003633", "--version", "1", "--language", "en", "--out", str(file))
    assert main(["procedures", *words]) == 0
    BpmnValidator().validate(etree.fromstring(file.read_bytes()))
    assert b"Appraisal" in file.read_bytes()

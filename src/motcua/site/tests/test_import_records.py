"""`motcua import WHAT FILE`: a file into registers, all of it or nothing."""

from __future__ import annotations

import json

import pytest

from motcua.core.dossiers import answers
from motcua.core.dossiers.tests.world import make_world
from motcua.core.registers.models import Record
from motcua.site.cli.main import main

FILE = """code,channel,received_on,sender,message
156-1,sms_156,2026-11-01,0912345678,"V [ABC BANK](moi vay)"
156-2,sms_156,2026-11-01,0912345679,xin chao
156-3,sms_156,2026-11-01,0912345678,DK_DNC_V
156-4,sms_156,2026-11-02,+84912345678,huy dnc v
156-5,sms_156,2026-11-02,0912345678,DK_DNC_S
"""


@pytest.fixture
def made(db):
    return make_world()


def run(path, text, *more) -> int:
    path.write_text(text, encoding="utf-8")
    return main(["import", "reports", str(path), "--agency", "H26.12", "--json", *more])


def test_a_file_of_messages_is_taken_in_whole(made, tmp_path, capsys):
    path = tmp_path / "reports.csv"
    assert run(path, FILE, "--dry-run") == 0
    assert not Record.objects.exists()
    capsys.readouterr()
    assert run(path, FILE) == 0
    told = json.loads(capsys.readouterr().out)
    assert {key: one["new"] for key, one in told.items()} == {"spam_reports": 2, "do_not_call": 1}
    [listed] = Record.objects.filter(register="do_not_call")
    assert answers.read(listed.values)["no_sms"] is True
    assert answers.read(listed.values)["no_calls"] is False


def test_a_file_with_one_wrong_row_changes_nothing(made, tmp_path, capsys):
    assert run(tmp_path / "r.csv", FILE + "156-6,fax,2026-11-02,0912345678,S [1][2]\n") == 1
    assert "registers.import_faulty" in capsys.readouterr().err
    assert not Record.objects.exists()


def test_an_import_says_what_it_needs(made, tmp_path, capsys):
    (tmp_path / "r.csv").write_text(FILE, encoding="utf-8")
    for what, code in (("sightings", "cli.option_missing"), ("dossiers", "cli.option_missing")):
        assert main(["import", what, str(tmp_path / "r.csv")]) == 1
        assert code in capsys.readouterr().err

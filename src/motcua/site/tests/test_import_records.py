"""`motcua import WHAT FILE`: a file into registers, all of it or nothing."""

from __future__ import annotations

import json

import pytest

from motcua.core.dossiers import answers
from motcua.core.dossiers.tests.world import make_world
from motcua.core.files.models import StoredFile
from motcua.core.registers.models import Record
from motcua.core.registers.tests.packs import jpeg, pack
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


SEEN = """number,kind,place,seen_on,text,photo
0912345678,advert,Cột 1,2026-10-30,Khoan cắt,a.jpg
0912345679,advert,Cột 2,2026-10-30,Khoan cắt,Anh/B.JPG
"""
SHOTS = {"a.jpg": "red", "b.jpg": "blue"}


def taken(what, *words) -> int:
    return main(["import", what, *(str(one) for one in words), "--agency", "H26.12"])


def test_photos_come_in_a_zip_file_or_lie_in_a_folder(made, tmp_path, capsys, settings):
    settings.MOTCUA_FILES = tmp_path / "files"
    photos = {name: jpeg(colour) for name, colour in SHOTS.items()}
    packed = tmp_path / "a.zip"
    packed.write_bytes(pack({"bang.csv": SEEN.encode(), **photos}).getvalue())
    assert taken("sightings", packed, "--dry-run") == 0
    assert not StoredFile.objects.exists()
    capsys.readouterr()
    assert taken("sightings", packed, "--json") == 0
    assert json.loads(capsys.readouterr().out)["sightings"]["photos"] == 2
    folder = tmp_path / "anh"
    folder.mkdir()
    table = folder / "bang.csv"
    table.write_text(SEEN, encoding="utf-8")
    assert taken("sightings", table, "--photos", folder) == 1
    assert "registers.photo_missing" in capsys.readouterr().out
    for name, body in photos.items():
        (folder / name).write_bytes(body)
    for more in (["--photos", folder], []):  # a table alone: its names are names
        assert taken("sightings", table, *more, "--json") == 0
        assert json.loads(capsys.readouterr().out)["sightings"]["same"] == 2
    assert StoredFile.objects.count() == 2
    assert taken("ported_numbers", packed) == 1
    assert "registers.photos_not_taken" in capsys.readouterr().err

"""`motcua import` and `motcua export`: what they answer, and how they say no."""

from __future__ import annotations

import csv
import gzip
import io
import json

import pytest

from motcua.core.access.models import Read
from motcua.core.dossiers.models import Dossier
from motcua.core.takeover.tests.logs import MAPPING, row, text_of
from motcua.site.cli.main import main


@pytest.fixture
def log(instance, tmp_path):
    (tmp_path / "map.toml").write_text(MAPPING)
    (tmp_path / "log.csv").write_text(text_of(row(), row(event="e2", note="")))
    return tmp_path


def take(log, *more: str) -> int:
    words = ("import", "dossiers", str(log / "log.csv"), "--mapping", str(log / "map.toml"))
    return main([*words, *more])


def test_an_import_answers_as_json(log, capsys):
    assert take(log, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["dossiers"], told["events"], told["finished"], told["refusals"]) == (1, 2, 1, [])


def test_a_dry_run_writes_nothing(log, capsys):
    assert take(log, "--dry-run", "--json") == 0
    assert json.loads(capsys.readouterr().out)["dry_run"] is True
    assert not Dossier.objects.exists()


def test_a_refusal_is_told_with_its_row_in_both_languages(log, capsys):
    (log / "log.csv").write_text(text_of(row(begun="?"), row(case="c2", event="e2")))
    assert take(log) == 1
    out = capsys.readouterr().out
    assert "2 c1 begun: [takeover.not_an_instant]" in out
    assert "không phải thời điểm" in out
    assert "is not an instant" in out


@pytest.mark.parametrize("name", ["none.toml", "log.csv.gz"])
def test_a_mapping_that_cannot_be_read(log, capsys, name):
    (log / "log.csv.gz").write_bytes(gzip.compress(b"x"))
    words = ("import", "dossiers", str(log / "log.csv"), "--mapping", str(log / name))
    assert main([*words]) == 1
    assert "takeover.mapping_not_read" in capsys.readouterr().err


def test_an_export_is_a_whole_file_or_none(log, capsys):
    take(log)
    out = log / "out.csv.gz"
    assert main(["export", "dossiers", "--format", "csv", "--source", "neighbour",
                 "--out", str(out)]) == 0  # fmt: skip
    assert gzip.decompress(out.read_bytes()).decode() == (log / "log.csv").read_text()
    wrong = ["export", "dossiers", "--format", "csv", "--source", "x", "--out", str(log / "no.csv")]
    assert main(wrong) == 1
    assert sorted(path.name for path in log.iterdir()) == ["log.csv", "map.toml", "out.csv.gz"]


def test_an_export_goes_to_the_output(log, capfdbinary):
    take(log)
    capfdbinary.readouterr()
    assert main(["export", "dossiers", "--format", "csv"]) == 0
    text = capfdbinary.readouterr().out.decode()
    assert [one["event"] for one in csv.DictReader(io.StringIO(text))] == ["e1", "e2"]


def test_an_export_is_a_line_of_the_access_log(log, capsys):
    take(log)
    assert main(["export", "dossiers", "--format", "csv"]) == 0
    assert main(["export", "dossiers", "--format", "xes", "--source", "neighbour"]) == 0
    assert main(["export", "dossiers", "--format", "xes", "--rows", "cases"]) == 1
    capsys.readouterr()
    rows = Read.objects.order_by("id").values_list("kind", "actor", "what", "count")
    assert list(rows) == [
        ("exported", "system:export", "dossiers.csv", 1),
        ("exported", "system:export", "neighbour.xes", 1),
    ]


def test_an_export_to_a_file_answers_as_json(log, capsys):
    take(log)
    capsys.readouterr()
    words = ("export", "dossiers", "--format", "csv", "--json")
    assert main([*words, "--out", str(log / "out.csv")]) == 0
    assert json.loads(capsys.readouterr().out) == {"rows": 2, "file": str(log / "out.csv")}
    assert main([*words]) == 1
    assert "takeover.json_needs_out" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["no/out.csv", "."])
def test_a_place_that_cannot_be_written_is_told(log, capsys, place):
    out = str(log / place)
    assert main(["export", "dossiers", "--format", "csv", "--out", out]) == 1
    assert "takeover.not_written" in capsys.readouterr().err

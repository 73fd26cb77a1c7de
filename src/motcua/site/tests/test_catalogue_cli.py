"""The catalogue from the command line: in, out, published, compared, counted."""

from __future__ import annotations

import json

import pytest

from motcua.core.catalogue.models import Listing
from motcua.core.catalogue.tests.samples import FACTS, NATIONAL, facts, file_of, from_memory
from motcua.core.dossiers.house import check_house
from motcua.site.cli.main import main

KEY = "1.900001"
BY = ("--by", "motcua", "--document", "12/QĐ-UBND")


@pytest.fixture
def run(lively_city, capsys):
    """Run a command of the catalogue that is to succeed, and give its JSON."""

    def told(*words):
        assert main(["catalogue", *map(str, words), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return told


@pytest.fixture
def file(tmp_path):
    def made(*rows):
        path = tmp_path / "rows.jsonl"
        path.write_text(file_of(*rows), "utf-8")
        return path

    return made


def refused(capsys, *words):
    assert main(["catalogue", *map(str, words)]) == 1
    return capsys.readouterr().err


def test_the_sample_city_has_the_catalogue(run):
    assert run("list", "buu chinh", "--drafts")["count"] > 5
    assert run("load") == {"new": 0, "changed": [], "same": 77}


def test_in_published_and_out_again(run, file, tmp_path):
    path = file(FACTS, NATIONAL)
    assert run("import", path, "--dry-run") == {"new": 2, "changed": [], "same": 0}
    assert not Listing.objects.filter(key=KEY).exists()
    assert run("import", path, "--source", "Cổng")["new"] == 2
    assert run("publish", KEY, *BY) == {"key": KEY, "edition": 1}
    assert run("list", "thu tay")["items"] == [
        {"key": KEY, "code": KEY, "name": "Cấp giấy phép chuyển thư tay", "published": True}
    ]
    out = tmp_path / "out.jsonl"
    assert main(["catalogue", "export", "--form", "national", "--out", str(out)]) == 0
    assert [json.loads(line) for line in out.read_text("utf-8").splitlines()] == [NATIONAL]
    assert run("withdraw", KEY, *BY) == {"key": KEY, "published": False}
    assert list(check_house()) == []


def test_gaps_are_shown_and_keep_it_a_draft(run, file, capsys):
    run("import", file(from_memory("fee")))
    assert [gap["where"] for gap in run("show", KEY)["gaps"]] == ["fee"]
    assert "Phí, lệ phí" in refused(capsys, "publish", KEY, *BY)


def test_editions_and_processes_are_compared(run, file):
    run("import", file(FACTS))
    run("publish", KEY, *BY)
    run("import", file(facts(result="Giấy khác")))
    assert run("compare", KEY, 1, 2)["differences"] == [
        {"where": "result › Giấy phép", "before": "Giấy phép", "after": None},
        {"where": "result › Giấy khác", "before": None, "after": "Giấy khác"},
    ]
    assert run("compare", "1.003633", 1, 1, "--process") == {"differences": []}


def test_levels_references_and_counts(run, file):
    run("import", file(FACTS))
    run("publish", KEY, *BY)
    assert run("level", KEY, "full", "--since", "2025-01-01", *BY)["level"] == "full"
    before = run("levels", "--as-of", "2020-01-01")
    assert before["3"] >= 1
    assert "part" not in before
    there = ("--run-by", "Bộ Thư tín", "--filed-at", "https://a.example", "--since", "2020-01-01")
    run("refer", KEY, *there, *BY)
    assert run("received", KEY, "2026-01", 120, *BY)["received"] == 120


@pytest.mark.parametrize(
    "words", [("show", "9.9"), ("publish", "9.9", *BY), ("import", "khong-co")]
)
def test_what_is_not_there_is_said(run, capsys, words):
    assert "[catalogue." in refused(capsys, *words)

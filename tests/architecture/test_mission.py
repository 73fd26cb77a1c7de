"""The mission page cannot lie: what it names is there, and no row of the mission is missing."""

from __future__ import annotations

import argparse
import ast
import csv
import tomllib
from collections import Counter
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import pytest

from motcua.site.cli.main import VERBS
from motcua.site.mission.addresses import addresses
from motcua.site.mission.document import document
from motcua.site.mission.reading import Standing, counts, mission, read_mission, rows
from tests.architecture.tree import ROOT, syntax

_OUTSIDE = "Z"


def missing_screens(names) -> set[str]:
    return set(names) - set(addresses())


def missing_commands(lines) -> list[str]:
    """Give the command lines that the command line does not know."""
    return [line for line in lines if not _known(line)]


def _known(line: str) -> bool:
    program, verb, *nouns = line.split()
    if program != "motcua" or verb not in VERBS:
        return False
    parser = argparse.ArgumentParser()
    import_module(VERBS[verb][0]).add(parser)
    with pytest.raises(SystemExit) as ended:
        parser.parse_args([*nouns, "--help"])
    return ended.value.code == 0


def missing_tests(names) -> list[str]:
    """Give the tests, `file::function`, that no file defines."""
    return [name for name in names if not _defined(*name.split("::"))]


def _defined(place: str, function: str) -> bool:
    path = ROOT / place
    found = path.is_file() and ast.walk(syntax(path))
    return bool(found) and any(
        isinstance(node, ast.FunctionDef) and node.name == function for node in found
    )


def test_names_of_what_is_not_there_are_seen(capsys):
    here = f"{Path(__file__).relative_to(ROOT)}::"
    assert missing_screens(["catalogue", "desk:none"]) == {"desk:none"}
    lines = ["motcua load sample", "motcua load moon", "motcua fly", "other load"]
    assert missing_commands(lines) == lines[1:]
    names = [here + "missing_tests", here + "test_none", "tests/none.py::test_none"]
    assert missing_tests(names) == names[1:]


def test_every_screen_is_there():
    assert missing_screens(name for row in rows() for name in row.screens) == set()


def test_every_command_is_there(capsys):
    assert missing_commands({name for row in rows() for name in row.commands}) == []


def test_every_test_is_there():
    assert missing_tests({name for row in rows() for name in row.tests}) == []


def test_what_is_here_has_a_test():
    assert [row.id for row in rows() if row.shown and not row.tests] == []


def test_no_row_is_told_twice_and_each_has_words_in_both_languages():
    assert [one for one, n in Counter(row.id for row in rows()).items() if n > 1] == []
    assert [row.id for row in rows() if not (row.words.vi and row.words.en)] == []


def test_what_is_declared_to_show_rows_shows_some():
    path = files("motcua.site.mission") / "mission.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    used = {name for one in table["group"] for row in one["rows"] for name in row.get("shown", ())}
    assert used == set(table["shown"])


def test_the_document_is_fresh():
    told = (ROOT / "docs" / "mission.md").read_text(encoding="utf-8")
    assert told == document(), "run `make docs`"


def test_how_far_a_row_has_come_is_derived():
    told = """
[shown.all]
tests = ["t"]
[shown.some]
tests = ["t"]
lacking = { vi = "v", en = "e" }
[units]
things = "thứ"
[terms]
base = "gốc"
[[group]]
key = "A"
vi = "v"
en = "e"
rows = [
  { id = "M1", year = 2017, figure = "3 (base 2)", unit = "things", vi = "v", en = "e" },
  { id = "M2", year = 2017, vi = "v", en = "e", shown = ["all"] },
  { id = "M3", year = 2017, vi = "v", en = "e", shown = ["all", "some"] },
]
"""
    (group,) = read_mission(told)
    assert [row.standing for row in group.rows] == ["not_yet", "here", "partly"]
    assert [group.count(one) for one in Standing] == [1, 1, 1]
    assert (group.rows[0].figure.vi, group.rows[0].unit.vi) == ("3 (gốc 2)", "thứ")


def test_the_counts_are_those_of_the_rows():
    assert counts().total() == sum(len(group.rows) for group in mission())


@pytest.fixture
def listed(reference_data) -> list[dict[str, str]]:
    """Give the rows of the list that was drawn up from the articles, the sidebar aside."""
    with (reference_data.parent / "mission.tsv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file, delimiter="\t") if row["group"][0] != _OUTSIDE]


@pytest.mark.reference
def test_every_row_of_the_mission_is_here_once_and_as_listed(listed):
    told = [
        (row.id, group.key, str(row.year), row.figure.en, row.unit.en)
        for group in mission()
        for row in group.rows
    ]
    assert told == [
        (row["id"], row["group"][0], row["year"], row["figure"], row["unit"]) for row in listed
    ]


@pytest.mark.reference
def test_no_words_of_the_articles_are_carried_over(listed):
    quoted = {row["id"]: row["quote"].casefold() for row in listed}
    assert [row.id for row in rows() if quoted[row.id] in row.words.vi.casefold()] == []

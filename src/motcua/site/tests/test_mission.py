"""The mission page and its command tell every row with how far it has come."""

from __future__ import annotations

import json

import pytest

from motcua.faces.ui.tests.pages import faults
from motcua.site.cli import main
from motcua.site.mission.reading import Standing, counts, mission, rows


@pytest.mark.django_db
def test_the_page_tells_every_row_and_the_counts(client):
    pages = [client.get(f"/nhiem-vu?nhom={group.key}") for group in mission()]
    text = "".join(page.content.decode() for page in pages)
    assert [faults(page) for page in pages if faults(page)] == []
    assert [row.id for row in rows() if row.id not in text] == []
    assert client.get("/nhiem-vu?nhom=x").status_code == 200
    told = [f"<dd>{counts()[one]}</dd>" for one in Standing]
    assert [one for one in told if one not in text] == []


@pytest.mark.django_db
def test_the_page_speaks_english(client):
    client.cookies["language"] = "en"
    text = client.get("/nhiem-vu").content.decode()
    assert "The mission, and what is done" in text
    assert "not yet" in text


def test_the_command_tells_each_row(capsys):
    assert main(["mission", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["rows"] == len(told["each"]) == sum(told[one] for one in Standing)
    assert sum(sum(group.values()) for group in told["groups"].values()) == told["rows"]
    shown = [row for row in told["each"] if row["standing"] != "not_yet"]
    assert all(row["tests"] for row in shown)


def test_the_document_comes_from_the_command(capsys):
    assert main(["mission", "--markdown"]) == 0
    assert capsys.readouterr().out.startswith("# The mission, row by row\n")

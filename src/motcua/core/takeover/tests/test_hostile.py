"""Whatever a file holds: a named refusal with its row, whole cases or none, and no more."""

from __future__ import annotations

import gzip

import pytest

from motcua.core.dossiers.models import Dossier
from motcua.core.ledger.models import Entry
from motcua.core.takeover import staging
from motcua.core.takeover.columns import (
    ColumnMissing,
    ColumnTwice,
    ColumnUnplaced,
    NoHeader,
)
from motcua.core.takeover.lines import MAX_LINE, BrokenArchive, NoFile
from motcua.core.takeover.tests.logs import HEADER, codes, row, take, take_bytes, text_of

pytestmark = pytest.mark.usefixtures("house")

GOOD = row(case="good", event="g1")
_LONG = "x" * 2001


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"begun": "yesterday"}, "not_an_instant"),
        ({"begun": ""}, "cell_missing"),
        ({"begun": "2026-03-02 09:00:00"}, "no_offset"),
        ({"begun": "0001-01-01T00:00:00+14:00"}, "instant_out_of_reach"),
        ({"limit": "9999-12-31T23:59:59-14:00"}, "instant_out_of_reach"),
        ({"when": "2026-02-30 09:00:00+07:00"}, "not_an_instant"),
        ({"when": "-"}, "cell_missing"),
        ({"event": "  "}, "cell_missing"),
        ({"what": ""}, "cell_missing"),
        ({"note": "a\0b"}, "control_sign"),
        ({"note": "a\x1bb"}, "control_sign"),
        ({"note": _LONG}, "cell_too_long"),
        ({"event": "e" * 101}, "cell_too_long"),
        ({"way": "pigeon"}, "unknown_value"),
        ({"room": "B"}, "unknown_value"),
        ({"note": "other"}, "case_contradicts"),
        ({"event": "e1"}, "event_twice"),
    ],
)
def test_a_bad_row_refuses_its_case_and_no_other(tmp_path, changes, code):
    bad = row(event="e2") | changes
    whole = {key: bad[key] for key in ("way", "room") if key in changes}
    report = take(tmp_path, row(**whole), GOOD, bad)
    assert f"takeover.{code}" in {found for _, found in codes(report)}
    assert (report.created, report.refused) == (1, 1)
    assert Dossier.objects.get().external_code == "good"
    assert Entry.objects.filter(stream__gt=0).count() == 2


def _lines(*rows: dict[str, str]) -> list[bytes]:
    return text_of(*rows).encode().splitlines(keepends=True)


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda line: line.replace(b"R1", b"\xff\xfe"), "not_utf8"),
        (lambda line: line.replace(b",R1", b""), "wrong_columns"),
        (lambda line: line.replace(b"\n", b",more\n"), "wrong_columns"),
        (lambda line: line.replace(b"R1", b'"R1"x'), "unreadable_row"),
        (lambda line: line.replace(b"R1", b"R\r1"), "unreadable_row"),
        (lambda line: line.replace(b"R1", b"x" * 200_000), "unreadable_row"),
        (lambda line: line.replace(b"R1", b"x" * (MAX_LINE + 9)), "row_too_long"),
    ],
)
def test_a_torn_line_refuses_the_case_it_names(tmp_path, damage, code):
    header, first, good, torn = _lines(row(), GOOD, row(event="e2"))
    report = take_bytes(tmp_path, header + first + damage(torn) + good)
    assert codes(report) == [(3, f"takeover.{code}")]
    assert (report.created, report.refused, report.refused_rows) == (1, 1, 1)
    assert Dossier.objects.get().external_code == "good"


def test_an_open_quote_refuses_every_case_whose_rows_it_swallowed(tmp_path):
    rows = [row(case=f"c{n}", event=f"e{n}") for n in range(4)]
    more = [row(case=f"c{n}", event=f"f{n}") for n in range(4)]
    header, *lines = _lines(*rows, *more)
    lines[2] = lines[2].replace(b"R1", b'"R1')
    lines[5] = lines[5].replace(b"R1", b'R1"')
    report = take_bytes(tmp_path, header + b"".join(lines))
    assert report.created == 0
    assert report.refused == 4
    assert not Dossier.objects.exists()


def test_a_row_without_a_case_is_refused_alone(tmp_path):
    report = take(tmp_path, row(case=""), GOOD)
    assert (report.created, report.refused, report.refused_rows) == (1, 0, 1)


def test_a_case_without_measure_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(staging, "MAX_EVENTS", 2)
    report = take(tmp_path, GOOD, *(row(event=f"e{n}") for n in range(3)))
    assert codes(report) == [(3, "takeover.too_many_events")]
    assert report.created == 1


def test_more_faults_are_counted_than_listed(tmp_path):
    report = take(tmp_path, *(row(case=f"c{n}", event="", what="") for n in range(130)))
    assert (len(report.refusals), report.refused_rows, report.refused) == (100, 130, 130)


def test_refusals_speak_both_languages(tmp_path):
    told = take(tmp_path, row(case="c\udcffé".replace("\udcff", ""), begun="x")).told()
    (one,) = told["refusals"]
    assert (one["row"], one["column"]) == (2, "begun")
    assert one["vi"] != one["en"]


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"", NoHeader),
        (b"\0\0\0\0", NoHeader),
        ("case,when".encode("utf-16"), NoHeader),
        (b"one column\n", NoHeader),
        (b'"open', NoHeader),
        (HEADER.replace(",when", "").encode(), ColumnMissing),
        (HEADER.replace(",note", ",note,note").encode(), ColumnTwice),
        (HEADER.replace(",note", ",note,extra").encode(), ColumnUnplaced),
        (gzip.compress(text_of(row()).encode())[:-12], BrokenArchive),
        (b"\x1f\x8bnot gzip at all", BrokenArchive),
        (gzip.compress(text_of(row()).encode())[:-8] + b"\0" * 8, BrokenArchive),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_whole(tmp_path, data, wrong):
    with pytest.raises(wrong):
        take_bytes(tmp_path, data)
    assert not Dossier.objects.exists()


def test_a_file_that_is_not_there(tmp_path):
    from motcua.core.takeover.lines import opened

    with pytest.raises(NoFile), opened(tmp_path / "none.csv"):
        pass


def test_a_header_alone_is_an_empty_log(tmp_path):
    report = take(tmp_path)
    assert (report.rows, report.created, report.figures.dossiers) == (0, 0, 0)


def test_a_file_beyond_the_temporary_room_is_refused_by_name(tmp_path, monkeypatch):
    small = f"PRAGMA max_page_count = 8; {staging._TABLES}"
    monkeypatch.setattr(staging, "_TABLES", small)
    with pytest.raises(staging.NoRoom):
        take(tmp_path, *(row(event=f"e{number}", note="x" * 900) for number in range(50)))
    assert not Dossier.objects.exists()

"""Killed in the middle and run again: every case once, every case whole."""

from __future__ import annotations

import json

import pytest

from motcua.core.takeover.tests.logs import row, text_of

CASES, EVENTS, UNTIL = 120, 5, 40


@pytest.mark.recovery
def test_a_killed_run_is_completed_by_the_next(child, tmp_path):
    rows = [row(case=f"c{n}", event=f"e{n}.{m}") for m in range(EVENTS) for n in range(CASES)]
    log = tmp_path / "log.csv"
    log.write_text(text_of(*rows))
    child.is_killed(str(log), after=UNTIL)
    assert list(child.temporary.iterdir()) == []  # the rows of citizens lie nowhere
    report = json.loads(child.says(str(log))[-1])
    assert UNTIL - 1 <= report["unchanged"] < CASES
    assert report["created"] + report["unchanged"] == report["dossiers"] == CASES
    assert (report["events"], report["refused"]) == (CASES * EVENTS, 0)

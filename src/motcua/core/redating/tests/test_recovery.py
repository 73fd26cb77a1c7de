"""Killed in the middle and run again: every date moves once, and the books agree."""

from __future__ import annotations

import json

import pytest

DOSSIERS, UNTIL, PAGE = 60, 5, 5


@pytest.mark.recovery
def test_a_killed_run_is_completed_by_the_next(child):
    assert child.says("make") == ["1"]
    child.is_killed("run", after=UNTIL)
    report = json.loads(child.says("run")[-1])
    assert 0 < report["moved"] <= DOSSIERS - UNTIL * PAGE
    assert report["refused"] == 0
    assert json.loads(child.says("run")[-1])["moved"] == 0
    assert json.loads(child.says("check")[-1]) == []

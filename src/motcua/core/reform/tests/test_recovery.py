"""Killed in the middle and run again: every dossier passes on once, and the books agree."""

from __future__ import annotations

import json

import pytest

from motcua.core.reform.whole import LANES

DOSSIERS, UNTIL, BATCH = 120, 45, 10


@pytest.mark.recovery
def test_a_killed_reform_is_completed_by_the_next_run(child):
    assert child.says("make") == ["1"]
    said = child.is_killed("run", after=UNTIL)
    report = json.loads(child.says("run")[-1])
    lost = report["moved"] - (DOSSIERS - said)  # said by a lane within a batch that never was whole
    assert 0 <= lost <= LANES * BATCH
    assert 0 < report["moved"] < DOSSIERS
    assert report["refused"] == 0
    assert json.loads(child.says("run")[-1])["moved"] == 0
    found, sent = (json.loads(line) for line in child.says("check"))
    assert (found, sent) == ([], [DOSSIERS, DOSSIERS])  # each applicant is told once

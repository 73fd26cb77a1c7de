"""Killed in the middle and run again: every record passes to its heir once, and the books agree."""

from __future__ import annotations

import json

import pytest

from motcua.core.reform.whole import LANES

RECORDS, UNTIL, BATCH = 120, 45, 10


@pytest.mark.recovery
def test_a_killed_reform_passes_the_rest_of_the_records_on_when_it_is_run_again(child):
    assert child.says("make") == ["1"]
    said = child.is_killed("run", after=UNTIL)
    report = json.loads(child.says("run")[-1])
    lost = report["records"] - (RECORDS - said)  # said within a batch that never was whole
    assert 0 <= lost <= LANES * BATCH
    assert 0 < report["records"] < RECORDS
    assert json.loads(child.says("run")[-1])["records"] == 0
    assert json.loads(child.says("check")[-1]) == []

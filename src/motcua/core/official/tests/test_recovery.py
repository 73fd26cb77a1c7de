"""Killed while documents are issued, and run again: 1 to N, none twice, each with its file."""

from __future__ import annotations

import json

import pytest

HOW_MANY = 24


@pytest.mark.recovery
def test_killed_clerks_leave_numbers_without_gap_or_double(child):
    child.says("make")
    child.is_killed("run", after=7)
    numbers, last, whole, issued, found = json.loads(child.says("check")[-1])
    assert numbers == list(range(1, last + 1))
    assert (whole, found) == (True, 0)
    assert 7 <= issued <= last < HOW_MANY
    child.says("run")
    numbers, last, whole, issued, found = json.loads(child.says("check")[-1])
    assert numbers == list(range(1, HOW_MANY + 1))
    assert (last, whole, issued, found) == (HOW_MANY, True, HOW_MANY, 0)

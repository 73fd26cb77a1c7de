"""Killed between its two writes, or elsewhere, a permit is issued with its site or not at all."""

from __future__ import annotations

import json

import pytest

from motcua.systems.telecom.tests.child import MASTS

pytestmark = pytest.mark.recovery


def test_no_permit_comes_out_without_its_site_whenever_the_process_dies(child):
    child.says("make")
    said = child.is_killed("issue", after=4)
    [line] = child.says("check")
    stands = json.loads(line)
    assert stands["issued"] == stands["sites"]
    assert said - 2 <= len(stands["issued"]) < MASTS
    assert stands["found"] == []
    child.says("issue")
    [line] = child.says("check")
    after = json.loads(line)
    assert after["issued"] == after["sites"]
    assert (len(after["sites"]), after["operators"], after["found"]) == (MASTS, 1, [])

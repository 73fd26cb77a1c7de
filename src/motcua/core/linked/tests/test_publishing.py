"""Parts are checked when their whole is published."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motcua.core.dossiers.tests.world import declaration
from motcua.core.linked.tests.conftest import PART, part, rule, whole
from motcua.core.procedures.checks_parts import part_faults
from motcua.core.procedures.encoding import body_of, declaration_of


def codes(told, found=None):
    return [one.code for one in part_faults(told, {PART: found or part()})]


def test_sound_parts_have_no_fault():
    assert codes(whole(rule("first"), rule("second", after="first"))) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"agency": "moon"}, "procedure.part_agency"),
        ({"procedure": "9.999999"}, "procedure.part_procedure"),
        ({"after": "first"}, "procedure.part_after"),
        ({"before": "receive"}, "procedure.part_before"),
        ({"before": "refuse"}, "procedure.part_before"),
        ({"fields": {"licence": "expires", "expires": "expires"}}, "procedure.part_field"),
        ({"fields": {"licence": "licence"}}, "procedure.part_unfilled"),
        ({"answers": {"unknown": "1"}}, "procedure.part_field"),
        ({"papers": {}}, "procedure.part_unfilled"),
        ({"papers": {"request": "report"}}, "procedure.part_unfilled"),
        ({"papers": {"request": "request", "x": "report"}}, "procedure.part_field"),
    ],
)
def test_each_fault_is_found(changes, code):
    assert codes(whole(rule("first", **changes))) == [code]


@pytest.mark.parametrize(
    "found",
    [declaration(PART), replace(part(), complaint=True), replace(part(), parts=(rule("x"),))],
)
def test_a_part_is_open_to_dossiers_no_complaint_and_whole_in_itself(found):
    assert codes(whole(rule("first")), found) == ["procedure.part_procedure"]


def test_parts_are_kept_with_the_version():
    told = whole(rule("first"))
    assert declaration_of(body_of(told)) == told

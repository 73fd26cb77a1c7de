"""What is changed behind the ledger's back is found."""

from __future__ import annotations

import pytest

from motcua.core.registers.models import Record, RecordVersion
from motcua.core.registers.reconcile import check_records
from motcua.core.registers.tests.test_acts import change


@pytest.fixture
def two(kept):
    done = kept.site("HN-1", height=3, keeper_number="001190000345")
    change(kept, done, height=4)
    kept.site("HN-2")
    return kept


def codes() -> list[str]:
    return [one.code for one in check_records()]


def test_what_the_acts_wrote_agrees(two):
    assert codes() == []


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({"since": "2020-01-01"}, "state.record_version"),
        ({"reason": "Khác"}, "state.record_version"),
        ({"geometry": ""}, "state.record_version"),
        ({"values": "{}"}, "state.record_version"),
        ({"actor": "officer:99"}, "state.record_version"),
    ],
)
def test_a_changed_version_is_found(two, told, found):
    RecordVersion.objects.filter(pk=RecordVersion.objects.earliest("pk").pk).update(**told)
    assert codes() == [found]


@pytest.mark.parametrize(
    "told",
    [
        {"values": "{}"},
        {"retired": True},
        {"number": 9},
        {"metres": 5.0},
        {"west": 0},
        {"north": None},
    ],
)
def test_a_changed_record_is_found(two, told):
    Record.objects.filter(natural="hn 1").update(**told)
    assert codes() == ["state.record"]


def test_a_removed_version_is_found(two):
    RecordVersion.objects.earliest("pk").delete()
    assert codes() == ["state.record_version"]

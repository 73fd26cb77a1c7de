"""A mapping is read whole, and everything wrong with it is told at once."""

from __future__ import annotations

import pytest

from motcua.core.takeover.mapping import UnreadableMapping, read_mapping
from motcua.core.takeover.tests.logs import MAPPING


def test_a_mapping_is_read():
    mapping = read_mapping(MAPPING)
    assert (mapping.source, mapping.delimiter, mapping.quote) == ("neighbour", ",", '"')
    assert mapping.case["deadline"] == "limit"
    assert mapping.agencies["NB.A"].parent == "NB"


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('source = "neighbour"', 'source = "Bad Name"', "source"),
        ('outcome = "granted"', 'outcome = "wonderful"', "procedure.outcome"),
        ('start = "begun"', "", "case.start"),
        ('id = "event"', "", "event.id"),
        ('what"', 'what"\nwhatever = 1', "event.whatever"),
        ("[file]", '[file]\ndelimiter = ",,"', "file.delimiter"),
        ("[file]", "[file]\nquote = ','", "file.quote"),
        ("[file]", "[file]\ntime_zone = 'Nowhere/None'", "file.time_zone"),
        ("[file]", "[file]\ntime = '%Y %Y'", "file.time"),
        ("[file]", "[file]\ntime = '%'", "file.time"),
        ('resource = "who"', 'resource = "what"', "case"),
        ('A = "NB.A"', "A = 1", "departments"),
        ('desk = "counter"', 'desk = "a-very-long-channel"', "channels"),
        ('[agencies."NB"]', '[agencies."no code"]', "agencies.no code"),
        ('channel = "way"', "", "channel"),
        ("format = 1", "format = 2", "format"),
        ("format = 1", "format = ", "file"),
    ],
)
def test_a_fault_is_told_with_its_place(old, new, where):
    with pytest.raises(UnreadableMapping) as told:
        read_mapping(MAPPING.replace(old, new, 1))
    assert where in [fault.where for fault in told.value.faults]


def test_all_faults_are_told_at_once():
    wrong = MAPPING.replace('start = "begun"', "").replace('short_name = "A"', "")
    with pytest.raises(UnreadableMapping) as told:
        read_mapping(wrong)
    assert {fault.where for fault in told.value.faults} == {
        "case.start",
        "agencies.NB.A.short_name",
    }


def test_a_tab_may_part_the_columns():
    assert read_mapping(MAPPING.replace("[file]", '[file]\ndelimiter = "\\t"')).delimiter == "\t"

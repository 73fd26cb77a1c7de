"""Real event logs go in and come out attribute for attribute."""

from __future__ import annotations

import io

import pytest

from motcua.core.exports.giving import Format, give_back
from motcua.core.exports.tests.test_formats import attributes
from motcua.core.takeover.tests.logs import SOURCE, take_bytes
from motcua.core.takeover.tests.xes import XES_MAPPING

pytestmark = [pytest.mark.reference, pytest.mark.usefixtures("house")]


@pytest.mark.parametrize(
    ("name", "cases", "events"),
    [("running-example.xes", 6, 42), ("roadtraffic100traces.xes", 100, 390)],
)
def test_a_real_log_comes_back(reference_data, tmp_path, name, cases, events):
    data = (reference_data / "process-logs" / name).read_bytes()
    report = take_bytes(tmp_path, data, mapping=XES_MAPPING)
    assert (report.created, report.rows, report.refused) == (cases, events, 0)
    out = io.BytesIO()
    assert give_back(out, Format.XES, SOURCE) == events
    assert by_name(out.getvalue()) == by_name(data)
    assert take_bytes(tmp_path, out.getvalue(), mapping=XES_MAPPING).unchanged == cases


def by_name(data: bytes):
    return sorted(attributes(data), key=lambda trace: trace[0]["concept:name"])

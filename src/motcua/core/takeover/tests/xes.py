"""Small event logs, written by hand, and their mapping."""

from __future__ import annotations

from motcua.core.takeover.tests.logs import MAPPING

XES_MAPPING = (
    MAPPING[: MAPPING.index("[file]")]
    + MAPPING[MAPPING.index("[procedure]") : MAPPING.index("[case]")]
    + """
[case]
id = "case:concept:name"
start = "case:motcua:first"
end = "case:motcua:last"
keep = ["case:*"]

[event]
id = "motcua:event"
name = "concept:name"
time = "time:timestamp"
resource = "org:resource"
keep = ["*"]
"""
    + MAPPING[MAPPING.index("[channels]") :]
).replace('system = "one_stop"', 'system = "one_stop"\nchannel = "online"\ndepartment = "NB.A"')

EVENT = """<event><string key="concept:name" value="ask"/><string key="org:resource" value="Bé"/>
<date key="time:timestamp" value="2026-03-02T09:00:00.000+07:00"/><int key="cost" value="5"/>
</event>
"""
LATER = EVENT.replace("02T", "03T").replace("ask", "answer &amp; end").replace('"5"', '"7"')


def trace(name: str = "c1", *events: str, more: str = "") -> str:
    """Write a trace."""
    told = "".join(events or (EVENT, LATER))
    return f'<trace><string key="concept:name" value="{name}"/>{more}{told}</trace>\n'


def log(*traces: str, head: str = "") -> bytes:
    """Write a log."""
    begin = '<?xml version="1.0" encoding="UTF-8"?>\n'
    told = "".join(traces or (trace(),))
    return f'{begin}{head}<log xmlns="http://www.xes-standard.org/">\n{told}</log>\n'.encode()

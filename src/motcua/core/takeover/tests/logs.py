"""A made-up neighbour's log and its mapping, for the tests of this folder."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path

from motcua.core.access.actors import house
from motcua.core.takeover.actions import Report, take_over
from motcua.core.takeover.mapping import read_mapping

NOW = datetime.datetime(2026, 11, 2, 2, 0, tzinfo=datetime.UTC)
ACTOR = house("import")
SOURCE = "neighbour"
HEADER = "case,way,room,begun,closed,plan,limit,note,event,what,how,who,when"
MAPPING = """
format = 1
source = "neighbour"
system = "one_stop"
name = { vi = "Hàng xóm", en = "Neighbour" }

[file]
empty = ["-"]

[procedure]
code = "import.neighbour"
name = { vi = "Hồ sơ của hàng xóm", en = "A neighbour's dossiers" }
short = { vi = "Hồ sơ hàng xóm", en = "Neighbour's dossier" }
legal_basis = ["Quyết định 1"]
post = "specialist"
outcome = "granted"

[case]
id = "case"
start = "begun"
end = "closed"
planned = "plan"
deadline = "limit"
channel = "way"
department = "room"
keep = ["note"]

[event]
id = "event"
name = "what"
time = "when"
transition = "how"
resource = "who"

[channels]
web = "online"
desk = "counter"

[departments]
A = "NB.A"

[agencies."NB"]
name = { vi = "Hàng xóm", en = "Neighbour" }
short_name = "NB"
tier = "city"

[agencies."NB.A"]
name = { vi = "Phòng A", en = "Room A" }
short_name = "A"
tier = "unit"
parent = "NB"
"""
ROW = {
    "case": "c1",
    "way": "web",
    "room": "A",
    "begun": "2026-03-02 09:00:00+07:00",
    "closed": "2026-03-05 09:00:00+07:00",
    "plan": "2026-03-06 09:00:00+07:00",
    "limit": "2026-03-09 09:00:00+07:00",
    "note": "",
    "event": "e1",
    "what": "Receive",
    "how": "complete",
    "who": "R1",
    "when": "2026-03-02 09:00:01+07:00",
}


def row(**changes: str) -> dict[str, str]:
    """Give a row of the log with some cells changed."""
    return {**ROW, **changes}


def text_of(*rows: dict[str, str], quoting: int = csv.QUOTE_MINIMAL) -> str:
    """Write rows as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER.split(","), lineterminator="\n", quoting=quoting)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def take(
    folder: Path, *rows: dict[str, str], mapping: str = MAPPING, dry_run: bool = False
) -> Report:
    """Take a log over."""
    return take_bytes(folder, text_of(*rows).encode(), mapping=mapping, dry_run=dry_run)


def take_bytes(
    folder: Path, data: bytes, *, mapping: str = MAPPING, dry_run: bool = False
) -> Report:
    """Take a file over, whatever its bytes."""
    path = folder / "log.csv"
    path.write_bytes(data)
    read = read_mapping(mapping)
    return take_over(actor=ACTOR, at=NOW, path=path, mapping=read, dry_run=dry_run)


def codes(report: Report) -> list[tuple[int, str]]:
    """Give row and code of each refusal."""
    return [(one.line, one.code) for one in report.refusals]

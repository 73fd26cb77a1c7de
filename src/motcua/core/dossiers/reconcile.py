"""Does the present agree with the ledger? Each row is compared with what its entries left behind.

`motcua ledger verify --state` runs this: it finds a row that somebody changed, removed or added
behind the acts' back, even where every chain and seal is whole. Reads page by page.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from motcua.core.dossiers.expected import (
    FACT_COLUMNS,
    IDENTITY_COLUMNS,
    identity,
    stretch_of,
    stretches,
)
from motcua.core.dossiers.rights import explained
from motcua.core.dossiers.situation import ROW_COLUMNS, Snapshot, snapshot_of
from motcua.core.dossiers.store import told_work
from motcua.core.ledger.commitments import commitment
from motcua.core.ledger.findings import Finding
from motcua.core.people.models import Party
from motcua.core.people.numbers import NumberUnreadable
from motcua.core.people.parties import as_stated
from motcua.core.places import places
from motcua.core.procedures.fields import indexed
from motcua.core.procedures.queries import declared
from motcua.core.sql import Row, Sql, Tx, reading, still

_PAGE = 500
_BEFORE_ALL = -(2**63)
_OWN = len(ROW_COLUMNS.split(","))
_ROWS = Sql(
    f"SELECT {ROW_COLUMNS}, fields, {IDENTITY_COLUMNS} FROM dossiers_dossier"
    " WHERE id > %s ORDER BY id LIMIT %s"
)
_BETWEEN = "dossier_id BETWEEN %s AND %s"
_PLACES = "id BETWEEN %s AND %s"
_WORK = Sql(
    "SELECT dossier_id, id, step, leg, agency_id, post, officer_id, began_at, due_at"
    f" FROM dossiers_workitem WHERE {_PLACES} AND ended_at IS NULL ORDER BY id"
)
_ENTRIES = Sql(f"SELECT stream, seq, body, hash FROM ledger_entry WHERE {_PLACES} ORDER BY id")
_REMARKS = Sql(f"SELECT dossier_id, seq, text, salt FROM dossiers_remark WHERE {_BETWEEN}")
_EVIDENCE = Sql(
    "SELECT e.dossier_id, e.seq, e.component, e.originals, e.copies, f.sha256"
    f" FROM files_evidence e LEFT JOIN files_storedfile f ON f.id = e.file_id WHERE e.{_BETWEEN}"
)
_PAPERS = Sql(
    "SELECT p.dossier_id, p.made_seq, f.sha256 FROM dossiers_paper p"
    f" JOIN files_storedfile f ON f.id = p.file_id WHERE p.{_BETWEEN}"
)
_FACTS = Sql(f"SELECT dossier_id, {FACT_COLUMNS} FROM facts_fact WHERE {_PLACES} ORDER BY id")
_INDEXED = Sql(
    f"SELECT dossier_id, key, text, number, day FROM dossiers_indexedfield WHERE {_BETWEEN}"
)
_SCOPES = Sql(
    f"SELECT dossier_id, scope FROM access_scoperow WHERE {_BETWEEN} AND until_at IS NULL"
)
_ORPHANS = Sql(
    "SELECT DISTINCT stream FROM ledger_entry e WHERE stream <> 0 AND seq = 1 AND NOT EXISTS"
    " (SELECT 1 FROM dossiers_dossier d WHERE d.id = e.stream)"
)

_SAID = {
    "state.dossier_removed": (
        "Hồ sơ có trong sổ cái nhưng không còn trong bảng.",
        "The ledger has a dossier that its table lacks.",
    ),
    "state.dossier_unknown": (
        "Hồ sơ có trong bảng nhưng sổ cái không có bút toán nào.",
        "The table has a dossier of which the ledger knows nothing.",
    ),
    "state.behind": (
        "Hồ sơ ghi bút toán số {row}, sổ cái kết thúc ở số {entry}.",
        "The dossier stands at entry {row}, its ledger ends at {entry}.",
    ),
    "state.differs": (
        "{what} khác với trạng thái mà bút toán cuối để lại.",
        "{what} differs from what the last entry left behind.",
    ),
    "state.unreadable": (
        "Dữ liệu của hồ sơ không đọc được: đã bị sửa ngoài hệ thống.",
        "The rows of the dossier cannot be read: they were changed from outside.",
    ),
    "state.uncommitted": (
        "{what} không khớp cam kết trong sổ cái.",
        "{what} does not match its commitment in the ledger.",
    ),
}


@dataclass(slots=True)
class _Page:
    """Everything that hangs on the dossiers of one page, by dossier."""

    work: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    entries: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    remarks: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    evidence: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    papers: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    facts: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    indexed: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    scopes: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    parties: dict[int, Party] = field(default_factory=dict)


def check_state() -> Iterator[Finding]:
    """Give every disagreement between the rows of dossiers and the ledger."""
    after = _BEFORE_ALL
    while (found := _next(after)) is not None:
        rows, page = found
        for row in rows:
            yield from _checked(row, page)
        after = rows[-1][0]
    for (stream,) in reading().all(_ORPHANS):
        yield _finding("state.dossier_removed", stream)


def _next(after: int) -> tuple[list[Row], _Page] | None:
    """Read a page as it stood at one moment: acts go on while the whole is checked."""
    with still() as tx:
        rows = tx.all(_ROWS, after, _PAGE)
        return (rows, _page(tx, rows)) if rows else None


def _checked(row: Row, page: _Page) -> Iterator[Finding]:
    """Check a row; one that was changed into something unreadable is a finding too."""
    try:
        yield from _check(row, page)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError):
        yield _finding("state.unreadable", row[0])


def _page(tx: Tx, rows: list[Row]) -> _Page:
    first, last = rows[0][0], rows[-1][0]
    page = _Page()
    by_place, by_dossier = (places(first)[0], places(last)[1]), (first, last)
    for into, sql, between in (
        (page.work, _WORK, by_place),
        (page.entries, _ENTRIES, by_place),
        (page.facts, _FACTS, by_place),
        (page.remarks, _REMARKS, by_dossier),
        (page.evidence, _EVIDENCE, by_dossier),
        (page.papers, _PAPERS, by_dossier),
        (page.indexed, _INDEXED, by_dossier),
        (page.scopes, _SCOPES, by_dossier),
    ):
        for row in tx.all(sql, *between):
            into[row[0]].append(row)
    page.parties = Party.objects.in_bulk([row[6] for row in rows if row[6] is not None])
    return page


def _check(row: Row, page: _Page) -> Iterator[Finding]:
    snapshot = snapshot_of(row[:_OWN], [item[1:] for item in page.work[row[0]]])
    entries = page.entries[snapshot.id]
    if not entries:
        yield _finding("state.dossier_unknown", snapshot.id)
        return
    bodies = [json.loads(entry[2]) for entry in entries]
    yield from _check_head(snapshot, entries[-1])
    yield from _check_after(snapshot, bodies[-1])
    yield from _check_committed(snapshot, bodies, row[_OWN:], page)
    yield from _check_papers(snapshot, bodies, page)
    yield from _check_facts(snapshot, bodies, page)
    yield from _check_indexed(snapshot, json.loads(row[_OWN]), page)
    if {scope for _, scope in page.scopes[snapshot.id]} != explained(snapshot, bodies):
        yield _finding("state.differs", snapshot.id, what="rights")


def _check_head(snapshot: Snapshot, last: Row) -> Iterator[Finding]:
    if snapshot.seq != last[1] or snapshot.head != bytes(last[3]):
        yield _finding("state.behind", snapshot.id, row=snapshot.seq, entry=last[1])


def _check_after(snapshot: Snapshot, body: dict[str, Any]) -> Iterator[Finding]:
    after: dict[str, Any] = body["data"]["after"]
    now = {**snapshot.now.told(), "work": told_work(snapshot.items)}
    now["revision"] = snapshot.revision
    now = json.loads(json.dumps(now))
    for what in sorted(after.keys() | now.keys()):
        if after.get(what) != now.get(what):
            yield _finding("state.differs", snapshot.id, what=what)


def _check_committed(
    snapshot: Snapshot, bodies: list[dict[str, Any]], row: Row, page: _Page
) -> Iterator[Finding]:
    latest: dict[str, str] = {}
    remarks: set[tuple[int, str]] = set()
    for body in bodies:
        bound = dict(zip(body["data"].get("binds", ()), body["commitments"], strict=True))
        if "remark" in bound:
            remarks.add((body["seq"], bound.pop("remark")))
        latest.update(bound)
    now = {
        "fields": commitment(snapshot.salt, json.loads(row[0])),
        "identity": commitment(snapshot.salt, identity(row[1:])),
        "applicant": _applicant(snapshot, page),
    }
    for what, committed in latest.items():
        if now.get(what) != committed:
            yield _finding("state.uncommitted", snapshot.id, what=what)
    kept = {(row[1], commitment(bytes(row[3]), row[2])) for row in page.remarks[snapshot.id]}
    if kept != remarks:
        yield _finding("state.uncommitted", snapshot.id, what="remarks")


def _applicant(snapshot: Snapshot, page: _Page) -> str | None:
    party = page.parties.get(snapshot.applicant_id or 0)
    try:
        return commitment(snapshot.salt, as_stated(party)) if party else None
    except NumberUnreadable:
        return None


def _check_papers(
    snapshot: Snapshot, bodies: list[dict[str, Any]], page: _Page
) -> Iterator[Finding]:
    """Evidence in and papers out: exactly those, with exactly those bytes, that entries name."""
    told: Counter[tuple[object, ...]] = Counter()
    files: Counter[tuple[int, str]] = Counter()
    for body in bodies:
        told.update((body["seq"], *one) for one in body["data"].get("evidence", ()))
        files.update((body["seq"], sha256) for sha256 in body["files"])
    rows = page.evidence[snapshot.id]
    kept_files = Counter((row[1], row[5]) for row in rows if row[5])
    kept_files.update((row[1], row[2]) for row in page.papers[snapshot.id])
    if Counter(tuple(row[1:5]) for row in rows) != told or kept_files != files:
        yield _finding("state.differs", snapshot.id, what="papers")


def _check_facts(
    snapshot: Snapshot, bodies: list[dict[str, Any]], page: _Page
) -> Iterator[Finding]:
    """Every stretch, with both its times; of a dossier taken over, the one that lasts."""
    facts = [stretch_of(row[1:]) for row in page.facts[snapshot.id]]
    now = snapshot.now
    situation = (now.state, now.step, now.holding_agency_id, now.outcome)
    lasting = [fact[: len(situation)] for fact in facts if fact[-1] is None]
    if lasting != [situation] or (snapshot.origin != "imported" and facts != stretches(bodies)):
        yield _finding("state.differs", snapshot.id, what="fact")


def _check_indexed(snapshot: Snapshot, values: dict[str, Any], page: _Page) -> Iterator[Finding]:
    told = {
        (one.key, one.text, one.number, one.day)
        for one in indexed(declared(snapshot.version_id), values)
    }
    kept = {_indexed(row) for row in page.indexed[snapshot.id]}
    if snapshot.origin != "imported" and kept != told:
        yield _finding("state.differs", snapshot.id, what="indexed fields")


def _indexed(row: Row) -> tuple[object, ...]:
    day = row[4]
    number = None if row[3] is None else int(row[3])
    return (row[1], row[2], number, date.fromisoformat(day) if isinstance(day, str) else day)


def _finding(code: str, stream: int, **details: object) -> Finding:
    vi, en = _SAID[code]
    return Finding(code, vi.format(**details), en.format(**details), stream)

"""Does the present agree with the ledger? Each row is compared with what its entries left behind.

`motcua ledger verify --state` runs this: it finds a row that somebody changed, removed or added
behind the acts' back, even where every chain and seal is whole. Reads page by page.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from motcua.core.dossiers import answers, ties
from motcua.core.dossiers.erased import ERASE, left_over
from motcua.core.dossiers.expected import identity, segment_of, segments, stretch_of, stretches
from motcua.core.dossiers.gathering import OWN, Page, page_after
from motcua.core.dossiers.history import ENDED_AT, ITEM, work_of, work_told
from motcua.core.dossiers.redated import Dated, by_entry, patched
from motcua.core.dossiers.rights import explained
from motcua.core.dossiers.situation import Snapshot, snapshot_of
from motcua.core.dossiers.store import told_work
from motcua.core.ledger.commitments import commitment
from motcua.core.ledger.findings import Finding
from motcua.core.people.numbers import NumberUnreadable
from motcua.core.people.parties import as_stated
from motcua.core.places import RECORDS, place
from motcua.core.procedures.fields import indexed
from motcua.core.procedures.queries import declared
from motcua.core.sql import Row, Sql, instant, reading
from motcua.kernel.errors import Refused
from motcua.kernel.flow.definition import Definition

_BEFORE_ALL = -(2**63)
_ORPHANS = Sql(
    "SELECT DISTINCT stream FROM ledger_entry e WHERE stream <> 0 AND seq = 1"
    f" AND stream < {RECORDS} AND NOT EXISTS"
    " (SELECT 1 FROM dossiers_dossier d WHERE d.id = e.stream)"
)
# Rows of nobody, or in another dossier's place: no page of a dossier would show them, lists would.
_NOBODYS = "NOT EXISTS (SELECT 1 FROM dossiers_dossier d WHERE d.id = t.dossier_id)"
_STRAYS = {
    table: Sql(f"SELECT {key}, dossier_id FROM {table} t WHERE {where} ORDER BY 2, 1 LIMIT 1000")
    for table, key, where in (
        ("dossiers_workitem", "id", "id >> 24 <> dossier_id"),
        ("facts_fact", "id", f"id >> 24 <> dossier_id OR {_NOBODYS}"),
        ("access_scoperow", "scope", _NOBODYS),
        ("files_evidence", "id", _NOBODYS),
    )
}

_SAID = {
    "state.dossier_removed": (
        "Hồ sơ có trong sổ cái nhưng không còn trong bảng.",
        "The ledger has a dossier that its table lacks.",
    ),
    "state.dossier_unknown": (
        "Hồ sơ có trong bảng nhưng sổ cái không có bút toán nào.",
        "The table has a dossier of which the ledger knows nothing.",
    ),
    "state.stray": (
        "Dòng {row} của bảng {table} không thuộc hồ sơ nào đang có, hoặc nằm sai chỗ.",
        "Row {row} of {table} belongs to no dossier there is, or lies in another's place.",
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
    "state.not_erased": (
        "{what} của hồ sơ đã xóa nội dung khác với những gì lần xóa để lại.",
        "{what} of an erased dossier differs from what its erasure left.",
    ),
    "state.uncommitted": (
        "{what} không khớp cam kết trong sổ cái.",
        "{what} does not match its commitment in the ledger.",
    ),
}


def check_state() -> Iterator[Finding]:
    """Give every disagreement between the rows of dossiers and the ledger."""
    after = _BEFORE_ALL
    while (found := page_after(after)) is not None:
        rows, page = found
        for row in rows:
            yield from _checked(row, page)
        after = rows[-1][0]
    for (stream,) in reading().all(_ORPHANS):
        yield _finding("state.dossier_removed", stream)
    for table, sql in _STRAYS.items():
        for row_id, dossier in reading().all(sql):
            yield _finding("state.stray", dossier, row=row_id, table=table)


def _checked(row: Row, page: Page) -> Iterator[Finding]:
    """Check a row; one that was changed into something unreadable is a finding too."""
    try:
        yield from _check(row, page)
    except (Refused, ValueError, LookupError, TypeError, AttributeError, AssertionError):
        yield _finding("state.unreadable", row[0])


def _check(row: Row, page: Page) -> Iterator[Finding]:
    work = [item[1:] for item in page.work[row[0]]]
    snapshot = snapshot_of(row[:OWN], [item[:ITEM] for item in work if item[ENDED_AT] is None])
    entries = page.entries[snapshot.id]
    if not entries:
        yield _finding("state.dossier_unknown", snapshot.id)
        return
    bodies = [json.loads(entry[2]) for entry in entries]
    yield from _check_head(snapshot, entries[-1])
    dates = page.redated.get(snapshot.id, [])
    dated = by_entry(dates)
    if [one.id for one in dates] != [place(snapshot.id, n + 1) for n in range(snapshot.redated)]:
        yield _finding("state.differs", snapshot.id, what="redated")
    now = patched(bodies, dated)
    yield from _check_after(snapshot, now[-1])
    erased = any(body["act"] == ERASE for body in bodies)
    if erased:
        for what in left_over(snapshot, bodies, row[OWN:], page):
            yield _finding("state.not_erased", snapshot.id, what=what)
    else:
        yield from _check_committed(snapshot, bodies, row[OWN:], page)
        yield from _check_indexed(snapshot, answers.read(row[OWN]), page)
    yield from _check_papers(snapshot, bodies, page, erased=erased)
    yield from _check_facts(snapshot, bodies, page, dated)
    kept = {one[0]: work_of(one) for one in work}
    if kept != work_told(kept, now, flow_of):
        yield _finding("state.differs", snapshot.id, what="work")
    if [segment_of(one[1:]) for one in page.clock[snapshot.id]] != segments(bodies):
        yield _finding("state.differs", snapshot.id, what="clock")
    yield from _check_rights(snapshot, bodies, page)
    yield from _check_tie(snapshot, bodies, page, erased=erased)


def flow_of(version_id: int) -> Definition:
    """Give the flow of a version."""
    return declared(version_id).flow


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
    snapshot: Snapshot, bodies: list[dict[str, Any]], row: Row, page: Page
) -> Iterator[Finding]:
    latest: dict[str, str] = {}
    remarks: set[tuple[object, ...]] = set()
    for body in bodies:
        bound = dict(zip(body["data"].get("binds", ()), body["commitments"], strict=True))
        if "remark" in bound:
            remarks.add((body["seq"], body["act"], bound.pop("remark")))
        # A name with a dot belongs to the app before it, whose own check knows its values.
        latest.update((name, by) for name, by in bound.items() if "." not in name)
    now = {
        "fields": commitment(snapshot.salt, answers.read(row[0])),
        "identity": commitment(snapshot.salt, identity(row[1:])),
        "applicant": _applicant(snapshot, page),
    }
    for what, committed in latest.items():
        if now.get(what) != committed:
            yield _finding("state.uncommitted", snapshot.id, what=what)
    kept = {
        (seq, kind, commitment(bytes(salt), text))
        for _, seq, kind, text, salt in page.remarks[snapshot.id]
    }
    if kept != remarks:
        yield _finding("state.uncommitted", snapshot.id, what="remarks")


def _applicant(snapshot: Snapshot, page: Page) -> str | None:
    party = page.parties.get(snapshot.applicant_id or 0)
    try:
        return commitment(snapshot.salt, as_stated(party)) if party else None
    except NumberUnreadable:
        return None


def _check_papers(
    snapshot: Snapshot, bodies: list[dict[str, Any]], page: Page, *, erased: bool
) -> Iterator[Finding]:
    """Evidence in and papers out: exactly those, with exactly those bytes, that entries name.

    An erased dossier keeps their count and has none of the bytes.
    """
    told: Counter[tuple[object, ...]] = Counter()
    for body in bodies:
        seq, data = body["seq"], body["data"]
        told.update((seq, *one) for one in data.get("evidence", ()))
        told.update(("asked", seq, letter) for letter in data.get("letters", ()))
        if not erased:
            told.update((seq, data.get("letter"), sha256) for sha256 in body["files"])
    kept: Counter[tuple[object, ...]] = Counter()
    for _, seq, *sheets, sha256 in page.evidence[snapshot.id]:
        kept.update([(seq, *sheets), *([(seq, None, sha256)] if sha256 else ())])
    declares = {rule.key for rule in declared(snapshot.version_id).letters}
    for _, seq, letter, made, sha256 in page.papers[snapshot.id]:
        if letter in declares:  # an officer asks for the control slip without an act
            kept["asked", seq, letter] += 1
        kept.update([(made, letter, sha256)] if sha256 else ())
    if kept != told:
        yield _finding("state.differs", snapshot.id, what="papers")


def _check_facts(
    snapshot: Snapshot, bodies: list[dict[str, Any]], page: Page, dated: Dated
) -> Iterator[Finding]:
    """Every stretch, with both its times; of a dossier taken over, the one that lasts."""
    facts = [stretch_of(row[1:]) for row in page.facts[snapshot.id]]
    now = snapshot.now
    officer = snapshot.main.officer_id if snapshot.main else None
    procedure, receiving = snapshot.procedure_id, snapshot.receiving_agency_id
    fixed = (procedure, receiving, snapshot.channel, snapshot.origin)
    situation = (now.state, now.step, now.holding_agency_id, now.outcome, officer, *fixed)
    lasting = [fact[: len(situation)] for fact in facts if fact[-1] is None]
    taken_over = snapshot.origin == "imported"
    if lasting != [situation] or not (taken_over or facts == stretches(bodies, fixed, dated)):
        yield _finding("state.differs", snapshot.id, what="fact")


def _check_rights(
    snapshot: Snapshot, bodies: list[dict[str, Any]], page: Page
) -> Iterator[Finding]:
    """Who may read it, and by what lists order it."""
    ordered = (not snapshot.now.closed, snapshot.now.pressing_at)
    rights = {(row[1], bool(row[2]), instant(row[3])) for row in page.scopes[snapshot.id]}
    if rights != {(scope, *ordered) for scope in explained(snapshot, bodies)}:
        yield _finding("state.differs", snapshot.id, what="rights")


def _check_tie(
    snapshot: Snapshot, bodies: list[dict[str, Any]], page: Page, *, erased: bool
) -> Iterator[Finding]:
    """On what it hangs and who has no hand in it; nobody is kept from an erased party any more."""
    tied = next(([*row[1:]] for row in page.ties[snapshot.id]), None)
    recused = sorted(row[1] for row in page.recused[snapshot.id])
    told, kept_away = ties.explained(bodies)
    if tied != told or recused != ([] if erased else kept_away):
        yield _finding("state.differs", snapshot.id, what="tie")


def _check_indexed(snapshot: Snapshot, values: dict[str, Any], page: Page) -> Iterator[Finding]:
    told = {
        (one.key, one.text, one.number, one.day)
        for one in indexed(declared(snapshot.version_id), values)
    }
    kept = {_indexed(row) for row in page.indexed[snapshot.id]}
    if kept != told:
        yield _finding("state.differs", snapshot.id, what="indexed fields")


def _indexed(row: Row) -> tuple[object, ...]:
    day = row[4]
    number = None if row[3] is None else int(row[3])
    return (row[1], row[2], number, date.fromisoformat(day) if isinstance(day, str) else day)


def _finding(code: str, stream: int, **details: object) -> Finding:
    vi, en = _SAID[code]
    return Finding(code, vi.format(**details), en.format(**details), stream)

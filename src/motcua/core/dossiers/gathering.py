"""What a check of the present compares, page by page: dossiers and all that hangs on them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from motcua.core.dossiers.expected import FACT_COLUMNS, IDENTITY_COLUMNS
from motcua.core.dossiers.history import WORK_COLUMNS
from motcua.core.dossiers.redated import COLUMNS as REDATED_COLUMNS
from motcua.core.dossiers.redated import NewDates
from motcua.core.dossiers.redated import read as read_redated
from motcua.core.dossiers.situation import ROW_COLUMNS
from motcua.core.people.models import Party
from motcua.core.places import places
from motcua.core.sql import Row, Sql, Tx, still

_PAGE = 500
OWN = len(ROW_COLUMNS.split(","))
_ROWS = Sql(
    f"SELECT {ROW_COLUMNS}, fields, {IDENTITY_COLUMNS} FROM dossiers_dossier"
    " WHERE id > %s ORDER BY id LIMIT %s"
)
_BETWEEN = "dossier_id BETWEEN %s AND %s"
_PLACES = "id BETWEEN %s AND %s"
_WORK = Sql(f"SELECT dossier_id, {WORK_COLUMNS} FROM dossiers_workitem WHERE {_PLACES} ORDER BY id")
# The id of a segment is its place: whose it is stands in its upper bits.
_CLOCK = Sql(
    "SELECT id >> 24, kind, calendar, began_at, ended_at, anew FROM clock_clocksegment"
    f" WHERE {_PLACES} ORDER BY id"
)
_ENTRIES = Sql(f"SELECT stream, seq, body, hash FROM ledger_entry WHERE {_PLACES} ORDER BY id")
_REMARKS = Sql(f"SELECT dossier_id, seq, kind, text, salt FROM dossiers_remark WHERE {_BETWEEN}")
_EVIDENCE = Sql(
    "SELECT e.dossier_id, e.seq, e.component, e.originals, e.copies, f.sha256"
    f" FROM files_evidence e LEFT JOIN files_storedfile f ON f.id = e.file_id WHERE e.{_BETWEEN}"
)
_PAPERS = Sql(
    "SELECT p.dossier_id, p.seq, p.letter, p.made_seq, f.sha256 FROM dossiers_paper p"
    f" LEFT JOIN files_storedfile f ON f.id = p.file_id WHERE p.{_BETWEEN}"
)
_FACTS = Sql(f"SELECT dossier_id, {FACT_COLUMNS} FROM facts_fact WHERE {_PLACES} ORDER BY id")
_INDEXED = Sql(
    f"SELECT dossier_id, key, text, number, day FROM dossiers_indexedfield WHERE {_BETWEEN}"
)
_SCOPES = Sql(
    "SELECT dossier_id, scope, is_open, due_at FROM access_scoperow"
    f" WHERE {_BETWEEN} AND until_at IS NULL"
)
_REDATED = Sql(f"SELECT {REDATED_COLUMNS} FROM clock_redated WHERE {_PLACES} ORDER BY id")
_TIES = Sql(f"SELECT dossier_id, of_id, kind, key FROM dossiers_tie WHERE {_BETWEEN}")
_RECUSED = Sql(
    "SELECT d.id, r.officer_id FROM dossiers_dossier d JOIN people_recusal r"
    " ON r.party_id = d.applicant_id WHERE d.id BETWEEN %s AND %s"
)


@dataclass(slots=True)
class Page:
    """Everything that hangs on the dossiers of one page, by dossier."""

    work: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    clock: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    entries: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    remarks: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    evidence: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    papers: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    facts: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    indexed: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    scopes: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    ties: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    recused: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    parties: dict[int, Party] = field(default_factory=dict)
    redated: dict[int, list[NewDates]] = field(default_factory=dict)


def page_after(after: int) -> tuple[list[Row], Page] | None:
    """Read a page as it stood at one moment: acts go on while the whole is checked."""
    with still() as tx:
        rows = tx.all(_ROWS, after, _PAGE)
        return (rows, _page(tx, rows)) if rows else None


def _page(tx: Tx, rows: list[Row]) -> Page:
    first, last = rows[0][0], rows[-1][0]
    page = Page()
    by_place, by_dossier = (places(first)[0], places(last)[1]), (first, last)
    for into, sql, between in (
        (page.work, _WORK, by_place),
        (page.clock, _CLOCK, by_place),
        (page.entries, _ENTRIES, by_place),
        (page.facts, _FACTS, by_place),
        (page.remarks, _REMARKS, by_dossier),
        (page.evidence, _EVIDENCE, by_dossier),
        (page.papers, _PAPERS, by_dossier),
        (page.indexed, _INDEXED, by_dossier),
        (page.scopes, _SCOPES, by_dossier),
        (page.ties, _TIES, by_dossier),
        (page.recused, _RECUSED, by_dossier),
    ):
        for row in tx.all(sql, *between):
            into[row[0]].append(row)
    page.redated = read_redated(tx, tx.all(_REDATED, *by_place))
    page.parties = Party.objects.in_bulk([row[6] for row in rows if row[6] is not None])
    return page

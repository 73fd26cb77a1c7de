"""A dossier as an act sees it: the row, its open work, and how both are read and named."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from motcua.core.agencies.heirs import heir_of
from motcua.core.ledger.append import Origin, instant_text
from motcua.core.places import STREAMS, places
from motcua.core.sql import Row, Sql, Tx, instant
from motcua.kernel.errors import Refused
from motcua.kernel.flow.codec import marking_from_dict, marking_to_dict
from motcua.kernel.flow.definition import Marking

NORMAL, RESTRICTED = "normal", "restricted"
"""The grades of a dossier: read by whole agencies, or only by those whom its work names."""


class NotFound(Refused):
    """No such dossier, or not for this reader: the two are not told apart."""

    code = "dossiers.not_found"
    vi = "Không tìm thấy hồ sơ này, hoặc bạn không có quyền xem."
    en = "There is no such dossier, or you may not see it."
    status = 404


@dataclass(slots=True)  # never changed; not frozen, see `Snapshot`
class Item:
    """A step or leg somebody holds now; `id` is 0 while it is not written."""

    id: int
    step: str
    leg: int | None
    agency_id: int
    post: str
    officer_id: int | None
    began_at: datetime.datetime
    due_at: datetime.datetime | None
    calendar_revision: int | None = None  # by which the due date was counted; None: the first

    def told(self) -> list[object]:
        """Give what the ledger keeps of it."""
        return [self.step, self.leg, self.agency_id, self.post, self.officer_id, told(self.due_at)]


@dataclass(slots=True)
class Situation:
    """The columns of a dossier that an act may change; a plan works on a copy of its own."""

    state: str
    step: str
    marking: Marking
    holding_agency_id: int
    outcome: str = ""
    bucket: str = ""
    code: str | None = None
    received_at: datetime.datetime | None = None
    due_at: datetime.datetime | None = None
    promised_at: datetime.datetime | None = None
    paused_since: datetime.datetime | None = None
    finished_at: datetime.datetime | None = None
    returned_at: datetime.datetime | None = None
    closed: bool = False
    answer_by: datetime.datetime | None = None
    wake_at: datetime.datetime | None = None

    @property
    def pressing_at(self) -> datetime.datetime | None:
        """When it falls due, as long as its result is still owed: what lists go by."""
        return self.due_at if self.finished_at is None else None

    def told(self) -> dict[str, object]:
        """Give what the ledger keeps: every column, so that a changed row is found.

        The last two are told while they last, which is seldom.
        """
        every: dict[str, object] = {
            "state": self.state,
            "step": self.step,
            "marking": marking_to_dict(self.marking),
            "holding": self.holding_agency_id,
            "outcome": self.outcome,
            "bucket": self.bucket,
            "code": self.code,
            "received": told(self.received_at),
            "due": told(self.due_at),
            "promised": told(self.promised_at),
            "paused": told(self.paused_since),
            "finished": told(self.finished_at),
            "returned": told(self.returned_at),
            "closed": self.closed,
        }
        if self.answer_by is not None:
            every["answer_by"] = told(self.answer_by)
        if self.wake_at is not None:
            every["wake"] = told(self.wake_at)
        return every

    def copy(self) -> Situation:
        """Give another one that says the same."""
        built: Callable[..., Situation] = Situation
        return built(*self.values())  # a third of what `copy.copy` takes

    def values(self) -> tuple[object, ...]:
        """Give the values in the order of `SITUATION_COLUMNS`, the marking as it is."""
        return (
            self.state,
            self.step,
            self.marking,
            self.holding_agency_id,
            self.outcome,
            self.bucket,
            self.code,
            self.received_at,
            self.due_at,
            self.promised_at,
            self.paused_since,
            self.finished_at,
            self.returned_at,
            self.closed,
            self.answer_by,
            self.wake_at,
        )


SITUATION_COLUMNS = (
    "state, step, marking, holding_agency_id, outcome, bucket, code, received_at, due_at,"
    " promised_at, paused_since, finished_at, returned_at, closed, answer_by, wake_at"
)
_FIXED_COLUMNS = (
    "id, lookup, version_id, procedure_id, receiving_agency_id, channel, applicant_id, filed_at,"
    " origin, subject, salt, revision, seq, head, confidentiality, area, redated"
)


def late_legs(snapshot: Snapshot, at: datetime.datetime) -> frozenset[int]:
    """Give the numbers of the open legs that are past their own deadline."""
    return frozenset(
        item.leg
        for item in snapshot.items
        if item.leg is not None and item.due_at is not None and item.due_at < at
    )


@dataclass(slots=True)  # not frozen: that alone would double the cost of reading one
class Snapshot:
    """A dossier as it stands: what never changes, its situation, its open work."""

    id: int
    lookup: str
    version_id: int
    procedure_id: int
    receiving_agency_id: int
    channel: str
    applicant_id: int | None
    filed_at: datetime.datetime
    origin: Origin
    subject: str
    salt: bytes
    revision: int
    seq: int
    head: bytes
    grade: str
    area: str
    now: Situation
    items: tuple[Item, ...]
    redated: int = 0

    @property
    def desk_agency_id(self) -> int:
        """The agency at whose counter the applicant is served: the receiving one, or its heir."""
        return heir_of(self.receiving_agency_id, self.procedure_id, self.area)

    @property
    def main(self) -> Item | None:
        """The work of the main token; None at an end."""
        return main_of(self.items)

    def leg(self, number: int | None) -> Item | None:
        """The work of an open leg."""
        if number is None:
            return None
        return next((item for item in self.items if item.leg == number), None)


ROW_COLUMNS = f"{_FIXED_COLUMNS}, {SITUATION_COLUMNS}"
_WIDTH = len(ROW_COLUMNS.split(","))
_ITEM_COLUMNS = "id, step, leg, agency_id, post, officer_id, began_at, due_at, calendar_revision"


def _selecting(mark: str) -> str:
    """Write the statement that reads a dossier with its open work, each column behind the mark."""
    columns = [f"{mark}d.{one.strip()}" for one in ROW_COLUMNS.split(",")]
    columns += [f"{mark}w.{one.strip()}" for one in _ITEM_COLUMNS.split(",")]
    # `IS TRUE` hides this from the index of all open work, which PostgreSQL would walk whole.
    return (
        f"SELECT {', '.join(columns)} FROM dossiers_dossier d LEFT JOIN dossiers_workitem w"
        " ON w.id BETWEEN %s AND %s AND (w.ended_at IS NULL) IS TRUE WHERE d.id = %s ORDER BY w.id"
    )


# SQLite's driver looks up a converter for each bare column and none for an expression: a third of
# the reading.
_READ = Sql(_selecting("+"), postgres=_selecting(""))
_FIND = Sql(
    "SELECT id FROM dossiers_dossier WHERE code = %s"
    " UNION ALL SELECT id FROM dossiers_dossier WHERE lookup = %s LIMIT 1"
)


def main_of(items: Iterable[Item]) -> Item | None:
    """Give the work of the main token among what is open; None at an end."""
    for item in items:
        if item.leg is None:
            return item
    return None


def read(tx: Tx, dossier_id: int) -> Snapshot:
    """Read a dossier and its open work, or refuse."""
    rows = tx.all(_READ, *places(dossier_id), dossier_id) if dossier_id < STREAMS else []
    if not rows:
        raise NotFound
    items = [row[_WIDTH:] for row in rows if row[_WIDTH] is not None]
    return snapshot_of(rows[0][:_WIDTH], items)


def find_id(tx: Tx, code: str) -> int:
    """Give the id behind a dossier code or a look-up number, or refuse."""
    row = tx.one(_FIND, code, code)
    if row is None:
        raise NotFound
    return int(row[0])


def told(at: datetime.datetime | None) -> str | None:
    """Write an instant the way the ledger does."""
    return instant_text(at) if at is not None else None


@lru_cache(maxsize=4096)  # few markings are shared by many dossiers
def marking_text(marking: Marking) -> str:
    """Write a marking for its column."""
    return json.dumps(marking_to_dict(marking), separators=(",", ":"))


@lru_cache(maxsize=4096)
def _marking(text: str) -> Marking:
    return marking_from_dict(json.loads(text))


def snapshot_of(row: Row, items: Iterable[Row]) -> Snapshot:
    """Read a row of `ROW_COLUMNS` and the rows of its open work."""
    built: Callable[..., Snapshot] = Snapshot  # a row's length is the statement's affair
    return built(
        *row[:7],
        instant(row[7]),
        row[8],
        row[9],
        bytes(row[10]),
        row[11],
        row[12],
        bytes(row[13]),
        row[14],
        row[15],
        _situation(row[17:]),
        tuple([_item(item) for item in items]),
        row[16] or 0,
    )


def _situation(row: Row) -> Situation:
    built: Callable[..., Situation] = Situation
    return built(
        row[0],
        row[1],
        _marking(row[2]),
        *row[3:7],
        *[None if value is None else instant(value) for value in row[7:13]],
        bool(row[13]),
        instant(row[14]),
        instant(row[15]),
    )


def _item(row: Row) -> Item:
    built: Callable[..., Item] = Item
    return built(*row[:6], instant(row[6]), instant(row[7]), *row[8:])

"""The receipts of a dossier, read and written by SQL: inside an act nothing else may write."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from motcua.core.fees.rules import Line, dues, unsettled
from motcua.core.places import LAST, place, places
from motcua.core.procedures.declaration import Declaration
from motcua.core.sql import Row, Sql, Tx, instant

BILL = "bill"
"""The letter that prints a receipt."""

_COLUMNS = "r.id, r.agency_id, r.year, r.number, r.method, r.lines, r.total, r.taken_at"
_OF = Sql(
    f"SELECT {_COLUMNS}, r.voided_seq, p.amount FROM fees_receipt r"
    " LEFT JOIN fees_repayment p ON p.receipt_id = r.id WHERE r.id BETWEEN %s AND %s ORDER BY r.id"
)
_NEXT = Sql(
    "INSERT INTO fees_receiptcounter (id, last) VALUES (%s, 1)"
    " ON CONFLICT (id) DO UPDATE SET last = fees_receiptcounter.last + 1 RETURNING last"
)
_ADD = Sql(
    "INSERT INTO fees_receipt (id, agency_id, year, number, officer_id, method, lines, total,"
    " taken_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
)
_VOID = Sql("UPDATE fees_receipt SET voided_seq = %s WHERE id = %s AND voided_seq IS NULL")
_REPAY = Sql(
    "INSERT INTO fees_repayment (id, receipt_id, agency_id, officer_id, method, amount, paid_at)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Held:
    """A receipt as acts and pages know it; `repaid` in đồng, None where nothing went back."""

    id: int
    agency_id: int
    year: int
    number: int | None
    method: str
    lines: tuple[Line, ...]
    total: int
    taken_at: datetime.datetime
    voided: bool
    repaid: int | None

    @property
    def stands(self) -> bool:
        """Tell whether it settles what it names."""
        return not self.voided and self.repaid is None

    @property
    def seq(self) -> int:
        """The number of the entry that took the money."""
        return self.id & LAST

    @property
    def name(self) -> str:
        """The number as it is printed, with its year; empty where nothing was paid."""
        return "" if self.number is None else f"{self.number:07}/{self.year}"


def receipts_of(tx: Tx, dossier_id: int) -> tuple[Held, ...]:
    """Give the receipts of a dossier, oldest first."""
    return tuple(_held(row) for row in tx.all(_OF, *places(dossier_id)))


def standing_lines(receipts: Iterable[Held]) -> tuple[Line, ...]:
    """Give the lines of those that neither were voided nor paid back."""
    return tuple(line for one in receipts if one.stands for line in one.lines)


def owing(tx: Tx, dossier_id: int, declaration: Declaration, answers: Mapping[str, object]) -> bool:
    """Tell whether a dossier owes a fee that is on no receipt."""
    owed = dues(declaration.fees, answers)
    return bool(owed and unsettled(owed, standing_lines(receipts_of(tx, dossier_id))))


def next_number(tx: Tx, agency_id: int, year: int) -> int:
    """Take the agency's next number of the year; an act that fails gives it back."""
    row = tx.one(_NEXT, place(agency_id, year))
    assert row is not None
    return int(row[0])


def add(tx: Tx, receipt: Held, officer_id: int) -> bool:
    """Write a receipt; False where another act has taken its place in the dossier."""
    written = tx.run(
        _ADD,
        receipt.id,
        receipt.agency_id,
        receipt.year,
        receipt.number,
        officer_id,
        receipt.method,
        json.dumps([line.told() for line in receipt.lines], separators=(",", ":")),
        receipt.total,
        receipt.taken_at,
    )
    return bool(written)


def mark_void(tx: Tx, receipt_id: int, seq: int) -> bool:
    """Mark a receipt as voided by the entry `seq`; False where it was voided before."""
    return bool(tx.run(_VOID, seq, receipt_id))


def repay(
    tx: Tx, row_id: int, receipt: Held, officer_id: int, method: str, at: datetime.datetime
) -> bool:
    """Write that the whole of a receipt was paid back; False where another act was first."""
    values = (row_id, receipt.id, receipt.agency_id, officer_id, method, receipt.total, at)
    return bool(tx.run(_REPAY, *values))


def lines_of(text: str) -> tuple[Line, ...]:
    """Read the lines of a receipt's row."""
    return tuple(Line(*values) for values in json.loads(text))


def _held(row: Row) -> Held:
    taken_at = instant(row[7])
    assert taken_at is not None
    built: Callable[..., Held] = Held  # a row's length is the statement's affair
    return built(*row[:5], lines_of(row[5]), row[6], taken_at, row[8] is not None, row[9])

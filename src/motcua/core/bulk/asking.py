"""Asking for one act on many pieces of work, at once or by a job, and reading what became of it."""

from __future__ import annotations

import datetime
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from motcua.core.access.actors import Actor
from motcua.core.access.rows import visible
from motcua.core.bulk.models import Bulk, BulkRow
from motcua.core.bulk.running import run
from motcua.core.dossiers.models import Dossier
from motcua.core.jobs.queue import enqueue
from motcua.core.sql import act, is_busy
from motcua.kernel.errors import Refused

MOST = 500
"""Pieces of work of one order."""

AT_ONCE = 50
"""Up to so many are done while one waits; more by a job."""

_LONGEST_KEY = 40


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of work: the main step of a dossier, or a leg of it."""

    dossier_id: int
    leg: int | None = None
    revision: int | None = None


class NothingChosen(Refused):
    """An order for no work at all."""

    code = "bulk.nothing_chosen"
    vi = "Chưa chọn hồ sơ nào."
    en = "Nothing is chosen."


class TooMuch(Refused):
    """More than one order takes."""

    code = "bulk.too_much"
    vi = "Mỗi lần làm tối đa {most} việc; bộ lọc có {count}. Hãy lọc hẹp hơn."
    en = "One order takes up to {most} pieces of work; the filter has {count}. Narrow it."


class NoSuchBulk(Refused):
    """The officer asked for no such thing."""

    code = "bulk.not_found"
    vi = "Không tìm thấy thao tác hàng loạt này trong các thao tác của bạn."
    en = "There is no such order for many dossiers among yours."
    status = 404


class KeyMissing(Refused):
    """A form that no page of the house drew."""

    code = "bulk.key_missing"
    vi = "Trang gửi lên thiếu khóa yêu cầu. Hãy mở lại danh sách và chọn lại."
    en = "The page sent no request key. Open the list again and choose anew."


def ask(
    *,
    actor: Actor,
    at: datetime.datetime,
    what: Bulk.What,
    order: dict[str, object],
    pieces: Sequence[Piece],
    key: str,
) -> Bulk:
    """Do something with many pieces of work; the same key again gives the first order.

    Few are done before this returns, many by a job. Pieces that the actor may not read are left
    out, as if there were none. Raises `NothingChosen`, `TooMuch`, `KeyMissing`.
    """
    if actor.officer_id is None or not 0 < len(key) <= _LONGEST_KEY:
        raise KeyMissing
    first = Bulk.objects.filter(officer_id=actor.officer_id, key=key).first()
    if first is not None:
        return first
    kept = _readable(actor, pieces)
    if not kept:
        raise NothingChosen
    if len(kept) > MOST:
        raise TooMuch(most=MOST, count=len(kept))
    bulk, made = _write(actor, actor.officer_id, at, what, order, kept, key)
    if made and len(kept) <= AT_ONCE:
        _run_now(bulk, actor, at)
    return bulk


def _run_now(bulk: Bulk, actor: Actor, at: datetime.datetime) -> None:
    """Do a short order; what a busy house leaves is done by the job."""
    try:
        run(bulk, actor, at)
    except Exception as failure:
        if not (is_busy(failure) or (isinstance(failure, Refused) and failure.retry)):
            raise


def _readable(actor: Actor, pieces: Sequence[Piece]) -> list[Piece]:
    wanted = list(dict.fromkeys(pieces))
    numbers = {piece.dossier_id for piece in wanted}
    rows = visible(Dossier.objects.filter(pk__in=numbers), actor)
    theirs = set(rows.values_list("pk", flat=True))
    return [piece for piece in wanted if piece.dossier_id in theirs]


def _write(
    actor: Actor,
    officer_id: int,
    at: datetime.datetime,
    what: Bulk.What,
    order: dict[str, object],
    pieces: Sequence[Piece],
    key: str,
) -> tuple[Bulk, bool]:
    """Write the order with its rows, and the job of a long one, together; twins are one."""
    with act() as tx:
        bulk, made = Bulk.objects.get_or_create(
            officer_id=officer_id,
            key=key,
            defaults={
                "code": secrets.token_hex(16),
                "what": what,
                "order": json.dumps(order, ensure_ascii=False, sort_keys=True),
                "proven": actor.proven,
                "asked_at": at,
            },
        )
        if made:
            BulkRow.objects.bulk_create(
                BulkRow(
                    bulk=bulk,
                    number=number,
                    dossier_id=piece.dossier_id,
                    leg=piece.leg,
                    revision=piece.revision,
                )
                for number, piece in enumerate(pieces, 1)
            )
            # Also of a short order: what a killed request left is finished by the job.
            wait = datetime.timedelta(minutes=1 if len(pieces) <= AT_ONCE else 0)
            enqueue(tx, "bulk.run", {"bulk": bulk.pk}, at=at, run_at=at + wait)
    return bulk, made


def one_of(actor: Actor, code: str) -> Bulk:
    """Give an order of the officer's own. Raises `NoSuchBulk`, for those of others too."""
    row = None
    if actor.officer_id is not None and code.isalnum():
        row = Bulk.objects.filter(officer_id=actor.officer_id, code=code).first()
    if row is None:
        raise NoSuchBulk
    return row


def rows_of(actor: Actor, bulk: Bulk) -> list[BulkRow]:
    """Give the rows of an order that its officer may still read, in their order."""
    rows = bulk.rows.select_related("dossier").order_by("number")
    return list(visible(rows, actor, by="dossier"))


def undoable(bulk: Bulk) -> list[Piece]:
    """Give the pieces that an order gave to somebody, as `UNDO` takes them."""
    if bulk.what != Bulk.What.ASSIGN:
        return []
    rows = bulk.rows.filter(state=BulkRow.State.DONE).order_by("number")
    return [Piece(row.dossier_id, row.leg, row.revision) for row in rows]

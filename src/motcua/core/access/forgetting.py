"""What the access log forgets: words when somebody's data are erased, rows when their time is over.

Rows go seal by seal, and the house writes into its ledger up to which seal: a row that was emptied
beyond that is a finding, whatever the setting says today.
"""

from __future__ import annotations

import datetime
import json

from django.conf import settings

from motcua.core.access.models import AccessSeal
from motcua.core.ledger.append import HOUSE, append_to_house
from motcua.core.places import places
from motcua.core.sql import Sql, Tx, act, reading

FORGOTTEN = "access.forgotten"
BATCH = 20_000
"""Rows that are emptied in one transaction, give or take a seal."""

_LAST = Sql(
    "SELECT body FROM ledger_entry WHERE id BETWEEN %s AND %s AND act = %s ORDER BY id DESC LIMIT 1"
)
_WORDS = Sql(
    "UPDATE access_read SET said = '', salt = %s"
    " WHERE (dossier_id = %s OR dossiers LIKE %s) AND said <> ''"
)
_RECORD_WORDS = Sql(
    "UPDATE access_read SET said = '', salt = %s WHERE (what = %s OR what LIKE %s) AND said <> ''"
)
_EMPTY = Sql(
    "UPDATE access_read SET kind = '', actor = '', agency_id = NULL, post = '', dossier_id = NULL,"
    " what = '', dossiers = '', said = '', salt = %s, committed = %s"
    " WHERE seal_id BETWEEN %s AND %s AND kind <> ''"
)
_UNSEEN = Sql("DELETE FROM access_appearance WHERE day < %s")


def forget_words(tx: Tx, *, dossier_id: int) -> int:
    """Forget the words of every row about a dossier: part of its lawful erasure.

    Who looked at it when stays until the log's own time is over. Gives how many rows changed.
    """
    return tx.run(_WORDS, b"", dossier_id, f"%,{dossier_id},%")


def forget_record_words(tx: Tx, *, register: str, record_id: int) -> int:
    """Forget the words of every row about one record of a register; gives how many changed."""
    what = f"register.{register}.{record_id}"
    return tx.run(_RECORD_WORDS, b"", what, f"{what}.%")


def forgotten_to(tx: Tx) -> int:
    """Give the last seal whose rows were emptied because their time was over; 0 for none."""
    row = tx.one(_LAST, *places(HOUSE), FORGOTTEN)
    return int(json.loads(row[0])["data"]["to"]) if row else 0


def forget_old(*, at: datetime.datetime) -> int:
    """Empty rows sealed longer ago than `MOTCUA_ACCESS_LOG_DAYS`; give how many."""
    before = at - datetime.timedelta(days=settings.MOTCUA_ACCESS_LOG_DAYS)
    emptied = 0
    while (to := _next(before)) is not None:
        with act() as tx:
            since = forgotten_to(tx) + 1
            emptied += tx.run(_EMPTY, b"", b"", since, to)
            tx.run(_UNSEEN, before.date())
            told = {"from": since, "to": to}
            append_to_house(tx, act=FORGOTTEN, at=at, actor="system:access", data=told)
    return emptied


def _next(before: datetime.datetime) -> int | None:
    """Give the last seal of the next batch; None where nothing is old enough."""
    old = AccessSeal.objects.filter(number__gt=forgotten_to(reading()), sealed_at__lt=before)
    rows, last = 0, None
    for number, size in old.order_by("number").values_list("number", "size").iterator():
        rows, last = rows + size, number
        if rows >= BATCH:
            break
    return last

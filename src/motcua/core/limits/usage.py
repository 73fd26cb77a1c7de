"""Using up a limit: one statement for each subject, in the database that all processes share."""

from __future__ import annotations

import datetime
import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from motcua.core import secrets
from motcua.core.limits.rules import Rate, Used, moment, wait
from motcua.core.sql import Sql, Tx, hot_act
from motcua.kernel.errors import Refused

_SPEND = Sql(
    """
    INSERT INTO limits_usage AS t (id, slot, count, before, kept_until)
    VALUES (%s, %s, %s, 0, %s)
    ON CONFLICT (id) DO UPDATE SET
      before = CASE WHEN excluded.slot <= t.slot THEN t.before
                    WHEN excluded.slot = t.slot + 1 THEN t.count ELSE 0 END,
      count = excluded.count + CASE WHEN excluded.slot <= t.slot THEN t.count ELSE 0 END,
      slot = CASE WHEN excluded.slot <= t.slot THEN t.slot ELSE excluded.slot END,
      kept_until = CASE WHEN excluded.slot <= t.slot THEN t.kept_until ELSE excluded.kept_until END
    WHERE excluded.count * %s
        + CASE WHEN excluded.slot <= t.slot THEN t.count * %s + t.before * %s
               WHEN excluded.slot = t.slot + 1 THEN t.count * %s ELSE 0 END <= %s
    RETURNING id
    """
)
_USED = Sql("SELECT slot, count, before FROM limits_usage WHERE id = %s")
_GIVE_BACK = Sql(
    "UPDATE limits_usage SET count = count - %s WHERE id = %s AND slot = %s AND count >= %s"
)
_FORGET = Sql("DELETE FROM limits_usage WHERE id = %s")
_SWEEP = Sql(
    "DELETE FROM limits_usage WHERE id IN"
    " (SELECT id FROM limits_usage WHERE kept_until < %s LIMIT %s)"
)
_BATCH = 2000


class TooMany(Refused):
    """A limit is used up."""

    code = "limits.too_many"
    vi = "Có quá nhiều yêu cầu trong thời gian ngắn. Hãy đợi {seconds} giây rồi thử lại."
    en = "Too many requests in a short time. Wait {seconds} seconds and try again."
    status = 429
    retry = True


@dataclass(frozen=True, slots=True)
class Claim:
    """So much of a limit for a subject: an address, a number, an account."""

    rate: Rate
    subject: str
    amount: int = 1

    @property
    def id(self) -> int:
        """Give the key of the subject's row."""
        told = f"{self.rate.name}\0{self.subject.casefold()}".encode("utf-8", "replace")
        digest = hmac.digest(secrets.key("limits"), told, "sha256")
        return int.from_bytes(digest[:8], "big", signed=True)


def spend(*claims: Claim, at: datetime.datetime, refusal: type[Refused] = TooMany) -> None:
    """Use up what is claimed, all of it or nothing.

    Raises `refusal` with the details `seconds` and `minutes` to wait. What is refused counts for
    nothing, so that whoever waits as told gets in, however often others knock.
    """
    with hot_act() as tx:
        for claim in _in_order(claims):
            if left := _spend(tx, claim, int(at.timestamp())):
                raise refusal(seconds=left, minutes=-(-left // 60))


def give_back(*claims: Claim, at: datetime.datetime) -> None:
    """Take back what was spent in the slot that still runs."""
    with hot_act() as tx:
        for claim in _in_order(claims):
            slot = moment(claim.rate, int(at.timestamp())).slot
            tx.run(_GIVE_BACK, claim.amount, claim.id, slot, claim.amount)


def forget(*claims: Claim) -> None:
    """Forget all that these subjects used."""
    with hot_act() as tx:
        for claim in _in_order(claims):
            tx.run(_FORGET, claim.id)


def sweep(*, at: datetime.datetime) -> None:
    """Remove the rows that say nothing any more, some at a time: nobody waits long for it."""
    removed = _BATCH
    while removed == _BATCH:
        with hot_act() as tx:
            removed = tx.run(_SWEEP, at, _BATCH)


def _in_order(claims: Iterable[Claim]) -> list[Claim]:
    """Rows are taken in one order by everybody, so that nobody waits in a circle."""
    return sorted(claims, key=lambda claim: claim.id)


def _spend(tx: Tx, claim: Claim, second: int) -> int:
    """Use it up and give 0, or give the seconds to wait."""
    rate, amount, number = claim.rate, claim.amount, claim.id
    if amount > rate.most:
        return rate.seconds
    when = moment(rate, second)
    ends = datetime.datetime.fromtimestamp((when.slot + 2) * rate.seconds, datetime.UTC)
    window, left = rate.seconds, rate.seconds - when.over
    row = tx.one(
        _SPEND,
        *(number, when.slot, amount, ends),
        *(window, window, left, left, rate.most * window),
    )
    if row is not None:
        return 0
    used = tx.one(_USED, number)
    return wait(rate, Used(*used), when, amount) if used else 1

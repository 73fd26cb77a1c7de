"""Looking at every part and link on a schedule: what was found is kept, and a turn is told once.

Who turns a part is decided by one conditional update, so that two workers that look at the same
time tell of it once. What was never looked at before has not turned: it is kept without a word.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from motcua.core.agencies.models import Appointment
from motcua.core.exchange.outbox import put
from motcua.core.sql import Tx, act
from motcua.core.upkeep.findings import Finding, looked_by_part
from motcua.core.upkeep.models import Part, Turn
from motcua.core.upkeep.rules import KEEPER

KEPT = datetime.timedelta(days=400)
"""How long it can be seen when a part turned."""

TOPIC = "upkeep.turned"
_LONGEST = 300
_CHANNEL = "notice"


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at a part found: well or not, in words, and how long it took (milliseconds)."""

    name: str
    ok: bool
    vi: str
    en: str
    took: int


def watch(*, at: datetime.datetime, on: datetime.date) -> None:
    """Look at every part, keep what was found, and tell the keepers of what turned."""
    for name, look in looked_by_part():
        _keep(_look(name, look, at), at, on)
    Turn.objects.filter(at__lt=at - KEPT).delete()


def _look(
    name: str, look: Callable[[datetime.datetime], list[Finding]], at: datetime.datetime
) -> Found:
    began = time.monotonic()
    findings = look(at)
    took = round((time.monotonic() - began) * 1000)
    bad = [one for one in findings if not one.ok]
    told = bad or findings
    vi, en = "; ".join(one.vi for one in told), "; ".join(one.en for one in told)
    return Found(name, not bad, vi[:_LONGEST], en[:_LONGEST], took)


def _keep(found: Found, at: datetime.datetime, on: datetime.date) -> None:
    seen = {"looked_at": at, "took": found.took, "vi": found.vi, "en": found.en}
    seen["good_at" if found.ok else "bad_at"] = at
    with act() as tx:
        part, is_new = Part.objects.get_or_create(
            name=found.name, defaults={**seen, "ok": found.ok, "since": at}
        )
        if is_new:
            return
        if part.ok != found.ok:
            _turn(tx, part, found, at, on)
        Part.objects.filter(pk=part.pk).update(**seen)


def _turn(tx: Tx, part: Part, found: Found, at: datetime.datetime, on: datetime.date) -> None:
    """Turn a part that is still as it was read, and tell of it."""
    as_read = Part.objects.filter(pk=part.pk, ok=part.ok, since=part.since)
    if not as_read.update(ok=found.ok, since=at):
        return  # another look told of it
    lasted = max(0, round((at - part.since).total_seconds()))
    Turn.objects.create(part=part, at=at, ok=found.ok, lasted=lasted, vi=found.vi, en=found.en)
    for officer_id in _keepers(on):
        put(
            tx,
            receiver=f"officer:{officer_id}",
            channel=_CHANNEL,
            topic=TOPIC,
            payload=_words(found),
            dossier=None,
            at=at,
        )


def _words(found: Found) -> dict[str, str]:
    vi = "hoạt động trở lại" if found.ok else "cần xem"
    en = "is well again" if found.ok else "needs a look"
    return {
        "subject": f"{found.name}: {vi} / {en}",
        "text": f"{found.vi}\n{found.en}",
    }


def _keepers(on: datetime.date) -> list[int]:
    """Give the officers who keep the house on a day."""
    held = Appointment.objects.filter(post=KEEPER, valid_from__lte=on)
    held = held.filter(Q(valid_to=None) | Q(valid_to__gt=on))
    return sorted(set(held.values_list("officer_id", flat=True)))

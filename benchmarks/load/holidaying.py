"""What the measurement of a day off does in processes of its own.

`holidaying.py seed N|propose|decide NUMBER|sum|verify`
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from functools import cached_property

DAYS = 4
"""Working days of arrivals: so few that every dossier is due after the next working day."""


def seed(dossiers: str) -> None:
    """Seed a city all of whose dossiers are open and fall due within days."""
    from motcua.site.cli.main import main
    from motcua.site.seeding import stories

    stories._UNRESOLVED = 1.0  # noqa: SLF001 - what is measured is a city full of open work
    whole = stories.Stretch.days.func
    few = cached_property(lambda stretch: whole(stretch)[-DAYS:])
    few.__set_name__(stories.Stretch, "days")
    stories.Stretch.days = few
    assert main(["seed", "--dossiers", dossiers, "--processes", "1", "--json"]) == 0


def propose() -> None:
    """Announce that the next working day is off, and print the number of the change."""
    from motcua.core.access.actors import house
    from motcua.core.clock.calendars import calendars
    from motcua.core.now import now
    from motcua.core.redating.deciding import propose
    from motcua.core.redating.rules import Order, days_of

    at = now()
    calendar = calendars["national"]
    today = calendar.local(at).date()
    days = days_of([calendar.next_working_day(today)], [], vi="Nghỉ đặt ra để đo", en="Measured")
    order = Order("national", today, "Đặt ra để đo", days)
    print(json.dumps({"change": propose(actor=house("bench"), at=at, order=order).pk}))


def decide(number: str) -> None:
    """Decide the change that was looked at."""
    from motcua.core.access.actors import house
    from motcua.core.now import now
    from motcua.core.redating.deciding import decide

    decide(actor=house("bench"), at=now(), change_id=int(number))
    print("{}")


def sums() -> None:
    """Print what must not change, as one digest, and how many dates differ from a naive replay."""
    from motcua.core.clock.calendars import calendars
    from motcua.core.clock.models import ClockSegment
    from motcua.core.dossiers.models import Dossier
    from motcua.core.places import BITS
    from motcua.core.procedures.queries import declared

    began = {pk >> BITS: at for pk, at in ClockSegment.objects.values_list("pk", "began_at")}
    calendars.forget()
    told, behind, count = hashlib.sha256(), 0, 0
    rows = Dossier.objects.filter(closed=False).order_by("pk")
    columns = ("pk", "code", "promised_at", "state", "seq", "revision", "version_id", "due_at")
    for *kept, version, due in rows.values_list(*columns).iterator():
        told.update(repr(kept).encode())
        limit = declared(version).limit
        assert limit is not None
        behind += limit.due(calendars["national"], began[kept[0]]) != due
        count += 1
    print(json.dumps({"kept": told.hexdigest(), "open": count, "behind": behind}))


def verify() -> None:
    """Compare every row with the ledger, and print how many findings there are."""
    from motcua.core.dossiers.reconcile import check_state
    from motcua.core.redating.reconcile import check_calendars

    found = [one for check in (check_state, check_calendars) for one in check()]
    print(json.dumps({"findings": len(found)}))


def main(what: str, *words: str) -> None:
    """Do one of them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
    import django

    django.setup()
    ways = {"seed": seed, "propose": propose, "decide": decide, "sum": sums, "verify": verify}
    ways[what](*words)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""A process that makes a city, moves its dates or checks them: `child.py make|run|check`."""

from __future__ import annotations

import json
import sys

import django

from tests.saying import say


def main(what: str) -> None:
    """Make the city and decide a day off; or run, a line for each batch, then the report."""
    django.setup()
    import datetime

    from motcua.core.dossiers.models import Dossier
    from motcua.core.dossiers.reconcile import check_state
    from motcua.core.dossiers.tests.world import make_world
    from motcua.core.redating import whole
    from motcua.core.redating.reconcile import check_calendars
    from motcua.core.redating.tests.saying import TUESDAY, Announced, naive_due

    if what == "make":
        announced = Announced(make_world(), datetime.date(2026, 11, 10))
        for _ in range(60):
            announced.world.take_in()
        say(str(announced.decide().pk))
        return
    if what == "check":
        wrong = [one.code for check in (check_state, check_calendars) for one in check()]
        behind = [row.pk for row in Dossier.objects.all() if row.due_at != naive_due(row)]
        say(json.dumps([*wrong, *behind]))
        return
    write = whole.write

    def writing(*given, **told):
        done = write(*given, **told)
        say(str(len(done)))
        return done

    whole.write = writing
    say(json.dumps(whole.run(clock=lambda: TUESDAY, change_id=1, page=5).told()))


main(*sys.argv[1:])

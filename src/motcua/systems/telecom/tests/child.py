"""A process that issues permits of masts: `child.py make|issue|check`."""

from __future__ import annotations

import json
import sys
import time

import django

from tests.saying import say

MASTS = 8


def main(what: str) -> None:
    """Have permits signed; issue each, saying so between its two writes; or tell what stands."""
    django.setup()
    {"make": make, "issue": issue, "check": check}[what]()


def make() -> None:
    from motcua.core.dossiers.tests.world import make_world
    from motcua.systems.telecom.tests.test_issuing import again
    from motcua.systems.telecom.tests.test_permits import permitting

    world = permitting(make_world())
    for _ in range(MASTS):
        again(world)


def issue() -> None:
    """Issue what waits, each under a key of its own, so that a repeat is answered as before."""
    from motcua.core.access import actors
    from motcua.core.agencies.models import Appointment
    from motcua.core.dossiers.models import Dossier
    from motcua.core.dossiers.tests.world import DAY, MONDAY
    from motcua.systems.telecom import actions
    from motcua.systems.telecom.tests.test_issuing import SAID

    clerk = Appointment.objects.get(post="clerk", officer__name="own_clerk")
    actor = actors.officer(clerk.officer_id, "own_clerk", DAY)
    enter = actions.enter

    def told(**named):
        if named["key"] is not None:  # a site; an operator is entered before the first
            say(named["key"])
            time.sleep(0.1)
        return enter(**named)

    actions.enter = told
    for row in Dossier.objects.order_by("pk"):
        order = actions.PermitOrder(**SAID)
        act = {"actor": actor, "at": MONDAY, "dossier_id": row.pk, "order": order}
        actions.issue_permit(**act, key=f"permit-{row.pk}")


def check() -> None:
    """Say which dossiers were issued, which have a site, and what is wrong."""
    from motcua.core.dossiers import answers
    from motcua.core.dossiers.models import Dossier
    from motcua.core.dossiers.reconcile import check_state
    from motcua.core.registers.models import Record
    from motcua.core.registers.reconcile import check_records
    from motcua.systems.telecom.queries import OPERATORS, SITES
    from motcua.systems.telecom.reactions import ISSUE

    rows = Record.objects.filter(register=SITES).values_list("values", flat=True)
    told = {
        "issued": sorted(Dossier.objects.exclude(step=ISSUE).values_list("code", flat=True)),
        "sites": sorted(str(answers.read(values)["permit_dossier"]) for values in rows),
        "operators": Record.objects.filter(register=OPERATORS).count(),
        "found": [one.code for one in (*check_state(), *check_records())],
    }
    say(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])

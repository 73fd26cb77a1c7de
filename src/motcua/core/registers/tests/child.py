"""A process that makes a city with records, reforms or checks it: `child.py make|run|check`."""

from __future__ import annotations

import json
import sys

import django

from tests.saying import say


def main(what: str) -> None:
    """Make records and a plan; or run, a line for each record, then the report; or check."""
    django.setup()
    from motcua.core.dossiers.tests.world import make_world
    from motcua.core.reform import whole
    from motcua.core.reform.tests.city import City, dawn, findings
    from motcua.core.registers import loading
    from motcua.core.registers.reconcile import check_records
    from motcua.core.registers.reformed import Records
    from motcua.core.registers.tests.conftest import Kept, declared

    registers = declared()
    loading._all = lambda _packages: registers
    if what == "make":
        kept = Kept(make_world(), *registers.values())
        for number in range(120):
            kept.site(f"HN-{number}")
        say(str(City(kept.world).plan().pk))
        return
    if what == "check":
        say(json.dumps(findings() + [one.code for one in check_records()]))
        return
    whole.BATCH = 10
    take_over = Records.take_over

    def taking(self, tx, number, **told):
        done = take_over(self, tx, number, **told)
        say(str(number))
        return done

    Records.take_over = taking
    say(json.dumps(whole.run(clock=dawn, reform_id=1).told()))


main(*sys.argv[1:])

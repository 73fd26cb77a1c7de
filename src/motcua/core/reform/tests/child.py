"""A process that makes a city, carries its reform out or checks it: `child.py make|run|check`."""

from __future__ import annotations

import json
import sys

import django

from tests.saying import say


def main(what: str) -> None:
    """Make the city and plan; or run, a line for each dossier, then the report.

    The check tells what disagrees, then how many messages there are and of how many dossiers.
    """
    django.setup()
    from motcua.core.dossiers.tests.world import make_world
    from motcua.core.exchange.models import Message
    from motcua.core.reform import whole
    from motcua.core.reform.tests.city import City, dawn, findings

    if what == "make":
        city = City(make_world())
        for _ in range(120):
            city.world.take_in()
        say(str(city.plan().pk))
        return
    if what == "check":
        say(json.dumps(findings()))
        sent = Message.objects.filter(topic="held_by_heir").values_list("dossier", flat=True)
        say(json.dumps([len(sent), len({*sent})]))
        return
    whole.BATCH = 10
    take_over = whole.take_over

    def taking(**told):
        done = take_over(**told)
        say(done.lookup)
        return done

    whole.take_over = taking
    say(json.dumps(whole.run(clock=dawn, reform_id=1).told()))


main(*sys.argv[1:])

"""A process that takes a log over and says so after each case: `child.py FILE`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import django

from tests.saying import say


def main(file: str) -> None:
    """Take the file over; print a line per case, then the report."""
    django.setup()
    from motcua.core.takeover import actions
    from motcua.core.takeover.mapping import read_mapping
    from motcua.core.takeover.tests.logs import ACTOR, MAPPING, NOW

    write = actions.write_case

    def writing(tx, ground, case):
        number = write(tx, ground, case)
        say(case.code)
        return number

    actions.write_case = writing
    report = actions.take_over(actor=ACTOR, at=NOW, path=Path(file), mapping=read_mapping(MAPPING))
    sys.stdout.write(json.dumps(report.told()))


main(*sys.argv[1:])

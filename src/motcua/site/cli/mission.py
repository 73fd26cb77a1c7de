"""`motcua mission`: the rows of the mission, and what of them is here."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from motcua.site.cli.django import ready
from motcua.site.cli.output import add_json, answer

if TYPE_CHECKING:
    from motcua.site.mission.reading import Row


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--markdown", action="store_true", help="as docs/mission.md is written")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Tell the counts of each group; with `--json` every row."""
    ready()
    from motcua.site.mission.document import document
    from motcua.site.mission.reading import Standing, counts, mission, rows

    if options.markdown:
        print(document(), end="")
        return 0
    found = counts()
    told: dict[str, object] = {
        "rows": found.total(),
        **{standing.value: found[standing] for standing in Standing},
        "groups": {
            one.key: {standing.value: one.count(standing) for standing in Standing}
            for one in mission()
        },
    }
    if options.json:
        told["each"] = [_row(row) for row in rows()]
    answer(options, told)
    return 0


def _row(row: Row) -> dict[str, object]:
    return {
        "id": row.id,
        "vi": row.words.vi,
        "en": row.words.en,
        "year": row.year,
        "figure": row.figure.en,
        "unit": row.unit.en,
        "standing": row.standing.value,
        "screens": row.screens,
        "commands": row.commands,
        "tests": row.tests,
        "lacking": [one.en for one in row.lacking],
    }

"""What a list was between two days: the last version in use of each record, as a brush paints."""

from __future__ import annotations

import datetime
import random

import pytest

from motcua.core.dossiers.tests.world import MONDAY, make_world
from motcua.core.places import BITS, RECORDS, place
from motcua.core.registers.models import Record, RecordVersion
from motcua.core.registers.past import stood_between

FIRST = datetime.date(2026, 1, 1)
DAYS = 12
Said = list[tuple[int, bool]]  # since which day, and whether it takes the record out of use


def day(number: int) -> datetime.date:
    return FIRST + datetime.timedelta(days=number)


def painted(said: Said, first: int | None, last: int) -> int | None:
    """Give the number of the version that a calendar painted day by day shows in use last."""
    for on in range(last, (-1 if first is None else first) - 1, -1):
        shown = [(number, gone) for number, (since, gone) in enumerate(said, 1) if since <= on]
        if shown and not shown[-1][1]:
            return shown[-1][0]
    return None


@pytest.fixture
def histories(db) -> dict[int, Said]:
    """Eighty records that were said anew up to six times, in no order of days."""
    dice, agency = random.Random(7), make_world().department
    found: dict[int, Said] = {}
    for number in range(80):
        record = Record(
            pk=RECORDS + number,
            register="any",
            natural=str(number),
            title=str(number),
            agency_id=agency.pk,
            values="{}",
            search="",
            since=FIRST,
            recorded_at=MONDAY,
            confirmed_on=FIRST,
            measured="",
        )
        record.save(force_insert=True)
        turns = range(dice.randint(1, 6))
        said = [(dice.randrange(DAYS), dice.random() < 0.3) for _turn in turns]
        found[record.pk] = said
        for turn, (since, gone) in enumerate(said, 1):
            told = {
                "since": day(since),
                "retired": gone,
                "act": "change",
                "actor": "x",
                "salt": b"",
            }
            RecordVersion.objects.create(
                id=place(record.pk, turn),
                agency_id=agency.pk,
                recorded_at=MONDAY,
                values="{}",
                **told,
            )
    return found


def test_each_interval_shows_what_a_calendar_shows(histories):
    for first in (None, *range(0, DAYS, 2)):
        for last in range(first or 0, DAYS, 3):
            begins = None if first is None else day(first)
            rows = stood_between(Record.objects.all(), begins, day(last))
            told = {row.pk >> BITS: row.pk & 0xFFFFFF for row in rows}
            expected = {key: painted(said, first, last) for key, said in histories.items()}
            assert told == {key: one for key, one in expected.items() if one is not None}

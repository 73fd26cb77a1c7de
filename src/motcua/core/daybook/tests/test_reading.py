"""The book gives what an agency received, by its numbers, through the row filter alone."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.access.models import ScopeRow
from motcua.core.access.rows import visible
from motcua.core.daybook import reading
from motcua.core.daybook.numbering import Numbering
from motcua.core.daybook.reading import Extract, PeriodImpossible, count, opened, walk
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.sql import reading as tx
from motcua.kernel.errors import Invalid

DAY = datetime.timedelta(days=1)
NOVEMBER = (datetime.date(2026, 11, 1), datetime.date(2026, 11, 30))


def extract(world, first=NOVEMBER[0], last=NOVEMBER[1], **other) -> Extract:
    return Extract(**{"agency_id": world.department.pk, "first": first, "last": last, **other})


def codes(found) -> list[str]:
    return [one.code for one in found]


def test_lines_come_by_number_and_numbers_go_on_over_days(world):
    late = [world.take_in(at=MONDAY + DAY).code for _ in range(2)]
    early = [world.take_in().code for _ in range(3)]
    found = opened(world.officers["counter"], extract(world))
    assert (codes(found.rows), found.total) == (early + late, 5)
    numbering = Numbering(tx())
    numbers = [numbering.of(world.department.pk, code).number for code in codes(found.rows)]
    assert numbers == [1, 2, 3, 4, 5]


def test_a_new_year_begins_a_new_book(world):
    world.take_in()
    code = world.take_in(at=MONDAY + 90 * DAY).code
    place = Numbering(tx()).of(world.department.pk, code)
    assert (place.year, place.number, place.volume) == (2027, 1, 1)


def test_a_refused_reception_leaves_no_gap(world):
    world.take_in()
    with pytest.raises(Invalid):
        world.take_in(fields={"licence": ""})
    code = world.take_in().code
    assert Numbering(tx()).of(world.department.pk, code).number == 2


def test_what_was_not_received_has_no_line(world):
    world.file()
    world.move(world.file(), "counter", "turn_away", reason="Không thuộc thẩm quyền")
    assert count(world.officers["counter"], extract(world)) == 0


def test_days_and_procedure_narrow(world):
    world.take_in()
    code = world.take_in(at=MONDAY + DAY).code
    officer, tuesday = world.officers["counter"], (MONDAY + DAY).date()
    assert codes(opened(officer, extract(world, tuesday, tuesday)).rows) == [code]
    assert count(officer, extract(world, procedure="9.000001")) == 2
    assert count(officer, extract(world, procedure="9.000002")) == 0
    assert count(officer, extract(world, procedure="\0")) == 0
    assert count(officer, extract(world, agency_id=world.city.pk)) == 0


@pytest.mark.parametrize(
    "who", ["counter", "specialist", "unit_head", "leader", "police", "other_head"]
)
def test_each_officer_reads_the_rows_of_the_filter(world, who, monkeypatch):
    monkeypatch.setattr(reading, "PAGE", 2)
    world.to("appraise")
    for _ in range(4):
        world.take_in()
    actor = world.officers[who]
    theirs = visible(Dossier.objects.exclude(code=None), actor).order_by("code")
    mine = list(theirs.values_list("code", flat=True))
    assert count(actor, extract(world)) == len(mine)
    walked = [one.code for batch in walk(actor, extract(world), size=2) for one in batch]
    pages = opened(actor, extract(world)).pages
    paged = [c for n in range(pages) for c in codes(opened(actor, extract(world), page=n + 1).rows)]
    assert walked == paged == mine


def test_a_right_that_ends_while_one_walks_gives_nothing_more(world):
    for _ in range(4):
        world.take_in()
    walked = walk(world.officers["counter"], extract(world), size=2)
    next(walked)
    ScopeRow.objects.update(until_at=MONDAY)
    assert list(walked) == []


def test_beyond_the_last_page_is_the_last(world):
    world.take_in()
    found = opened(world.officers["counter"], extract(world), page=99)
    assert (found.page, found.pages, len(found.rows)) == (1, 1, 1)


@pytest.mark.parametrize(
    ("first", "last"), [("2026-11-02", "2026-11-01"), ("1999-12-31", "2026-01-01")]
)
def test_an_impossible_period_is_refused(world, first, last):
    with pytest.raises(PeriodImpossible):
        extract(world, datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))
    with pytest.raises(PeriodImpossible):
        extract(world, datetime.date(2026, 1, 1), datetime.date(2100, 1, 1))

"""What goes in comes out again, cell by cell."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.core.dossiers.tests.world import make_world
from motcua.core.exports.giving import Format, give_back, give_dossiers
from motcua.core.exports.house import EVENT_COLUMNS
from motcua.core.exports.sources import UnknownSource
from motcua.core.takeover.tests.logs import (
    MAPPING,
    SOURCE,
    row,
    take,
    take_bytes,
    text_of,
)

pytestmark = pytest.mark.usefixtures("house")

WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\n\r"), max_size=12
)
FIRST, LAST = (datetime.datetime.fromisoformat(day) for day in ("1900-01-01", "2199-12-31"))
INSTANTS = st.datetimes(FIRST, LAST)
ZONES = st.sampled_from(["+07:00", "+01:00", "-11:30", "+00:00"])
SPELLED = st.builds(lambda at, zone: f"{at.isoformat(' ')}{zone}", INSTANTS, ZONES)
CASES = st.lists(
    st.fixed_dictionaries(
        {
            "begun": SPELLED,
            "closed": SPELLED | st.just("") | st.just("-"),
            "plan": SPELLED | st.just(""),
            "limit": SPELLED | st.just(""),
            "note": WORDS,
        }
    ),
    max_size=4,
)
EVENTS = st.lists(
    st.fixed_dictionaries({"who": WORDS, "how": WORDS, "when": SPELLED}), min_size=1, max_size=4
)


def given_back(**options: bool) -> list[dict[str, str]]:
    """Give the rows of an export of the neighbour."""
    return list(csv.DictReader(io.StringIO(given_text(**options))))


def given_text(**options: bool) -> str:
    """Give an export of the neighbour as CSV."""
    out = io.BytesIO()
    give_back(out, Format.CSV, SOURCE, **options)
    return out.getvalue().decode("utf-8-sig")


def rows_of(cases, events):
    """Deal events out to cases so that rows of a case do not lie together."""
    return [
        row(case=f"c{n}", event=f"e{m}.{n}", **case, **event)
        for m, event in enumerate(events)
        for n, case in enumerate(cases)
    ]


def as_set(rows):
    return sorted(tuple(sorted(one.items())) for one in rows)


@settings(max_examples=30)
@given(cases=CASES, events=EVENTS)
def test_every_cell_comes_back_as_it_was(tmp_path_factory, cases, events):
    from django.db import transaction

    from motcua.core.agencies.queries import forget_tree
    from motcua.core.procedures import queries as procedures

    rows = rows_of(cases, events)
    forget_tree()
    procedures.clear()
    with transaction.atomic():
        text = text_of(*rows, quoting=csv.QUOTE_ALL)
        report = take_bytes(tmp_path_factory.mktemp("log"), text.encode())
        assert (report.created, report.refused) == (len(cases), 0)
        if cases:
            assert as_set(given_back()) == as_set(rows)
        transaction.set_rollback(True)


def test_an_export_may_be_taken_over_again(tmp_path):
    take(tmp_path, row(), row(event="e2"))
    assert take_bytes(tmp_path, given_text().encode()).unchanged == 1


def test_a_formula_comes_back_equal_and_only_on_wish_harmless(tmp_path):
    take(tmp_path, row(note="=1+1", who="@you"))
    assert [(one["note"], one["who"]) for one in given_back()] == [("=1+1", "@you")]
    (tame,) = given_back(for_spreadsheets=True)
    assert (tame["note"], tame["who"], tame["what"]) == ("'=1+1", "'@you", "Receive")


def test_an_unknown_source_is_refused():
    with pytest.raises(UnknownSource):
        give_back(io.BytesIO(), Format.CSV, "nobody")


def everything() -> list[dict[str, str]]:
    out = io.BytesIO()
    give_dossiers(out, Format.CSV, zone="Asia/Ho_Chi_Minh")
    return list(csv.DictReader(io.StringIO(out.getvalue().decode())))


def test_the_whole_house_holds_the_cells_of_every_source(tmp_path):
    take(tmp_path, row(), row(event="e2"))
    given_ = [{key: one[key] for key in row()} for one in everything()]
    assert as_set(given_) == as_set([row(), row(event="e2")])


def test_a_live_dossier_is_given_in_the_standard_columns():
    done = make_world().take_in()
    (told,) = everything()
    assert tuple(told) == tuple(column.key for column in EVENT_COLUMNS)
    assert (told["case:concept:name"], told["concept:name"]) == (done.code, "take_in")
    assert (told["motcua:receiving"], told["time:timestamp"]) == (
        "H26.12",
        "2026-11-02 09:00:00+07:00",
    )
    assert "Nguyễn" not in str(told)


def test_a_column_that_a_later_file_adds_is_given_too(tmp_path):
    take(tmp_path, row())
    text = text_of(row(case="c2", event="e2")).replace("note,", "note,extra,").replace(",,", ",,x,")
    wider = MAPPING.replace('keep = ["note"]', 'keep = ["note", "extra"]')
    assert take_bytes(tmp_path, text.encode(), mapping=wider).created == 1
    assert [one["extra"] for one in given_back()] == ["", "x"]

"""A real log of 726 cases goes in, is counted from the tables, and comes out row for row."""

from __future__ import annotations

import csv
import datetime
import gzip
import io
from importlib.resources import files

import pytest

from motcua.core.access.actors import house
from motcua.core.agencies.queries import forget_tree
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.reconcile import check_state
from motcua.core.exports.giving import Format, give_back
from motcua.core.facts.tallies import reconcile
from motcua.core.ledger.chains import Tally, check_chains
from motcua.core.procedures import queries as procedures
from motcua.core.sql import reading
from motcua.core.takeover.actions import Report, take_over
from motcua.core.takeover.checking import check_events
from motcua.core.takeover.mapping import read_mapping

NOW = datetime.datetime(2026, 11, 2, 2, 0, tzinfo=datetime.UTC)
MAPPING = (files("motcua.systems.one_stop") / "mappings" / "receipt.toml").read_text("utf-8")
INSTANTS = {"time:timestamp", *(f"case:{name}" for name in ("startdate", "enddate"))}
INSTANTS |= {"case:enddate_planned", "case:deadline"}

pytestmark = [pytest.mark.reference, pytest.mark.django_db]


@pytest.fixture
def log(reference_data):
    forget_tree()
    procedures.clear()
    return reference_data / "process-logs" / "receipt.csv.gz"


def take(log, *, dry_run: bool = False) -> Report:
    mapping = read_mapping(MAPPING)
    return take_over(actor=house("import"), at=NOW, path=log, mapping=mapping, dry_run=dry_run)


def test_the_figures_are_those_of_the_log(log):
    told = take(log).told()
    assert [told[name] for name in ("dossiers", "events", "created", "refused")] == [
        726,
        4424,
        726,
        0,
    ]
    assert (told["finished"], told["late_on_plan"], told["late_on_deadline"]) == (677, 219, 213)
    assert (told["ended_before_start"], told["events_after_end"]) == (1, 87)


def test_a_second_run_changes_nothing(log):
    first = take(log).told()
    assert take(log).told() == {**first, "created": 0, "unchanged": 726}


def test_a_dry_run_foretells_it(log):
    tried = take(log, dry_run=True)
    assert not Dossier.objects.exists()
    assert tried.figures == take(log).figures


def test_every_row_comes_back(log):
    take(log)
    out = io.BytesIO()
    give_back(out, Format.CSV, "receipt")
    with gzip.open(log, "rt", encoding="utf-8", newline="") as given:
        assert _rows(io.StringIO(out.getvalue().decode())) == _rows(given)


def test_what_was_taken_over_is_sound(log):
    take(log)
    assert [*check_state(), *check_events(), *check_chains(reading(), Tally())] == []
    assert reconcile() == {}


def _rows(stream) -> set[frozenset[tuple[str, object]]]:
    """Give the rows as a set, instants as instants."""
    return {
        frozenset(
            (name, _instant(cell) if name in INSTANTS else cell) for name, cell in row.items()
        )
        for row in csv.DictReader(stream)
    }


def _instant(cell: str) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(cell) if cell else None

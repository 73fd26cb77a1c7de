"""The catalogue that ships: 77 procedures, published where nothing is only remembered."""

from __future__ import annotations

import json

import pytest

from motcua.core.catalogue.actions import withdraw
from motcua.core.catalogue.checks import gaps
from motcua.core.catalogue.content import content_of
from motcua.core.catalogue.models import Edition, Listing
from motcua.core.catalogue.queries import of_procedure, search
from motcua.core.catalogue.shipped import RUNS, load_shipped, packed, shipped_rows
from motcua.core.catalogue.tests.conftest import BY
from motcua.core.procedures.systems import systems


@pytest.fixture
def shipped(db):
    return load_shipped(**BY)


def test_every_row_is_published_or_shows_its_gap(shipped):
    assert len(shipped.new) == 77
    for edition in Edition.objects.all():
        found = gaps(content_of(edition.body))
        assert (edition.state == "published") is (found == ())
    assert 0 < Listing.objects.filter(published=True).count() < 77


def test_loading_again_changes_nothing_and_brings_nothing_back(shipped):
    key = search("").rows[0].key
    withdraw(**BY, key=key, document="1/QĐ-UBND")
    assert len(load_shipped(**BY).same) == 77
    assert not Listing.objects.get(key=key).published


def test_what_runs_here_is_linked(shipped):
    here = {code for one in systems() for code in one.procedures}
    assert set(RUNS.values()) <= {name.removesuffix(".toml") for name in here}
    assert set(RUNS) <= set(Listing.objects.values_list("key", flat=True))
    assert of_procedure("1.003633") == Listing.objects.get(key="1.003633")


def test_the_file_holds_each_source_once():
    rows = list(shipped_rows())
    assert rows == [json.loads(json.dumps(row)) for row in rows]
    head = json.loads(packed(rows).splitlines()[0])
    assert len(head["sources"]) == len(set(head["sources"]))


@pytest.mark.reference
def test_the_file_says_what_was_compiled(reference_data):
    text = (reference_data / "procedures" / "catalogue.jsonl").read_text("utf-8")
    assert list(shipped_rows()) == [json.loads(line) for line in text.splitlines()]

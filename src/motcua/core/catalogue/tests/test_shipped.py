"""The catalogue that ships: 77 procedures, published where nothing is only remembered."""

from __future__ import annotations

import json

import pytest

from motcua.core.catalogue.actions import withdraw
from motcua.core.catalogue.checks import REQUIRED, gaps
from motcua.core.catalogue.content import content_of
from motcua.core.catalogue.facts import read_facts
from motcua.core.catalogue.models import Edition, Listing
from motcua.core.catalogue.proposing import prepare
from motcua.core.catalogue.queries import of_procedure, search
from motcua.core.catalogue.shipped import (
    RUNS,
    compiled_rows,
    load_shipped,
    packed,
    read_since,
)
from motcua.core.catalogue.tests.conftest import BY
from motcua.core.catalogue.tests.shipped_gaps import DRAFTS, PUBLISHED
from motcua.core.dossiers.tests.world import MONDAY, make_world
from motcua.core.procedures.declaration import Mark
from motcua.core.procedures.systems import systems


@pytest.fixture
def shipped(db):
    return load_shipped(**BY)


def test_each_of_the_77_is_published_or_a_draft_for_its_reason(shipped):
    assert len(shipped.new) == 77
    there = {}
    for one in Edition.objects.select_related("listing"):
        parts = [f"{gap.where}:{gap.code.split('.')[1]}" for gap in gaps(content_of(one.body))]
        there[one.listing.key] = (one.state, " ".join(parts))
    expected = dict.fromkeys(PUBLISHED, ("published", ""))
    expected |= {key: ("draft", why) for key, why in DRAFTS.items()}
    assert there == expected
    assert (len(PUBLISHED), len(DRAFTS)) == (22, 55)


def test_nothing_published_is_only_remembered_and_every_value_has_its_source(shipped):
    for one in Edition.objects.filter(state="published"):
        content = content_of(one.body)
        for name in ("code", *REQUIRED[content.form]):
            value = content.values[name]
            assert value.mark is Mark.CONFIRMED
            assert value.source.strip()


def test_what_was_read_since_mends_a_doubt_of_the_list_and_nothing_else():
    """A value that the list had read in a document is never replaced, unless its unit was guessed
    or it states nothing."""
    rows = {row["code"]["value"]: row for row in compiled_rows()}
    for key, values in read_since().items():
        for name, value in values.items():
            before = read_facts(rows[key], [])
            doubted = {gap.where for gap in gaps(before)}
            assert name in doubted
            assert value["source"] != rows[key][name]["source"]


def test_a_house_that_loaded_the_older_list_is_brought_up_to_date(db, monkeypatch):
    monkeypatch.setattr("motcua.core.catalogue.shipped.read_since", dict)
    load_shipped(**BY)
    assert Listing.objects.filter(published=True).count() == 9
    monkeypatch.undo()
    load_shipped(**BY)
    assert Listing.objects.filter(published=True).count() == 22
    assert Edition.objects.count() == 77


def test_what_an_officer_prepares_is_left_alone_when_it_is_loaded_again(shipped):
    key = min(DRAFTS)
    world = make_world()
    prepare(actor=world.officers["specialist"], at=MONDAY, key=key, request=None)
    assert len(load_shipped(**BY).same) == 77
    assert Edition.objects.filter(listing__key=key).count() == 2


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
    rows = list(compiled_rows())
    assert rows == [json.loads(json.dumps(row)) for row in rows]
    head = json.loads(packed(rows).splitlines()[0])
    assert len(head["sources"]) == len(set(head["sources"]))


@pytest.mark.reference
def test_the_file_says_what_was_compiled(reference_data):
    text = (reference_data / "procedures" / "catalogue.jsonl").read_text("utf-8")
    assert list(compiled_rows()) == [json.loads(line) for line in text.splitlines()]

"""Writing entries: the chain, the body, refusals and the stream of the house."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.ledger.append import HOUSE, NewEntry, StreamMoved, append, append_to_house
from motcua.core.ledger.commitments import SaltTooShort, commitment
from motcua.core.ledger.hashing import entry_hash, genesis
from motcua.core.ledger.models import Entry
from motcua.core.ledger.tests.tools import T0, later, write
from motcua.core.sql import act
from motcua.kernel.canonical import FloatFound
from tests.counted import counted

pytestmark = pytest.mark.django_db


def first(**changes) -> NewEntry:
    facts = {"stream": 5, "seq": 1, "act": "receive", "at": T0, "recorded": later(1)}
    return NewEntry(**(facts | changes))


def test_the_returned_hash_covers_genesis_and_body():
    with act() as tx:
        digest = append(tx, first(data={"after": {"state": "received"}}), genesis(5))
    entry = Entry.objects.get()
    assert bytes(entry.hash) == digest == entry_hash(genesis(5), entry.body.encode())


def test_the_body_names_every_fact_of_the_act():
    with act() as tx:
        entry = first(
            actor="officer:7",
            post="clerk",
            version=3,
            from_step="intake",
            to_step="review",
            files=["ab" * 32],
            commitments=["cd" * 32],
            data={"after": {"state": "open"}},
            origin="imported",
        )
        append(tx, entry, genesis(5))
    assert json.loads(Entry.objects.get().body) == {
        "stream": 5,
        "seq": 1,
        "act": "receive",
        "actor": "officer:7",
        "post": "clerk",
        "at": "2026-03-02T01:00:00.000000+00:00",
        "recorded": "2026-03-02T01:01:00.000000+00:00",
        "version": 3,
        "from": "intake",
        "to": "review",
        "files": ["ab" * 32],
        "commitments": ["cd" * 32],
        "data": {"after": {"state": "open"}},
        "origin": "imported",
    }


def test_columns_read_as_instants_through_the_model():
    with act() as tx:
        append(tx, first(), genesis(5))
    entry = Entry.objects.get()
    assert (entry.at, entry.recorded_at, entry.seal, entry.leaf) == (T0, later(1), None, None)


def test_each_entry_carries_the_hash_before_it():
    write(5, 3)
    one, two, three = Entry.objects.order_by("seq")
    assert (bytes(one.previous), bytes(two.previous)) == (genesis(5), bytes(one.hash))
    assert bytes(three.previous) == bytes(two.hash)


def test_an_append_is_one_statement():
    with act() as tx, counted(tx) as calls:
        append(tx, first(), genesis(5))
    assert calls == ["send"]


@pytest.mark.django_db(transaction=True)
def test_a_place_taken_by_another_act_is_refused_by_name():
    write(5)
    with pytest.raises(StreamMoved) as refused, act() as tx:
        append(tx, first(), genesis(5))
    assert refused.value.retry
    assert Entry.objects.count() == 1


def test_a_fraction_is_refused():
    with pytest.raises(FloatFound), act() as tx:
        append(tx, first(data={"share": 0.5}), genesis(5))


@pytest.mark.django_db(transaction=True)
def test_a_failed_act_leaves_no_entry():
    def fail_late():
        with act() as tx:
            append(tx, first(), genesis(5))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_late()
    assert not Entry.objects.exists()


def test_acts_of_the_house_follow_one_another_in_stream_0():
    for number in (1, 2):
        with act() as tx:
            append_to_house(tx, act="publish", at=T0, actor="officer:1", data={"version": number})
    one, two = Entry.objects.filter(stream=HOUSE).order_by("seq")
    assert (one.seq, two.seq, bytes(two.previous)) == (1, 2, bytes(one.hash))
    assert bytes(one.previous) == genesis(HOUSE)


@given(st.integers(0, 2**62), st.integers(0, 2**62))
def test_no_two_streams_begin_alike(one, two):
    assert (genesis(one) == genesis(two)) is (one == two)


def test_a_commitment_binds_salt_and_value():
    salt = b"s" * 16
    told = {commitment(salt, "Lan"), commitment(salt, "Mai"), commitment(b"t" * 16, "Lan")}
    assert len(told) == 3
    assert commitment(salt, "Lan") in told


def test_a_short_salt_is_refused():
    with pytest.raises(SaltTooShort):
        commitment(b"s" * 15, "Lan")

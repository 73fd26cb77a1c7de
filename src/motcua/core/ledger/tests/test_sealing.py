"""Sealing: which rows, in which order, signed by whom, and what two sealers do to one another."""

from __future__ import annotations

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import transaction

from motcua.core.ledger import sealing
from motcua.core.ledger.hashing import first_seal, seal_hash, signed_bytes
from motcua.core.ledger.models import Entry, Seal
from motcua.core.ledger.sealing import SealRaced, seal
from motcua.core.ledger.statement import instance, public_key
from motcua.core.ledger.tests.tools import later, run, unguarded, write
from motcua.kernel import merkle

pytestmark = pytest.mark.django_db


def hashes() -> list[bytes]:
    return [bytes(value) for value in Entry.objects.order_by("id").values_list("hash", flat=True)]


def test_nothing_to_seal_gives_none():
    assert seal(at=later(0)) is None


def test_a_seal_holds_the_root_over_the_entries_in_id_order():
    write(5, 2)
    write(3, 1)
    made = seal(at=later(9))
    assert (made.number, made.size, bytes(made.root)) == (1, 3, merkle.root(hashes()))
    places = Entry.objects.order_by("id").values_list("seal", "leaf")
    assert list(places) == [(1, 0), (1, 1), (1, 2)]


def test_the_statement_says_it_all_and_is_signed():
    write(5)
    made = seal(at=later(9))
    assert json.loads(made.statement) == {
        "format": "motcua.seal.1",
        "instance": instance(),
        "number": 1,
        "size": 1,
        "root": merkle.root(hashes()).hex(),
        "previous": first_seal(instance()).hex(),
        "sealed_at": "2026-03-02T01:09:00.000000+00:00",
        "key": public_key().hex(),
    }
    key = Ed25519PublicKey.from_public_bytes(public_key())
    key.verify(made.signature, signed_bytes(made.statement))


def test_seals_follow_one_another():
    write(5)
    one = seal(at=later(9))
    write(5)
    two = seal(at=later(10))
    assert (two.number, two.size, two.previous_hash) == (2, 1, seal_hash(one.statement))


def test_a_row_whose_id_commits_late_is_sealed_too():
    write(5, 3)
    with unguarded():
        run("UPDATE ledger_entry SET id = id + 1000 WHERE seq < 3")
    seal(at=later(9))
    write(6)  # then an id below all of those
    with unguarded():
        run("UPDATE ledger_entry SET id = 1000 WHERE stream = 6")
    assert seal(at=later(10)).size == 1
    assert not Entry.objects.filter(seal=None).exists()


def test_a_batch_is_bounded_and_the_rest_waits():
    write(5, 5)
    sizes = [seal(at=later(9), batch=2).size for _ in range(3)]
    assert (sizes, seal(at=later(9), batch=2)) == ([2, 2, 1], None)


def test_rows_that_another_sealer_took_undo_the_seal():
    with pytest.raises(SealRaced):
        sealing._in_order([(0, b"a"), (2, b"c")])


@pytest.mark.django_db(transaction=True)
def test_sealing_inside_an_act_is_refused():
    write(5)
    with pytest.raises(RuntimeError), transaction.atomic():
        seal(at=later(9))
    assert not Seal.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_failure_while_signing_leaves_the_entries_unsealed(monkeypatch):
    write(5)
    monkeypatch.setattr(sealing, "sign", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        seal(at=later(9))
    assert Entry.objects.filter(seal=None, leaf=None).count() == 1

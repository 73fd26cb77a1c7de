"""The attacker writes the whole ledger anew, at worst with the seal key: what still tells."""

from __future__ import annotations

import json

import pytest
from django.conf import settings

from motcua.core import secrets
from motcua.core.ledger.hashing import entry_hash, genesis
from motcua.core.ledger.models import Entry, Seal
from motcua.core.ledger.sealing import seal
from motcua.core.ledger.statement import public_key
from motcua.core.ledger.tests.tools import FORGE, codes, later, one, report, run, write
from motcua.core.ledger.witness import hand_over
from motcua.core.places import place
from motcua.kernel import canonical

pytestmark = pytest.mark.django_db


def rechain(stream: int) -> None:
    """Recompute a stream as the house itself would have written it."""
    previous = genesis(stream)
    for seq, row in enumerate(Entry.objects.filter(stream=stream).order_by("seq"), start=1):
        facts = json.loads(row.body) | {"seq": seq}
        body = canonical.encode(facts)
        digest = entry_hash(previous, body)
        run(
            "UPDATE ledger_entry SET seq = %s, body = %s, previous = %s, hash = %s WHERE id = %s",
            *(seq, body.decode(), previous, digest, row.pk),
        )
        previous = digest
    # Out of the way first: the places of a stream are taken while its rows move up or down.
    run("UPDATE ledger_entry SET id = -seq WHERE stream = %s", stream)
    run("UPDATE ledger_entry SET id = %s - id WHERE id < 0", place(stream, 0))


def reseal_everything() -> None:
    """Sign the whole ledger anew with the stolen key, seal by seal as before."""
    sizes = list(Seal.objects.order_by("number").values_list("size", flat=True))
    run("UPDATE ledger_entry SET seal_id = NULL, leaf = NULL")
    run("DELETE FROM ledger_seal")
    for minute, size in zip((9, 10), sizes, strict=True):
        seal(at=later(minute), batch=size, to=())


def change() -> None:
    run(FORGE, one())


def remove() -> None:
    run("DELETE FROM ledger_entry WHERE id = %s", one())


def insert() -> None:
    """Put one more entry between the second and the third of stream 5."""
    write(5)
    run("UPDATE ledger_entry SET id = id + 1000, seq = seq + 1000 WHERE stream = 5 AND seq > 2")
    run("UPDATE ledger_entry SET id = id - 106, seq = 900 WHERE stream = 5 AND seq = 1006")


@pytest.mark.parametrize("tamper", [change, remove, insert])
def test_a_perfectly_rewritten_ledger_is_found_by_the_witness_alone(ledger, tamper):
    tamper()
    rechain(5)
    reseal_everything()
    assert report(to=()).ok  # without a witness nothing can be seen: that is the threat
    assert codes() == {"ledger.witness_differs"}


def stolen(settings, folder) -> None:
    """Give the attacker a key folder of their own; all they know of the house is its id."""
    folder.mkdir()
    copied = folder / "instance.key"
    copied.write_bytes(secrets.key("instance", 16))
    copied.chmod(0o600)
    settings.MOTCUA_KEYS = folder
    secrets.key.cache_clear()


def test_another_key_is_found_even_when_the_witness_is_forged_too(ledger, settings, tmp_path):
    own = settings.MOTCUA_KEYS
    stolen(settings, tmp_path / "theirs")
    change()
    rechain(5)
    reseal_everything()
    settings.MOTCUA_WITNESS = tmp_path / "forged"
    hand_over()
    assert codes() == set()  # sound in itself
    former = public_key().hex()
    settings.MOTCUA_KEYS = own
    secrets.key.cache_clear()
    assert codes() == {"ledger.seal_key"}
    (own / "seal.former").write_text(f"{former}\n")
    assert codes() == set()  # a key that the house itself names


def test_seals_of_another_house_are_found(ledger):
    other = settings.MOTCUA_KEYS / "instance.key"
    other.write_bytes(b"another house ..")
    other.chmod(0o600)
    secrets.key.cache_clear()
    assert codes() == {"ledger.seal_link"}


def test_an_inserted_entry_is_found_even_when_its_stream_is_rechained(ledger):
    insert()
    rechain(5)
    assert "ledger.seal_root" in codes()

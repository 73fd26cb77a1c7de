"""Proofs: what a citizen can check with a file, a JSON and the city's key, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from motcua.core.ledger.models import Entry
from motcua.core.ledger.proof import proof_of
from motcua.core.ledger.proof_check import check_proof
from motcua.core.ledger.sealing import seal
from motcua.core.ledger.statement import public_key
from motcua.core.ledger.tests.tools import later, write
from motcua.kernel import canonical

pytestmark = pytest.mark.django_db
FILE = "ab" * 32


def proven(count: int = 5, place: int = 2) -> dict[str, object]:
    write(5, count, files=[FILE])
    seal(at=later(9))
    proof = proof_of(Entry.objects.get(stream=5, seq=place))
    return json.loads(json.dumps(proof))


def test_there_is_no_proof_before_the_seal():
    write(5)
    assert proof_of(Entry.objects.get()) is None


@pytest.mark.parametrize("count", [1, 2, 3, 8, 13])
def test_every_entry_of_a_seal_has_a_proof(count):
    write(5, count)
    seal(at=later(9))
    outcomes = [check_proof(proof_of(entry)) for entry in Entry.objects.all()]
    assert [outcome.ok for outcome in outcomes] == [True] * count


def test_a_proof_for_the_right_file_and_key_holds():
    outcome = check_proof(proven(), trusted_key=public_key(), file_sha256=FILE)
    assert (outcome.ok, outcome.intact, outcome.trusted, outcome.file_listed) == (True,) * 4
    assert outcome.public_key == public_key().hex()
    assert outcome.sealed_at == "2026-03-02T01:09:00.000000+00:00"


def test_a_stranger_s_key_is_told():
    outcome = check_proof(proven(), trusted_key=b"k" * 32)
    assert (outcome.ok, outcome.intact, outcome.trusted) == (False, True, False)
    assert [problem.code for problem in outcome.problems] == ["proof.key"]


def test_another_file_is_told():
    outcome = check_proof(proven(), file_sha256="cd" * 32)
    assert (outcome.ok, outcome.intact, outcome.file_listed) == (False, True, False)


def test_a_hash_elsewhere_in_the_body_is_no_file():
    write(5, files=[FILE], commitments=["cd" * 32])
    seal(at=later(9))
    assert not check_proof(proof_of(Entry.objects.get()), file_sha256="cd" * 32).file_listed


def test_a_flipped_bit_anywhere_fails():
    text = canonical.encode(proven())
    holding = [
        (place, bit)
        for place in range(len(text))
        for bit in (0, 5)
        if holds(flip(text, place, bit))
    ]
    assert holds(text)
    assert holding == []


def flip(text: bytes, place: int, bit: int) -> bytes:
    return text[:place] + bytes([text[place] ^ 1 << bit]) + text[place + 1 :]


def holds(text: bytes) -> bool:
    try:
        data = json.loads(text)
    except ValueError:
        return False
    return check_proof(data).ok


@pytest.mark.parametrize("data", [None, [], "x", 7, {}, {"format": "motcua.proof.1"}])
def test_what_is_no_proof_is_told(data):
    assert [problem.code for problem in check_proof(data).problems] == ["proof.format"]


@pytest.mark.parametrize(
    "change",
    [
        {"leaf": True},
        {"leaf": 2.0},
        {"path": None},
        {"path": [7]},
        {"body": None},
        {"body": "\ud800"},
        {"statement": {}},
        {"extra": 1},
        {"signature": "ab"},
    ],
)
def test_a_proof_of_another_shape_is_told(change):
    assert [problem.code for problem in check_proof(proven() | change).problems] == ["proof.format"]


def test_a_proof_under_another_seal_fails():
    mine = proven()
    write(6, 3)
    seal(at=later(10))
    theirs = proof_of(Entry.objects.get(stream=6, seq=1))
    mixed = mine | {name: theirs[name] for name in ("statement", "signature")}
    assert [problem.code for problem in check_proof(mixed).problems] == ["proof.path"]


@pytest.mark.parametrize("words", ["2026-03-02\nĐÚNG", "2026-03-02\n01:09:00.000000+00:00", 7])
def test_a_forger_cannot_speak_through_the_instant(monkeypatch, words):
    monkeypatch.setattr("motcua.core.ledger.statement.instant_text", lambda _: words)
    assert [problem.code for problem in check_proof(proven()).problems] == ["proof.path"]


def test_the_outcome_is_json():
    assert json.loads(json.dumps(check_proof(proven()).as_json()))["ok"]


def test_the_check_needs_no_django():
    script = (
        "import sys, motcua.core.ledger.proof_check; "
        "sys.exit(any(name.split('.')[0] in ('django', 'sqlite3') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0

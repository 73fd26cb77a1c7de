"""Witnesses: what they keep, what they refuse, and what a crash leaves for the next run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings

from motcua.core.ledger import sealing
from motcua.core.ledger.models import Seal
from motcua.core.ledger.sealing import seal
from motcua.core.ledger.tests.tools import empty_ledger, later, write
from motcua.core.ledger.verify import verify
from motcua.core.ledger.witness import (
    FolderWitness,
    WitnessDisagrees,
    WitnessUnreachable,
    hand_over,
)
from motcua.core.sql import reading

pytestmark = pytest.mark.django_db


def files() -> list[str]:
    return sorted(path.name for path in Path(settings.MOTCUA_WITNESS).iterdir())


def test_a_seal_reaches_the_folder_whole():
    write(5)
    made = seal(at=later(9))
    held = json.loads((settings.MOTCUA_WITNESS / "1.json").read_text())
    assert held["statement"] == made.statement
    assert held["signature"] == made.signature.hex()
    assert files() == ["1.json"]  # no draft stays behind


def test_a_witness_reads_all_back(tmp_path):
    witness = FolderWitness(tmp_path / "w")
    texts = {number: f"seal {number}" for number in (1, 2, 30)}
    for number, text in texts.items():
        witness.put(number, text)
    assert {number: witness.get(number) for number in witness.numbers()} == texts
    assert witness.get(4) is None


def test_the_same_seal_again_changes_nothing(tmp_path):
    witness = FolderWitness(tmp_path)
    witness.put(1, "a")
    witness.put(1, "a")
    assert witness.get(1) == "a"


def test_another_seal_under_the_same_number_is_refused(tmp_path):
    witness = FolderWitness(tmp_path)
    witness.put(1, "a")
    with pytest.raises(WitnessDisagrees):
        witness.put(1, "b")
    assert witness.get(1) == "a"


def test_a_writer_who_lost_the_race_finds_out(tmp_path, monkeypatch):
    slow, fast = FolderWitness(tmp_path), FolderWitness(tmp_path)
    write_file = slow._write
    monkeypatch.setattr(slow, "_write", lambda *file: (fast.put(1, "b"), write_file(*file)))
    with pytest.raises(WitnessDisagrees):
        slow.put(1, "a")
    assert (fast.get(1), [path.name for path in tmp_path.iterdir()]) == ("b", ["1.json"])


def test_foreign_files_in_the_folder_are_no_seals(tmp_path):
    for name in ("readme.txt", ".1.json.77", "x.json", "2.json.bak"):
        (tmp_path / name).write_text("x")
    assert list(FolderWitness(tmp_path).numbers()) == []


def test_a_folder_that_is_a_file_is_unreachable(tmp_path):
    (tmp_path / "w").write_text("")
    with pytest.raises(WitnessUnreachable):
        FolderWitness(tmp_path / "w").put(1, "a")


def crash(*_):
    raise SystemExit("killed between commit and hand-over")


def test_what_a_crash_kept_back_goes_out_with_the_next_run(monkeypatch):
    for _ in range(2):
        write(5)
        monkeypatch.setattr(sealing, "hand_over", crash)
        with pytest.raises(SystemExit):
            seal(at=later(9))
        monkeypatch.undo()
    report = verify(tx=reading(), at=later(9))
    assert (report.ok, report.witnessed, report.unwitnessed) == (True, None, 2)
    assert seal(at=later(10)) is None
    assert files() == ["1.json", "2.json"]


def test_a_witness_that_was_emptied_is_told():
    write(5)
    seal(at=later(9))
    (settings.MOTCUA_WITNESS / "1.json").unlink()
    soon, late = (verify(tx=reading(), at=later(minutes)) for minutes in (19, 20))
    assert (soon.ok, soon.unwitnessed, soon.unwitnessed_seconds) == (True, 1, 600)
    assert [one.code for one in late.findings] == ["ledger.witness_late"]


def test_an_unreachable_witness_is_told_and_served_later():
    write(5)
    blocker = settings.MOTCUA_WITNESS
    blocker.write_text("")
    with pytest.raises(WitnessUnreachable):
        seal(at=later(9))
    blocker.unlink()
    assert seal(at=later(9)) is not None
    assert files() == ["1.json"]


def test_hand_over_sends_each_seal_once():
    write(5)
    seal(at=later(9))
    other = [FolderWitness(settings.MOTCUA_WITNESS / "other")]
    assert (hand_over(other), hand_over(other), hand_over()) == (1, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_a_restored_copy_does_not_fork_what_was_witnessed():
    write(5)
    seal(at=later(9))
    empty_ledger()
    write(6)
    with pytest.raises(WitnessDisagrees):
        seal(at=later(10))
    assert not Seal.objects.exists()

"""A template looked at with a dossier: what the keeper may read in clear, and nothing else."""

from __future__ import annotations

import pytest

from motcua.core.documents import trials
from motcua.core.documents.queries import PaperUnknown
from motcua.core.documents.trials import OnlyInClear, trial_data
from motcua.core.dossiers.models import Paper
from motcua.core.dossiers.situation import NotFound
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.letters.declared import letter_at


def looked_at(actor, code, letter="form03"):
    return trial_data(actor, letter_at(f"one_stop.{letter}"), code, at=MONDAY)


def test_the_data_are_those_of_the_dossier_and_marked(world):
    done = world.take_in()
    _, data = looked_at(world.officers["counter"], done.code)
    assert data["applicant"]["name"] == "Nguyễn Trường Đạt"
    assert data["preview"] is True
    assert not Paper.objects.filter(letter="form03").exists()


def test_a_dossier_that_is_not_read_is_not_there(world):
    done = world.take_in()
    with pytest.raises(NotFound):
        looked_at(world.officers["other_specialist"], done.code)


def test_what_is_seen_behind_a_mask_goes_onto_no_trial(world, monkeypatch):
    done = world.take_in()
    monkeypatch.setattr(trials, "is_clear", lambda *_: False)
    with pytest.raises(OnlyInClear):
        looked_at(world.officers["counter"], done.code)


def test_a_receipt_of_fees_needs_a_payment(world):
    done = world.take_in()
    with pytest.raises(PaperUnknown):
        looked_at(world.officers["counter"], done.code, "bill")

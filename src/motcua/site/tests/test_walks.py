"""Every published procedure is walked by the real acts: to its result, through a supplement, away.

The walks are drawn from the declarations, so a procedure that is added is walked as well.
"""

from __future__ import annotations

from random import Random

import pytest

from motcua.core.agencies.models import Competence
from motcua.core.dossiers.models import Dossier, Paper
from motcua.core.dossiers.reconcile import check_state
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.queries import current
from motcua.core.procedures.reading import read
from motcua.core.procedures.systems import load
from motcua.core.till.reconcile import check_till
from motcua.kernel.flow.definition import Definition, Kind, Move
from motcua.kernel.flow.paths import main_moves
from motcua.site.sample.stories import Story, tell
from motcua.site.tests.conftest import AT

PACE = 2.0
_TOLD = (
    read(text, system="one_stop") for text in load("motcua.systems.one_stop").procedures.values()
)
# What waits for linked procedures is walked with their worker, in the journeys.
CODES = [one.code for one in _TOLD if {"public", "counter"} & {*one.channels} and not one.parts]


@pytest.fixture(params=CODES)
def declaration(request, sample_city) -> Declaration:
    return current(request.param).declaration


def _ready(flow: Definition, move: Move) -> list[str]:
    """Give the opinions that a move requires, asked and answered, and the move."""
    if not move.legs:
        return [move.key]
    consult, reply = (_of(flow, kind, move.sources[0]) for kind in (Kind.CONSULT, Kind.REPLY))
    asked = [f"{reply.key}:{number}" for number in range(1, len(move.legs) + 1)]
    return [f"{consult.key}:{','.join(move.legs)}", *asked, move.key]


def _of(flow: Definition, kind: Kind, step: str) -> Move:
    """Give the one move of a kind from a step."""
    (found,) = (move for move in flow.moves if move.kind is kind and step in move.sources)
    return found


def _to(flow: Definition, step: str) -> list[str]:
    """Give the acts of the main path up to a step."""
    acts: list[str] = []
    for move in main_moves(flow):
        if step in move.sources:
            break
        acts += _ready(flow, move)
    return acts


def _told(declaration: Declaration, acts: list[str]) -> Dossier:
    """Tell a dossier of the procedure to the end of its acts, online where that is open."""
    place = Competence.objects.filter(procedure=declaration.code).order_by("agency__code").first()
    assert place is not None
    counter = _at_counter(declaration)
    story = Story(
        of=declaration.code,
        at=place.agency.code,
        days=25,
        acts=" ".join(acts[1:] if counter else acts),
        pace=PACE,
        counter=counter,
    )
    return Dossier.objects.get(pk=tell(story, AT, Random(7)))


def _at_counter(declaration: Declaration) -> bool:
    """Tell whether it is filed at a counter only, which receives it in the same act."""
    return "public" not in declaration.channels


def _papers(dossier: Dossier) -> set[str]:
    return set(Paper.objects.filter(dossier=dossier).values_list("letter", flat=True))


def test_it_is_walked_to_its_result(declaration):
    acts = [act for move in main_moves(declaration.flow) for act in _ready(declaration.flow, move)]
    dossier = _told(declaration, acts)
    assert (dossier.state, dossier.outcome, dossier.closed) == ("returned", "granted", True)
    assert dossier.code is not None
    assert dossier.bucket in {"early", "on_time", "late"}
    assert "result" in _papers(dossier)
    assert [*check_state(), *check_till()] == []


def test_a_supplement_is_asked_for_answered_and_the_result_follows(declaration):
    flow = declaration.flow
    asks = [move for move in flow.moves if move.kind is Kind.SUPPLEMENT]
    if not asks:
        assert declaration.channels == ("counter",)  # done while the applicant stands there
        return
    for ask in asks:
        step = ask.sources[0]
        answer = _of(flow, Kind.ANSWER, step)
        dossier = _told(declaration, [*_to(flow, step), ask.key, answer.key])
        assert (dossier.step, dossier.closed, dossier.paused_since) == (step, False, None)
        assert "form02" in _papers(dossier)
    assert list(check_state()) == []


def test_it_is_refused_with_a_written_reason_from_every_step_that_may(declaration):
    flow = declaration.flow
    kinds = {Kind.REFUSE, Kind.STOP}
    refusals = [one for one in flow.moves if one.kind in kinds and "house" not in one.by]
    assert refusals
    for move in refusals:
        if _at_counter(declaration) and flow.start in move.sources:
            continue  # turned away at the counter before there is a dossier
        dossier = _told(declaration, [*_to(flow, move.sources[0]), move.key])
        assert dossier.closed, move.key
        assert dossier.outcome in {"refused", "refused_reception"}
        assert "form03" in _papers(dossier)
    assert list(check_state()) == []

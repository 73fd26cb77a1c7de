"""An act that breaks off at any of its statements leaves no trace: there is no half act."""

from __future__ import annotations

from contextlib import suppress
from itertools import count

import pytest

from motcua.core.dossiers.orders import Handed
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.unchanged import tables
from motcua.core.files.store import Stored
from motcua.core.sql import Tx, reading


class BrokenOff(Exception):
    """The process died here."""


FEW = 7  # an act is more statements than that
PAPERS = (Handed("request", Stored("a" * 64, 1, "application/pdf")), Handed("report", copies=1))


def consulted(world):
    return world.move(
        world.to("appraise"), "specialist", "consult", legs=("police",), reason="Hỏi.", hours=5
    )


ACTS = {
    "intake": lambda world: lambda: world.take_in(key="k", evidence=PAPERS),
    "reception": lambda world: _move(world, world.file(), "counter", "receive"),
    "opinion": lambda world: _move(world, consulted(world), "police", "reply", leg=1),
    "hand_over": lambda world: _move(
        world, consulted(world), "specialist", "hand_over", agency_id=_heir()
    ),
    "refusal": lambda world: _move(world, consulted(world), "specialist", "refuse"),
}


def _move(world, done, who, name, **wishes):
    return lambda: world.move(done, who, name, hours=9, key="k", reason="Vì thế.", **wishes)


def _heir() -> int:
    from motcua.core.agencies.queries import agency_by_code

    return agency_by_code("H26.15").id


def break_at(monkeypatch, number: int) -> None:
    """Let the statement of this number, counted from now, be the last one."""
    left, tx = iter(range(number)), reading()
    for owner, name in ((Tx, "run"), (Tx, "one"), (tx, "send")):
        real = getattr(owner, name)

        def broken(*asked, real=real, **told):
            if next(left, None) is None:
                raise BrokenOff
            return real(*asked, **told)

        monkeypatch.setattr(owner, name, broken)


@pytest.mark.parametrize("name", ACTS)
def test_wherever_an_act_breaks_off_nothing_of_it_is_there(world, monkeypatch, name):
    act, before = ACTS[name](world), tables()
    for number in count():
        with monkeypatch.context() as patch:
            break_at(patch, number)
            with suppress(BrokenOff):
                act()
                break
        assert tables() == before, number
    assert number > FEW
    assert act().repeated
    assert list(check_state()) == []

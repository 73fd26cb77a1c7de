"""A procedure with everything that may go otherwise: apology, windows, reopening."""

from __future__ import annotations

import datetime
from dataclasses import replace
from zoneinfo import ZoneInfo

from motcua.core.dossiers.orders import Done
from motcua.core.dossiers.tests.world import FLOW, World, declaration, publish
from motcua.core.procedures.declaration import Declaration, LetterRule, Text, WindowRule
from motcua.kernel.calendar import Limit, Unit
from motcua.kernel.flow.definition import ClockOp, End, Kind, Move

CODE = "9.000007"
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
OPEN = ("assign", "appraise", "check", "approve")
MOVES = (
    Move("apologise", Kind.APOLOGISE, OPEN, by=("holder", "leader"), reason=True, at_most=1,
         letter="form04", message="apology"),
    Move("return_unanswered", Kind.STOP, ("appraise",), "unanswered", by=("house",), reason=True,
         letter="form03", message="returned"),
    Move("reopen", Kind.REOPEN, ("refused", "unanswered"), "appraise", by=("unit_head",),
         reason=True, clock=ClockOp.RESTART, at_most=1, letter="form01", message="reopened"),
)  # fmt: skip


def careful() -> Declaration:
    """Give the procedure: ten working days, an answer window of thirty calendar days."""
    flow = replace(
        FLOW,
        moves=(*FLOW.moves, *MOVES),
        ends=(*FLOW.ends, End("unanswered", "stopped", "stopped")),
    )
    days = lambda count: Limit(count, Unit.CALENDAR_DAY)  # noqa: E731
    window = WindowRule("supplement", days(30), days(25), "return_unanswered", None)
    plain = declaration(CODE, flow)
    said = ("apology", "returned", "reopened")
    return replace(
        plain,
        windows=(window,),
        apology=days(1),
        letters=(*plain.letters, LetterRule("form04", Text("Phiếu", "Letter"), promises=False)),
        messages={**plain.messages, **{key: Text("{code} {due}", "{code}") for key in said}},
    )


def publish_careful() -> None:
    """Publish it."""
    publish(careful())


def on(day: int, hour: int, month: int = 11) -> datetime.datetime:
    """An instant of 2026 in Hanoi."""
    return datetime.datetime(2026, month, day, hour, tzinfo=HANOI)


def asked(world: World) -> Done:
    """A dossier whose applicant was asked for more on 2 November 2026, 13:00 in Hanoi."""
    done = world.to("appraise", procedure=CODE)
    return world.move(done, "specialist", "supplement", reason="Thiếu bản vẽ.", hours=4)

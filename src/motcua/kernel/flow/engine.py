"""The step engine: ``start`` puts the main token down, ``apply`` carries out one order.

Both are pure: they read frozen data and return a new marking with the effects to carry out; an
order that is refused raises and changes nothing. Who may give the order is not decided here.

**Which order is refused.** The first of these that holds is raised:

1. `UnknownMove`: the definition has no move of that key.
2. `Ended`: the main token rests on an end, and the move is no REOPEN from there.
3. `NotFromHere`: the step it stands on is not among the move's sources.
4. `Waiting`: the dossier waits for the applicant and the move is FORWARD, BACK, SUPPLEMENT,
   CONSULT or APOLOGISE (no date can be promised then). `NotWaiting`: it does not wait and the move
   is ANSWER.
5. `UsedUp`: the move has a limit (``at_most`` > 0) and was done that often in this dossier.
6. `ReasonMissing`: the move asks for a reason and the order's is empty or blank.
7. `Unpaid`: the move asks for the fees and the order says that some are owed.
8. By kind. REPLY, `NoSuchLeg`: ``order.leg`` is not the number of a leg of the marking that is
   open, that is, not yet replied. CONSULT, `BadLegs`: ``order.legs`` is empty, names a key twice,
   a key outside ``move.legs`` or the key of a leg that is open (a replied one may be asked again).
   FORWARD, `LegsOpen`: the move's join is not met. ALL is met when every leg of the marking has
   replied; ANY when there is no leg or at least one has replied; DEADLINE when every leg has
   replied or its number is in ``order.late_legs``; ASKED as ALL. Then `LegsMissing`: the move
   names a leg that is neither among those of the marking nor settled. Then `NobodyAsked`: the join
   is ASKED, the marking has no leg and none is settled.

What an order says beyond its kind (``leg`` of a FORWARD, say) is ignored.

**What becomes of the legs.** FORWARD, BACK, REFUSE, WITHDRAW, STOP and HAND_OVER *leave the
step*: open legs are cancelled, replied ones are forgotten, so the marking has none. The one
exception is a HAND_OVER that keeps the step (target None or the step itself) with ``open_legs``
KEEP: all legs, open and replied, stay as they are. SUPPLEMENT leaves nothing: with CANCEL the
open legs are cancelled and the replied ones stay, with KEEP all stay. CONSULT appends one open
leg for each key in the order given, numbered from ``next_leg``; REPLY turns one leg to replied in
its place. ANSWER, ASSIGN, APOLOGISE and REOPEN leave the legs alone. A number is never
given twice in a dossier.
A leg is *settled* for good by its reply, or by a FORWARD that leaves it behind.

**Where the token goes.** The six moves that leave the step go to ``move.target`` (None: the same
step, which is left and entered again), and so does REOPEN, which leaves no step; the others stay
whatever ``target`` says.
``waiting`` becomes true by SUPPLEMENT, false by ANSWER and false on an end; otherwise it stays,
so a hand-over hands over the waiting too. ``used`` counts this move if it has a limit.

**The order of effects** is fixed; each line is left out where it does not apply:

1. legs, by number: `LegCancelled` for each cancelled, `LegOpened` for each opened, `LegReplied`;
2. `StepLeft` of the step, if it is left;
3. `ClockMoved` with the move's clock operation;
4. `StepEntered` or `Ended` where the token arrives, `Assigned` for ASSIGN, `PromiseMoved` for
   APOLOGISE;
5. `CodeGiven`;
6. `LetterDue`;
7. `MessageDue`.

An end closes the legal clock by itself: moves to an end need no clock operation unless they give
the result. The engine adds no `ClockMoved` for it; whoever carries out `Ended` closes the clock.

A definition with faults (see `checks`) is not repaired: the rules above apply as they stand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from motcua.kernel.errors import Refused
from motcua.kernel.flow import effects
from motcua.kernel.flow.definition import Definition, Join, Kind, Leg, LegsThen, Marking, Move
from motcua.kernel.flow.effects import Effect

LEAVING = frozenset(
    {Kind.FORWARD, Kind.BACK, Kind.REFUSE, Kind.WITHDRAW, Kind.STOP, Kind.HAND_OVER}
)
ARRIVING = LEAVING | {Kind.REOPEN}
FROM_ENDS = frozenset({Kind.REOPEN})
NOT_WHILE_WAITING = frozenset(
    {Kind.FORWARD, Kind.BACK, Kind.SUPPLEMENT, Kind.CONSULT, Kind.APOLOGISE}
)


class UnknownMove(Refused):
    """The procedure version of this dossier has no such move."""

    code = "flow.unknown_move"
    vi = "Quy trình của hồ sơ này không có thao tác “{move}”."
    en = "The procedure of this dossier has no move “{move}”."


class Ended(Refused):
    """The dossier is closed; nothing moves it any more."""

    code = "flow.ended"
    vi = "Hồ sơ đã kết thúc, không thể xử lý tiếp; nếu cần, hãy lập hồ sơ mới."
    en = "The dossier has ended and cannot be moved; open a new dossier if one is needed."
    status = 409


class NotFromHere(Refused):
    """The move exists, but not from the step where the dossier stands."""

    code = "flow.not_from_here"
    vi = "Không thể thực hiện thao tác “{move}” ở bước “{at}”; hãy tải lại hồ sơ."
    en = "“{move}” cannot be done at step “{at}”; reload the dossier to see where it stands."
    status = 409


class Waiting(Refused):
    """The applicant has been asked for a supplement and has not answered yet."""

    code = "flow.waiting"
    vi = "Hồ sơ đang chờ người nộp bổ sung; chỉ xử lý tiếp sau khi nhận được bổ sung."
    en = "The dossier waits for the applicant's supplement; go on after it has come in."
    status = 409


class NotWaiting(Refused):
    """A supplement came in although none is awaited."""

    code = "flow.not_waiting"
    vi = "Hồ sơ không ở trạng thái chờ bổ sung nên không nhận bổ sung."
    en = "The dossier waits for no supplement, so none can be taken in."
    status = 409


class UsedUp(Refused):
    """The move may be done only so many times in one dossier."""

    code = "flow.used_up"
    vi = "Thao tác “{move}” chỉ được thực hiện tối đa {at_most} lần trong một hồ sơ và đã dùng hết."
    en = "“{move}” may be done at most {at_most} times in a dossier, and has been."
    status = 409


class ReasonMissing(Refused):
    """The move needs a written reason."""

    code = "flow.reason_missing"
    vi = "Hãy ghi rõ lý do của thao tác “{move}”."
    en = "Write the reason for “{move}”."


class Unpaid(Refused):
    """The move is not made before the fees have been paid."""

    code = "flow.unpaid"
    vi = "Chưa thu đủ phí, lệ phí của hồ sơ nên chưa thực hiện được thao tác “{move}”."
    en = "The fees of the dossier have not been paid, so “{move}” cannot be done yet."
    status = 409


class NoSuchLeg(Refused):
    """The reply answers no open consultation."""

    code = "flow.no_such_leg"
    vi = "Yêu cầu lấy ý kiến này không còn chờ: đã trả lời, đã hủy hoặc chưa từng gửi."
    en = "No such consultation awaits an answer: it was answered, called off or never opened."
    status = 409


class _AboutLegs(Refused):
    """A refusal whose detail ``legs`` is a tuple of leg keys, shown as a list in the sentence."""

    def __init__(self, *, legs: tuple[str, ...]) -> None:
        self.legs = legs
        super().__init__(legs=legs)

    def text(self, language: str) -> str:
        """Give the sentence with the leg keys joined by commas (a dash for none)."""
        template = self.en if language == "en" else self.vi
        return template.format(legs=", ".join(self.legs) or "–")


class BadLegs(_AboutLegs):
    """The consultation names no leg, or one that may not be opened; ``legs`` are those that may."""

    code = "flow.bad_legs"
    vi = "Hãy chọn ít nhất một nơi lấy ý kiến, mỗi nơi một lần, trong các nơi còn mở được: {legs}."
    en = "Choose at least one consultation, each once, among those that can be opened now: {legs}."


class LegsOpen(_AboutLegs):
    """The step cannot be left yet; ``legs`` are the keys of the open legs it waits for."""

    code = "flow.legs_open"
    vi = "Chưa thể chuyển bước vì còn chờ ý kiến của: {legs}."
    en = "The step cannot be left yet: answers are awaited from {legs}."
    status = 409


class LegsMissing(_AboutLegs):
    """The procedure requires opinions that nobody has been asked for; ``legs`` are their keys."""

    code = "flow.legs_missing"
    vi = "Thủ tục này bắt buộc lấy ý kiến trước khi chuyển bước; còn thiếu: {legs}."
    en = "This procedure requires opinions before the step is left; still to be asked: {legs}."
    status = 409


class NobodyAsked(Refused):
    """The step is left only once somebody was given something to do, and nobody was."""

    code = "flow.nobody_asked"
    vi = "Chưa giao việc cho ai: hãy giao ít nhất một việc trước khi chuyển bước."
    en = "Nobody has been given a task: give at least one before the step is left."
    status = 409


class LegFallsAway(_AboutLegs):
    """Opinions are awaited that the version the dossier should go on under does not know."""

    code = "flow.leg_falls_away"
    vi = "Còn chờ ý kiến mà phiên bản mới không có: {legs}. Chuyển phiên bản sau khi có trả lời."
    en = "Opinions are awaited that the new version lacks: {legs}. Migrate after the answer."
    status = 409


@dataclass(slots=True)  # never changed; freezing it would cost four times as much
class Order:
    """One move as ordered.

    ``leg`` is the number of the leg that a REPLY answers; ``legs`` are the keys of the leg rules
    that a CONSULT opens; ``late_legs`` the numbers of open legs that are past their own deadline,
    as the caller's calendar tells (read only where the join is DEADLINE); ``owing`` tells that fees
    are still to be paid (read only where the move asks for them).
    """

    move: str
    leg: int | None = None
    legs: tuple[str, ...] = ()
    reason: str = ""
    late_legs: frozenset[int] = frozenset()
    owing: bool = False


def start(definition: Definition) -> tuple[Marking, tuple[Effect, ...]]:
    """Put the main token of a newly filed dossier on the start step."""
    return Marking(at=definition.start), (effects.StepEntered(definition.start),)


def apply(
    definition: Definition, marking: Marking, order: Order
) -> tuple[Marking, tuple[Effect, ...]]:
    """Carry out the order; raises the first refusal that the module's docstring lists."""
    refused = refusal(definition, marking, order)
    if refused is not None:
        raise refused
    move = definition.move[order.move]
    legs, told = _legs(move, marking, order)
    at = marking.at
    if move.kind in LEAVING:
        told.append(effects.StepLeft(at))
    if move.kind in ARRIVING:
        at = move.target or at
    if move.clock is not None:
        told.append(effects.ClockMoved(move.clock))
    _arrive(definition, move, at, told)
    _send(move, told)
    after = Marking(
        at=at,
        waiting=_waits(move, waiting=marking.waiting) and at not in definition.end,
        legs=legs,
        used=_used(move, marking.used),
        next_leg=marking.next_leg + (len(order.legs) if move.kind is Kind.CONSULT else 0),
        settled=_settled(move, marking, order),
    )
    return after, tuple(told)


def refusal(definition: Definition, marking: Marking, order: Order) -> Refused | None:
    """Say why ``apply`` would refuse the order, or None if it would carry it out."""
    move = definition.move.get(order.move)
    if move is None:
        return UnknownMove(move=order.move)
    here = marking.at in move.sources
    if marking.at in definition.end and not (here and move.kind in FROM_ENDS):
        return Ended(at=marking.at)
    if not here:
        return NotFromHere(move=move.key, at=marking.at)
    return _out_of_turn(move, marking) or _ill_formed(move, marking, order)


def free_legs(move: Move, marking: Marking) -> tuple[str, ...]:
    """List the keys that this move, if it consults, could open now, in declared order."""
    if move.kind is not Kind.CONSULT:
        return ()
    taken = {leg.key for leg in marking.legs if not leg.replied}
    return tuple(key for key in move.legs if key not in taken)


def _out_of_turn(move: Move, marking: Marking) -> Refused | None:
    if marking.waiting:
        if move.kind in NOT_WHILE_WAITING:
            return Waiting(move=move.key)
    elif move.kind is Kind.ANSWER:
        return NotWaiting(move=move.key)
    if 0 < move.at_most <= dict(marking.used).get(move.key, 0):
        return UsedUp(move=move.key, at_most=move.at_most)
    return None


def _ill_formed(move: Move, marking: Marking, order: Order) -> Refused | None:
    if move.reason and not order.reason.strip():
        return ReasonMissing(move=move.key)
    if move.paid and order.owing:
        return Unpaid(move=move.key)
    judge = _JUDGES.get(move.kind)
    return judge(move, marking, order) if judge else None


def _judge_reply(_move: Move, marking: Marking, order: Order) -> Refused | None:
    if any(leg.number == order.leg and not leg.replied for leg in marking.legs):
        return None
    return NoSuchLeg(leg=order.leg)


def _judge_consult(move: Move, marking: Marking, order: Order) -> Refused | None:
    free = free_legs(move, marking)
    asked = set(order.legs)
    if asked and len(asked) == len(order.legs) and asked.issubset(free):
        return None
    return BadLegs(legs=free)


def _judge_forward(move: Move, marking: Marking, order: Order) -> Refused | None:
    pending = [leg for leg in marking.legs if not leg.replied]
    if move.join is Join.ANY and len(pending) < len(marking.legs):
        pending = []
    if move.join is Join.DEADLINE:
        pending = [leg for leg in pending if leg.number not in order.late_legs]
    if pending:
        return LegsOpen(legs=tuple(leg.key for leg in pending))
    missing = _missing(move, marking) if move.legs else ()
    if missing:
        return LegsMissing(legs=missing)
    asked = marking.legs or marking.settled
    return NobodyAsked() if move.join is Join.ASKED and not asked else None


def _missing(move: Move, marking: Marking) -> tuple[str, ...]:
    asked = {*marking.settled, *(leg.key for leg in marking.legs)}
    return tuple(key for key in move.legs if key not in asked)


_JUDGES: dict[Kind, Callable[[Move, Marking, Order], Refused | None]] = {
    Kind.REPLY: _judge_reply,
    Kind.CONSULT: _judge_consult,
    Kind.FORWARD: _judge_forward,
}


def _legs(move: Move, marking: Marking, order: Order) -> tuple[tuple[Leg, ...], list[Effect]]:
    if move.kind is Kind.CONSULT:
        return _open(marking, order.legs)
    if move.kind is Kind.REPLY:
        return _close(marking, order.leg)
    if not marking.legs or _legs_stay(move, marking.at):
        return marking.legs, []
    told: list[Effect] = [
        effects.LegCancelled(leg.number, leg.key) for leg in marking.legs if not leg.replied
    ]
    if move.kind is Kind.SUPPLEMENT:
        return tuple(leg for leg in marking.legs if leg.replied), told
    return (), told


def _legs_stay(move: Move, at: str) -> bool:
    keep = move.open_legs is LegsThen.KEEP
    if move.kind is Kind.HAND_OVER:
        return keep and move.target in (None, at)
    if move.kind is Kind.SUPPLEMENT:
        return keep
    return move.kind not in LEAVING


def _open(marking: Marking, keys: tuple[str, ...]) -> tuple[tuple[Leg, ...], list[Effect]]:
    opened = tuple(Leg(number, key) for number, key in enumerate(keys, marking.next_leg))
    return marking.legs + opened, [effects.LegOpened(leg.number, leg.key) for leg in opened]


def _close(marking: Marking, number: int | None) -> tuple[tuple[Leg, ...], list[Effect]]:
    legs: list[Leg] = []
    told: list[Effect] = []
    for leg in marking.legs:
        if leg.number == number:
            legs.append(Leg(leg.number, leg.key, replied=True))
            told.append(effects.LegReplied(leg.number, leg.key))
        else:
            legs.append(leg)
    return tuple(legs), told


def _arrive(definition: Definition, move: Move, at: str, told: list[Effect]) -> None:
    if move.kind is Kind.ASSIGN:
        told.append(effects.Assigned(at))
    elif move.kind is Kind.APOLOGISE:
        told.append(effects.PromiseMoved())
    elif move.kind in ARRIVING:
        end = definition.end.get(at)
        told.append(effects.Ended(at, end.outcome) if end else effects.StepEntered(at))


def _send(move: Move, told: list[Effect]) -> None:
    if move.gives_code:
        told.append(effects.CodeGiven())
    if move.letter is not None:
        told.append(effects.LetterDue(move.letter))
    if move.message is not None:
        told.append(effects.MessageDue(move.message))


def _waits(move: Move, *, waiting: bool) -> bool:
    if move.kind is Kind.SUPPLEMENT:
        return True
    return waiting and move.kind is not Kind.ANSWER


def _settled(move: Move, marking: Marking, order: Order) -> tuple[str, ...]:
    if move.kind is Kind.FORWARD:
        more = [leg.key for leg in marking.legs]
    elif move.kind is Kind.REPLY:
        more = [leg.key for leg in marking.legs if leg.number == order.leg]
    else:
        return marking.settled
    return tuple(sorted({*marking.settled, *more})) if more else marking.settled


def _used(move: Move, used: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    if not move.at_most:
        return used
    counts = dict(used)
    counts[move.key] = counts.get(move.key, 0) + 1
    return tuple(sorted(counts.items()))

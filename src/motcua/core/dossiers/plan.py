"""From what the engine tells to what an act writes: worked out before the transaction opens.

A plan is made from facts already read (the snapshot, the tree of agencies, the calendars) and
holds every row to write. Carrying it out is `motcua.core.dossiers.store`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from motcua.core.agencies.heirs import named
from motcua.core.agencies.queries import Node, agency, tree
from motcua.core.clock.calendars import calendars
from motcua.core.clock.segments import operate
from motcua.core.dossiers.orders import NO_LIMIT
from motcua.core.dossiers.promising import apologise_by, later_promise
from motcua.core.dossiers.situation import RESTRICTED, Item, Situation, Snapshot
from motcua.core.dossiers.situation import told as stamp
from motcua.core.procedures.declaration import Declaration
from motcua.kernel.calendar import Calendar, Clock
from motcua.kernel.calendar import State as ClockState
from motcua.kernel.errors import Refused
from motcua.kernel.flow import effects as told
from motcua.kernel.flow.definition import ClockOp, Definition, Kind, Marking, Move

REASSIGNED = "reassign_work"
"""The act by which a head gives open work to another officer, whatever the procedure declares."""

UNDONE = "undo_assignment"
"""The act by which who has just given work to somebody takes that back."""

REFORM = "reform"
"""The act by which a dossier passes to the heirs of agencies that ended."""

REFORMED = "reformed"
"""How work ends at an agency whose heir goes on with it."""

MIGRATED = "migrated"
"""How work ends that goes on under another version of the procedure."""

# How the work item that a move closes is marked.
RESULTS = {
    Kind.FORWARD: "done",
    Kind.BACK: "sent_back",
    Kind.REFUSE: "refused",
    Kind.WITHDRAW: "withdrawn",
    Kind.STOP: "stopped",
    Kind.HAND_OVER: "handed_over",
}


class AgencyMissing(Refused):
    """A hand-over names no agency."""

    code = "dossiers.agency_missing"
    vi = "Chọn cơ quan nhận bàn giao."
    en = "Choose the agency that takes over."


@dataclass(slots=True)  # never changed; not frozen, see `Snapshot`
class Wish:
    """What the actor of a move chose: the new officer, agency or promised day, if any."""

    officer_id: int | None = None
    agency_id: int | None = None
    promised: datetime.date | None = None


@dataclass(slots=True)
class Plan:
    """What an act will write, growing as effects are worked in.

    One that is no move, such as a paper that was made or a rating, wishes nothing and counts no
    time: it names neither `move` nor `wish` nor `clock`.
    """

    at: datetime.datetime
    snapshot: Snapshot
    declaration: Declaration
    move: Move | None = None
    wish: Wish = field(default_factory=Wish)
    clock: Clock = field(default_factory=lambda: Clock(NO_LIMIT))
    now: Situation = field(init=False)
    clock_after: Clock = field(init=False)
    closes: list[tuple[Item, str]] = field(default_factory=list)
    opens: list[Item] = field(default_factory=list)
    passed: list[Item] = field(default_factory=list)  # begun and done within this one act
    redated: list[Item] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    messages: list[tuple[str, str]] = field(default_factory=list)  # receiver, topic
    data: list[tuple[str, object]] = field(default_factory=list)  # more of what the entry tells
    gives_code: bool = False
    regrades: str | None = None
    serves: int | None = None  # the heir at whose counter the applicant is served from now on
    read_clock: Callable[[], Clock] = field(default=lambda: Clock(NO_LIMIT))
    previous_officers: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clock_after = self.clock
        self.now = self.snapshot.now.copy()

    @property
    def restricted(self) -> bool:
        """Whether only those whom its work names may read the dossier after the act."""
        return (self.regrades or self.snapshot.grade) == RESTRICTED

    @property
    def flow(self) -> Definition:
        """The definition the dossier runs under."""
        return self.declaration.flow

    @property
    def calendar(self) -> str:
        """The calendar of the agency that holds the dossier after the act."""
        return agency(self.now.holding_agency_id).calendar

    def owned_by(self, party_id: int) -> None:
        """Name the applicant once the party's row is written."""
        self.snapshot = replace(self.snapshot, applicant_id=party_id)

    def items_after(self) -> list[Item]:
        """Give the work that is open after the act."""
        gone = {item.id for item, _ in self.closes}
        anew = {item.id: item for item in self.redated}
        kept = [anew.get(item.id, item) for item in self.snapshot.items if item.id not in gone]
        return kept + self.opens


def work_in(plan: Plan, marking: Marking, effects: Sequence[told.Effect]) -> None:
    """Work the engine's effects into a plan and settle the situation after them."""
    for effect in effects:
        _WORK[type(effect)](plan, effect)
    settle(plan, marking)


def _leave(plan: Plan, _effect: told.StepLeft) -> None:
    assert plan.move is not None
    main = plan.snapshot.main
    if main is not None:
        plan.closes.append((main, RESULTS[plan.move.kind]))
    else:  # filed and received in one act: the step at the counter is over as it begins
        plan.passed.append(plan.opens.pop())


def _enter(plan: Plan, effect: told.StepEntered) -> None:
    step = plan.flow.step[effect.step]
    holder = _holder(plan, step.agency)
    if plan.now.closed:
        _take_up_again(plan)
    if holder.calendar != plan.calendar:
        _change_calendar(plan, holder.calendar)
    plan.now.holding_agency_id = holder.id
    officer = plan.wish.officer_id
    if officer is None and plan.move is not None and plan.move.kind is Kind.BACK:
        officer = plan.previous_officers.get(step.key)
    plan.opens.append(_item(plan, step.key, None, holder, step.post, officer, step.minutes))


def _take_up_again(plan: Plan) -> None:
    """A reopened dossier has neither end nor outcome; those it had stay in its history."""
    now = plan.now
    now.outcome, now.bucket, now.closed = "", "", False
    now.finished_at = now.returned_at = None


def _change_calendar(plan: Plan, calendar: str) -> None:
    """A running clock goes on by the calendar of who takes over; its past keeps the old one."""
    if plan.clock_after is plan.clock and plan.now.received_at is not None:
        plan.clock = plan.clock_after = plan.read_clock()
    if plan.clock_after.state in {ClockState.RUNNING, ClockState.PAUSED}:
        plan.clock_after = plan.clock_after.hand_over(plan.at, calendar)


def _assign(plan: Plan, effect: told.Assigned) -> None:
    main = plan.snapshot.main
    assert main is not None
    plan.closes.append((main, "assigned"))
    plan.opens.append(
        replace(main, id=0, began_at=plan.at, officer_id=plan.wish.officer_id, step=effect.step)
    )


def _move_promise(plan: Plan, _effect: told.PromiseMoved) -> None:
    calendar = calendars[agency(plan.snapshot.receiving_agency_id).calendar]
    now = plan.now
    promised = later_promise(plan.wish.promised, due=now.due_at, at=plan.at, calendar=calendar)
    assert now.due_at is not None  # else there was nothing to promise
    last = apologise_by(plan.declaration.apology, now.due_at, calendar)
    plan.data.append(("in_time", plan.at <= last))
    plan.data.append(("promised_before", stamp(now.promised_at)))
    now.promised_at = promised


def _open_leg(plan: Plan, effect: told.LegOpened) -> None:
    rule = plan.flow.leg[effect.key]
    holder = _holder(plan, rule.agency)
    plan.opens.append(_item(plan, effect.key, effect.number, holder, rule.post, None, rule.minutes))


def _reply_leg(plan: Plan, effect: told.LegReplied) -> None:
    _close_leg(plan, effect.number, "replied")


def _cancel_leg(plan: Plan, effect: told.LegCancelled) -> None:
    item = _close_leg(plan, effect.number, "cancelled")
    plan.messages.append((f"agency:{item.agency_id}", "leg_cancelled"))


def _close_leg(plan: Plan, number: int, result: str) -> Item:
    item = plan.snapshot.leg(number)
    assert item is not None
    plan.closes.append((item, result))
    return item


def _move_clock(plan: Plan, effect: told.ClockMoved) -> None:
    if effect.op is ClockOp.STOP:
        _go_on(plan)
    plan.clock_after = operate(plan.clock_after, effect.op, at=plan.at, calendar=plan.calendar)
    if effect.op is ClockOp.START:
        plan.now.received_at = plan.at
    if effect.op in {ClockOp.RESUME, ClockOp.RESTART}:
        _redate_work(plan)
    if effect.op is ClockOp.STOP:
        plan.now.finished_at = plan.at
        plan.now.bucket = _bucket(plan)


def _go_on(plan: Plan) -> None:
    """What ends while the clock stands still is measured by the time it had left."""
    if plan.clock_after.state is ClockState.PAUSED:
        plan.clock_after = plan.clock_after.resume(plan.at)


def _redate_work(plan: Plan) -> None:
    """The step's own limit counts again from the answer."""
    main = plan.snapshot.main
    left = any(item is main for item, _ in plan.closes)  # what is over keeps the due it had
    if main is None or main.due_at is None or left:
        return
    revision, calendar = calendars.known(agency(main.agency_id).calendar)
    due = calendar.due(plan.at, plan.flow.step[main.step].minutes)
    plan.redated.append(replace(main, due_at=due, calendar_revision=revision))


def _bucket(plan: Plan) -> str:
    # A dossier taken over from elsewhere has a deadline but no clock of ours.
    own = plan.clock_after.segments
    due = plan.clock_after.due(calendars) if own else plan.now.due_at
    return bucket_of(plan.at, due, calendars[plan.calendar]) if due else ""


def bucket_of(at: datetime.datetime, due: datetime.datetime, calendar: Calendar) -> str:
    """Early: on a day before the due day; on time: not after the due instant; else late."""
    if calendar.local(at).date() < calendar.local(due).date():
        return "early"
    return "on_time" if at <= due else "late"


def _give_code(plan: Plan, _effect: told.CodeGiven) -> None:
    plan.gives_code = True
    plan.now.received_at = plan.now.received_at or plan.at


def _end(plan: Plan, effect: told.Ended) -> None:
    plan.now.outcome, plan.now.closed = effect.outcome, True
    if plan.clock_after.state in {ClockState.RUNNING, ClockState.PAUSED}:
        _go_on(plan)
        plan.clock_after = plan.clock_after.stop(plan.at)
    if plan.now.finished_at is None:
        # What the applicant takes back was neither early nor late: it is counted apart.
        taken_back = plan.move is not None and plan.move.kind is Kind.WITHDRAW
        plan.now.finished_at = plan.at
        plan.now.bucket = "" if taken_back else _bucket(plan)
    if plan.move is not None and plan.move.kind is Kind.FORWARD:  # the end that gives the result
        plan.now.returned_at = plan.at


def _letter(plan: Plan, effect: told.LetterDue) -> None:
    plan.letters.append(effect.letter)


def _message(plan: Plan, effect: told.MessageDue) -> None:
    if plan.snapshot.applicant_id is not None:
        plan.messages.append((f"party:{plan.snapshot.applicant_id}", effect.message))


_WORK: dict[type, Callable[[Plan, Any], None]] = {
    told.StepLeft: _leave,
    told.StepEntered: _enter,
    told.Assigned: _assign,
    told.PromiseMoved: _move_promise,
    told.LegOpened: _open_leg,
    told.LegReplied: _reply_leg,
    told.LegCancelled: _cancel_leg,
    told.ClockMoved: _move_clock,
    told.CodeGiven: _give_code,
    told.Ended: _end,
    told.LetterDue: _letter,
    told.MessageDue: _message,
}


def settle(plan: Plan, marking: Marking) -> None:
    """Make the columns of the situation follow from the marking and the clock."""
    now = plan.now
    if plan.clock_after is not plan.clock:
        now.due_at = plan.clock_after.due(calendars)
    if any(plan.declaration.promises(letter) for letter in plan.letters):
        now.promised_at = now.due_at
    now.paused_since = (now.paused_since or plan.at) if _awaited(plan, marking) else None
    _settle_window(plan, waiting=marking.waiting)
    now.step, now.marking = marking.at, marking
    now.state = _state(plan, marking)


def _awaited(plan: Plan, marking: Marking) -> bool:
    """Tell whether the applicant is awaited: to answer, or to pay while the clock stands still."""
    if marking.waiting:
        return True
    step = plan.flow.step.get(marking.at)
    if step is None or not step.awaits_fee:
        return False
    untouched = plan.clock_after is plan.clock and plan.now.paused_since is not None
    return untouched or plan.clock_after.state is ClockState.PAUSED


def _settle_window(plan: Plan, *, waiting: bool) -> None:
    now = plan.now
    if not waiting:
        now.answer_by = now.wake_at = None
        return
    window = plan.declaration.window(plan.move.key) if plan.move is not None else None
    if window is not None:
        calendar = calendars[agency(plan.snapshot.receiving_agency_id).calendar]
        now.answer_by = window.limit.due(calendar, plan.at)
        first = window.remind_after or window.limit
        now.wake_at = min(first.due(calendar, plan.at), now.answer_by)


def _state(plan: Plan, marking: Marking) -> str:
    end = plan.flow.end.get(marking.at)
    if end is not None:
        return end.state
    if marking.waiting:
        return "supplement_before" if plan.now.received_at is None else "supplement"
    if any(not leg.replied for leg in marking.legs):
        return "liaison"
    return plan.flow.step[marking.at].state


def _holder(plan: Plan, rule: str) -> Node:
    """Find the agency that a rule means for this dossier."""
    if plan.move is not None and plan.move.kind is Kind.HAND_OVER:
        if plan.wish.agency_id is None:
            raise AgencyMissing
        return agency(plan.wish.agency_id)
    match rule:
        case "receiving":
            return agency(plan.snapshot.desk_agency_id)
        case "same":
            return agency(plan.now.holding_agency_id)
        case "superior":
            return tree().superior(plan.snapshot.desk_agency_id)
        case _:
            on = calendars[plan.calendar].local(plan.at).date()
            about = (plan.snapshot.procedure_id, plan.snapshot.area)
            return named(rule.removeprefix("code:"), *about, on)


def _item(
    plan: Plan,
    step: str,
    leg: int | None,
    holder: Node,
    post: str,
    officer: int | None,
    minutes: int,
) -> Item:
    revision, calendar = calendars.known(holder.calendar)
    due = calendar.due(plan.at, minutes) if minutes else None
    return Item(0, step, leg, holder.id, post, officer, plan.at, due, revision)

"""Asking what would have been: the recorded cases of an agency's period, replayed twice."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from motcua.core.access.actors import Actor
from motcua.core.access.heads import heads
from motcua.core.agencies.queries import agency, officers_of, tree
from motcua.core.clock.calendars import calendars
from motcua.core.procedures.systems import head_posts
from motcua.core.whatif.recorded import Period, recorded
from motcua.core.whatif.rules import Assumptions, Case, Load, Office, Replay, breaks, replay
from motcua.kernel.calendar import Limit
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import sort_key

MOST = 20_000
"""Dossiers of one answer on a page; the command line has no such bound."""


class NotForYou(Refused):
    """Only a head asks about the people of an agency."""

    code = "whatif.not_a_head"
    vi = "Phần này dành cho người đứng đầu {agency} hoặc cơ quan cấp trên."
    en = "This is for the heads of {agency} and of the agencies above it."
    status = 403


class NobodyLeft(Refused):
    """An office cannot be left without anybody."""

    code = "whatif.nobody_left"
    vi = "{agency} có {count} người giữ vị trí này; phải còn lại ít nhất một người."
    en = "{agency} has {count} in this post; at least one has to be left."
    status = 422


class TooMany(Refused):
    """The period holds more dossiers than one page answers for."""

    code = "whatif.too_many"
    vi = (
        "Khoảng này có hơn {most} hồ sơ. Hãy chọn khoảng ngắn hơn, hoặc dùng lệnh “motcua what-if”."
    )
    en = "There are more than {most} dossiers. Choose a shorter period, or use “motcua what-if”."
    status = 422


class BadPeriod(Refused):
    """The last day lies before the first, or the period is not over."""

    code = "whatif.bad_period"
    vi = "Khoảng thời gian phải bắt đầu trước khi kết thúc, và đã qua."
    en = "The period has to begin before it ends, and to lie in the past."
    status = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What to replay, and what is changed: limits by procedure, and how many fewer in an office."""

    agency_id: int
    first: datetime.date
    last: datetime.date
    procedure: str = ""
    limits: Mapping[str, Limit] = field(default_factory=dict)
    fewer: Mapping[Office, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OfficeTold:
    """An office as it was, and as it would have been."""

    office: Office
    people: int
    before: Load
    after: Load

    @property
    def breaks(self) -> bool:
        """Tell whether it breaks."""
        return breaks(self.before, self.after)


@dataclass(frozen=True, slots=True)
class ProcedureTold:
    """The dossiers of a procedure: how many, and how many late before and after."""

    code: str
    count: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Both replays side by side, for offices and for procedures."""

    count: int
    open: int  # of these without a result
    before: int
    after: int
    offices: tuple[OfficeTold, ...]
    procedures: tuple[ProcedureTold, ...]


def check_head(actor: Actor, agency_id: int) -> None:
    """Refuse who does not answer for the people of the agency."""
    if not heads(actor, agency_id):
        raise NotForYou(agency=agency(agency_id).name_vi)


def headed(actor: Actor, on: datetime.date) -> list[int]:
    """Give the agencies that an actor may ask about, by name."""
    posts = head_posts()
    if not any(held.post in posts for held in actor.posts):
        return []
    found = [node for node in tree().living(on) if heads(actor, node.id)]
    return [node.id for node in sorted(found, key=lambda node: sort_key(node.name_vi))]


def ask(question: Question, *, at: datetime.datetime, most: int | None = None) -> Answer:
    """Replay the dossiers that the agencies below have received in the period.

    Those without a result are known up to the end of the period: late where they are over their
    limit by then.

    Raises `BadPeriod`, `NobodyLeft`, and `TooMany` where `most` is given.
    """
    own = calendars[agency(question.agency_id).calendar]
    if not question.first <= question.last <= own.local(at).date():
        raise BadPeriod
    staff = {
        office: (_people(office, question.last), _people(office, question.last) - count)
        for office, count in question.fewer.items()
    }
    for (agency_id, _post), (before, after) in staff.items():
        if after < 1:
            raise NobodyLeft(agency=agency(agency_id).name_vi, count=before)
    below = _below(question.agency_id)
    period = Period(below, question.first, question.last, at, question.procedure)
    cases = recorded(period, most=None if most is None else most + 1)
    if most is not None and len(cases) > most:
        raise TooMany(most=most)
    return _told(cases, Assumptions(question.limits, staff), question.last)


def _told(cases: list[Case], assumptions: Assumptions, on: datetime.date) -> Answer:
    own = {node.id: calendars[node.calendar] for node in tree().nodes.values()}
    before = replay(cases, Assumptions(), own, calendars)
    after = replay(cases, assumptions, own, calendars)
    offices = [
        OfficeTold(office, _people(office, on), before.loads[office], load)
        for office, load in after.loads.items()
    ]
    return Answer(
        count=len(cases),
        open=sum(case.open for case in cases),
        before=before.late,
        after=after.late,
        offices=tuple(sorted(offices, key=_worst_first)),
        procedures=_procedures(before, after),
    )


def _worst_first(one: OfficeTold) -> tuple[int, int, Office]:
    return one.before.late - one.after.late, -one.after.late, one.office


def _procedures(before: Replay, after: Replay) -> tuple[ProcedureTold, ...]:
    count = Counter(one.procedure for one in after.outcomes)
    was = Counter(one.procedure for one in before.outcomes if one.late)
    is_now = Counter(one.procedure for one in after.outcomes if one.late)
    return tuple(
        ProcedureTold(code, number, was[code], is_now[code])
        for code, number in sorted(count.items())
    )


def _people(office: Office, on: datetime.date) -> int:
    return len(officers_of(*office, on))


def _below(agency_id: int) -> tuple[int, ...]:
    return tuple(key for key in tree().nodes if agency_id in tree().chain(key))

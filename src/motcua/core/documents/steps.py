"""The rows of the control slip: one for each hand-over, early or late step by step."""

from __future__ import annotations

import datetime

from motcua.core.clock.calendars import calendars
from motcua.core.documents.facts import Facts
from motcua.core.documents.wording import moment
from motcua.core.dossiers.models import WorkItem
from motcua.core.dossiers.store import ITEMS_AN_ACT
from motcua.core.people.models import Officer
from motcua.core.places import LAST

_NOTES = {
    "done": "Đã chuyển bước",
    "assigned": "Đã phân công",
    "reassigned": "Đã giao lại",
    "undone": "Đã hoàn tác giao việc",
    "sent_back": "Trả lại bước trước",
    "refused": "Từ chối",
    "withdrawn": "Người nộp rút hồ sơ",
    "stopped": "Dừng giải quyết",
    "handed_over": "Bàn giao cơ quan khác",
    "replied": "Đã trả lời ý kiến",
    "cancelled": "Thôi lấy ý kiến",
    "reformed": "Cơ quan kế thừa tiếp nhận",
    "migrated": "Chuyển sang phiên bản mới của thủ tục",
}

# Ended by somebody who did not hold it.
_FROM_OUTSIDE = frozenset({"assigned", "reassigned", "undone", "withdrawn", "cancelled"})


def steps_of(facts: Facts) -> list[dict[str, str]]:
    """Give the rows in the order in which the work began."""
    return [_row(facts, item) for item in facts.work]


def taker_of(item: WorkItem) -> Officer | None:
    """Give the officer who took the work: the one it was given to, else the holder who ended it."""
    return item.officer or (None if item.result in _FROM_OUTSIDE else item.ended_by)


def judged(
    ended: datetime.datetime | None, due: datetime.datetime | None, asked: datetime.datetime
) -> str:
    """Say how a step stands; all instants in the local zone.

    Early: on a day before the due day; on time: not after the due instant. An open step is judged
    at the instant the slip was asked for.
    """
    if due is None:
        return "Không tính hạn" if ended else "Đang giải quyết"
    if ended is None:
        return f"Đang giải quyết, {'quá hạn' if asked > due else 'trong hạn'}"
    if ended.date() < due.date():
        return "Trước hạn"
    return "Đúng hạn" if ended <= due else "Quá hạn"


def _row(facts: Facts, item: WorkItem) -> dict[str, str]:
    zone = calendars[item.agency.calendar]
    ended = item.ended_at if facts.ended(item) else None
    ended_local = zone.local(ended) if ended else None
    due = zone.local(item.due_at) if item.due_at else None
    taker = taker_of(item) if ended else item.officer
    began = moment(zone.local(item.began_at))
    return {
        "agency": item.agency.name_vi,
        "step": _step_name(facts, item),
        "given_at": began,
        "taken_at": began if taker else "",
        "giver": _giver(facts, item),
        "taker": taker.name if taker else "",
        "due": moment(due),
        "ended": moment(ended_local),
        "result": judged(ended_local, due, zone.local(facts.paper.asked_at)),
        "note": _NOTES.get(item.result, "") if ended else "",
    }


def _step_name(facts: Facts, item: WorkItem) -> str:
    told = facts.declaration
    name = (told.step_names if item.leg is None else told.leg_names).get(item.step)
    words = name.vi if name else item.step
    return words if item.leg is None else f"Lấy ý kiến: {words}"


def _giver(facts: Facts, item: WorkItem) -> str:
    """The officer whose act opened the work; the applicant at the start."""
    if item == facts.work[0]:
        return "Người nộp hồ sơ"
    return facts.officers.get((item.pk & LAST) // ITEMS_AN_ACT, "")

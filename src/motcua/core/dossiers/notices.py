"""What goes to the outbox: the sentence a procedure declares, filled in when the act happens."""

from __future__ import annotations

import datetime
from typing import Literal

from motcua.core.agencies.queries import agency
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.plan import Plan
from motcua.core.procedures.declaration import Text
from motcua.kernel.vietnamese import format_moment

Language = Literal["vi", "en"]

HELD_BY_HEIR, SERVED_BY_HEIR = "held_by_heir", "served_by_heir"
"""What an applicant is told of a reform: who goes on with the dossier, or only who serves them."""

# Messages of the house itself, where a procedure declares none of that name.
_OWN = {
    "leg_cancelled": Text(
        "Hồ sơ {code}: không cần cho ý kiến nữa, hồ sơ đã chuyển bước.",
        "Dossier {code}: your opinion is no longer needed, the dossier has moved on.",
    ),
    "work_given": Text(
        "Hồ sơ {code} được giao lại cho bạn. Mở “Việc của tôi” để xem hạn xử lý.",
        "Dossier {code} was given to you. See its deadline under “My work”.",
    ),
    "work_taken_back": Text(
        "Hồ sơ {code}: việc vừa giao cho bạn đã được thu lại, bạn không cần làm gì.",
        "Dossier {code}: the work just given to you was taken back; there is nothing to do.",
    ),
    "answer_reminder": Text(
        "Hồ sơ {code} còn chờ bạn bổ sung. Sau {answer_by}, hồ sơ chưa bổ sung sẽ bị trả lại.",
        "Dossier {code} still waits for your supplement. After {answer_by} it will be returned.",
    ),
    HELD_BY_HEIR: Text(
        "Hồ sơ {code}: do sắp xếp tổ chức, {heir} giải quyết tiếp thay {before}. Mã hồ sơ và ngày"
        " hẹn trả{promised} giữ nguyên; bạn không phải nộp lại giấy tờ.",
        "Dossier {code}: agencies were rearranged, and {heir} goes on with it in place of {before}."
        " Its code and its promised day{promised} stay; you need not hand anything in again.",
    ),
    SERVED_BY_HEIR: Text(
        "Hồ sơ {code}: do sắp xếp tổ chức, {heir} nhận giấy tờ và trả kết quả thay {before}. Mã hồ"
        " sơ và ngày hẹn trả{promised} giữ nguyên; bạn không phải nộp lại giấy tờ.",
        "Dossier {code}: agencies were rearranged, and {heir} takes papers in and gives the result"
        " out in place of {before}. Its code and its promised day{promised} stay; you need not"
        " hand anything in again.",
    ),
}


def notice(plan: Plan, topic: str) -> dict[str, object]:
    """Give the payload of a message: subject and text, Vietnamese first, both languages."""
    said = plan.declaration.messages.get(topic) or _OWN[topic]
    name = plan.declaration.name
    number = plan.now.code or plan.snapshot.lookup
    return {
        "subject": f"{number}: {name.vi}"[:200],
        "text": f"{_filled(plan, said, 'vi')}\n\n{_filled(plan, said, 'en')}",
        "lookup": plan.snapshot.lookup,
    }


def _filled(plan: Plan, said: Text, language: Language) -> str:
    now = plan.now
    return said.text(language).format(
        code=now.code or plan.snapshot.lookup,
        lookup=plan.snapshot.lookup,
        due=_moment(plan, now.promised_at or now.due_at, language),
        answer_by=_moment(plan, now.answer_by, language),
        promised=f" ({_moment(plan, now.promised_at, language)})" if now.promised_at else "",
        **_both(plan, language),
    )


def _both(plan: Plan, language: Language) -> dict[str, str]:
    """Name who had the dossier, or its counter, and the heir; the same one where no heir came."""
    before, heir = plan.snapshot.now.holding_agency_id, plan.now.holding_agency_id
    if before == heir and plan.serves is not None:
        before, heir = plan.snapshot.receiving_agency_id, plan.serves
    names = {number: agency(number).name(language) for number in (before, heir)}
    return {"before": names[before], "heir": names[heir]}


def _moment(plan: Plan, at: datetime.datetime | None, language: Language) -> str:
    return format_moment(calendars[plan.calendar].local(at), language) if at else "–"
